using System.Data.Common;
using System.Globalization;
using System.Text;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace M10Bot;

/// <summary><c>m10bot topics train FILE… [--use]</c>: learns topics from the newsroom's archive and shows how well, before they are used; <c>topics export</c>: what editors put right.</summary>
internal static class TopicTraining
{
    private const int MostUnknown = 10;

    private const string Usage = """
        m10bot topics train FILE… [--use]   each file has one article a line, as ninjs or as {"headline", "body", "topics"}, or is one array of them
        m10bot topics export [FILE]         writes the articles whose topics editors put right, in the same form
        """;

    /// <summary>Null where the words are not ours.</summary>
    public static async Task<(string Text, int ExitCode)?> AnswerAsync(string[] args, CancellationToken ct)
    {
        try
        {
            return args switch
            {
                ["topics", "train", var file, .. var rest] when IsFile(file) => Train([file, .. rest.TakeWhile(IsFile)], [.. rest.SkipWhile(IsFile)], ct),
                ["topics", "export", var file, .. var settings] when IsFile(file) => await ExportAsync(file, settings, ct),
                ["topics", "export", .. var settings] => await ExportAsync(null, settings, ct),
                ["topics", ..] => (Usage, 2),
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SettingsException or OptionsValidationException or InvalidDataException or InvalidOperationException or DbException or StorageException)
        {
            return (e.Message, 1);
        }
    }

    private static bool IsFile(string word) => !word.StartsWith('-');

    private static async Task<(string Text, int ExitCode)> ExportAsync(string? path, string[] settings, CancellationToken ct)
    {
        var builder = BotHost.CreateBuilder(settings);
        SettingsCheck.Run(builder.Configuration);
        if (MissingFile(builder.Configuration) is { } missing)
        {
            throw new InvalidDataException($"There is no database at {missing}. Run this in the bot's folder, or name its database: --Storage:ConnectionString \"Data Source=…\".");
        }

        builder.Services.AddStorage().AddSingleton<TopicLessonStore>();
        using var host = builder.Build();
        await host.Services.GetRequiredService<Database>().MigrateAsync(ct);
        var lines = await host.Services.GetRequiredService<TopicLessonStore>().ExportAsync(ct);
        if (path is null)
        {
            return (string.Join('\n', lines), 0);
        }

        await File.WriteAllLinesAsync(path, lines, ct);
        return (lines.Count == 0
            ? $"No editor has put a topic right yet; {path} is empty."
            : $"{lines.Count} {(lines.Count == 1 ? "article" : "articles")} that editors put right are in {path}. Train with it beside your archive: m10bot topics train ARCHIVE {path}", 0);
    }

    /// <summary>The database's file where it is not there: a new one would only say that nobody ever corrected anything.</summary>
    private static string? MissingFile(IConfiguration configuration)
    {
        var storage = configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        return StorageRegistration.FileOf(storage.ConnectionString) is { } path && !File.Exists(path) ? path : null;
    }

    private static (string Text, int ExitCode) Train(IReadOnlyList<string> paths, string[] rest, CancellationToken ct)
    {
        if (rest.FirstOrDefault(w => w is not "--use" && w.StartsWith("--", StringComparison.Ordinal) && !w.Contains(':', StringComparison.Ordinal)) is { } odd)
        {
            throw new InvalidDataException($"There is no option {odd}. It is --use, or a setting as --Section:Key value.");
        }

        var isUsed = rest.Contains("--use", StringComparer.Ordinal);
        var configuration = BotHost.CreateBuilder([.. rest.Where(a => a is not "--use")]).Configuration;
        SettingsCheck.Run(configuration);
        var articles = new List<TopicExample>();
        var unknown = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                throw new InvalidDataException($"{path} is a folder. Name the files in it.");
            }

            if (!File.Exists(path))
            {
                throw new InvalidDataException($"There is no file {path}. Name the archive: m10bot topics train FILE.");
            }

            using var reader = new StreamReader(path);
            var (found, unheard) = Read(path, reader);
            articles.AddRange(found);
            foreach (var (name, count) in unheard)
            {
                unknown[name] = unknown.GetValueOrDefault(name) + count;
            }
        }

        var (trained, notes) = Learn(articles, unknown, ct);
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{articles.Count} articles, {trained.Told.Count} topics. How well each is told in articles that were not seen:")
            .AppendLine("articles  precision  recall  topic");
        foreach (var told in trained.Told.OrderByDescending(t => t.Articles))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{told.Articles,8}  {told.Precision,7:F0} %  {told.Recall,4:F0} %  {TopicCatalogue.Default.Find(told.Code)?.Name ?? told.Code}");
        }

        notes.ForEach(note => text.AppendLine(note));
        if (!isUsed)
        {
            return ($"{text}Nothing is changed. With --use these topics are used from the next start on.", 0);
        }

        var file = configuration.GetSection("Reading").Get<ReadingOptions>()?.ModelFile ?? new ReadingOptions().ModelFile;
        TopicModelFile.Save(trained.Model, file);
        return ($"{text}Written to {Path.GetFullPath(file)}; used from the next start on. Take the file away to go back.", 0);
    }

    // What was left out explains a poor result, and all the more none at all.
    private static (TrainedTopics Trained, List<string> Notes) Learn(List<TopicExample> articles, Dictionary<string, int> unknown, CancellationToken ct)
    {
        var notes = new List<string>();
        if (articles.Count == 0)
        {
            notes.Add("No line has a headline or a body.");
        }

        if (articles.Count(a => a.Codes.Count == 0) is > 0 and var bare)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Without a known topic: {bare} of the articles; they count as examples of none."));
        }

        if (unknown.Count > 0)
        {
            var most = unknown.OrderByDescending(u => u.Value).ThenBy(u => u.Key, StringComparer.Ordinal).Take(MostUnknown).Select(u => $"{u.Key} ({u.Value})");
            notes.Add($"Not known as topics and left out: {string.Join(", ", most)}{(unknown.Count > MostUnknown ? ", and others" : "")}");
        }

        try
        {
            return (TopicTrainer.Train(articles, ct), notes);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(string.Join(Environment.NewLine, notes.Prepend(e.Message)), e);
        }
    }

    private static (IReadOnlyList<TopicExample> Articles, IReadOnlyDictionary<string, int> Unknown) Read(string path, TextReader reader)
    {
        try
        {
            return TopicArchive.Read(reader, TopicCatalogue.Default);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }
}
