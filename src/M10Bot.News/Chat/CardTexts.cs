using System.Globalization;
using M10Bot.News.Articles;

namespace M10Bot.News.Chat;

/// <summary>A card or a reply in another language: the bot's fixed words change, what a publisher or a person wrote stays.</summary>
public static class CardTexts
{
    private const string HasWithdrawn = " has withdrawn this story";
    private const string InLanguage = "in ";

    public static Card In(Card card, string language) => string.Equals(language, Texts.English, StringComparison.Ordinal)
        ? card
        : card with
        {
            Language = language,
            Kicker = card.Kicker is { } kicker ? kicker with { Said = Texts.In(language, kicker.Word), Notes = [.. kicker.Notes.Select(n => Note(n, language))] } : null,
            Headline = card.Headline.EndsWith(HasWithdrawn, StringComparison.Ordinal)
                ? Texts.In(language, "{0} has withdrawn this story", card.Headline[..^HasWithdrawn.Length])
                : Texts.In(language, card.Headline),
            Notice = card.Notice is { } notice ? notice with { Before = Texts.In(language, notice.Before), After = Texts.In(language, notice.After) } : null,
            WhatIsNew = card.WhatIsNew is { } news ? ToldTexts.In(language, news) : null,
            Lines = Each(card.Lines, language),
            Facts = [.. card.Facts.Select(f => new CardFact(Texts.In(language, f.Label), Texts.In(language, f.Value)))],
            Items = [.. card.Items.Select(i => i.Detail is { } detail ? i with { Detail = Texts.In(language, detail) } : i)],
            Credit = card is { Credit: { } credit, Kicker.State: CardState.Exercise } ? Texts.In(language, credit) : card.Credit,
            Topics = [.. card.Topics.Select(t => TopicNames.In(language, t)).Concat(card.Topics).Distinct(StringComparer.Ordinal)],
            Actions = [.. card.Actions.Select(a => a with { Label = Texts.In(language, a.Label) })],
        };

    public static CommandReply In(CommandReply reply, string language) => string.Equals(language, Texts.English, StringComparison.Ordinal)
        ? reply
        : reply with { Card = In(reply.Card, language), Form = reply.Form is { } form ? In(form, language) : null };

    private static Form In(Form form, string language) => form with
    {
        Title = Texts.In(language, form.Title),
        Send = Texts.In(language, form.Send),
        Fields =
        [
            .. form.Fields.Select(f => f with
            {
                Label = Texts.In(language, f.Label),
                Hint = f.Hint is { } hint ? Texts.In(language, hint) : null,
                Error = f.Error is { } error ? Texts.In(language, error) : null,
                Options = [.. f.Options.Select(o => o with { Label = Texts.In(language, o.Label) })],
            }),
        ],
    };

    /// <summary>What the first message says at a place that could not be served for a while.</summary>
    public static string LeftOut(int count, string language) => count == 1
        ? Texts.In(language, "One older bulletin was left out while nothing could be sent here: “latest” shows it.")
        : Texts.In(language, "{0} older bulletins were left out while nothing could be sent here: “latest” shows them.", count);

    // "4 sources" holds a number; the other notes are fixed, or names.
    private static string Note(string note, string language) =>
        note.Split(' ') is [var count, "sources"] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Texts.In(language, "{0} sources", number)
            : note.StartsWith(InLanguage, StringComparison.Ordinal) ? Spoken(note[InLanguage.Length..], language)
            : TopicNames.In(language, Texts.In(language, note));

    // "in German", "in German, first sentences"
    private static string Spoken(string words, string language) => words.Split(", ") is [var name, _]
        ? Texts.In(language, "in {0}, first sentences", Texts.In(language, name))
        : Texts.In(language, "in {0}", Texts.In(language, words));

    private static IReadOnlyList<string> Each(IReadOnlyList<string> lines, string language) => [.. lines.Select(l => Texts.In(language, l))];
}
