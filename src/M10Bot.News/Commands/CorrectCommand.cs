using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

internal sealed class CorrectCommand(StoryFinder finder, EditorsDesk desk, DeskQueries queries, FormStore forms) : ICommand
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
        var headline = request.Arguments.GetValueOrDefault(Headline);
        if (request.Arguments.GetValueOrDefault(SureStory.How) is SureStory.ByBorder or SureStory.ByOddNumber)
        {
            return await AskAsync(request, story, entry.Words, headline, ct);
        }

        return await desk.CorrectAsync(story.Id, entry, headline, ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be corrected"),
            _ => await SentAsync(story, entry.Words, headline, ct),
        };
    }

    private async Task<CommandReply> AskAsync(CommandRequest request, StoryLine story, string words, string? headline, CancellationToken ct) =>
        new(new Card
        {
            Headline = Texts.Say($"Correct no. {story.Id} so?"),
            Lines =
            [
                DeskCards.Headline(story.Headline),
                Texts.Say($"Readers are told: {DeskCards.Whole(words)}"),
                .. headline is null ? [] : new[] { Texts.Say($"The new headline: {DeskCards.Whole(headline)}") },
                .. request.Arguments[SureStory.How] is SureStory.ByBorder ? new[] { SureStory.Quotes(Spec, story.Headline) } : [],
            ],
            Actions = [await DeskSent.ConfirmAsync(forms, request, "Put it right", story, ct), Wording.Button("Queue", "queue")],
        });

    private async Task<CommandReply> SentAsync(StoryLine before, string words, string? headline, CancellationToken ct)
    {
        var reply = DeskSent.Answer("The correction goes out", before.Id, words, await queries.ProofAsync(before.Id, ct));
        var points = (await queries.CardAsync(before.Id, ct))?.Points ?? [];
        return reply with { Card = reply.Card with { Lines = [.. reply.Card.Lines, .. Standing(before.Headline, headline, points)] } };
    }

    // The words of a correction are an editor's; the points are sentences of the article, and only an article changes them.
    private static IEnumerable<string> Standing(string before, string? headline, IReadOnlyList<string> points)
    {
        if (points.Count == 0)
        {
            yield break;
        }

        var old = headline is null ? [] : HeadlineWords.Left(before, headline);
        var wrong = points.Where(p => HeadlineWords.HoldsAny(p, old)).ToList();
        if (wrong.Count > 0)
        {
            yield return $"{Texts.Plural(wrong.Count, "A point on the card still has words of the old headline", "Points on the card still have words of the old headline")}: {string.Join(' ', wrong.Select(DeskCards.Whole))}";
        }

        if (wrong.Count < points.Count)
        {
            yield return $"{Texts.Plural(points.Count - wrong.Count, "This point stays as it is", "These points stay as they are")}: {string.Join(' ', points.Except(wrong, StringComparer.Ordinal).Select(DeskCards.Whole))}";
        }

        yield return "Points are sentences of the article. If one is wrong, send a new version of the article by the wire, with the same slug and “Status: correction”; a feed's article its publisher has to correct. Or kill the story.";
    }
}

internal sealed class KillCommand(StoryFinder finder, EditorsDesk desk, DeskQueries queries, FormStore forms) : ICommand
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
        if (request.Arguments.ContainsKey(SureStory.How) && story.State is not "killed")
        {
            return await AskAsync(request, story, entry.Words, ct);
        }

        return await desk.KillAsync(story.Id, entry, ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be killed"),
            DeskOutcome.Held => DeskCards.Answer("The story is withdrawn before anybody saw it", story.Id, "Later versions of it will not run either."),
            _ => DeskSent.Answer("The story is withdrawn", story.Id, entry.Words, await queries.ProofAsync(story.Id, ct)),
        };
    }

    private async Task<CommandReply> AskAsync(CommandRequest request, StoryLine story, string words, CancellationToken ct)
    {
        var proof = await queries.ProofAsync(story.Id, ct);
        return new CommandReply(new Card
        {
            Headline = Texts.Say($"Withdraw no. {story.Id} everywhere, for good?"),
            Lines =
            [
                DeskCards.Whole(story.Headline),
                Texts.Say($"Readers are told: {DeskCards.Whole(words)}"),
                proof is null or { Owed: 0 } ? $"{Texts.Here("Nothing of it stands anywhere")}." : Texts.Say($"It goes to {Wording.Count(proof.Owed, "place", "places")}; what stands there is withdrawn, what is on its way is never shown."),
                .. request.Arguments[SureStory.How] is SureStory.ByBorder ? new[] { SureStory.Quotes(Spec, story.Headline) } : [],
            ],
            Items = [.. DeskCards.Places(proof, request)],
            Actions =
            [
                await DeskSent.ConfirmAsync(forms, request, "Withdraw it", story, ct),
                Wording.Button("Receipts", "receipts", DeskCards.Number(story.Id)),
                Wording.Button("Queue", "queue"),
            ],
        });
    }
}

/// <summary>What a correction and a kill ask and answer alike.</summary>
internal static class DeskSent
{
    /// <summary>The button that does what was shown.</summary>
    public static Task<CardAction> ConfirmAsync(FormStore forms, CommandRequest request, string label, StoryLine story, CancellationToken ct) =>
        FormDesk.ButtonAsync(
            forms,
            request,
            label,
            new Dictionary<string, string>(request.Arguments.Where(a => a.Key is not SureStory.How), StringComparer.Ordinal) { [StoryFinder.Option] = StoryFinder.Number(story) },
            ct);

    public static CommandReply Answer(string headline, long story, string words, Proof? proof)
    {
        var reply = DeskCards.Answer(headline, story, Texts.Say($"Readers are told: {DeskCards.Whole(words)}"));
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
