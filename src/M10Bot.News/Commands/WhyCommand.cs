using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class WhyCommand(StoryFinder finder, StoryQueries stories, SubscriptionStore subscriptions, PaceStore paces, DestinationStore destinations, TimeProvider time) : ICommand
{
    private const int MaxTopics = 6;
    private const int MaxAccounts = 8;

    public CommandSpec Spec { get; } = new(
        "why",
        "Say why a story came: the decision, its topics, your subscription",
        Role.Member,
        StoryFinder.Required);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, request.Caller.IsEditor ? StoryScope.Desk : StoryScope.Readers, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        var detail = await stories.DetailAsync(story.Id, ct);
        if (detail is null || (!story.IsReadable && !request.Caller.IsEditor))
        {
            return new CommandReply(StoryCards.Unreadable(story, detail));
        }

        var facts = new List<CardFact>();
        facts.AddRange(SummaryWords.Of(detail.Origin, request.Caller) is { } origin ? [new CardFact("Summary", origin)] : Array.Empty<CardFact>());
        facts.AddRange(Decisions(detail, request.Caller));
        facts.AddRange(detail.Topics.Take(MaxTopics).Select(t => new CardFact(Wording.Name(t.Code, t.Name), Evidence(t, detail, request.Caller))));
        facts.AddRange(detail.TopicRulings.Where(r => !r.IsOn).Take(MaxTopics).Select(r => new CardFact(Texts.Say($"Not about {Wording.Name(r.Topic)}"), ByEditor(r, request.Caller))));
        if (!request.IsDirect)
        {
            facts.Add(new CardFact("This channel", await MatchAsync(request.Here, story, detail.Language, ct)));
        }

        facts.Add(new CardFact("You", await MatchAsync(request.Me, story, detail.Language, ct)));
        return new CommandReply(new Card
        {
            Headline = Texts.Say($"Why: {Wording.Cut(story.Headline, 130)}"),
            Link = story.Link,
            Facts = facts,
            Items =
            [
                .. detail.Accounts.DistinctBy(a => a.Source, StringComparer.Ordinal).Take(MaxAccounts)
                    .Select(a => new CardItem(null, a.Source, a.Link, Detail: "first account", Time: a.Received)),
            ],
            Actions = [Wording.Button("Summary", "summary", (StoryFinder.Option, StoryFinder.Number(story))), Wording.Button("Subscriptions", "subscriptions")],
            Credit = StoryCards.Credit(story),
        });
    }

    private string Evidence(StoryTopic topic, StoryDetail detail, Caller caller)
    {
        var words = Wording.List(topic.Words.Take(5).Select(Wording.Quote));
        return detail.TopicRulings.FirstOrDefault(r => r.IsOn && string.Equals(r.Topic.Code, topic.Code, StringComparison.Ordinal)) is { } ruling
            ? words.Length == 0 ? ByEditor(ruling, caller) : Texts.Say($"{ByEditor(ruling, caller)}; its words: {words}")
            : words.Length == 0 ? Texts.Here("set by the publisher")
            : topic.IsGiven ? Texts.Say($"{Texts.Here("set by the publisher")}; its words: {words}") : words;
    }

    // Who it was is the desk's own affair.
    private string ByEditor(TopicRuling ruling, Caller caller) =>
        Texts.Say($"set by {(caller.IsEditor ? ruling.By : Texts.Here("an editor"))} {Ago(time.GetUtcNow() - ruling.At)}");

    private static string Ago(TimeSpan age) => age < TimeSpan.FromMinutes(1) ? Texts.Here("just now") : Texts.Say($"{Wording.Span(age)} ago");

    // The first decision brought the story, the newest explains how it stands now. What is held or spiked is the desk's own
    // affair: it may hold what stands under an embargo.
    private static IEnumerable<CardFact> Decisions(StoryDetail detail, Caller caller)
    {
        StoryRuling[] rulings = [.. detail.Rulings.Where(r => caller.IsEditor || r.Verdict is "run")];
        if (rulings.Length > 0)
        {
            yield return new CardFact("Decision", Words(rulings[0]));
        }

        if (rulings.Length > 1)
        {
            yield return new CardFact("Newest decision", Words(rulings[^1]));
        }
    }

    private static string Words(StoryRuling ruling) =>
        ruling.Reasons.Count == 0
            ? $"{Texts.Here(ruling.Change)}: {Texts.Here(ruling.Verdict)}"
            : Texts.Say($"{Texts.Here(ruling.Change)}: {Texts.Here(ruling.Verdict)}, because {string.Join("; ", ruling.Reasons.Select(Texts.Told))}");

    private async Task<string> MatchAsync(Destination place, StoryLine story, string language, CancellationToken ct)
    {
        var choice = await subscriptions.ChoiceAsync(place, story.Id, ct);
        var matching = await subscriptions.MatchingAsync(place, story.Id, ct);
        var urgency = new Urgency(Math.Clamp(story.Urgency, 1, 9));
        var spoken = matching.Where(o => LanguageRule.Judge(language, o.Rules).Runs).ToArray();
        var open = spoken.Where(o => UrgencyRule.Judge(urgency, o.Rules).Runs).ToArray();
        var orders = matching.Count == 0 ? Texts.Here("no subscription matches")
            : spoken.Length == 0 ? Texts.Say($"{Wording.List(matching.Select(Wording.Name))}: {LanguageWords.Note(matching[0].Rules.Languages)}, and this story is in {LanguageWords.NameOf(LanguageRule.Primary(language))}")
            : open.Length == 0 ? Texts.Say($"{Wording.List(spoken.Select(Wording.Name))}: {UrgencyWords.Note(spoken.Max(o => o.Rules.Least))}, and this story is less urgent")
            : Texts.Say($"subscribed to {Wording.List(open.Select(Wording.Name))}");
        var words = choice switch
        {
            StoryChoice.Follow => Texts.Say($"follows this story; {orders}"),
            StoryChoice.Mute => Texts.Say($"mutes this story; {orders}"),
            _ => orders,
        };
        if (await destinations.FindAsync(place, ct) is { IsOpen: true, IsSuspended: true } closed)
        {
            return Texts.Say($"{words}; nothing can be sent there: {Wording.Trouble(closed.Reason, closed.Remedy)}");
        }

        return choice is not StoryChoice.Mute && (choice is StoryChoice.Follow || open.Length > 0) && await PacedAsync(place, story, urgency, choice is StoryChoice.Follow, ct) is { } paced
            ? $"{words}; {paced}"
            : words;
    }

    // What stands there came before the pace was set, or while there was room.
    private async Task<string?> PacedAsync(Destination place, StoryLine story, Urgency urgency, bool isFollowed, CancellationToken ct)
    {
        var pace = await paces.FindAsync(place, ct);
        if (pace == Pace.Free)
        {
            return null;
        }

        if (!await paces.HasAsync(place, story.Id, ct))
        {
            return BudgetRule.Judge(urgency, pace, await paces.TakenAsync(place, ct), isFollowed).Runs
                ? null
                : Texts.Say($"its {pace.DailyMost} new stories in 24 hours are reached");
        }

        return QuietRule.Judge(urgency, pace, time.GetUtcNow()).NotBefore is not null ? Texts.Here("new stories wait for the end of its quiet hours") : null;
    }
}
