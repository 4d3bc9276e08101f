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
            // What kept the bot from looking may be over: a look more costs a second, a second message can't be taken back everywhere.
            var found = await queries.FoundAsync(delivery, ct);
            return !await desk.SettleAsync(delivery, story, stands: found is not null, found?.Receipt, found is { MayLack: true }, DeskCards.By(request), ct) ? await SettledAsync(delivery, ct)
                : found is null ? await EndAsync("It is sent again", "", delivery, ct)
                : await EndAsync("It stands there after all", "The bot looked once more and found it; nothing is sent again.", delivery, ct);
        }

        if (await queries.DoubtAsync(delivery, ct) is not { } doubt)
        {
            return await SettledAsync(delivery, ct);
        }

        Receipt? receipt = null;
        if (request.Step is not null && request.Arguments.GetValueOrDefault(Link)?.Trim() is { Length: > 0 } link)
        {
            switch (await queries.ReceiptOfAsync(delivery, link, ct))
            {
                case null:
                    return await SettledAsync(delivery, ct);
                case LinkOutcome.Ours ours:
                    receipt = ours.Receipt;
                    break;
                case LinkOutcome.No no:
                    return Asked(doubt, request, Words(no.Fault, doubt));
            }
        }

        if (request.Step is not FormStep.Sent)
        {
            return Asked(doubt, request, error: null);
        }

        if (!await desk.SettleAsync(delivery, story, stands: true, receipt, lacks: false, DeskCards.By(request), ct))
        {
            return await SettledAsync(delivery, ct);
        }

        return await EndAsync(
            "It is taken as standing there",
            receipt is null
                ? "Without its link the bot can't change it there: a correction comes as a message of its own, and after a kill it has to be removed by hand."
                : "Corrections edit it, and a kill withdraws it.",
            delivery,
            ct);
    }

    private Task<CommandReply> SettledAsync(long delivery, CancellationToken ct) =>
        EndAsync("It is not in doubt any more", "Somebody has settled it, or the platform has.", delivery, ct);

    private async Task<CommandReply> EndAsync(string headline, string line, long delivery, CancellationToken ct) => Wording.Answer(
        headline,
        line,
        [
            .. await queries.NextDoubtAsync(delivery, ct) is null ? Array.Empty<CardAction>() : [DoubtCommand.Next("Next in doubt", delivery)],
            Wording.Button("Queue", "queue"),
        ]);

    private CommandReply Asked(DoubtRow doubt, CommandRequest request, string? error) =>
        DeskCards.Of(
            doubt,
            request,
            Texts.Say($"It stands there: {DoubtCommand.Headline(doubt)}"),
            "With the link of the message, corrections can edit it and a kill can withdraw it. Without it they can't.") with
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
                        Hint = "Copy it in the menu of the message; may stay empty",
                        MaxLength = LongestLink,
                        Values = request.Arguments.TryGetValue(Link, out var typed) && typed.Length > 0 ? [typed] : [],
                        Error = error,
                    },
                ],
            },
        };

    private static string Words(LinkFault fault, DoubtRow doubt) => fault switch
    {
        LinkFault.NoLink => Texts.Say($"This is no link to a message in {Wording.Sentence(doubt.Platform)}. Copy it in the menu of the message."),
        LinkFault.Elsewhere => "This message is in another place than the delivery was for.",
        LinkFault.NotThere => "There is no such message.",
        LinkFault.NotOurs => "This message is not the bot's own, or is of another story.",
        _ => "The message could not be looked at just now. Try again in a minute.",
    };
}
