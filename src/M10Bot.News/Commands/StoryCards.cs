using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

/// <summary>Stories on the cards of replies.</summary>
internal static class StoryCards
{
    private const int MaxHeadline = 140;

    public static CardState StateOf(StoryLine story) => story switch
    {
        { State: "killed" } => CardState.Withdrawn,
        { Bulletin: { } state } when Enum.TryParse<CardState>(state, ignoreCase: true, out var known) => known,
        _ => new Urgency(Math.Clamp(story.Urgency, 1, 9)).Step switch
        {
            UrgencyStep.Flash => CardState.Flash,
            UrgencyStep.Urgent => CardState.Breaking,
            _ => CardState.News,
        },
    };

    public static CardItem Item(StoryLine story) => new(
        StateOf(story),
        Wording.Cut(story.Headline, MaxHeadline),
        story.Link,
        Texts.Say($"no. {story.Id} · {Wording.Sources(story.Sources)}"),
        story.Changed);

    public static string? Credit(params IReadOnlyList<StoryLine> stories)
    {
        var credits = stories
            .Select(s => string.Join(" · ", new[] { s.Credit ?? s.Source, s.Copyright }.Where(c => !string.IsNullOrWhiteSpace(c))))
            .Where(c => c.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return credits.Length switch
        {
            0 => null,
            <= 3 => string.Join("; ", credits),
            _ => Texts.Say($"{string.Join("; ", credits[..3])} and others"),
        };
    }

    /// <summary>The withdrawn, held or never run story: how it stands, and nothing of what it said.</summary>
    public static Card Unreadable(StoryLine story, StoryDetail? detail)
    {
        if (story.State is not "killed")
        {
            var why = story.Version == 0 ? "The desk has not run it." : "The desk is checking it.";
            return Wording.Answer("This story can't be shown now", why, Wording.Button("Latest stories", "latest")).Card;
        }

        var kill = detail?.Accounts.LastOrDefault(a => a.Status.Equals(nameof(ArticleStatus.Kill), StringComparison.OrdinalIgnoreCase));
        return new Card
        {
            Kicker = new Kicker(CardState.Withdrawn, []),
            Headline = "This story is withdrawn",
            Notice = new Notice(
                Texts.Say($"{kill?.Source ?? (story.Source.Length > 0 ? story.Source : Texts.Here("The desk"))} has withdrawn this story at"),
                kill?.Received ?? story.Changed,
                string.IsNullOrWhiteSpace(kill?.Note) ? "." : $". {Wording.Sentence(kill.Note)}"),
            Actions = [Wording.Button("Latest stories", "latest")],
        };
    }
}
