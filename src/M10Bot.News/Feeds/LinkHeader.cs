namespace M10Bot.News.Feeds;

/// <summary>The <c>Link</c> headers of an answer (RFC 8288), as far as feeds need them: hubs and the feed's own address.</summary>
internal static class LinkHeader
{
    private const int Most = 10;

    public static IReadOnlyList<(string Relation, string Address)> Read(HttpResponseMessage response, Uri from)
    {
        if (!response.Headers.TryGetValues("Link", out var headers))
        {
            return [];
        }

        var links = new List<(string, string)>();
        foreach (var link in headers.SelectMany(h => h.Split('<', StringSplitOptions.RemoveEmptyEntries)).Take(Most))
        {
            var end = link.IndexOf('>', StringComparison.Ordinal);
            if (end > 0 && Uri.TryCreate(from, link[..end], out var address) && FeedLinks.IsWeb(address.AbsoluteUri))
            {
                links.AddRange(Relations(link[(end + 1)..]).Where(r => r is "hub" or "self").Select(r => (r, address.AbsoluteUri)));
            }
        }

        return links;
    }

    private static string[] Relations(string parameters) =>
        parameters.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(p => p.StartsWith("rel=", StringComparison.OrdinalIgnoreCase)) is { } rel
            ? rel[4..].Trim('"', ',', ' ').ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [];
}
