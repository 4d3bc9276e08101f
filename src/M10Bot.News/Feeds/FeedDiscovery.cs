using System.Text;
using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>From what an admin types to the feed that is meant: the feed itself, one that the page names, or one at a usual place.</summary>
internal sealed class FeedDiscovery(FeedClient client)
{
    private const int MostTried = 6;
    private static readonly string[] UsualPlaces = ["/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml"];

    /// <param name="typed">An address with or without its scheme, of a feed or a site.</param>
    public async Task<Discovered> FindAsync(string typed, CancellationToken ct)
    {
        var meant = TypedAddress.Read(typed);
        if (meant.Address is not { } address)
        {
            return new Discovered.Nothing("it is no address", "Type it as it stands in a browser, such as example.org or https://example.org/rss.xml.");
        }

        var first = await client.GetAsync(address, null, null, ct);
        if (first is not FetchResult.Fetched page)
        {
            return first is FetchResult.Failed failed ? new Discovered.Nothing(failed.Reason, meant.Remedy(failed)) : new Discovered.Nothing("it answers nothing", "Check the address.");
        }

        if (Read(page) is { } feed)
        {
            return new Discovered.Found((page.MovedTo ?? address).AbsoluteUri, feed, []);
        }

        var named = Alternates(Encoding.UTF8.GetString(page.Body.AsSpan(0, Math.Min(page.Body.Length, 512 * 1024))), page.From);
        var usual = UsualPlaces.Select(place => new Uri(page.From, place).AbsoluteUri);
        foreach (var candidate in named.Concat(usual).Distinct(StringComparer.Ordinal).Take(MostTried))
        {
            if (await client.GetAsync(new Uri(candidate), null, null, ct) is FetchResult.Fetched other && Read(other) is { } found)
            {
                return new Discovered.Found(candidate, found, [.. named.Where(n => !string.Equals(n, candidate, StringComparison.Ordinal)).Take(4)]);
            }
        }

        return new Discovered.Nothing("the page names no feed, and there is none at the usual places", "Look on the site for “RSS” and give the address that stands there.");
    }

    private static FeedDocument? Read(FetchResult.Fetched fetched) =>
        FeedReader.Read(fetched.Body, fetched.ContentType, fetched.From) is FeedReading.Read(var document) ? document : null;

    /// <summary><c>link rel="alternate"</c> of a feed's type, in the page's order.</summary>
    private static List<string> Alternates(string html, Uri page)
    {
        var found = new List<string>();
        var tokens = new MarkupTokenizer(html);
        while (tokens.Next() && found.Count < 10)
        {
            if (tokens.Kind != MarkupKind.Open || !tokens.Name.Equals("link", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var attributes = new FeedAttributes(tokens.Attributes, page);
            if (attributes["rel"] is { } rel && rel.Contains("alternate", StringComparison.OrdinalIgnoreCase)
                && attributes["type"] is { } type && IsFeed(type)
                && attributes["href"] is { } href && Uri.TryCreate(page, href, out var address) && FeedLinks.IsWeb(address.AbsoluteUri))
            {
                found.Add(address.AbsoluteUri);
            }
        }

        return found;
    }

    private static bool IsFeed(string type) =>
        type.Contains("rss", StringComparison.OrdinalIgnoreCase) || type.Contains("atom", StringComparison.OrdinalIgnoreCase) || type.Contains("feed+json", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What looking for a feed came to.</summary>
internal abstract record Discovered
{
    private Discovered()
    {
    }

    /// <param name="Others">Other feeds that the page names.</param>
    public sealed record Found(string Url, FeedDocument Document, IReadOnlyList<string> Others) : Discovered;

    public sealed record Nothing(string Reason, string Remedy) : Discovered;
}
