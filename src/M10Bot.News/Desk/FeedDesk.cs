using M10Bot.News.Feeds;
using System.Security.Cryptography;
using M10Bot.News.Chat;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Desk;

/// <summary>Says a feed's trouble where the admin chose, once, with what to do; and its end.</summary>
/// <param name="platforms">Lazy, for platforms know the commands, and the commands the feeds.</param>
internal sealed partial class FeedDesk(Lazy<IEnumerable<IChatPlatform>> platforms, ILogger<FeedDesk> logger)
{
    /// <summary>A channel that does not take the message is no reason to stop polling: “feeds” shows the trouble all the same.</summary>
    public async Task TellAsync(Feed feed, FeedHome home, CancellationToken ct)
    {
        var platform = platforms.Value.FirstOrDefault(p => p.Platform.ToString().Equals(home.Platform, StringComparison.OrdinalIgnoreCase));
        if (platform is null || home.Channel is null)
        {
            return;
        }

        var to = new Destination(platform.Platform, home.Workspace, DestinationKind.Channel, home.Channel);
        var key = new DeliveryKey($"feed-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        if (await platform.PostAsync(to, Card(feed), key, ct) is not PostOutcome.Posted)
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

    [LoggerMessage(LogLevel.Warning, "The trouble of feed {Feed} could not be told in the channel that was chosen for it")]
    private static partial void LogUntold(ILogger logger, long feed);
}
