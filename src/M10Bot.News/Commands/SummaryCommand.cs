using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Reading;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

internal sealed class SummaryCommand(StoryFinder finder, StoryQueries stories) : ICommand
{
    private const int MaxSentences = 5;
    private const string Own = "The article's own sentences.";
    private const string ByMachine = "Summary by machine, checked against the article.";

    public CommandSpec Spec { get; } = new(
        "summary",
        "Sum a story up in a few sentences",
        Role.Member,
        StoryFinder.Required);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        var detail = await stories.DetailAsync(story.Id, ct);
        return new CommandReply(story.IsReadable && detail is not null ? Card(story, detail) : StoryCards.Unreadable(story, detail));
    }

    private static Card Card(StoryLine story, StoryDetail detail) => new()
    {
        Kicker = new Kicker(StoryCards.StateOf(story), [.. MainTopic.Of(detail.Topics.Select(t => (t.Code, t.Name))), Wording.Sources(story.Sources), .. Language(detail)]),
        Headline = Wording.Cut(story.Headline, 140),
        Link = story.Link,
        Notice = Correction(story, detail),
        Points = [.. detail.Sentences.Take(MaxSentences)],
        Lines = detail.Sentences.Count == 0 ? [] : [detail.Origin.IsMachine ? ByMachine : Own],
        Actions =
        [
            .. story.Link is null ? Array.Empty<CardAction>() : [CardAction.ToLink("Full story", story.Link)],
            Wording.Button("Follow", "follow", (StoryFinder.Option, StoryFinder.Number(story))),
            Wording.Button("Mute", "mute", (StoryFinder.Option, StoryFinder.Number(story))),
            Wording.Button("Why?", "why", (StoryFinder.Option, StoryFinder.Number(story))),
        ],
        Credit = StoryCards.Credit(story),
        Published = detail.Published,
        Updated = story.Version > 1 ? story.Changed : null,
        Version = Math.Max(1, story.Version),
    };

    private static string[] Language(StoryDetail detail) => Languages.Note(detail.Language, detail.Sentences.Count > 0) is { } note ? [note] : [];

    private static Notice? Correction(StoryLine story, StoryDetail detail) =>
        StoryCards.StateOf(story) is CardState.Corrected
        && detail.Accounts.LastOrDefault(a => a.Status.Equals(nameof(ArticleStatus.Correction), StringComparison.OrdinalIgnoreCase)) is { } correction
            ? new Notice("Corrected", correction.Received, string.IsNullOrWhiteSpace(correction.Note) ? "" : $": {correction.Note}")
            : null;
}
