using System.Globalization;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Rendering;

/// <summary>A card's words as Discord markdown. What a telephone shows first is the word and the headline: <c>FLASH: headline</c>.</summary>
/// <param name="Headline">With its link, without heading or bold around it.</param>
/// <param name="Notes">The kicker's line under the headline; empty where it says nothing new.</param>
internal sealed record CardText(string Headline, string Notes, string Body, string Credit)
{
    private const int MostHeadline = 300;
    private const int MostHeadlineLink = 1_000;
    private const int MostLine = 700;
    private const int MostLabel = 100;

    /// <summary>The parts of <paramref name="card"/> that fit, the most telling first.</summary>
    public static CardText Of(Card card, TextBudget budget, bool showsPreview)
    {
        var headline = Headlined(card, showsPreview);
        var notes = NotesOf(card);
        budget.TryTake(headline);
        budget.TryTake(notes);
        var notice = budget.Take(card.Notice is { } n ? [Noticed(n)] : []);
        var credit = CreditOf(card);
        credit = budget.TryTake(credit) ? credit : "";

        var quote = card.Kicker?.State == CardState.Exercise ? $"{card.Kicker.Word}: " : "";
        var whatIsNew = budget.Take(card.WhatIsNew is { } news ? [$"**{Texts.In(card.Language, "What is new")}:** {quote}{DiscordText.Escape(news, MostLine)}"] : []);
        var points = budget.Take(card.Points.Select(p => $"- {quote}{DiscordText.Escape(p, MostLine)}"));
        var lines = budget.Take(card.Lines.Select(l => quote + Named(DiscordText.Escape(l, MostLine), card)));
        var facts = budget.Take(card.Facts.Select(f => $"**{DiscordText.Escape(f.Label, MostLabel)}:** {DiscordText.Escape(f.Value, MostLine)}"));
        var items = ItemsOf(card, quote, budget, showsPreview);
        var body = string.Join('\n', [.. notice, .. points, .. whatIsNew, .. lines, .. facts, .. items]);
        return new CardText(headline, notes, body, credit);
    }

    private static string Headlined(Card card, bool showsPreview)
    {
        var words = Named(DiscordText.Escape(card.Headline, MostHeadline), card);
        var link = SafeLink.Of(card.Link, MostHeadlineLink);
        return (card.Kicker is { } kicker ? $"{kicker.Word}: " : "") + SafeLink.Around(words, link, showsPreview);
    }

    private static string NotesOf(Card card)
    {
        var ping = Snowflake.IsValid(card.Ping) ? $"<@&{card.Ping}>" : "";
        if (card.Kicker is not { Notes.Count: > 0 } kicker)
        {
            return ping.Length == 0 ? "" : $"-# {ping}";
        }

        var notes = kicker.Notes.Take(5).Select(n => DiscordText.Escape(n, 60)).Append(ping).Where(n => n.Length > 0);
        return $"-# {kicker.Sign} {string.Join(" · ", notes)}";
    }

    private static string Noticed(Notice notice)
    {
        var after = DiscordText.Escape(notice.After, MostLine);
        var space = after.Length > 0 && (char.IsLetterOrDigit(after[0]) || after[0] == '\\') ? " " : "";
        return $"**{DiscordText.Escape(notice.Before, MostLine)} {Time(notice.At, 't')}**{space}{after}";
    }

    private static string CreditOf(Card card)
    {
        var times = (card.Published, card.Updated) switch
        {
            ({ } published, { } updated) => $"{Time(published, 't')}, {Texts.In(card.Language, "updated")} {Time(updated, 't')}",
            ({ } published, null) => Time(published, 't'),
            (null, { } updated) => $"{Texts.In(card.Language, "updated")} {Time(updated, 't')}",
            _ => "",
        };
        var credit = DiscordText.Escape(card.Credit, MostLine);
        var line = string.Join(" · ", new[] { credit, times }.Where(part => part.Length > 0));
        return line.Length == 0 ? "" : $"-# {line}";
    }

    private static List<string> ItemsOf(Card card, string quote, TextBudget budget, bool showsPreview)
    {
        var room = budget.TryTake("-# and 1000 more"); // kept free, so that a cut is always said
        var taken = budget.Take(card.Items.Select(item => Item(item, quote, showsPreview))).ToList();
        if (room && taken.Count < card.Items.Count)
        {
            taken.Add($"-# {Texts.In(card.Language, "and {0} more", card.Items.Count - taken.Count)}");
        }

        return taken;
    }

    private static string Item(CardItem item, string quote, bool showsPreview)
    {
        var sign = item.State is { } state ? $"{new Kicker(state, []).Sign} " : "- ";
        var text = SafeLink.Around(DiscordText.Escape(item.Text, MostHeadline), SafeLink.Of(item.Link, SafeLink.MostInButton), showsPreview);
        var detail = item.Detail is { Length: > 0 } words ? $" — {DiscordText.Escape(words, MostLine)}" : "";
        var time = item.Time is { } at ? $" · {Time(at, 'R')}" : "";
        var channel = item.Channel is { } where ? Snowflake.IsValid(where.Id) ? $"<#{where.Id}>" : DiscordText.Escape(where.Words, MostLabel) : "";
        var role = Snowflake.IsValid(item.Role) ? $"<@&{item.Role}>" : "";
        return sign + quote + string.Join(" · ", new[] { text, channel, role }.Where(p => p.Length > 0)) + detail + time;
    }

    private static string Named(string words, Card card) => ChannelNames.In(words, card.Channels, id => Snowflake.IsValid(id) ? $"<#{id}>" : null);

    private static string Time(DateTimeOffset at, char style) =>
        string.Create(CultureInfo.InvariantCulture, $"<t:{at.ToUnixTimeSeconds()}:{style}>");
}
