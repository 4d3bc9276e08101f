using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Desk;

namespace M10Bot.News.Commands;

/// <summary>The buttons under a delivery in doubt.</summary>
internal sealed class SettleCommand(EditorsDesk desk) : ICommand
{
    public const string Delivery = "delivery";
    public const string What = "what";
    public const string Stands = "stands";
    public const string Missing = "missing";

    public CommandSpec Spec { get; } = new(
        "settle",
        "Say whether a delivery in doubt stands there or is missing",
        Role.Editor,
        new CommandOption(Delivery, "Its number", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) },
        new CommandOption(StoryFinder.Option, "The story's number", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) },
        new CommandOption(What, "It stands there, or it is missing and is sent again", OptionKind.Choice, IsRequired: true, [Stands, Missing]))
    {
        IsButtonOnly = true,
    };

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var delivery = long.Parse(request.Arguments[Delivery], CultureInfo.InvariantCulture);
        var story = long.Parse(request.Arguments[StoryFinder.Option], CultureInfo.InvariantCulture);
        var stands = request.Arguments[What] is Stands;
        return await desk.SettleAsync(delivery, story, stands, DeskCards.By(request), ct)
            ? Wording.Answer(stands ? "It is taken as standing there" : "It is sent again", "", Wording.Button("Queue", "queue"))
            : Wording.Answer("It is not in doubt any more", "Somebody has settled it, or the platform has.", Wording.Button("Queue", "queue"));
    }
}
