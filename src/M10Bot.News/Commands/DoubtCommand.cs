using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Desk;

namespace M10Bot.News.Commands;

/// <summary>One delivery in doubt after another, each with the buttons that settle it.</summary>
internal sealed class DoubtCommand(DeskQueries desk) : ICommand
{
    private const string Name = "doubt";
    private const string After = "after";
    private const int MostHeadline = 80;

    public CommandSpec Spec { get; } = new(
        Name,
        "Show the deliveries in doubt one by one",
        Role.Editor,
        new CommandOption(After, "The number of the one before", OptionKind.Number) { Range = (0, int.MaxValue) })
    {
        IsButtonOnly = true,
    };

    public static string Headline(DoubtRow doubt) => Wording.Cut(doubt.Headline, MostHeadline);

    /// <summary>Leads to the one after this one.</summary>
    public static CardAction Next(string label, long after = 0) => Wording.Button(label, Name, (After, after.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Settle a delivery by what the editor saw.</summary>
    public static CardAction[] Settle(DoubtRow doubt)
    {
        (string, string)[] which = [(SettleCommand.Delivery, doubt.Delivery.ToString(CultureInfo.InvariantCulture)), DeskCards.Number(doubt.Story)];
        return
        [
            Wording.Button("It stands there", "settle", [.. which, (SettleCommand.What, SettleCommand.Stands)]),
            Wording.Button("It does not, send it", "settle", [.. which, (SettleCommand.What, SettleCommand.Missing)]),
        ];
    }

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var after = request.Arguments.TryGetValue(After, out var number) ? long.Parse(number, CultureInfo.InvariantCulture) : 0;
        if ((await desk.NextDoubtAsync(after, ct) ?? await desk.DoubtAsync(after, ct)) is not { } doubt)
        {
            return Wording.Answer("Nothing is in doubt", "", Wording.Button("Queue", "queue"));
        }

        var reply = DeskCards.Of(doubt, request, Texts.Say($"In doubt: {Headline(doubt)}"), Wording.Sentence(Texts.Told(doubt.Note ?? "")));
        return reply with
        {
            Card = reply.Card with
            {
                Actions =
                [
                    .. Settle(doubt),
                    .. await desk.NextDoubtAsync(doubt.Delivery, ct) is null ? Array.Empty<CardAction>() : [Next("Next in doubt", doubt.Delivery)],
                    Wording.Button("Queue", "queue"),
                ],
            },
        };
    }
}
