using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Desk;

namespace M10Bot.News.Commands;

/// <summary>The buttons under a delivery in doubt.</summary>
internal sealed class SettleCommand(EditorsDesk desk, DeskQueries queries) : ICommand
{
    public const string Delivery = "delivery";
    public const string What = "what";
    public const string Stands = "stands";
    public const string Missing = "missing";
    public const string Link = "link";

    private const int LongestLink = 500;

    public CommandSpec Spec { get; } = new(
        "settle",
        "Say whether a delivery in doubt stands there or is missing",
        Role.Editor,
        new CommandOption(Delivery, "Its number", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) },
        new CommandOption(StoryFinder.Option, "The story's number", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) },
        new CommandOption(What, "It stands there, or it is missing and is sent again", OptionKind.Choice, IsRequired: true, [Stands, Missing]),
        new CommandOption(Link, "The link of the message that stands there", OptionKind.Text))
    {
        IsButtonOnly = true,
    };

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var delivery = long.Parse(request.Arguments[Delivery], CultureInfo.InvariantCulture);
        var story = long.Parse(request.Arguments[StoryFinder.Option], CultureInfo.InvariantCulture);
        if (request.Arguments[What] is not Stands)
        {
            return await desk.SettleAsync(delivery, story, stands: false, receipt: null, DeskCards.By(request), ct)
                ? Wording.Answer("It is sent again", "", Wording.Button("Queue", "queue"))
                : Settled();
        }

        if (request.Step is not FormStep.Sent)
        {
            return Asked(request, error: null);
        }

        Receipt? receipt = null;
        if (request.Arguments.GetValueOrDefault(Link)?.Trim() is { Length: > 0 } link)
        {
            switch (await queries.ReceiptOfAsync(delivery, link, ct))
            {
                case null:
                    return Settled();
                case LinkOutcome.Ours ours:
                    receipt = ours.Receipt;
                    break;
                case LinkOutcome.No no:
                    return Asked(request, Words(no.Fault));
            }
        }

        if (!await desk.SettleAsync(delivery, story, stands: true, receipt, DeskCards.By(request), ct))
        {
            return Settled();
        }

        return receipt is null
            ? Wording.Answer(
                "It is taken as standing there",
                "Without its link the bot can't change it there: a correction comes as a message of its own, and after a kill it has to be removed by hand.",
                Wording.Button("Queue", "queue"))
            : Wording.Answer("It is taken as standing there", "Corrections edit it, and a kill withdraws it.", Wording.Button("Queue", "queue"));
    }

    private static CommandReply Settled() =>
        Wording.Answer("It is not in doubt any more", "Somebody has settled it, or the platform has.", Wording.Button("Queue", "queue"));

    private CommandReply Asked(CommandRequest request, string? error) =>
        Wording.Answer("It stands there", "With the link of the message, corrections can edit it and a kill can withdraw it. Without it they can't.") with
        {
            Form = new Form
            {
                Command = Spec.Name,
                Title = "It stands there",
                Send = "Settle it",
                Fields =
                [
                    new FormField(Link, "The link of the message", FormFieldKind.Text)
                    {
                        Hint = "“Copy link” in the menu of the message; may stay empty",
                        MaxLength = LongestLink,
                        Values = request.Arguments.TryGetValue(Link, out var typed) && typed.Length > 0 ? [typed] : [],
                        Error = error,
                    },
                ],
            },
        };

    private static string Words(LinkFault fault) => fault switch
    {
        LinkFault.NoLink => "This is no link to a message. Take it from “Copy link” in the menu of the message.",
        LinkFault.Elsewhere => "This message is in another place than the delivery was for.",
        LinkFault.NotThere => "There is no such message.",
        LinkFault.NotOurs => "This message is not the bot's own, or is of another story.",
        _ => "The message could not be looked at just now. Try again in a minute.",
    };
}
