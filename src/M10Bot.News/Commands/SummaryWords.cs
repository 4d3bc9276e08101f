using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

/// <summary>Says who wrote a summary, and how the model does that may write them.</summary>
internal static class SummaryWords
{
    private const int MostReasons = 4;

    /// <summary>Null where there is nothing to tell: the sentences are the article's own and nobody else was asked.</summary>
    public static string? Of(SummaryOrigin origin, Caller caller) => origin switch
    {
        { IsMachine: true } => "by machine; every number, name and quotation in it stands in the article",
        { Note: { } note } when caller.IsEditor => Texts.Say($"the article's own sentences; the machine's was not used: {Texts.Told(note)}"),
        { Note: not null } => "the article's own sentences",
        _ => null,
    };

    public static string Of(SummaryStanding standing, DateTimeOffset now)
    {
        var parts = new List<string> { standing.Name, Texts.Say($"last 24 hours: {Count(standing, "used")} used") };
        foreach (var (outcome, word) in (ReadOnlySpan<(string, string)>)[("rejected", "rejected"), ("failed", "without an answer"), ("late", "too late")])
        {
            if (Count(standing, outcome) is > 0 and var count)
            {
                parts.Add($"{count} {Texts.Here(word)} ({Reasons(standing, outcome)})");
            }
        }

        if (standing.RestsUntil is { } until)
        {
            parts.Add(Texts.Say($"not asked for {Wording.Span(until - now)} after failures in a row"));
        }
        else if (standing.IsSpent)
        {
            parts.Add(Texts.Here("its budget is spent (Llm:RequestsPerHour and the like)"));
        }

        return string.Join("; ", parts);
    }

    private static long Count(SummaryStanding standing, string outcome) => standing.Tally.Where(t => t.Outcome == outcome).Sum(t => t.Count);

    private static string Reasons(SummaryStanding standing, string outcome) => string.Join(", ", standing.Tally
        .Where(t => t.Outcome == outcome && t.Reason is not null)
        .Take(MostReasons)
        .Select(t => string.Create(CultureInfo.InvariantCulture, $"{Texts.Told(t.Reason!)} × {t.Count}")));
}
