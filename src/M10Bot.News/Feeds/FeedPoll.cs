using M10Bot.News.Articles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>One look at one feed: fetch, read, file what is new or was edited, and say when to look again.</summary>
internal sealed partial class FeedPoll(
    FeedClient client, FeedStore store, FeedSink sink, FeedTopics topics, FeedTrouble trouble, IOptions<FeedOptions> options, TimeProvider time, Random random, ILogger<FeedPoll> logger)
{
    private const int MostAtOnce = 12;
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    private readonly FeedOptions _options = options.Value;

    /// <summary>Never throws for what the other side does; a fault of our own (the database) leaves the feed to be claimed again.</summary>
    public async Task RunAsync(Feed feed, CancellationToken ct)
    {
        var result = Uri.TryCreate(feed.Url, UriKind.Absolute, out var address)
            ? await client.GetAsync(address, feed.Etag, feed.Modified, ct)
            : new FetchResult.Failed("its address cannot be read", "Stop it and add it again.", IsFinal: true);
        switch (result)
        {
            case FetchResult.Fetched fetched:
                await FetchedAsync(feed, fetched, ct);
                break;
            case FetchResult.NotModified(var fresh):
                await GoodAsync(feed, FeedRhythm.Of(null, feed.Interval, time.GetUtcNow(), _options), fresh, ct);
                break;
            case FetchResult.Failed failed:
                await BadAsync(feed, failed, ct);
                break;
        }
    }

    private async Task FetchedAsync(Feed feed, FetchResult.Fetched fetched, CancellationToken ct)
    {
        var hash = EntryIdentity.Hash(fetched.Body);
        if (string.Equals(hash, feed.BodyHash, StringComparison.Ordinal))
        {
            await GoodAsync(feed with { Etag = fetched.Etag, Modified = fetched.Modified }, FeedRhythm.Of(null, feed.Interval, time.GetUtcNow(), _options), fetched.FreshFor, ct);
            return;
        }

        var reading = FeedReader.Read(fetched.Body, fetched.ContentType, fetched.From);
        if (reading is FeedReading.NotAFeed(var reason))
        {
            await BadAsync(feed, new FetchResult.Failed($"what it answers is no feed: {reason}", "Open the address in a browser; if the feed has moved, add the new address."), ct);
            return;
        }

        var document = ((FeedReading.Read)reading).Document;
        if (fetched.MovedTo is { } moved && await store.MoveAsync(feed.Id, moved.AbsoluteUri, ct))
        {
            LogMoved(logger, feed.Id, moved.Host);
        }

        await FileAsync(feed, document, ct);
        var now = time.GetUtcNow();
        var next = feed with { Etag = fetched.Etag, Modified = fetched.Modified, BodyHash = hash, Read = now, Changed = now };
        await GoodAsync(next, FeedRhythm.Of(document, feed.Interval, now, _options), Longer(fetched.FreshFor, document.Rhythm), ct);
    }

    private async Task FileAsync(Feed feed, FeedDocument document, CancellationToken ct)
    {
        var keyed = document.Entries.Select(e => (Entry: e, Keys: EntryIdentity.Keys(e))).Where(e => e.Keys.Count > 0).ToList();
        var seen = await store.SeenAsync(feed.Id, keyed.SelectMany(e => e.Keys).Distinct(StringComparer.Ordinal), ct);
        var now = time.GetUtcNow();
        var (silent, open) = (new List<SeenEntry>(), new List<(Entry Entry, SeenEntry Seen)>());
        var (known, fresh) = (0, 0);
        foreach (var (entry, keys) in keyed)
        {
            var match = keys.Select(k => seen.TryGetValue(k, out var was) ? was : default).FirstOrDefault(m => m.Uri is not null);
            var seenNow = new SeenEntry(keys, match.Uri ?? $"{feed.Id}/{keys[0]}", EntryIdentity.TextHash(entry));
            var isNews = feed.Read is not null && (match.Uri is null
                ? !(now - (entry.Published ?? entry.Updated ?? now) > Stale)
                : !string.Equals(match.TextHash, seenNow.TextHash, StringComparison.Ordinal));
            known += match.Uri is null ? 0 : 1;
            fresh += match.Uri is null && isNews ? 1 : 0;
            if (isNews)
            {
                open.Add((entry, seenNow));
            }
            else
            {
                silent.Add(seenNow);
            }
        }

        // A feed that knows none of its entries any more has changed its ids, not the world.
        var most = fresh > 3 && known == 0 ? 0 : MostAtOnce;
        if (open.Count > most)
        {
            LogFlood(logger, feed.Id, open.Count, most);
            silent.AddRange(open.Skip(most).Select(o => o.Seen));
        }

        await store.SeeAsync(feed.Id, silent, ct);
        foreach (var (entry, entrySeen) in open.Take(most).OrderBy(o => o.Entry.Published ?? now))
        {
            await FileAsync(feed, document, entry, entrySeen, ct);
        }
    }

    private async Task FileAsync(Feed feed, FeedDocument document, Entry entry, SeenEntry seen, CancellationToken ct)
    {
        if (EntryArticle.Of(entry, feed, document, seen.Uri, topics.Find, time.GetUtcNow()) is not { } article)
        {
            await store.SeeAsync(feed.Id, [seen], ct);
            return;
        }

        await sink.FileAsync(
            article,
            async tx =>
            {
                await store.SeeAsync(tx, feed.Id, [seen]);
                return true;
            },
            ct);
    }

    private Task GoodAsync(Feed feed, TimeSpan interval, TimeSpan? wish, CancellationToken ct)
    {
        var level = Math.Max(0, feed.Level - 1);
        var now = time.GetUtcNow();
        return store.SaveAsync(
            feed with
            {
                Checked = now,
                Read = feed.Read ?? now,
                Interval = interval,
                Level = level,
                Failures = 0,
                Reason = level == 0 ? null : feed.Reason,
                Remedy = level == 0 ? null : feed.Remedy,
                Next = now + FeedRhythm.Wait(interval, wish, level, null, _options, random),
            },
            ct);
    }

    private async Task BadAsync(Feed feed, FetchResult.Failed failed, CancellationToken ct)
    {
        var level = Math.Min(feed.Level + 1, FeedRhythm.Trouble.Count - 1);
        var now = time.GetUtcNow();
        var next = feed with
        {
            Checked = now,
            Level = level,
            Failures = feed.Failures + 1,
            Reason = failed.Reason,
            Remedy = failed.Remedy,
            Standing = failed.IsFinal ? "off" : feed.Standing,
            Next = now + FeedRhythm.Wait(feed.Interval, null, level, failed.RetryAfter, _options, random),
        };
        await store.SaveAsync(next, ct);
        LogTrouble(logger, feed.Id, feed.Source, failed.Reason, next.Failures);
        if (failed.IsFinal || next.Failures >= _options.TellAfter)
        {
            await TellAsync(next, ct);
        }
    }

    private async Task TellAsync(Feed feed, CancellationToken ct)
    {
        if (await store.TellAsync(feed.Id, ct) is { } home)
        {
            await trouble.TellAsync(feed, home, ct);
        }
    }

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one > other || other is null ? one : other;

    [LoggerMessage(LogLevel.Information, "Feed {Feed} has moved for good, to {Host}")]
    private static partial void LogMoved(ILogger logger, long feed, string host);

    [LoggerMessage(LogLevel.Warning, "Feed {Feed} shows {Count} entries at once as new; {Filed} are filed, the others taken silently")]
    private static partial void LogFlood(ILogger logger, long feed, int count, int filed);

    [LoggerMessage(LogLevel.Warning, "Feed {Feed} of {Source}: {Reason} ({Failures} in a row)")]
    private static partial void LogTrouble(ILogger logger, long feed, string source, string reason, int failures);
}

/// <summary>Tells an admin of a feed's trouble, once.</summary>
public sealed class FeedTrouble(Func<Feed, FeedHome, CancellationToken, Task> tell)
{
    public Task TellAsync(Feed feed, FeedHome home, CancellationToken ct) => tell(feed, home, ct);
}

/// <summary>A publisher's category as a Topic, where one has that name.</summary>
public sealed class FeedTopics(Func<string, Topic?> find)
{
    public Topic? Find(string category) => find(category);
}
