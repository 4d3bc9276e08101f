namespace M10Bot.News.Feeds;

/// <summary>What can be told of an address without resolving it.</summary>
internal static class FeedLinks
{
    private const string Relations = "http://www.iana.org/assignments/relation/";

    /// <summary>RFC 3986 §3.1: a scheme comes before any slash, question mark or hash.</summary>
    public static bool HasScheme(string link) => IsWeb(link) || SchemeOf(link).Length > 0;

    public static bool IsWeb(string link) =>
        link.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || link.StartsWith("http:", StringComparison.OrdinalIgnoreCase);

    /// <summary>A page can be there: on the web, or relative to what is.</summary>
    public static bool MayBePage(string link) => IsWeb(link) || !HasScheme(link);

    /// <summary>What a link is to its entry, in the short form (RFC 4287 §4.2.7.2); an alternate where it does not say.</summary>
    public static string Relation(string? written)
    {
        var relation = written?.Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(relation) ? "alternate"
            : relation.StartsWith(Relations, StringComparison.Ordinal) ? relation[Relations.Length..]
            : relation;
    }

    private static ReadOnlySpan<char> SchemeOf(ReadOnlySpan<char> link)
    {
        var end = link.IndexOfAny(":/?#");
        if (end <= 0 || link[end] != ':' || !char.IsAsciiLetter(link[0]))
        {
            return default;
        }

        var scheme = link[..end];
        foreach (var c in scheme)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return default;
            }
        }

        return scheme;
    }
}
