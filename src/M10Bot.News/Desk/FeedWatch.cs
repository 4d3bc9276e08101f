using System.Data.Common;
using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Stories;

namespace M10Bot.News.Desk;

/// <summary>Keeps a feed that somebody else has got hold of from reaching readers: what is unlike the feed's own ways is held for an editor.</summary>
internal static class FeedWatch
{
    private const int Burst = 30;
    private const int Known = 20;
    private const int MostHosts = 3; // a feed that links to many sites has no host of its own
    private static readonly TimeSpan BurstTime = TimeSpan.FromMinutes(10);

    /// <summary>What is suspicious about it; null where nothing is. Asked before the article is added.</summary>
    public static async Task<string?> SuspicionAsync(DbTransaction tx, Article article, DateTimeOffset now)
    {
        if (article.Origin != ArticleOrigin.Feed)
        {
            return null;
        }

        var (links, recent) = await SourceHistoryStore.OfAsync(tx, article.Source, now - BurstTime);
        if (recent >= Burst)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the feed of {article.Source} brought {recent + 1} articles within {BurstTime.TotalMinutes:0} minutes");
        }

        if (article.Link is null || LooseLink.Of(article.Link)?.Host is not { } host)
        {
            return null;
        }

        if (await SourceHistoryStore.LinkAsync(tx, article.Source, article.Uri) is { } before && Site(LooseLink.Of(before)?.Host) is { } old && !IsSame(old, Site(host)))
        {
            return $"the link of an article of {article.Source} has moved from {old} to {host}";
        }

        var hosts = links.Select(l => Site(LooseLink.Of(l)?.Host)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return links.Count >= Known && hosts.Count <= MostHosts && !hosts.Exists(h => IsSame(h, Site(host)))
            ? $"the feed of {article.Source} links to {host}, where it never did before"
            : null;
    }

    // The last two names, or three where the last but one is a short one such as co.uk has: near enough to tell a stranger.
    private static string? Site(string? host)
    {
        var parts = host?.Split('.') ?? [];
        var count = parts.Length > 2 && parts[^2].Length <= 3 && parts[^1].Length == 2 ? 3 : 2;
        return host is null ? null : string.Join('.', parts[^Math.Min(count, parts.Length)..]);
    }

    private static bool IsSame(string? a, string? b) => string.Equals(a, b, StringComparison.Ordinal);
}
