using System.Globalization;
using System.Text;
using M10Bot.News.Reading;
using Microsoft.Extensions.Configuration;

namespace M10Bot;

/// <summary><c>m10bot topics train FILE [--use]</c>: learns topics from the newsroom's archive and shows how well, before they are used.</summary>
internal static class TopicTraining
{
    private const int MostUnknown = 10;

    /// <summary>Null where the words are not ours.</summary>
    public static (string Text, int ExitCode)? Answer(string[] args, CancellationToken ct)
    {
        try
        {
            return args switch
            {
                ["topics", "train", var file, .. var rest] when !file.StartsWith('-') =>
                    Train(file, rest.Contains("--use", StringComparer.Ordinal), [.. rest.Where(a => a is not "--use")], ct),
                ["topics", ..] => ("m10bot topics train FILE [--use]; the file has one article a line, as ninjs or as {\"headline\", \"body\", \"topics\"}.", 2),
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SettingsException or InvalidDataException or InvalidOperationException)
        {
            return (e.Message, 1);
        }
    }

    private static (string Text, int ExitCode) Train(string path, bool isUsed, string[] settings, CancellationToken ct)
    {
        var configuration = BotHost.CreateBuilder(settings).Configuration;
        SettingsCheck.Run(configuration);
        using var reader = new StreamReader(path);
        var (articles, unknown) = TopicArchive.Read(reader, TopicCatalogue.Default);
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
}
