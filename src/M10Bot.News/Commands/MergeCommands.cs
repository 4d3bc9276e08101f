using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

/// <summary>Shows what a merge would do to the messages that are out; a button does it.</summary>
internal sealed class MergeCommand(StoryFinder finder, MergeDesk desk) : ICommand
{
    public const string Into = "into";

    public CommandSpec Spec { get; } = new(
        "merge",
        "Put a story into another that tells the same; shown first, then done",
        Role.Editor,
        StoryFinder.Required,
        new CommandOption(Into, "The story that goes on: its number, its link, or words of its headline", OptionKind.Story, IsRequired: true));

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var from = await finder.FindAsync(request, ct);
        if (!from.IsFound)
        {
            return from.Answer;
        }

        var into = await finder.FindAsync(request, Into, StoryScope.Desk, ct);
        return into.IsFound ? await PreviewAsync(desk, from.Value.Id, into.Value.Id, lead: null, ct) : into.Answer;
    }

    /// <param name="lead">Said before all else.</param>
    public static async Task<CommandReply> PreviewAsync(MergeDesk desk, long from, long into, string? lead, CancellationToken ct)
    {
        var (plan, no) = await desk.PlanAsync(from, into, ct);
        return no is not null ? DeskCards.NotPossible(no, "This story can't be merged") : new CommandReply(Preview(plan!, lead));
    }

    private static Card Preview(MergePlan plan, string? lead)
    {
        var (from, into) = (plan.From.Id, plan.Into.Id);
        (string, string)[] which = [DeskCards.Number(from), (Into, Text(into))];
        return new Card
        {
            Headline = Texts.Say($"Merge no. {from} into no. {into}?"),
            Lines = [.. lead is null ? [] : new[] { lead }, Texts.Say($"{DeskCards.Headline(plan.From.Headline)} becomes part of {DeskCards.Headline(plan.Into.Headline)}"), .. Effects(plan)],
            Actions =
            [
                Wording.Button("Merge them", "merge now", [.. which, (MergeNowCommand.Seen, plan.Seen)]),
                Wording.Button("The other way round", "merge", DeskCards.Number(into), (Into, Text(from))),
                Wording.Button("Queue", "queue"),
            ],
        };
    }

    private static IEnumerable<string> Effects(MergePlan plan)
    {
        var (from, into, messages) = (plan.From.Id, plan.Into.Id, plan.Messages);
        var count = plan.Articles.Count;
        yield return Texts.Say($"{Wording.Count(count, "article goes over", "articles go over")}; later ones {Texts.Plural(count, "like it", "like them")} come to no. {into} too.");
        if (plan.Before is null)
        {
            yield return Texts.Say($"Nothing of no. {from} has run, so no message changes but for the count of sources.");
            yield break;
        }

        if (plan.Fuller is { } fuller)
        {
            yield return Texts.Say($"No. {into} is a headline alone: the report of no. {from}, {DeskCards.Headline(fuller.Headline)}, speaks for it then.");
        }

        if (messages.Taken > 0)
        {
            yield return Texts.Say($"In {Wording.Count(messages.Taken, "place", "places")} only the message of no. {from} stands: it tells no. {into} from now on, by an edit.");
        }

        if (messages.Pointing > 0)
        {
            yield return Texts.Say($"In {Wording.Count(messages.Pointing, "place", "places")} both stand: the message of no. {from} then points to the other.");
        }

        if (messages.Unseen > 0)
        {
            var ahead = Texts.Plural(messages.Unseen, "has not gone out yet", "have not gone out yet");
            yield return Texts.Say($"{Wording.Count(messages.Unseen, "delivery", "deliveries")} of no. {from} {ahead}: sent as no. {into}, or dropped where that one stands.");
        }

        yield return Texts.Say($"The message of no. {into} is edited in {Wording.Count(messages.Standing, "place", "places")}. Nothing is posted anew, nobody is pinged; who follows or mutes no. {from} does so with no. {into}.");
    }

    private static string Text(long story) => story.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The button that merges what was shown.</summary>
internal sealed class MergeNowCommand(MergeDesk desk) : ICommand
{
    public const string Seen = "seen";

    public CommandSpec Spec { get; } = new(
        "merge now",
        "Put a story into another, as shown",
        Role.Editor,
        new CommandOption(StoryFinder.Option, "The story's number", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) },
        new CommandOption(MergeCommand.Into, "The other story's number", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) },
        new CommandOption(Seen, "What was shown", OptionKind.Text, IsRequired: true))
    {
        IsButtonOnly = true,
    };

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var from = long.Parse(request.Arguments[StoryFinder.Option], CultureInfo.InvariantCulture);
        var into = long.Parse(request.Arguments[MergeCommand.Into], CultureInfo.InvariantCulture);
        return await desk.MergeAsync(from, into, new DeskEntry(DeskCards.By(request), ""), request.Arguments[Seen], ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be merged"),
            DeskOutcome.Stale => await MergeCommand.PreviewAsync(desk, from, into, "One of the two has changed meanwhile; nothing is done yet. This is how it stands now.", ct),
            var done => Wording.Answer(
                Texts.Say($"No. {from} is part of no. {into} now"),
                done is DeskOutcome.Sent ? Texts.Say($"The messages follow. Its number leads to no. {into}.") : Texts.Say($"No message had to change. Its number leads to no. {into}."),
                Wording.Button("Receipts", "receipts", DeskCards.Number(into)),
                Wording.Button("Take it back", "unmerge", DeskCards.Number(from)),
                Wording.Button("Queue", "queue")),
        };
    }
}

/// <summary>Takes a merge back.</summary>
internal sealed class UnmergeCommand(MergeDesk desk) : ICommand
{
    public CommandSpec Spec { get; } = new(
        "unmerge",
        "Take a merge back: the story and its messages stand on their own again",
        Role.Editor,
        new CommandOption(StoryFinder.Option, "The number of the story that was put into another", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) });

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var story = long.Parse(request.Arguments[StoryFinder.Option], CultureInfo.InvariantCulture);
        return await desk.TakeBackAsync(story, new DeskEntry(DeskCards.By(request), ""), ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be taken out of another"),
            DeskOutcome.Sent sent => DeskCards.Answer(Texts.Say($"No. {sent.Bulletin.StoryId} stands on its own again"), sent.Bulletin.StoryId, "Its messages tell it again; what pointed to the other no longer does."),
            _ => Wording.Answer("It stands on its own again", "Nothing of it had run; it is held.", Wording.Button("Queue", "queue")),
        };
    }
}
