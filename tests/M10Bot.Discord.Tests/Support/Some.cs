using M10Bot.News.Chat;

namespace M10Bot.Discord.Tests.Support;

internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Card Bulletin(CardState state = CardState.Flash, string headline = "US could back security guarantees for Ukraine", params string[] points) => new()
    {
        Kicker = new Kicker(state, ["Ukraine", "single source"]),
        Headline = headline,
        Link = "https://m10news.com/story/1",
        Points = points.Length > 0 ? points : ["Trump says the US would help out a European force."],
        Actions =
        [
            CardAction.ToCommand("Summary", "summary", ("story", "s1")),
            CardAction.ToLink("Full story", "https://m10news.com/story/1"),
            CardAction.ToCommand("Follow", "follow", ("story", "s1")),
        ],
        Credit = "M10News International Desk",
        Published = Noon,
    };

    /// <summary>Text that a stranger could send, from a fixed seed.</summary>
    public static string Hostile(Random random, int most)
    {
        string[] pieces =
        [
            "*", "_", "~~", "`", "```", "||", "[", "](", ")", "<", ">", "#", "-", "\\", "@everyone", "@here", "<@12>", "<@&12>", "<#12>", "<:a:12>",
            "<a:b:12>", "<t:0:R>", "</cmd:12>", "<id:browse>", "https://evil.example/x", "discord.gg/abc", "\u202E", "\u200B", "\u200D", "\uFEFF",
            "\uD800", "\0", "\n", "\r\n", "\u2028", "1. ", "> ", "👩‍👩‍👧", "e\u0301", "Größe", "новости", "新聞", " ", "word", "\t", "\u3164",
        ];
        var count = random.Next(0, most);
        return string.Concat(Enumerable.Range(0, count).Select(_ => pieces[random.Next(pieces.Length)]));
    }
}
