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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SettingsException or OptionsValidationException or InvalidDataException or InvalidOperationException or DbException)
        {
            return (e.Message, 1);
        }
    }

    private static bool IsFile(string word) => !word.StartsWith('-');

    private static async Task<(string Text, int ExitCode)> ExportAsync(string? path, string[] settings, CancellationToken ct)
    {
        var builder = BotHost.CreateBuilder(settings);
        SettingsCheck.Run(builder.Configuration);
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

    private static (string Text, int ExitCode) Train(IReadOnlyList<string> paths, string[] rest, CancellationToken ct)
    {
        var isUsed = rest.Contains("--use", StringComparer.Ordinal);
        var configuration = BotHost.CreateBuilder([.. rest.Where(a => a is not "--use")]).Configuration;
        SettingsCheck.Run(configuration);
        var articles = new List<TopicExample>();
        var unknown = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            using var reader = new StreamReader(path);
            var (found, unheard) = Read(path, reader);
            articles.AddRange(found);
            foreach (var (name, count) in unheard)
            {
                unknown[name] = unknown.GetValueOrDefault(name) + count;
            }
        }

        var trained = TopicTrainer.Train(articles, ct);
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{articles.Count} articles, {trained.Told.Count} topics. How well each is told in articles that were not seen:")
            .AppendLine("articles  precision  recall  topic");
        foreach (var told in trained.Told.OrderByDescending(t => t.Articles))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{told.Articles,8}  {told.Precision,7:F0} %  {told.Recall,4:F0} %  {TopicCatalogue.Default.Find(told.Code)?.Name ?? told.Code}");
        }

        if (unknown.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Not known as topics and left out: {string.Join(", ", unknown.OrderByDescending(u => u.Value).Take(MostUnknown).Select(u => $"{u.Key} ({u.Value})"))}");
        }

        if (!isUsed)
        {
            return ($"{text}Nothing is changed. With --use these topics are used from the next start on.", 0);
        }

        var file = configuration.GetSection("Reading").Get<ReadingOptions>()?.ModelFile ?? new ReadingOptions().ModelFile;
        TopicModelFile.Save(trained.Model, file);
        return ($"{text}Written to {Path.GetFullPath(file)}; used from the next start on. Take the file away to go back.", 0);
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
