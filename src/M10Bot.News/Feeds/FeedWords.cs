using System.Collections.Frozen;

namespace M10Bot.News.Feeds;

/// <summary>What kind of text a leaf element holds.</summary>
internal enum Leaf
{
    Unwanted,

    /// <summary>One line: a link, a date, an id. No element of the feed's own may stand inside.</summary>
    Line,

    /// <summary>May hold markup, or elements of its own.</summary>
    Rich,
}

/// <summary>The local names that mean something here, so that a name is recognised without being copied.</summary>
internal static class FeedWords
{
    private static readonly FrozenSet<string> Structures = new[]
    {
        "rss", "rdf", "feed", "urlset", "channel", "item", "entry", "url", "image", "textinput", "skiphours", "skipdays", "cloud", "source", "items",
        "group", "content", "news", "publication",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (string Word, Leaf Leaf)>.AlternateLookup<ReadOnlySpan<char>> Known =
        All().ToFrozenDictionary(w => w.Word, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> Siblings = new[]
    {
        "title", "link", "guid", "pubDate", "description", "category", "enclosure", "author", "updated", "published", "id", "content", "summary",
        "dc:creator", "dc:date", "dc:subject", "content:encoded", "media:content", "media:thumbnail", "comments", "source",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <returns>The word in lower case and what such an element holds; an empty word where it means nothing.</returns>
    public static (string Word, Leaf Leaf) Find(ReadOnlySpan<char> local) =>
        Known.TryGetValue(local, out var found) ? found : ("", Leaf.Unwanted);

    /// <summary>Whether an element of this name stands beside leaves, never in a line of text.</summary>
    public static bool IsSibling(ReadOnlySpan<char> name) => Siblings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    /// <summary>Whether an element of this name can be a part of a feed (<see cref="Place"/>).</summary>
    public static bool IsStructure(string word) => Structures.Contains(word);

    private static IEnumerable<(string Word, Leaf Leaf)> All()
    {
        string[] lines =
        [
            "link", "guid", "id", "pubdate", "published", "issued", "created", "date", "updated", "modified", "lastbuilddate", "lastmod",
            "enclosure", "loc", "language", "ttl", "origlink", "origenclosurelink", "identifier", "updateperiod", "updatefrequency", "publication_date", "name",
            "thumbnail", "player", "credit", "keywords", "tag",
        ];
        string[] rich =
        [
            "title", "description", "subtitle", "tagline", "summary", "info", "abstract", "content", "body", "fullitem", "content_encoded",
            "encoded", "author", "managingeditor", "webmaster", "contributor", "creator", "publisher", "category", "subject", "image", "div",
        ];
        return [.. lines.Select(w => (w, Leaf.Line)), .. rich.Select(w => (w, Leaf.Rich)), .. Structures.Except([.. lines, .. rich], StringComparer.Ordinal).Select(w => (w, Leaf.Unwanted))];
    }
}
