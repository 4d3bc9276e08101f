using M10Bot.News.Articles;
using M10Bot.News.Chat;

namespace M10Bot.Testing;

/// <summary>Values that do not matter; name only what the test is about.</summary>
public static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private static int _count;

    public static Article Article(string headline = "Ministers agree on a date for the vote", string? uri = null) => new()
    {
        Source = "M10News",
        Uri = uri ?? $"urn:m10:{Next()}",
        Headline = headline,
        Body = "Ministers agreed on a date on Tuesday.\nThe vote is to be held in spring.",
        Credit = "M10News",
        Copyright = "© 2026 M10News",
        Published = Time,
    };

    public static Card Card(string headline = "Ministers agree on a date for the vote", CardState state = CardState.Breaking, int version = 1) => new()
    {
        Kicker = new Kicker(state, ["Ukraine"]),
        Headline = headline,
        Link = "https://example.org/story",
        Points = ["Ministers agreed on a date on Tuesday."],
        Actions = [CardAction.ToCommand("Follow", "follow", ("story", "7"))],
        Credit = "M10News · © 2026 M10News",
        Published = Time,
        Version = version,
    };

    public static Destination Channel(string? address = null, Platform platform = Platform.Discord) =>
        new(platform, "81", DestinationKind.Channel, address ?? $"c{Next()}");

    public static Destination Person(string? address = null, Platform platform = Platform.Discord) =>
        new(platform, "81", DestinationKind.Person, address ?? $"p{Next()}");

    private static int Next() => Interlocked.Increment(ref _count);
}
