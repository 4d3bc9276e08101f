using M10Bot.News.Chat;
using M10Bot.News.Desk;

namespace M10Bot.News.Commands;

internal sealed class HoldCommand(StoryFinder finder, EditorsDesk desk) : ICommand
{
    public const string Reason = "reason";

    public CommandSpec Spec { get; } = new(
        "hold",
        "Keep a story back: nothing more of it goes out until it is released",
        Role.Editor,
        StoryFinder.Required,
        new CommandOption(Reason, "Why, for the desk; readers do not see it", OptionKind.Text));

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        var reason = request.Arguments.GetValueOrDefault(Reason) ?? "it is being checked";
        return await desk.HoldAsync(story.Id, new DeskEntry(DeskCards.By(request), reason), ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be held"),
            DeskOutcome.Held held => Wording.Answer(
                "The story is held",
                held.Stopped == 0
                    ? Texts.Say($"{DeskCards.Headline(story.Headline)} Nothing of it was on its way; what stands stays as it is.")
                    : Texts.Say($"{DeskCards.Headline(story.Headline)} {Wording.Count(held.Stopped, "delivery was", "deliveries were")} stopped; what stands stays as it is."),
                Wording.Button("Release", "release", DeskCards.Number(story.Id)),
                Wording.Button("Receipts", "receipts", DeskCards.Number(story.Id)),
                Wording.Button("Queue", "queue")),
            _ => throw new InvalidOperationException("A hold sends nothing."),
        };
    }
}

internal sealed class ReleaseCommand(StoryFinder finder, EditorsDesk desk) : ICommand
{
    public CommandSpec Spec { get; } = new("release", "Let a held story go out, with what came of it meanwhile", Role.Editor, StoryFinder.Required)
    {
        IsForHeld = true,
    };

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        return await desk.ReleaseAsync(story.Id, new DeskEntry(DeskCards.By(request), "released"), ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be released"),
            DeskOutcome.Held => DeskCards.Answer("The story is released", story.Id, Texts.Say($"{DeskCards.Headline(story.Headline)} Nothing of it had been stopped; what stands stays as it is.")),
            _ => DeskCards.Answer("The story goes out", story.Id, DeskCards.Headline(story.Headline)),
        };
    }
}
