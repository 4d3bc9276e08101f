using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>One look at one feed: fetch, read, file what is new or was edited, and say when to look again.</summary>
internal sealed partial class FeedPoll(
    FeedClient client, FeedStore store, FeedEntries entries, FeedHubs hubs, FeedTrouble trouble, IOptions<FeedOptions> options, TimeProvider time, Random random, ILogger<FeedPoll> logger)
{

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
            case FetchResult.NotModified(var moved, var fresh):
                await UnchangedAsync(feed, moved, fresh, ct);
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
            await UnchangedAsync(feed with { Etag = fetched.Etag, Modified = fetched.Modified }, fetched.MovedTo, fetched.FreshFor, ct);
            return;
        }

        var reading = FeedReader.Read(fetched.Body, fetched.ContentType, fetched.From);
        if (reading is FeedReading.NotAFeed(var reason))
        {
            await BadAsync(feed, new FetchResult.Failed($"what it answers is no feed: {reason}", "Open the address in a browser; if the feed has moved, add the new address."), ct);
            return;
        }

        if (!await FollowAsync(feed, fetched.MovedTo, ct))
        {
            return;
        }

        var document = ((FeedReading.Read)reading).Document;
        await hubs.OfferedAsync(feed, document, fetched, ct);
        var filing = await entries.FileAsync(feed, document, isPushed: false, ct);
        var now = time.GetUtcNow();
        if (filing.Filed > 0 && feed.PushedUntil > now)
        {
            await hubs.DistrustAsync(feed, ct); // what the poll finds first the hub has not pushed
            feed = feed with { PushedUntil = null };
        }

        var next = feed with { Etag = fetched.Etag, Modified = fetched.Modified, BodyHash = hash, Changed = now };
        await GoodAsync(next, FeedRhythm.Of(document, feed.Interval, null, now, _options), Longer(fetched.FreshFor, document.Rhythm), isChanged: true, ct);
    }

    private async Task UnchangedAsync(Feed feed, Uri? movedTo, TimeSpan? fresh, CancellationToken ct)
    {
        if (await FollowAsync(feed, movedTo, ct))
        {
            var now = time.GetUtcNow();
            await GoodAsync(feed, FeedRhythm.Of(null, feed.Interval, now - feed.Changed, now, _options), fresh, isChanged: false, ct);
        }
    }

    /// <summary>Stores a move for good; false where another feed is polled there already, and this one is stopped.</summary>
    private async Task<bool> FollowAsync(Feed feed, Uri? movedTo, CancellationToken ct)
    {
        if (movedTo is null)
        {
            return true;
        }

        if (await store.MoveAsync(feed.Id, movedTo.AbsoluteUri, ct) is { } other)
        {
            await BadAsync(feed, new FetchResult.Failed($"it has moved for good to where feed {other} is polled already", $"There is nothing to do: feed {other} goes on.", IsFinal: true), ct);
            return false;
        }

        LogMoved(logger, feed.Id, movedTo.Host);
        return true;
    }

    private async Task GoodAsync(Feed feed, TimeSpan interval, TimeSpan? wish, bool isChanged, CancellationToken ct)
    {
        var level = Math.Max(0, feed.Level - 1);
        var now = time.GetUtcNow();
        var pushed = feed.PushedUntil > now && !feed.IsTrusted ? _options.Slowest : TimeSpan.Zero;
        var next = feed with
        {
            Checked = now,
            Read = now,
            Interval = interval,
            Level = level,
            Failures = 0,
            Reason = level == 0 ? null : feed.Reason,
            Remedy = level == 0 ? null : feed.Remedy,
            Next = now + FeedRhythm.Wait(interval > pushed ? interval : pushed, wish, level, null, feed.IsTrusted, _options, random),
        };
        await store.SaveAsync(next, isForced: isChanged || feed.Read is null, ct);
        if (feed.IsTold && level == 0 && await store.HomeAsync(feed.Id, ct) is { } home)
        {
            await trouble.TellAsync(next, home, ct);
        }
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
            Next = now + FeedRhythm.Wait(feed.Interval, null, level, failed.RetryAfter, feed.IsTrusted, _options, random),
        };
        await store.SaveAsync(next, isForced: true, ct);
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

    [LoggerMessage(LogLevel.Warning, "Feed {Feed} of {Source}: {Reason} ({Failures} in a row)")]
    private static partial void LogTrouble(ILogger logger, long feed, string source, string reason, int failures);
}

/// <summary>Tells an admin of a feed's trouble, once, and of its end.</summary>
public sealed class FeedTrouble(Func<Feed, FeedHome, CancellationToken, Task> tell)
{
    public Task TellAsync(Feed feed, FeedHome home, CancellationToken ct) => tell(feed, home, ct);
}
