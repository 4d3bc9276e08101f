using M10Bot.News.Chat;
using M10Bot.News.Desk;

namespace M10Bot.News.Commands;

internal sealed class CorrectCommand(StoryFinder finder, EditorsDesk desk, DeskQueries queries) : ICommand
{
    public const string Words = "words";
    public const string Headline = "headline";

    public CommandSpec Spec { get; } = new(
        "correct",
        "Put an error right wherever the story stands, and say so to readers",
        Role.Editor,
        StoryFinder.Required,
        new CommandOption(Words, "What readers are told: an earlier version said …", OptionKind.Text, IsRequired: true),
        new CommandOption(Headline, "The right headline; the old one stays if left out", OptionKind.Text) { IsOnlyNamed = true });

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        var entry = new DeskEntry(DeskCards.By(request), request.Arguments[Words]);
        return await desk.CorrectAsync(story.Id, entry, request.Arguments.GetValueOrDefault(Headline), ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be corrected"),
            _ => await SentAsync(story.Id, "The correction goes out", entry.Words, ct),
        };
    }

    private async Task<CommandReply> SentAsync(long story, string headline, string words, CancellationToken ct)
    {
        var proof = await queries.ProofAsync(story, ct);
        return DeskSent.Answer(headline, story, words, proof);
    }
}

internal sealed class KillCommand(StoryFinder finder, EditorsDesk desk, DeskQueries queries) : ICommand
{
    public CommandSpec Spec { get; } = new(
        "kill",
        "Withdraw a story everywhere, for good",
        Role.Editor,
        StoryFinder.Required,
        new CommandOption(HoldCommand.Reason, "What readers are told: why it is withdrawn", OptionKind.Text, IsRequired: true));

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        var entry = new DeskEntry(DeskCards.By(request), request.Arguments[HoldCommand.Reason]);
        return await desk.KillAsync(story.Id, entry, ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be killed"),
            DeskOutcome.Held => DeskCards.Answer("The story is withdrawn before anybody saw it", story.Id, "Later versions of it will not run either."),
            _ => DeskSent.Answer("The story is withdrawn", story.Id, entry.Words, await queries.ProofAsync(story.Id, ct)),
        };
    }
}

/// <summary>What a correction and a kill answer alike.</summary>
internal static class DeskSent
{
    public static CommandReply Answer(string headline, long story, string words, Proof? proof)
    {
        var reply = DeskCards.Answer(headline, story, Texts.Say($"Readers are told: {Wording.Quote(words)}"));
        return proof is null ? reply : reply with
        {
            Card = reply.Card with
            {
                Lines = [.. reply.Card.Lines, Texts.Say($"{Wording.Count(proof.Owed, "place", "places")} to change; {proof.Done} done so far.")],
                Notice = proof.Expected is { } by ? new Notice("Everywhere by", by, " at the platforms' pace.") : null,
            },
        };
    }
}
