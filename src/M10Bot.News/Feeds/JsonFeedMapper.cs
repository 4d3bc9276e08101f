using System.Text.Json;
using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org).</summary>
internal static class JsonFeedMapper
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <returns>Null where the text is no JSON Feed.</returns>
    public static FeedDocument? Map(ReadOnlyMemory<char> text, Uri? address)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Lenient);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
                ? Document(root, items, address)
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static FeedDocument Document(JsonElement root, JsonElement items, Uri? address)
    {
        var author = Author(root);
        var self = Resolve(Text(root, "feed_url"), address);
        return new FeedDocument
        {
            Format = FeedFormat.Json,
            Title = Text(root, "title") is { } title ? MarkupText.Fold(title) : null,
            Id = Text(root, "feed_url"),
            Description = Text(root, "description"),
            Link = Resolve(Text(root, "home_page_url"), address),
            Author = author,
            Language = Text(root, "language"),
            Self = self,
            Hubs = [.. Objects(root, "hubs").Select(h => Text(h, "url")).OfType<string>().Take(10)],
            Entries = [.. items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Take(FeedMapper.MostEntries).Select(i => Entry(i, author, address))],
        };
    }

    private static Entry Entry(JsonElement item, string? author, Uri? address)
    {
        var subject = new EntryBuilder
        {
            Id = Text(item, "id"),
            Title = Text(item, "title") is { } title ? MarkupText.Fold(title) : null,
            Link = Resolve(Text(item, "url") ?? Text(item, "external_url"), address),
            Updated = FeedDates.Read(Text(item, "date_modified")),
            Content = Text(item, "content_html") ?? Text(item, "content_text"),
        };
        subject.Publish(PublishedBy.Published, Text(item, "date_published") ?? "");
        subject.AddDescription(Text(item, "summary"));
        subject.AddAuthor(Author(item), "authors");
        foreach (var tag in Strings(item, "tags"))
        {
            subject.AddTag(tag);
        }

        foreach (var attachment in Objects(item, "attachments"))
        {
            subject.AddMedia(Resolve(Text(attachment, "url"), address));
        }

        subject.AddMedia(Resolve(Text(item, "image"), address));
        subject.AddMedia(Resolve(Text(item, "banner_image"), address));
        return subject.Build(author);
    }

    private static string? Author(JsonElement element)
    {
        var names = Objects(element, "authors").Concat(Objects(element, "author")).Select(a => Text(a, "name") ?? Text(a, "url"))
            .Concat(Strings(element, "authors")).Append(Text(element, "author")).OfType<string>().Distinct(StringComparer.Ordinal).Take(10).ToList();
        return names.Count == 0 ? null : string.Join(", ", names);
    }

    // A number where a string belongs is common in ids.
    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => String(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private static string? String(JsonElement value)
    {
        try
        {
            return string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair, escaped, is JSON but no text
        }
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element, string name) => !element.TryGetProperty(name, out var value)
        ? []
        : value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Object),
            JsonValueKind.Object => [value],
            _ => [],
        };

    private static IEnumerable<string?> Strings(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(String)
            : [];

    private static string? Resolve(string? link, Uri? address) => new FeedAttributes([], address).Resolve(link);
}
