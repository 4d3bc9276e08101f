using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.Slack.Requests;

namespace M10Bot.Slack.Rendering;

/// <summary>A card as Slack blocks. The order and the kinds of block stay the same over all versions of a bulletin.</summary>
internal static class SlackRenderer
{
    private const int NotificationLimit = 3600; // chat.update refuses a text above 4000
    private const int HeadlineLimit = 600;
    private const int LineLimit = 1200;
    private const int MostActions = 5;
    private const string Clock = "{time}";
    private const string DayAndClock = "{date_short_pretty} at {time}";

    /// <param name="card">What is shown.</param>
    /// <param name="prefix">Keeps the block ids of several cards in one view apart.</param>
    public static SlackMessage Render(Card card, string prefix = "")
    {
        var list = new BlockList(card.Version, prefix);
        var kicker = list.Reserve(KickerOf(card, list));
        var headline = list.Reserve(HeadlineOf(card, list));
        var notice = list.Reserve(NoticeOf(card, list));
        var actions = list.Reserve(ActionsOf(card, list));
        var credit = list.Reserve(CreditOf(card, list));

        list.Place(kicker);
        list.Place(headline);
        list.Place(notice);
        list.Lines("points", [.. card.Points.Select(p => "• " + SlackText.Mark(p, LineLimit))], More);
        if (card.WhatIsNew is { Length: > 0 } news)
        {
            list.Add(new SectionBlock(list.Id("new"), new Markdown($"*{Texts.In(card.Language, "What is new")}:* {SlackText.Mark(news, LineLimit)}")));
        }

        list.Lines("lines", [.. card.Lines.Select(l => Named(SlackText.Mark(l, LineLimit), card))], More);
        list.Lines("items", [.. card.Items.Select(ItemOf)], More);
        foreach (var facts in card.Facts.Chunk(10))
        {
            list.Add(new SectionBlock(list.Id("facts"), Text: null, [.. facts.Select(FactOf)]));
        }

        list.Place(actions);
        list.Place(credit);
        return new SlackMessage(NotificationOf(card), list.Blocks);
    }

    /// <summary>The same in text alone, for when Slack does not take the blocks.</summary>
    public static string PlainOf(Card card) =>
        SlackText.Address(card.Link) is { } link && link.Length < 500
            ? $"{NotificationOf(card, NotificationLimit - link.Length - 10)}\n{link.Replace("&", "&amp;", StringComparison.Ordinal)}"
            : NotificationOf(card);

    private static ContextBlock? KickerOf(Card card, BlockList list)
    {
        if (card.Kicker is not { } kicker)
        {
            return null;
        }

        var words = kicker.Notes.Select(n => SlackText.Mark(n, 200)).Prepend($"{kicker.Sign} *{kicker.Word}*");
        return new ContextBlock(list.Id("kicker"), [new Markdown(Joined(words, BlockList.TextLimit))]);
    }

    private static SectionBlock HeadlineOf(Card card, BlockList list)
    {
        var label = card.Headline.Length == 0 ? "(no headline)" : card.Headline;
        var budget = SlackText.Address(card.Link) is { } url ? HeadlineLimit + (url.Length * 2) : HeadlineLimit;
        return new SectionBlock(list.Id("headline"), new Markdown($"*{Named(SlackText.Link(card.Link, label, Math.Min(budget, BlockList.TextLimit)), card)}*"));
    }

    private static SectionBlock? NoticeOf(Card card, BlockList list)
    {
        if (card.Notice is not { } notice)
        {
            return null;
        }

        // Slack ends no italics where a letter follows at once.
        var after = SlackText.Mark(notice.After, LineLimit);
        var space = after.Length > 0 && (char.IsLetterOrDigit(after[0]) || notice.After[0] == ' ') ? " " : "";
        var text = $"_{SlackText.Mark(notice.Before, 300)} {SlackText.Date(notice.At, Clock)}_{space}{after.TrimStart(' ')}";
        return new SectionBlock(list.Id("notice"), new Markdown(text));
    }

    private static ActionsBlock? ActionsOf(Card card, BlockList list)
    {
        var buttons = card.Actions.Take(MostActions).Select((action, n) => ButtonOf(action, n, card.Version)).OfType<Button>().ToList();
        return buttons.Count == 0 ? null : new ActionsBlock(list.Id("actions"), buttons);
    }

    private static Button? ButtonOf(CardAction action, int n, int version)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{ButtonIds.Prefix}{n}.v{version}");
        var label = new PlainText(SlackText.Label(action.Label, BlockList.LabelLimit));
        if (label.Text.Length == 0)
        {
            return null;
        }

        if (action.Command is null)
        {
            return SlackText.Address(action.Link) is { } url ? new Button(id, label, url, Value: null) : null;
        }

        return ActionKey.Fits(action) ? new Button(id, label, Url: null, ActionKey.Encode(action)) : null;
    }

    private static ContextBlock? CreditOf(Card card, BlockList list)
    {
        List<string> words = card.Credit is { Length: > 0 } credit ? [SlackText.Mark(credit, 600)] : [];
        if (card.Published is { } published)
        {
            var times = SlackText.Date(published, DayAndClock);
            if (card.Updated is { } updated && updated > published)
            {
                var isNear = updated - published < TimeSpan.FromHours(12);
                times += $", {Texts.In(card.Language, "updated")} " + SlackText.Date(updated, isNear ? Clock : DayAndClock);
            }

            words.Add(times);
        }

        return words.Count == 0 ? null : new ContextBlock(list.Id("credit"), [new Markdown(string.Join(" · ", words))]);
    }

    private static string ItemOf(CardItem item)
    {
        var sign = item.State is { } state ? new Kicker(state, []).Sign + " " : "";
        var detail = item.Detail is { Length: > 0 } words ? " — " + SlackText.Mark(words, LineLimit) : "";
        var time = item.Time is { } at ? " · " + SlackText.Date(at, "{ago}") : "";
        var channel = item.Channel is { } where ? SlackText.Channel(where.Id) ?? SlackText.Mark(where.Words, 200) : "";
        var text = SlackText.Link(item.Link, item.Text, LineLimit);
        return sign + text + (text.Length > 0 && channel.Length > 0 ? " · " : "") + channel + detail + time;
    }

    private static Markdown FactOf(CardFact fact) =>
        new($"*{SlackText.Mark(fact.Label, 200)}*\n{SlackText.Mark(fact.Value, 700)}");

    private static string NotificationOf(Card card, int limit = NotificationLimit)
    {
        var lines = new List<string> { SentenceOf(card) };
        if (card.Notice is { } notice)
        {
            lines.Add(SlackText.Plain($"{notice.Before} {SlackText.Utc(notice.At)}{notice.After}", LineLimit));
        }

        if (card.WhatIsNew is { Length: > 0 } news)
        {
            lines.Add(SlackText.Plain($"{Texts.In(card.Language, "What is new")}: {news}", LineLimit));
        }

        lines.AddRange(card.Points.Select(p => "• " + SlackText.Plain(p, LineLimit)));
        lines.AddRange(card.Lines.Select(l => Named(SlackText.Plain(l, LineLimit), card)));
        lines.AddRange(card.Items.Select(i => "• " + SlackText.Plain(i.Detail is null ? i.Words : $"{i.Words} — {i.Detail}", LineLimit)));
        lines.AddRange(card.Facts.Select(f => SlackText.Plain($"{f.Label}: {f.Value}", LineLimit)));
        return Joined(lines, limit, "\n");
    }

    /// <summary>Stands first on a lock screen: the state in a word, the headline, whose it is.</summary>
    private static string SentenceOf(Card card)
    {
        var state = card.Kicker is { } kicker ? kicker.Word + ": " : "";
        var credit = card.Credit is { Length: > 0 } words ? " — " + SlackText.Plain(words, HeadlineLimit) : "";
        return state + Named(SlackText.Plain(card.Headline, HeadlineLimit), card) + credit;
    }

    private static string Named(string words, Card card) => ChannelNames.In(words, card.Channels, SlackText.Channel);

    private static string Joined(IEnumerable<string> pieces, int limit, string between = " · ")
    {
        var joined = "";
        foreach (var piece in pieces)
        {
            var next = joined.Length == 0 ? piece : joined + between + piece;
            if (next.Length > limit)
            {
                break;
            }

            joined = next;
        }

        return joined;
    }

    private static string More(int left) => string.Create(CultureInfo.InvariantCulture, $"… and {left} more");
}
