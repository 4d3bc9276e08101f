using M10Bot.Benchmarks.Crash;

namespace M10Bot.Benchmarks.Day;

/// <summary>Every story and channel, at the end of the day: what the plan owes, what the tables say, what stands there.</summary>
/// <param name="Owed">Story and channel that the plan brings together.</param>
/// <param name="Shown">Of them: shows the last version.</param>
/// <param name="Withdrawn">Of them: shows that the story is withdrawn.</param>
/// <param name="Spared">Killed before it was ever shown there.</param>
/// <param name="InDoubt">Left to a person.</param>
/// <param name="Lost">Owed, and nothing stands there.</param>
/// <param name="Stale">Something stands there, and not the last version.</param>
/// <param name="Twice">Messages that no delivery holds a receipt for.</param>
/// <param name="Unowed">Deliveries to channels that do not follow the story.</param>
internal sealed record DayAccount(string Platform, int Owed, int Shown, int Withdrawn, int Spared, int InDoubt, int Lost, int Stale, int Twice, int Unowed)
{
    private const int MostExamples = 8;

    /// <summary>A few of what is lost or stale, to look into.</summary>
    public IReadOnlyList<string> Examples { get; private init; } = [];

    public bool IsSound => Lost == 0 && Stale == 0 && Twice <= InDoubt && Unowed == 0;

    public static DayAccount Of(
        string platform, DayPlan plan, IReadOnlyList<string> channels, IReadOnlyList<CrashDelivery> all, IReadOnlyDictionary<(string Channel, string Message), string> standing)
    {
        var deliveries = all.Where(d => string.Equals(d.Platform, platform, StringComparison.Ordinal)).ToDictionary(d => (d.Slug, d.Channel));
        var account = new DayAccount(platform, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var story in plan.Stories)
        {
            for (var i = 0; i < channels.Count; i++)
            {
                deliveries.Remove((story.Slug, channels[i]), out var delivery);
                account = plan.IsOwed(story, i) ? account.With(story, delivery, standing) : delivery is null ? account : account with { Unowed = account.Unowed + 1 };
            }
        }

        var known = all.Where(d => d.Message is not null).Select(d => (d.Channel, d.Message!)).ToHashSet();
        var mine = channels.ToHashSet(StringComparer.Ordinal);
        return account with { Twice = standing.Keys.Count(m => mine.Contains(m.Channel) && !known.Contains(m)), Unowed = account.Unowed + deliveries.Count };
    }

    private DayAccount With(DayStory story, CrashDelivery? delivery, IReadOnlyDictionary<(string Channel, string Message), string> standing)
    {
        var account = this with { Owed = Owed + 1 };
        var text = delivery?.Message is { } message ? standing.GetValueOrDefault((delivery.Channel, message)) : null;
        return (delivery?.State, text) switch
        {
            ("doubt", _) => account with { InDoubt = InDoubt + 1 },
            ("dropped", null) when story.IsKilled => account with { Spared = Spared + 1 },
            (null, _) when story.IsKilled => account with { Spared = Spared + 1 },
            (_, null) => account.Say(story, delivery, text) with { Lost = Lost + 1 },
            _ when !story.IsShownBy(text) => account.Say(story, delivery, text) with { Stale = Stale + 1 },
            _ when story.IsKilled => account with { Withdrawn = Withdrawn + 1 },
            _ => account with { Shown = Shown + 1 },
        };
    }

    private DayAccount Say(DayStory story, CrashDelivery? delivery, string? text) => Examples.Count >= MostExamples
        ? this
        : this with { Examples = [.. Examples, $"{story.Slug} ({string.Join(", ", story.Topics)}; last {story.Last}; {story.Articles.Count} articles): {delivery?.State ?? "no delivery"}; {(text is null ? "no message" : text[..Math.Min(300, text.Length)])}"] };
}
