using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>Behind “Undo”: the orders are again what they were.</summary>
internal sealed class UndoCommand(SubscriptionStore subscriptions, DestinationStore destinations) : ICommand
{
    public const string Name = "undo";

    public CommandSpec Spec { get; } = new(Name, "Give back the orders that were ended or changed", Role.Member) { IsButtonOnly = true };

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        // Only what the bot itself kept for this person comes as a form that was sent.
        if (request.Step is not FormStep.Sent)
        {
            return Expired();
        }

        var (place, orders, choices) = KeptOrders.Read(request);
        if (await RefusalAsync(request, place, orders, ct) is { } refusal)
        {
            return refusal;
        }

        await subscriptions.RestoreAsync(place, orders, choices, request.Caller.Id, ct);
        var reply = Wording.Answer(
            "Undone",
            orders.Count == 0 ? "What was followed and muted there counts again." : Texts.Say($"As before, this comes to {Wording.Place(place, request)}: {OrderWords.List(orders)}."),
            Wording.Button("Subscriptions", "subscriptions")).Naming(place, request);

        // The orders may change again: an old button must not say then that they are as before.
        return reply with { Ended = Wording.Answer("That was undone once", "An undo works once; see what comes now.", Wording.Button("Subscriptions", "subscriptions")).Card };
    }

    public static CommandReply Expired() =>
        Wording.Answer("That can't be undone any more", "“Undo” works for an hour, for whoever did it. Give the order again.", Wording.Button("Help", "help"));

    // The role is asked anew: who ended it may be no admin any more.
    private async Task<CommandReply?> RefusalAsync(CommandRequest request, Destination place, IReadOnlyList<Subscription> orders, CancellationToken ct)
    {
        if (place.Kind is not DestinationKind.Channel || request.Caller.Role >= Role.Admin)
        {
            return null;
        }

        var isOwn = orders.All(o => string.Equals(o.CreatedBy, request.Caller.Id, StringComparison.Ordinal) && o.Rules.Ping is null);
        return await destinations.IsOpenAsync(place, ct) && (isOwn || request.Caller.Role >= Role.Editor)
            ? null
            : Wording.Answer("Only an admin can undo that", "Ask one of the admins here to give the order again.", Wording.Button("Subscriptions", "subscriptions"));
    }
}
