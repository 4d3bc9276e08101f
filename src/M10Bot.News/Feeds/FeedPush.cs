namespace M10Bot.News.Feeds;

/// <summary>What a hub pushed, read and filed as a poll would; where that does not answer it, the feed is polled at once.</summary>
internal sealed class FeedPush(FeedStore store, FeedEntries entries, FeedAlarm alarm)
{
    public async Task TakeAsync(long id, ReadOnlyMemory<byte> body, string? contentType, CancellationToken ct)
    {
        var feed = await store.FindAsync(id, ct);
        var isFiled = feed is { Standing: "polled", Read: not null } && Uri.TryCreate(feed.Url, UriKind.Absolute, out var address)
            && FeedReader.Read(body.Span, contentType, address) is FeedReading.Read(var document) && document.Entries.Count > 0
            && !(await entries.FileAsync(feed, document, isPushed: true, ct)).IsFlood;
        if (!isFiled)
        {
            await store.DueAsync(id, ct);
            alarm.Ring();
        }
    }
}
