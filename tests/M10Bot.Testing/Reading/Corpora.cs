using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using M10Bot.News.Articles;

namespace M10Bot.Testing.Reading;

/// <summary>News with answers by people, read from beside the repository; nothing of it is in it.</summary>
public static partial class Corpora
{
    private const int Timeout = 1000;

    /// <summary>One report of Reuters-21578. <paramref name="IsSnap"/>: a headline and nothing more.</summary>
    public sealed record Report(
        DateTimeOffset At, string Title, string Body, bool IsSnap, string Split, bool IsTopical, IReadOnlyList<string> Topics, IReadOnlyList<string> Places);

    /// <summary>One report of ECB+. <paramref name="Cluster"/>: the event it tells.</summary>
    public sealed record Account(int Topic, string Cluster, string Headline, string Body);

    /// <summary>An article with a summary written by a person, in sentences.</summary>
    public sealed record Summarised(string Text, IReadOnlyList<string> Reference);

    /// <summary>In the order in which they were sent; those without a time in the order of the file, at the end.</summary>
    public static IReadOnlyList<Report> Reuters(string file)
    {
        var reports = new List<Report>();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var isSnap = root.GetProperty("type").GetString() is "BRIEF";
            reports.Add(new Report(
                Time(root.GetProperty("date").GetString()!),
                WebUtility.HtmlDecode(Text(root, "title")),
                isSnap ? "" : LineEnd().Replace(WebUtility.HtmlDecode(Text(root, "body")), " "),
                isSnap,
                Text(root, "split"),
                Text(root, "ta") is "YES",
                Strings(root, "topics"),
                Strings(root, "places")));
        }

        return [.. reports.OrderBy(r => r.At)];
    }

    public static IReadOnlyList<Account> Ecb(string file) =>
        [.. File.ReadLines(file).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            var sentences = Strings(document.RootElement, "sents").Where(s => !s.StartsWith("http", StringComparison.Ordinal)).Select(Joined).ToList();
            return new Account(
                int.Parse(Text(document.RootElement, "topic"), CultureInfo.InvariantCulture),
                Text(document.RootElement, "cluster"),
                sentences.Count > 0 ? sentences[0] : "",
                string.Join('\n', sentences.Skip(1)));
        })];

    public static IReadOnlyList<Summarised> Summaries(string file) =>
        [.. File.ReadLines(file).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            return new Summarised(Text(document.RootElement, "article"), Text(document.RootElement, "ref").Split([" . ", " ! ", " ? "], StringSplitOptions.RemoveEmptyEntries));
        })];

    /// <summary>As an article of a source that does not matter.</summary>
    public static Article ToArticle(string headline, string body) =>
        new() { Source = "Alba Press", Uri = "a", Headline = headline, Body = body, Published = DateTimeOffset.UnixEpoch };

    private static DateTimeOffset Time(string date) =>
        DateTimeOffset.TryParseExact(date.Trim().Split('.')[0], "d-MMM-yyyy H:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : DateTimeOffset.MaxValue;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static List<string> Strings(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    // The corpus comes cut into words.
    private static string Joined(string words) =>
        Clitic().Replace(Mark().Replace(words.Replace("`` ", "\"", StringComparison.Ordinal).Replace(" ''", "\"", StringComparison.Ordinal), "${mark}"), "${mark}")
            .Replace(" - ", "-", StringComparison.Ordinal).Replace("( ", "(", StringComparison.Ordinal).Replace("$ ", "$", StringComparison.Ordinal);

    [GeneratedRegex(@"\s*\n(?!    )", RegexOptions.None, Timeout)]
    private static partial Regex LineEnd();

    [GeneratedRegex(@" (?<mark>[.,;:?!)%])", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Mark();

    [GeneratedRegex(@" (?<mark>'s|n't|'re|'ve|'ll|'d)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Clitic();
}
