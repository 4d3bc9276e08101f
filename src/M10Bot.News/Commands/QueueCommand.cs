using M10Bot.News.Chat;
using M10Bot.News.Desk;

namespace M10Bot.News.Commands;

internal sealed class QueueCommand(DeskQueries desk) : ICommand
{
    public CommandSpec Spec { get; } = new("queue", "Show what goes out, what is held, and what is in doubt", Role.Editor);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct) => new(Card(await desk.QueueAsync(ct), request));

    private static Card Card(DeskQueue queue, CommandRequest request) => new()
    {
        Headline = Headline(queue),
        Items =
        [
            .. queue.Going.Select(g => new CardItem(
                Enum.TryParse<CardState>(g.State, ignoreCase: true, out var state) ? state : null,
                Wording.Cut(g.Headline, 100),
                Detail: Texts.Say($"no. {g.Story} · {Wording.Count(g.Waiting, "delivery", "deliveries")} on their way"))),
            .. queue.Held.Select(h => new CardItem(
                null, Texts.Say($"Held: {Wording.Cut(h.Headline, 100)}"), Detail: Texts.Say($"no. {h.Story} · {Texts.Told(h.Reason)}"), Time: h.Since)),
            .. queue.Doubts.Select(d => InDoubt(d, request)),
        ],
        Actions = [.. Actions(queue).Take(5)],
    };

    private static CardItem InDoubt(DoubtRow doubt, CommandRequest request)
    {
        var channel = DeskCards.ChannelOf(doubt.Platform, doubt.Workspace, doubt.Kind, doubt.Address, request);
        var rest = channel is null ? DeskCards.Place(doubt.Platform, doubt.Workspace, doubt.Kind, doubt.Address, request)
            : DeskCards.ThreadOf(new Destination(request.Platform, doubt.Workspace, DestinationKind.Channel, doubt.Address));
        var number = Texts.Say($"no. {doubt.Story} · {Texts.Told(doubt.Note ?? "")}");
        return new CardItem(
            null,
            Texts.Say($"In doubt: {DoubtCommand.Headline(doubt)}"),
            Detail: rest.Length == 0 ? number : $"{rest}: {number}")
        {
            Channel = channel,
        };
    }

    private static string Headline(DeskQueue queue)
    {
        string[] parts =
        [
            queue.Going.Count == 0 ? Texts.Here("nothing waits to go out") : Wording.Count(queue.Going.Count, "story goes out", "stories go out"),
            .. queue.Held.Count > 0 ? new[] { Wording.Count(queue.Held.Count, "is held", "are held") } : [],
            .. queue.AllDoubts > 0 ? new[] { Wording.Count(queue.AllDoubts, "delivery is in doubt", "deliveries are in doubt") } : [],
        ];
        return Wording.Sentence(Wording.List(parts));
    }

    private static IEnumerable<CardAction> Actions(DeskQueue queue)
    {
        // A button must not leave open which of several it settles.
        foreach (var action in queue.Doubts is [var only] ? DoubtCommand.Settle(only) : queue.Doubts.Count > 1 ? [DoubtCommand.Next("Settle them")] : [])
        {
            yield return action;
        }

        foreach (var held in queue.Held.Take(1))
        {
            yield return Wording.Button(Texts.Say($"Release no. {held.Story}"), "release", DeskCards.Number(held.Story));
            yield return Wording.Button(Texts.Say($"Kill no. {held.Story}…"), "kill", DeskCards.Number(held.Story));
        }

        foreach (var going in queue.Going.Take(1))
        {
            yield return Wording.Button(Texts.Say($"Receipts of no. {going.Story}"), "receipts", DeskCards.Number(going.Story));
            yield return Wording.Button(Texts.Say($"Kill no. {going.Story}…"), "kill", DeskCards.Number(going.Story));
        }

        yield return Wording.Button("Who did what", "audit");
    }
}
