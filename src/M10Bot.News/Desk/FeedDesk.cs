using M10Bot.News.Feeds;
using System.Globalization;
using System.Security.Cryptography;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Desk;

/// <summary>Says a feed's trouble where the admin chose, once, with what to do; and its end.</summary>
/// <param name="platforms">Lazy, for platforms know the commands, and the commands the feeds.</param>
internal sealed partial class FeedDesk(Lazy<IEnumerable<IChatPlatform>> platforms, ILogger<FeedDesk> logger)
{
    /// <summary>A channel that does not take the message is no reason to stop polling: “feeds” shows the trouble all the same.</summary>
    public Task TellAsync(Feed feed, FeedHome home, CancellationToken ct) => PostAsync(Card(feed), feed, home, ct);

    /// <summary>Says that a feed is not itself, and that what it brought so is held: at most once a day for each feed.</summary>
    public async Task SuspectAsync(FeedStore store, Article article, string suspicion, CancellationToken ct)
    {
        try
        {
            // A feed's article is named by the feed's number and the entry's key.
            if (long.TryParse(article.Uri.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await store.SuspectAsync(id, ct) is { } told)
            {
                await PostAsync(Card(told.Feed, suspicion), told.Feed, told.Home, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnsuspected(logger, e, article.Source); // the article is held all the same, and in the log
        }
    }

    private async Task PostAsync(Card card, Feed feed, FeedHome home, CancellationToken ct)
    {
        var platform = platforms.Value.FirstOrDefault(p => p.Platform.ToString().Equals(home.Platform, StringComparison.OrdinalIgnoreCase));
        if (platform is null || home.Channel is null)
        {
            return;
        }

        var to = new Destination(platform.Platform, home.Workspace, DestinationKind.Channel, home.Channel);
        var key = new DeliveryKey($"feed-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        if (await platform.PostAsync(to, card, key, ct) is not PostOutcome.Posted)
        {
            LogUntold(logger, feed.Id);
        }
    }

    private static Card Card(Feed feed) => feed.Reason is null ? Again(feed) : Trouble(feed);

    private static Card Again(Feed feed) => new()
    {
        Headline = $"The feed of {feed.Source} can be read again",
        Link = feed.Url,
        Lines = ["It is polled as before."],
        Actions = [CardAction.ToCommand("Feeds", "feeds")],
    };

    private static Card Trouble(Feed feed) => new()
    {
        Headline = feed.Standing == "off" ? $"The feed of {feed.Source} is stopped" : $"The feed of {feed.Source} cannot be read",
        Link = feed.Url,
        Lines =
        [
            $"{feed.Failures} times in a row: {feed.Reason}.",
            $"{feed.Remedy} {(feed.Standing == "off" ? "" : "It is tried again by itself, ever more rarely.")}".Trim(),
        ],
        Actions =
        [
            CardAction.ToCommand("Try again now", "feed start", ("feed", $"{feed.Id}")),
            .. feed.Standing == "off" ? Array.Empty<CardAction>() : [CardAction.ToCommand("Stop it", "feed stop", ("feed", $"{feed.Id}"))],
            CardAction.ToCommand("Feeds", "feeds"),
        ],
    };

    private static Card Card(Feed feed, string suspicion) => new()
    {
        Headline = $"The feed of {feed.Source} is not itself",
        Link = feed.Url,
        Lines =
        [
            $"{char.ToUpperInvariant(suspicion[0])}{suspicion[1..]}.",
            "Somebody else may have got hold of it. What is unlike it is held until an editor releases it; “queue” lists it. If this is the publisher's own doing, nothing need be done to the feed; it is told once a day while it lasts.",
        ],
        Actions =
        [
            CardAction.ToCommand("Queue", "queue"),
            CardAction.ToCommand("Stop the feed", "feed stop", ("feed", $"{feed.Id}")),
            CardAction.ToCommand("Feeds", "feeds"),
        ],
    };

    [LoggerMessage(LogLevel.Warning, "It could not be told that the feed of {Source} is not itself")]
    private static partial void LogUnsuspected(ILogger logger, Exception exception, string source);

    [LoggerMessage(LogLevel.Warning, "The trouble of feed {Feed} could not be told in the channel that was chosen for it")]
    private static partial void LogUntold(ILogger logger, long feed);
}
