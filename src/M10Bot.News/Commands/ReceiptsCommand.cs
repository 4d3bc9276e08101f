using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

internal sealed class ReceiptsCommand(StoryFinder finder, DeskQueries desk) : ICommand
{
    public CommandSpec Spec { get; } = new(
        "receipts", "Prove where a story's newest version stands, and by when it stands everywhere", Role.Editor, StoryFinder.Required)
    {
        MayGuess = true,
    };

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, StoryScope.Desk, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        var number = DeskCards.Number(story.Id);
        if (await desk.ProofAsync(story.Id, ct) is not { } proof)
        {
            return Wording.Answer("Nothing of this story has run", DeskCards.Headline(story.Headline), Wording.Button("Why", "why", number), Wording.Button("Queue", "queue"));
        }

        return new CommandReply(DeskCards.Of(proof, story.Headline, request) with
        {
            Actions = [Wording.Button("Look again", "receipts", number), Wording.Button("Who did what", "audit", number), Wording.Button("Queue", "queue")],
        });
    }
}

internal sealed class AuditCommand(DeskQueries desk) : ICommand
{
    public CommandSpec Spec { get; } = new(
        "audit",
        "Say who held, released, corrected or killed what",
        Role.Editor,
        new CommandOption(StoryFinder.Option, "The story's number; all if left out", OptionKind.Number) { Range = (1, int.MaxValue) });

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        long? story = request.Arguments.TryGetValue(StoryFinder.Option, out var typed) ? long.Parse(typed, System.Globalization.CultureInfo.InvariantCulture) : null;
        var acts = await desk.AuditAsync(story, ct);
        return new CommandReply(new Card
        {
            Headline = acts.Count == 0 ? "Nothing was decided by hand yet" : "Who did what",
            Items =
            [
                .. acts.Select(a => new CardItem(
                    null,
                    Texts.Say($"{Wording.Sentence(Texts.Here(a.Verb))} no. {a.Story}: {Wording.Cut(a.Headline, 80)}"),
                    Detail: $"{a.ByWhom}: {Wording.Cut(Said(a.Verb, a.Words), 120)}{(a.Version is { } version ? $" ({Texts.Say($"version {version}")})" : "")}",
                    Time: DateTimeOffset.FromUnixTimeMilliseconds(a.AtMs))),
            ],
            Actions = [Wording.Button("Queue", "queue")],
        });
    }

    // The desk's own words have a form; what an editor wrote stays as written.
    private static string Said(string verb, string words) => verb is "merge" or "unmerge" or "split" or "settle" ? Texts.Told(words) : words;
}
