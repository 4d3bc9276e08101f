using M10Bot.News.Articles;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Feeds;

/// <summary>Files what is new or was edited among the entries of a document, and takes the rest silently.</summary>
internal sealed partial class FeedEntries(
    FeedStore store, FeedCategoryStore categories, FeedSink sink, FeedTopics topics, TimeProvider time, ILogger<FeedEntries> logger)
{
    private const int MostAtOnce = 12;
    private const int FewNew = 3;
    private const int FewEdited = 5;
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    // After so long without a good answer (the bot was down, or the feed) what came meanwhile is no news any more, but for the last of it.
    private static readonly TimeSpan LongSilence = TimeSpan.FromHours(2);
    private static readonly TimeSpan StaleAfterSilence = TimeSpan.FromHours(1);

    /// <param name="isPushed">By a hub, which sends only what is new.</param>
    public async Task<Filing> FileAsync(Feed feed, FeedDocument document, bool isPushed, CancellationToken ct)
    {
        var found = await SortAsync(feed, document, ct);
        var most = IsFlood(found) ? 0 : MostAtOnce;
        if (isPushed && most == 0)
        {
            return new Filing(0, IsFlood: true);
        }

        if (found.Open.Count > most)
        {
            LogFlood(logger, feed.Id, found.Open.Count, most);
        }

        await store.SeeAsync(feed.Id, [.. found.Silent, .. found.Open.Skip(most).Select(o => o.Seen)], ct);
        var now = time.GetUtcNow();
        var filed = 0;
        var map = found.Open.Count > 0 && most > 0 ? await MapAsync(feed, found.Open.Take(most).SelectMany(o => o.Entry.Tags), ct) : topics.Find;
        foreach (var (entry, seen) in found.Open.Take(most).OrderBy(o => o.Entry.Published ?? now))
        {
            filed += await FileAsync(feed, document, entry, seen, map, ct) ? 1 : 0;
        }

        return new Filing(filed, most == 0);
    }

    // A feed that knows none of its entries any more, or shows most of them edited at once, has changed its ids or its make-up, not the world.
    private static bool IsFlood(Found found) =>
        (found.New > FewNew && found.Known == 0) || (found.Edited > FewEdited && found.Edited * 2 > found.Known);

    private async Task<Found> SortAsync(Feed feed, FeedDocument document, CancellationToken ct)
    {
        var keyed = document.Entries.Select(e => (Entry: e, Keys: EntryIdentity.Keys(e))).Where(e => e.Keys.Count > 0).DistinctBy(e => e.Keys[0], StringComparer.Ordinal).ToList();
        var known = await store.SeenAsync(feed.Id, keyed.SelectMany(e => e.Keys).Distinct(StringComparer.Ordinal), ct);
        var found = new Found();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (entry, keys) in keyed)
        {
            var match = keys.Select(k => known.GetValueOrDefault(k)).FirstOrDefault(k => k is not null);
            var seen = new SeenEntry(keys, match?.Uri ?? $"{feed.Id}/{keys[0]}", EntryIdentity.TextHash(entry));
            var isEdited = match is not null && !string.Equals(match.TextHash, seen.TextHash, StringComparison.Ordinal);
            var isNews = used.Add(seen.Uri) && feed.Read is not null && (match is null ? !IsOld(entry, feed.Read.Value) : isEdited && match.IsFiled);
            found.Known += match is null ? 0 : 1;
            found.Edited += isEdited ? 1 : 0;
            found.New += match is null && isNews ? 1 : 0;
            if (isNews)
            {
                found.Open.Add((entry, seen));
            }
            else
            {
                found.Silent.Add(seen);
            }
        }

        return found;
    }

    private bool IsOld(Entry entry, DateTimeOffset lastRead)
    {
        var now = time.GetUtcNow();
        var isCatchingUp = now - lastRead > LongSilence;
        return (entry.Published ?? entry.Updated) is { } published
            ? now - published > (isCatchingUp ? StaleAfterSilence : Stale)
            : isCatchingUp;
    }

    /// <summary>What a category means: what an admin says, else what its name says.</summary>
    private async Task<Func<string, Topic?>> MapAsync(Feed feed, IEnumerable<string> tags, CancellationToken ct)
    {
        var all = await categories.OfAsync(feed.Id, ct);
        await categories.SeeAsync(feed.Id, all, tags, ct);
        var said = all.Where(c => c.Topic is not null).ToDictionary(c => c.Folded, c => c.Topic!, StringComparer.Ordinal);
        return tag => !said.TryGetValue(FeedCategoryStore.Fold(tag), out var code) ? topics.Find(tag) : code.Length == 0 ? null : topics.Find(code);
    }

    private async Task<bool> FileAsync(Feed feed, FeedDocument document, Entry entry, SeenEntry seen, Func<string, Topic?> map, CancellationToken ct)
    {
        if (EntryArticle.Of(entry, feed, document, seen.Uri, map, time.GetUtcNow()) is not { } article)
        {
            await store.SeeAsync(feed.Id, [seen], ct);
            return false;
        }

        var isNew = false;
        await sink.FileAsync(article, async tx => isNew = await store.SeeNewsAsync(tx, feed.Id, seen), ct);
        return isNew;
    }

    [LoggerMessage(LogLevel.Warning, "Feed {Feed} shows {Count} entries at once as new or edited; {Filed} are filed, the others taken silently")]
    private static partial void LogFlood(ILogger logger, long feed, int count, int filed);

    private sealed class Found
    {
        public List<SeenEntry> Silent { get; } = [];

        public List<(Entry Entry, SeenEntry Seen)> Open { get; } = [];

        public int New { get; set; }

        public int Known { get; set; }

        public int Edited { get; set; }
    }
}

/// <summary>What filing a document came to.</summary>
/// <param name="Filed">Articles that are new or new versions.</param>
/// <param name="IsFlood">More changed than can be news: nothing was filed.</param>
internal readonly record struct Filing(int Filed, bool IsFlood);

/// <summary>A publisher's category as a Topic, where one has that name.</summary>
public sealed class FeedTopics(Func<string, Topic?> find)
{
    public Topic? Find(string category) => find(category);
}
