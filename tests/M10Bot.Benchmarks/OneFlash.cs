using M10Bot.News.Chat;

namespace M10Bot.Benchmarks;

/// <summary>What the benchmarks of both clients post: one story to all channels, as a fan-out is.</summary>
internal static class OneFlash
{
    public static readonly DeliveryKey Key = new("benchmark-delivery-00001");

    public static readonly Card Card = new()
    {
        Kicker = new Kicker(CardState.Flash, ["Ukraine", "single source"]),
        Headline = "US could back European-led security guarantees for Ukraine, Trump says",
        Link = "https://m10news.com/story/1",
        Points = ["Trump says the US would help out a European security force once fighting ends.", "Germany and France are named as lead states.", "Talks go on in Geneva on Tuesday."],
        Actions = [CardAction.ToCommand("Summary", "summary", ("story", "1")), CardAction.ToLink("Full story", "https://m10news.com/story/1"), CardAction.ToCommand("Follow", "follow", ("story", "1"))],
        Credit = "M10News International Desk",
        Published = DateTimeOffset.UnixEpoch.AddYears(56),
    };
}
