using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using M10Bot.News.Feeds;
using M10Bot.News.Markup;

namespace M10Bot.News.Tests.Feeds;

/// <summary>The cases of other readers' suites that may lie beside this repository, and how they are judged.</summary>
internal static class FeedCases
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public static string? Folder { get; } = Find();

    public static IEnumerable<(string Suite, FeedCase Case, string File)> All() =>
        from suite in Directory.GetDirectories(Folder!).Order(StringComparer.Ordinal)
        let cases = JsonSerializer.Deserialize<List<FeedCase>>(File.ReadAllText(Path.Combine(suite, "cases.json")), Json)!
        from one in cases
        select (Path.GetFileName(suite), one, Path.Combine(suite, one.File));

    public static FeedDocument? Read(FeedCase one, string file) =>
        (FeedReader.Read(File.ReadAllBytes(file), one.Content_type, one.Address) as FeedReading.Read)?.Document;

    public static bool IsRight(FeedDocument? document, FeedCheck check, Uri? address)
    {
        if (document is null)
        {
            return false;
        }

        if (check.K == "count")
        {
            return document.Entries.Count == check.V.GetInt32();
        }

        if (check.E >= document.Entries.Count)
        {
            return false;
        }

        var entry = check.E < 0 ? null : document.Entries[check.E];
        var expected = check.V.ValueKind == JsonValueKind.String ? check.V.GetString()! : check.V.GetRawText();
        return check.F switch
        {
            "title" => SameText(entry is null ? document.Title : entry.Title, expected),
            "body" => entry is null ? SameText(document.Description, expected) : SameText(entry.Body, expected) || SameText(entry.Summary, expected),
            "link" => SameUrl(entry is null ? document.Link : entry.Link, expected, address),
            "id" => (entry is null ? document.Id : entry.Id) == expected,
            "author" => SameAuthor(entry is null ? document.Author : entry.Author, expected),
            "date" when check.K == "anydate" => (entry?.Published ?? entry?.Updated ?? document.Updated) is not null,
            "date" => SameTime(entry is null ? document.Published : entry.Published, expected) || SameTime(entry is null ? document.Updated : entry.Updated, expected),
            "tags" => (entry is null ? document.Tags : entry.Tags).Any(t => SameText(t, expected)),
            "media" => entry is not null && entry.Media.Any(m => SameUrl(m, expected, address)),
            _ => throw new InvalidOperationException($"unknown field {check.F}"),
        };
    }

    public static string Found(FeedDocument? document, FeedCheck check) => document is null
        ? "no feed"
        : check.K == "count" ? document.Entries.Count.ToString(CultureInfo.InvariantCulture)
        : check.E >= document.Entries.Count ? "no such entry"
        : Short(JsonSerializer.Serialize<object>(check.E < 0 ? document with { Entries = [] } : document.Entries[check.E]));

    private static string Short(string text) => text.Length > 300 ? text[..300] + "…" : text;

    private static bool SameText(string? actual, string expected) =>
        actual is not null && (MarkupText.Fold(actual) == MarkupText.Fold(expected) || Bare(actual) == Bare(expected) || MarkupText.Fold(actual) == Bare(expected));

    private static string Bare(string text) => MarkupText.Fold(WebUtility.HtmlDecode(MarkupText.ToPlain(text)));

    // Resolved against the case's base, or, as that is the nearer one, against the base the document states itself.
    private static bool SameUrl(string? actual, string expected, Uri? address) => actual is not null
        && (actual == expected
            || (Absolute(actual, address) is { } one && (one == Absolute(expected, address) || one == Absolute(expected, new Uri(one)))));

    private static string? Absolute(string link, Uri? address) =>
        Uri.TryCreate(address ?? new Uri("http://base.invalid/"), link, out var uri) ? uri.AbsoluteUri : null;

    private static bool SameAuthor(string? actual, string expected) => actual is not null
        && (actual.Contains(expected, StringComparison.OrdinalIgnoreCase) || expected.Contains(actual, StringComparison.OrdinalIgnoreCase));

    private static bool SameTime(DateTimeOffset? actual, string expected) =>
        actual is { } time && time.ToUnixTimeSeconds() == DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).ToUnixTimeSeconds();

    private static string? Find([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../.."));
        var folder = Path.Combine(root, "shared", "feeds");
        return Directory.Exists(folder) ? folder : null;
    }
}

internal sealed record FeedCase(string Id, string File, List<FeedCheck> Checks, string? Base, string? Content_location, string? Content_type)
{
    public Uri? Address => Uri.TryCreate(Content_location ?? Base, UriKind.Absolute, out var address) ? address : null;
}

internal sealed record FeedCheck(string F, int E, string K, JsonElement V, int Agree);
