using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Desk;

namespace M10Bot.News.Commands;

/// <summary>An editor puts right what a story is about.</summary>
internal sealed class RetopicCommand(StoryFinder finder, TopicWords words, TopicDesk desk) : ICommand
{
    public const string Add = "add";
    public const string Remove = "remove";

    private const int MostTopics = 10;
    private const int MostOffers = 25;

    public CommandSpec Spec { get; } = new(
        "retopic",
        "Put right what a story is about: add topics and places, or take them away",
        Role.Editor,
        StoryFinder.Required,
        new CommandOption(Add, "What it is about: topics or places with commas between", OptionKind.Topic) { IsOnlyNamed = true },
        new CommandOption(Remove, "What it is not about, with commas between", OptionKind.Topic) { IsOnlyNamed = true });

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        var joined = ChannelAddForm.Joined(request, Add);
        var isSaid = joined.Arguments.ContainsKey(Add) || joined.Arguments.ContainsKey(Remove);
        if (!isSaid || request.Step is FormStep.Filling)
        {
            return Ask(request, story.Id, story.Headline, await desk.TopicsAsync(story.Id, ct), request.Step is FormStep.Sent ? (Remove, Texts.Here("Pick or write something to add or to take away.")) : null);
        }

        var (add, wrongAdd) = Find(joined, Add);
        var (remove, wrongRemove) = Find(joined, Remove);
        if ((wrongAdd ?? wrongRemove) is { } wrong)
        {
            return request.Step is null
                ? wrong
                : Ask(request, story.Id, story.Headline, await desk.TopicsAsync(story.Id, ct), (wrongAdd is null ? Remove : ChannelAddForm.More, ChannelAddForm.Words(wrong)));
        }

        if (add.FirstOrDefault(remove.Contains) is { } both)
        {
            return Wording.Answer(Texts.Say($"{Wording.Name(both)} can't be added and taken away at once"), "Say one of the two.");
        }

        return await RuleAsync(request, story.Id, story.Headline, add, remove, ct);
    }

    private async Task<CommandReply> RuleAsync(CommandRequest request, long story, string headline, IReadOnlyList<Topic> add, IReadOnlyList<Topic> remove, CancellationToken ct)
    {
        // Kept for the audit, so in English whatever the editor speaks.
        string[] said = [.. add.Count > 0 ? new[] { "added " + Names(add) } : [], .. remove.Count > 0 ? new[] { "took away " + Names(remove) } : []];
        var outcome = await desk.RuleAsync(story, add, remove, new DeskEntry(DeskCards.By(request), string.Join("; ", said)), ct);
        if (outcome.Obstacle is { } why)
        {
            return DeskCards.NotPossible(new DeskOutcome.NotPossible(why), "This story can't be given other topics");
        }

        string[] lines =
        [
            DeskCards.Headline(headline),
            outcome.IsTold ? "The card is edited wherever it stands, and goes to those whose subscriptions it meets now." : "Nothing of it stands where readers see it now; its next version has these topics.",
            .. outcome.Dropped > 0 ? new[] { Wording.Count(outcome.Dropped, "delivery that had not set out is dropped: no subscription asks for it any more.", "deliveries that had not set out are dropped: no subscription asks for it any more.") } : [],
        ];
        return new CommandReply(new Card
        {
            Headline = outcome.Topics.Count == 0 ? "The story is about no topic now" : Texts.Say($"The story is about {Wording.List(outcome.Topics.Take(MostTopics).Select(Wording.Name))} now"),
            Lines = lines,
            Actions = [Wording.Button("Why?", "why", DeskCards.Number(story)), Wording.Button("Change more", "retopic", DeskCards.Number(story)), Wording.Button("Receipts", "receipts", DeskCards.Number(story))],
        });
    }

    private (IReadOnlyList<Topic> Topics, CommandReply? Wrong) Find(CommandRequest request, string option)
    {
        if (!request.Arguments.ContainsKey(option))
        {
            return ([], null);
        }

        var found = words.FindAll(request, option);
        return !found.IsFound ? ([], found.Answer)
            : found.Value.Count > MostTopics ? ([], Wording.Answer("Too many topics at once", Texts.Say($"{MostTopics} are the most.")))
            : found.Value.FirstOrDefault(t => t == Topic.Everything || t.Kind is TopicKind.Keyword) is { } odd
                ? ([], Wording.Answer(Texts.Say($"{Wording.Quote(odd.Name)} is no topic that a story can have"), "“topics” lists what there is; words of a reader's own are found by themselves."))
            : (found.Value, null);
    }

    private CommandReply Ask(CommandRequest request, long story, string headline, IReadOnlyList<Topic> topics, (string Field, string Words)? error)
    {
        var reply = Wording.Answer(
            Texts.Say($"What is no. {story} about?"),
            topics.Count == 0 ? "Nothing was found in it." : Texts.Say($"Now: {Wording.List(topics.Select(Wording.Name))}."),
            Wording.Button("Why?", "why", DeskCards.Number(story)));
        var offers = words.Offers(MostOffers).Where(t => t != Topic.Everything && !topics.Contains(t)).ToList();
        return reply with
        {
            Card = reply.Card with { Lines = [DeskCards.Headline(headline), .. reply.Card.Lines] },
            Form = new Form
            {
                Command = "retopic",
                Title = "Topics of a story",
                Send = "Put it right",
                Fields =
                [
                    .. topics.Count == 0 ? [] : new[] { Choice(request, Remove, "Take away", topics.Take(MostOffers), isSearched: false, error) },
                    Choice(request, Add, "Add", offers, isSearched: true, error),
                    new FormField(ChannelAddForm.More, "Add others", FormFieldKind.Text)
                    {
                        Hint = "Names of topics with commas between, as Kenya, NATO, floods",
                        Values = request.Arguments.TryGetValue(ChannelAddForm.More, out var typed) ? [typed] : [],
                        Error = ErrorAt(ChannelAddForm.More, error),
                    },
                ],
            },
        };
    }

    private static string Names(IEnumerable<Topic> topics) => string.Join(", ", topics.Select(t => t.Name));

    private static FormField Choice(CommandRequest request, string name, string label, IEnumerable<Topic> topics, bool isSearched, (string Field, string Words)? error)
    {
        var offers = topics.ToList();
        return new FormField(name, label, FormFieldKind.Choice)
        {
            Options = [.. offers.Select(t => new FormOption(Wording.Cut(Wording.Sentence(Wording.Name(t)), 75), t.Code))],
            Most = Math.Min(MostTopics, offers.Count),
            Values = request.Arguments.GetValueOrDefault(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
            IsSearched = isSearched,
            Error = ErrorAt(name, error),
        };
    }

    private static string? ErrorAt(string field, (string Field, string Words)? error) =>
        error is { } e && string.Equals(e.Field, field, StringComparison.Ordinal) ? e.Words : null;
}
