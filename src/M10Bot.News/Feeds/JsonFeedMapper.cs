using System.Text.Json;

namespace M10Bot.News.Feeds;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org).</summary>
internal static class JsonFeedMapper
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <returns>Null where the text is no JSON Feed.</returns>
    public static FeedDocument? Map(string text, Uri? address)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Lenient);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var author = Author(root);
            return new FeedDocument
            {
                Format = FeedFormat.Json,
                Title = Text(root, "title"),
                Id = Text(root, "feed_url"),
                Description = Text(root, "description"),
                Link = Resolve(Text(root, "home_page_url"), address),
                Author = author,
                Language = Text(root, "language"),
                Self = Text(root, "feed_url"),
                Hubs = [.. Objects(root, "hubs").Select(h => Text(h, "url")).OfType<string>()],
                Entries = [.. items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Select(i => Entry(i, author, address))],
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Entry Entry(JsonElement item, string? author, Uri? address) => new()
    {
        Id = Text(item, "id"),
        Title = Text(item, "title"),
        Link = Resolve(Text(item, "url") ?? Text(item, "external_url"), address),
        Author = Author(item) ?? author,
        Published = FeedDates.Read(Text(item, "date_published")) ?? FeedDates.Read(Text(item, "date_modified")),
        Updated = FeedDates.Read(Text(item, "date_modified")),
        Body = Text(item, "content_html") ?? Text(item, "content_text"),
        Summary = Text(item, "summary"),
        Tags = [.. Strings(item, "tags")],
        Media = [.. Objects(item, "attachments").Select(a => Text(a, "url")).Append(Text(item, "image")).Append(Text(item, "banner_image"))
            .Select(m => Resolve(m, address)).OfType<string>().Distinct(StringComparer.Ordinal)],
    };

    private static string? Author(JsonElement element)
    {
        foreach (var author in Objects(element, "authors").Concat(Objects(element, "author")))
        {
            if ((Text(author, "name") ?? Text(author, "url")) is { } named)
            {
                return named;
            }
        }

        return null;
    }

    // A number where a string belongs is common in ids.
    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    private static IEnumerable<JsonElement> Objects(JsonElement element, string name) => !element.TryGetProperty(name, out var value)
        ? []
        : value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Object),
            JsonValueKind.Object => [value],
            _ => [],
        };

    private static IEnumerable<string> Strings(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)
            : [];

    private static string? Resolve(string? link, Uri? address) =>
        link is not null && address is not null && Uri.TryCreate(address, link, out var resolved) ? resolved.AbsoluteUri : link;
}
