using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>The small words that replies share.</summary>
internal static class Wording
{
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {Texts.Plural(count, one, many)}");

    /// <summary>A topic as the reader's language calls it.</summary>
    public static string Name(Topic topic) => Name(topic.Code, topic.Name);

    public static string Name(Subscription order) => Name(order.Topic, order.Name);

    public static string Name(string code, string english) => TopicNames.In(Texts.Current, code, english);

    public static string Sources(int count) => count <= 1 ? Texts.Here("single source") : Count(count, "source", "sources");

    /// <summary>A person's own words, shown back to them: one line, cut to what is readable.</summary>
    public static string Quote(string words) => $"“{Cut(words.ReplaceLineEndings(" "), 60)}”";

    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    /// <summary>Two units at most: <c>3 days 4 hours</c>, <c>12 minutes</c>, <c>1.8 seconds</c>, <c>34 ms</c>.</summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.FromSeconds(1))
        {
            return Texts.Say($"{(long)Math.Max(0, Math.Round(span.TotalMilliseconds))} ms");
        }

        if (span < TimeSpan.FromSeconds(10))
        {
            return Texts.Say($"{Math.Max(0, span.TotalSeconds).ToString("0.#", CultureInfo.InvariantCulture)} seconds");
        }

        (long Count, string Unit)[] units =
        [
            ((long)span.TotalDays, "day"), (span.Hours, "hour"), (span.Minutes, "minute"), (span.Seconds, "second"),
        ];
        return string.Join(' ', units.SkipWhile(u => u.Count == 0).Take(2).Where(u => u.Count > 0).Select(u => Count(u.Count, u.Unit, u.Unit + "s")));
    }

    /// <summary>The place in the middle of a sentence, as the caller sees it.</summary>
    public static string Place(Destination place, CommandRequest request) => place switch
    {
        { Kind: DestinationKind.Person } => Texts.Here("your direct messages"),
        _ when place == request.Here => Texts.Here(place.Thread is null ? "this channel" : "this thread"),
        { Thread: { } thread } => Texts.Say($"thread {thread} in channel {place.Room}"),
        _ => Texts.Say($"channel {place.Address}"),
    };

    /// <summary>A reply whose words have this place from <see cref="Place"/>.</summary>
    public static CommandReply Naming(this CommandReply reply, Destination place, CommandRequest request) =>
        place.Kind is DestinationKind.Person || place == request.Here ? reply : reply.Naming([place.Room]);

    /// <summary>A reply whose words have these channels' ids, all of the caller's own workspace.</summary>
    public static CommandReply Naming(this CommandReply reply, IReadOnlyList<string> channels) =>
        reply with { Card = reply.Card with { Channels = channels } };

    /// <summary>What is wrong and what to do, both kept in English: in the reader's language, with one full stop between them.</summary>
    public static string Trouble(string? reason, string? remedy) => string.Join(
        ' ',
        new[] { Texts.Told(reason ?? "").TrimEnd('.'), Texts.Told(remedy ?? "") }.Where(s => s.Length > 0).Select((s, i) => i == 0 ? $"{s}." : s));

    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string List(IEnumerable<string> words)
    {
        var all = words.ToArray();
        return all.Length < 2 ? string.Concat(all) : Texts.Say($"{string.Join(", ", all[..^1])} and {all[^1]}");
    }

    /// <summary>Which rights are missing and how an admin gives them, by the names that the platform shows.</summary>
    public static string Lacking(IReadOnlyList<ChatRight> lacks) =>
        Texts.Say($"Here the bot lacks {List(lacks.Select(l => Texts.Here(Right(l))))}. Open the channel's settings, then Permissions; add M10Bot and allow this.");

    public static CommandReply Answer(string headline, string line, params IEnumerable<CardAction> actions) =>
        new(new Card { Headline = headline, Lines = line.Length == 0 ? [] : [line], Actions = [.. actions.Where(a => a.Link is not null || ActionKey.Fits(a)).Take(5)] });

    public static CardAction Button(string label, string command, params (string Option, string Value)[] arguments) =>
        CardAction.ToCommand(Cut(label, 30), command, arguments);

    private static string Right(ChatRight right) => right switch
    {
        ChatRight.ViewChannel => "View Channel",
        ChatRight.SendMessages => "Send Messages",
        ChatRight.SendInThreads => "Send Messages in Threads",
        ChatRight.EmbedLinks => "Embed Links",
        ChatRight.ReadHistory => "Read Message History",
        _ => "Mention All Roles",
    };
}
