using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;

namespace M10Bot.News.Commands;

/// <summary>What the commands about deliveries in doubt share.</summary>
internal static class DoubtCommands
{
    public const string Delivery = "delivery";
    public const string Answer = "answer";
    public const string There = "there";
    public const string Again = "again";

    public static string Number(DoubtfulDelivery doubt) => doubt.Id.ToString(CultureInfo.InvariantCulture);

    public static string Place(DoubtfulDelivery doubt, CommandRequest request) =>
        doubt.Destination.Kind is DestinationKind.Person && doubt.Destination != request.Me
            ? "a member's direct messages"
            : Wording.Place(doubt.Destination, request);
}

internal sealed class DoubtsCommand(StatusStore status) : ICommand
{
    private const int Shown = 10;
    private const int WithButtons = 2;

    public CommandSpec Spec { get; } = new("doubts", "List the messages of which nobody knows whether they arrived", Role.Editor);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var doubts = await status.InDoubtAsync(request.Platform, request.Workspace, Shown, ct);
        return doubts.Count == 0
            ? Wording.Answer("Nothing is in doubt", "Of every message here the bot knows whether it arrived.")
            : new CommandReply(new Card
            {
                Headline = doubts.Count == Shown
                    ? $"The first {Shown} messages in doubt"
                    : Wording.Count(doubts.Count, "message is in doubt", "messages are in doubt"),
                Lines = ["Look whether the message is there, then say so. Until then it is not sent again, lest it come twice."],
                Items =
                [
                    .. doubts.Select(d => new CardItem(
                        null,
                        $"{d.Id} · {Wording.Cut(d.Headline, 120)}",
                        Detail: $"{DoubtCommands.Place(d, request)} · {d.Note}",
                        Time: d.Attempted)),
                ],
                Actions = [.. doubts.Take(WithButtons).SelectMany(d => new[] { Button(d, $"{d.Id} is there", DoubtCommands.There), Button(d, $"Send {d.Id} again", DoubtCommands.Again) })],
            });
    }

    private static CardAction Button(DoubtfulDelivery doubt, string label, string answer) =>
        Wording.Button(label, "settle", (DoubtCommands.Delivery, DoubtCommands.Number(doubt)), (DoubtCommands.Answer, answer));
}

internal sealed class SettleCommand(StatusStore status, DeliveryStore deliveries, DeliverySignal signal) : ICommand
{
    public CommandSpec Spec { get; } = new(
        "settle",
        "Say that a message in doubt is there, or have it sent again",
        Role.Editor,
        new CommandOption(DoubtCommands.Delivery, "Its number, as “doubts” shows it", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) },
        new CommandOption(DoubtCommands.Answer, "Whether it is there, or is to be sent again", OptionKind.Choice, IsRequired: true, Choices: [DoubtCommands.There, DoubtCommands.Again]));

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var id = long.Parse(request.Arguments[DoubtCommands.Delivery], CultureInfo.InvariantCulture);
        var isThere = request.Arguments[DoubtCommands.Answer] is DoubtCommands.There;

        // Only of this workspace: a number from another is as unknown here as one that was settled.
        var doubt = await status.FindDoubtAsync(request.Platform, request.Workspace, id, ct);
        var more = Wording.Button("Doubts", "doubts");
        if (doubt is null || !await deliveries.DecideAsync(id, isThere, ct))
        {
            return Wording.Answer($"Delivery {id} is not in doubt", "It is settled meanwhile, or its number is another; “doubts” lists what there is.", more);
        }

        signal.Wake();
        var place = DoubtCommands.Place(doubt, request);
        return isThere
            ? Wording.Answer(
                $"Delivery {id} counts as shown",
                $"It stays in {place} as it is. The bot holds no receipt for it: a correction comes as a message of its own, and after a kill it has to be removed by hand.",
                more)
            : Wording.Answer($"Delivery {id} is sent again", $"It goes to {place} now.", more);
    }
}
