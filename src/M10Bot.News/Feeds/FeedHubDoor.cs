using System.Globalization;
using M10Bot.News.Doors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>Where hubs call: GET confirms or denies a subscription, POST brings what is new (WebSub §5.3, §7).</summary>
internal sealed partial class FeedHubDoor(FeedHubStore store, FeedHubs hubs, FeedPush push, IOptions<FeedOptions> options, ILogger<FeedHubDoor> logger) : IHttpDoor
{
    private const int LongestChallenge = 1000;
    private static readonly TimeSpan ShortestLease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);
    private static readonly TimeSpan AgainAfterDenial = TimeSpan.FromDays(1);

    public IReadOnlyList<string> Methods { get; } = ["GET", "POST"];

    public string Path => FeedHubs.Path;

    public int MaxBytes => options.Value.MaxBytes;

    public async Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct)
    {
        if (!hubs.IsOn || !long.TryParse(request.Query.GetValueOrDefault("feed"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !hubs.IsKey(id, request.Query.GetValueOrDefault("key")) || await store.FindAsync(id, ct) is not { } feed)
        {
            return DoorReply.Text(404, "No feed is pushed here.");
        }

        return request.Method == "GET" ? await ConfirmAsync(feed, request.Query, ct) : await TakeAsync(feed, request, ct);
    }

    private async Task<DoorReply> ConfirmAsync(FeedHub feed, IReadOnlyDictionary<string, string> query, CancellationToken ct)
    {
        var mode = query.GetValueOrDefault("hub.mode");
        var isOurs = feed is { Standing: "polled", State: "asked" or "live" } && string.Equals(query.GetValueOrDefault("hub.topic"), feed.Topic, StringComparison.Ordinal);
        if (mode == "denied" && isOurs)
        {
            LogDenied(logger, feed.Id);
            await store.RefusedAsync(feed.Id, AgainAfterDenial, ct);
            return DoorReply.Bare(200);
        }

        if (query.GetValueOrDefault("hub.challenge") is not { Length: > 0 and <= LongestChallenge } challenge)
        {
            return DoorReply.Text(400, "hub.challenge is missing.");
        }

        if (mode == "subscribe" && isOurs)
        {
            var lease = long.TryParse(query.GetValueOrDefault("hub.lease_seconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < LongestLease.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : LongestLease;
            await store.LiveAsync(feed.Id, lease < ShortestLease ? ShortestLease : lease, ct);
            LogLive(logger, feed.Id, lease);
            return DoorReply.Text(200, challenge);
        }

        return mode == "unsubscribe" && feed.Standing != "polled" ? DoorReply.Text(200, challenge) : DoorReply.Text(404, "Nobody here asked for that.");
    }

    private async Task<DoorReply> TakeAsync(FeedHub feed, DoorRequest request, CancellationToken ct)
    {
        if (feed.Standing != "polled")
        {
            return DoorReply.Text(410, "The feed is followed no more.");
        }

        if (!hubs.IsSigned(feed.Id, request.Headers.GetValueOrDefault("X-Hub-Signature"), request.Body.Span))
        {
            LogUnsigned(logger, feed.Id);
            return DoorReply.Bare(202); // WebSub §8: not believed, and not told so
        }

        await push.TakeAsync(feed.Id, request.Body, request.Headers.GetValueOrDefault("Content-Type"), ct);
        return DoorReply.Bare(202);
    }

    [LoggerMessage(LogLevel.Information, "Feed {Feed} is pushed by its hub for {Lease}")]
    private static partial void LogLive(ILogger logger, long feed, TimeSpan lease);

    [LoggerMessage(LogLevel.Warning, "The hub of feed {Feed} has denied the subscription; the feed is polled, and the hub asked again in a day")]
    private static partial void LogDenied(ILogger logger, long feed);

    [LoggerMessage(LogLevel.Warning, "A push for feed {Feed} is not signed as it should be and counts for nothing")]
    private static partial void LogUnsigned(ILogger logger, long feed);
}
