using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>Brings topics or one story into a thread that has no id of its own. Where a thread has one, it is a channel like any other.</summary>
/// <remarks>Always asked from within a thread, by the shortcut of a message: no command can be typed there.</remarks>
internal sealed class ThreadCommand(
    TopicWords topics, StoryFinder finder, StoryQueries stories, SubscriptionStore subscriptions, DestinationStore destinations, TestCard test) : ICommand
{
    private const string Stop = "stop";
    private const int MostStories = 25;

    public CommandSpec Spec { get; } = new(
        "thread",
        "Bring topics or one story into this thread",
        Role.Member,
        new CommandOption(ChannelAddCommand.TopicsOption, "Topics with commas between", OptionKind.Text) { NamesTopics = true },
        StoryFinder.Required with { IsRequired = false },
        UrgencyWords.Option)
    {
        IsButtonOnly = true,
        IsForFew = true,
    };

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        if (request.Here.Thread is null || request.IsDirect)
        {
            return Wording.Answer("This is no thread of a channel", "Choose “News into this thread” in the menu of a message in a channel.");
        }

        if (request.Caller is { Role: < Role.Admin, IsEditor: false })
        {
            var named = string.Join(", ", new[] { request.Admins, request.Editors }.OfType<string>());
            return Wording.Answer(
                "Only admins and editors bring stories into a thread",
                named.Length > 0 ? Texts.Say($"Ask one of them: {named}.") : "Ask one of them, or have the stories in your direct messages.",
                Wording.Button("Subscribe", "subscribe"));
        }

        return request.Step is FormStep.Sent ? await SentAsync(request, ct) : await FormAsync(request, error: null, ct);
    }

    private async Task<CommandReply> SentAsync(CommandRequest request, CancellationToken ct)
    {
        var place = request.Here;
        if (request.Arguments.ContainsKey(Stop))
        {
            await destinations.CloseAsync(place, ct);
            return Wording.Answer("This thread gets no more stories", "What stands there stays.");
        }

        var joined = ChannelAddForm.Joined(request);
        var (isTopics, isStory) = (joined.Arguments.ContainsKey(ChannelAddCommand.TopicsOption), request.Arguments.ContainsKey(StoryFinder.Option));
        if (!isTopics && !isStory)
        {
            return await FormAsync(request, (ChannelAddCommand.TopicsOption, "Pick a topic here, or a story below."), ct);
        }

        IReadOnlyList<Topic> wanted = [];
        if (isTopics)
        {
            var found = topics.FindAll(joined, ChannelAddCommand.TopicsOption);
            if (!found.IsFound)
            {
                return await FormAsync(request, (ChannelAddForm.More, ChannelAddForm.Words(found.Answer)), ct);
            }

            wanted = found.Value;
        }

        StoryLine? story = null;
        if (isStory)
        {
            var found = await finder.FindAsync(request, ct);
            if (!found.IsFound || !found.Value.IsReadable)
            {
                return await FormAsync(
                    request, (StoryFinder.Option, found.IsFound ? "This story is not out, or was withdrawn. Pick another." : ChannelAddForm.Words(found.Answer)), ct);
            }

            story = found.Value;
        }

        // The test comes first: a thread that takes no card is not added, and the form stays open with the reason.
        var outcome = await test.PostAsync(place, ct);
        return outcome is PostOutcome.Refused
            ? await FormAsync(request, (isTopics ? ChannelAddCommand.TopicsOption : StoryFinder.Option, test.Reason(outcome)), ct)
            : await AddAsync(request, wanted, story, outcome, ct);
    }

    private async Task<CommandReply> AddAsync(CommandRequest request, IReadOnlyList<Topic> wanted, StoryLine? story, PostOutcome outcome, CancellationToken ct)
    {
        var place = request.Here;
        if (wanted.Count > 0)
        {
            await subscriptions.AddAsync(place, wanted, request.Caller.Id, ct);
            if (request.Arguments.GetValueOrDefault(UrgencyWords.Name) is { } urgency)
            {
                await subscriptions.SetLeastAsync(place, [.. wanted.Select(t => t.Code)], UrgencyWords.Of(urgency), ct);
            }
        }

        if (story is not null)
        {
            await subscriptions.ChooseAsync(place, story.Id, StoryChoice.Follow, request.Caller.Id, ct);
        }

        var what = Wording.List([.. wanted.Select(t => Wording.Name(t)), .. story is null ? [] : new[] { Wording.Quote(story.Headline) }]);
        var reply = Wording.Answer(
            Texts.Say($"{Wording.Sentence(Wording.Place(place, request))} now gets {what}"),
            story is null
                ? "A story comes as a reply; what changes of it is said in a reply of its own, and the first is put right too."
                : "What changes of the story is said in a reply; the first reply is put right too.");
        var line = outcome is PostOutcome.Posted
            ? "A test card stands there."
            : $"{TestCard.Failure(outcome, Wording.Place(place, request))}: {test.Reason(outcome)}";
        return reply with { Card = reply.Card with { Lines = [.. reply.Card.Lines, line] } };
    }

    private async Task<CommandReply> FormAsync(CommandRequest request, (string Field, string Words)? error, CancellationToken ct)
    {
        var isOpen = await destinations.IsOpenAsync(request.Here, ct);
        var orders = isOpen ? await subscriptions.ListAsync(request.Here, ct) : [];
        var offers = await OfferedAsync(request, ct);
        var all = ChannelAddForm.Of(request, topics, error).Form!.Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return Wording.Answer(
            "What shall come into this thread?",
            orders.Count > 0 ? Texts.Say($"It gets {Wording.List(orders.Select(Wording.Name))} now.") : "Stories and their changes come as replies.") with
        {
            Form = new Form
            {
                Command = Spec.Name,
                Title = "News into this thread",
                Send = "Bring them",
                Fields =
                [
                    all[ChannelAddCommand.TopicsOption] with { Hint = "Nothing picked: only the story below", Error = ErrorAt(ChannelAddCommand.TopicsOption, error) },
                    all[ChannelAddForm.More],
                    .. offers.Count == 0 ? [] : new[] { Story(request, offers, error) },
                    all[UrgencyWords.Name],
                    .. isOpen ? new[] { StopField } : [],
                ],
            },
        };
    }

    // The chosen one first: a select can only show what it offers.
    private async Task<IReadOnlyList<StoryLine>> OfferedAsync(CommandRequest request, CancellationToken ct)
    {
        var latest = await stories.SuggestAsync("", MostStories, ct);
        if (!request.Arguments.ContainsKey(StoryFinder.Option))
        {
            return latest;
        }

        var chosen = await finder.FindAsync(request, ct);
        return chosen is { IsFound: true, Value: { IsReadable: true } story }
            ? [story, .. latest.Where(s => s.Id != story.Id).Take(MostStories - 1)]
            : latest;
    }

    private static FormField Story(CommandRequest request, IReadOnlyList<StoryLine> offers, (string Field, string Words)? error) =>
        new(StoryFinder.Option, "One story", FormFieldKind.Choice)
        {
            Hint = "Its changes come, whatever its topics",
            Options = [.. offers.Select(s => new FormOption(Wording.Cut(s.Headline, 75), StoryFinder.Number(s)))],
            Values = request.Arguments.TryGetValue(StoryFinder.Option, out var picked) ? [picked] : [],
            IsSearched = true,
            Error = ErrorAt(StoryFinder.Option, error),
        };

    private static FormField StopField { get; } = new(Stop, "Or stop", FormFieldKind.Choice)
    {
        Options = [new FormOption("No more stories in this thread", "yes")],
    };

    private static string? ErrorAt(string field, (string Field, string Words)? error) =>
        error is { } e && string.Equals(e.Field, field, StringComparison.Ordinal) ? e.Words : null;
}
