using System.Globalization;
using System.Security.Cryptography;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Feeds;
using M10Bot.News.Subscriptions;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Desk;

/// <summary>Says a feed's trouble where the admin chose, once, with what to do; and its end. In the language of the cards there.</summary>
/// <param name="platforms">Lazy, for platforms know the commands, and the commands the feeds.</param>
/// <param name="destinations">Lazy, for it knows the platforms.</param>
internal sealed partial class FeedDesk(Lazy<IEnumerable<IChatPlatform>> platforms, Lazy<DestinationStore> destinations, ILogger<FeedDesk> logger)
{
    /// <summary>A channel that does not take the message is no reason to stop polling: “feeds” shows the trouble all the same.</summary>
    public Task TellAsync(Feed feed, FeedHome home, CancellationToken ct) => PostAsync(() => feed.Reason is null ? Again(feed) : Trouble(feed), feed, home, ct);

    /// <summary>Says that a feed is not itself, and that what it brought so is held: at most once a day for each feed.</summary>
    public async Task SuspectAsync(FeedStore store, Article article, string suspicion, CancellationToken ct)
    {
        try
        {
            // A feed's article is named by the feed's number and the entry's key.
            if (long.TryParse(article.Uri.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await store.SuspectAsync(id, ct) is { } told)
            {
                await PostAsync(() => Suspect(told.Feed, suspicion), told.Feed, told.Home, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnsuspected(logger, e, article.Source); // the article is held all the same, and in the log
        }
    }

    /// <param name="card">Made once the language is known.</param>
    private async Task PostAsync(Func<Card> card, Feed feed, FeedHome home, CancellationToken ct)
    {
        var platform = platforms.Value.FirstOrDefault(p => p.Platform.ToString().Equals(home.Platform, StringComparison.OrdinalIgnoreCase));
        if (platform is null || home.Channel is null)
        {
            return;
        }

        var place = new Destination(platform.Platform, home.Workspace, DestinationKind.Channel, home.Channel);
        Texts.Current = await destinations.Value.LanguageAsync(place, ct);
        var to = await destinations.Value.ReachedAsync(place, ct);
        var key = new DeliveryKey($"feed-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        if (await platform.PostAsync(to, CardTexts.In(card(), Texts.Current), key, ct) is not PostOutcome.Posted)
        {
            LogUntold(logger, feed.Id);
        }
    }

    private static Card Again(Feed feed) => new()
    {
        Headline = Texts.Say($"The feed of {feed.Source} can be read again"),
        Link = feed.Url,
        Lines = ["It is polled as before."],
        Actions = [CardAction.ToCommand("Feeds", "feeds")],
    };

    private static Card Trouble(Feed feed)
    {
        var isStopped = feed.Standing == "off";
        return new Card
        {
            Headline = isStopped ? Texts.Say($"The feed of {feed.Source} is stopped") : Texts.Say($"The feed of {feed.Source} cannot be read"),
            Link = feed.Url,
            Lines =
            [
                feed.Failures == 1 ? Sentence(feed.Reason!) : Texts.Say($"{feed.Failures} times in a row: {Texts.Told(feed.Reason!)}."),
                $"{Texts.Told(feed.Remedy ?? "")} {(isStopped ? "" : Texts.Here("It is tried again by itself, ever more rarely."))}".Trim(),
            ],
            Actions =
            [
                CardAction.ToCommand("Try again now", "feed start", ("feed", $"{feed.Id}")),
                .. isStopped ? Array.Empty<CardAction>() : [CardAction.ToCommand("Stop it", "feed stop", ("feed", $"{feed.Id}"))],
                CardAction.ToCommand("Feeds", "feeds"),
            ],
        };
    }

    private static Card Suspect(Feed feed, string suspicion) => new()
    {
        Headline = Texts.Say($"The feed of {feed.Source} is not itself"),
        Link = feed.Url,
        Lines =
        [
            Sentence(suspicion),
            "Somebody else may have got hold of it. What is unlike it is held until an editor releases it; “queue” lists it. If this is the publisher's own doing, nothing need be done to the feed; it is told once a day while it lasts.",
        ],
        Actions =
        [
            CardAction.ToCommand("Queue", "queue"),
            CardAction.ToCommand("Stop the feed", "feed stop", ("feed", $"{feed.Id}")),
            CardAction.ToCommand("Feeds", "feeds"),
        ],
    };

    private static string Sentence(string english)
    {
        var told = Texts.Told(english);
        return $"{char.ToUpperInvariant(told[0])}{told[1..]}.";
    }

    [LoggerMessage(LogLevel.Warning, "It could not be told that the feed of {Source} is not itself")]
    private static partial void LogUnsuspected(ILogger logger, Exception exception, string source);

    [LoggerMessage(LogLevel.Warning, "The trouble of feed {Feed} could not be told in the channel that was chosen for it")]
    private static partial void LogUntold(ILogger logger, long feed);
}
