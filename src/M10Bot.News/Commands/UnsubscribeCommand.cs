using M10Bot.News.Chat;
using M10Bot.News.Reading;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class UnsubscribeCommand(TopicWords topics, Places places, SubscriptionStore subscriptions, KeptOrders kept) : ICommand
{
    private const string TopicOption = "topic";

    public CommandSpec Spec { get; } = new(
        "unsubscribe",
        "Stop a topic here or in your direct messages",
        Role.Member,
        new CommandOption(TopicOption, "One of the topics that come now", OptionKind.Subscription, IsRequired: true),
        Places.WhereOption);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var place = await places.OfAsync(request, ct);
        var orders = await subscriptions.ListAsync(place, ct);
        if (Among(orders, request.Arguments[TopicOption]) is not { } order)
        {
            return await NotThereAsync(request, place, orders, ct);
        }

        // What one member ordered for a channel, another member does not take from it.
        if (!MayEnd(order, place, request))
        {
            return Wording.Answer(
                Texts.Say($"{Wording.Sentence(Wording.Name(order))} was ordered for this channel by someone else"),
                "That person, an editor or an admin can end it.",
                Wording.Button("Subscriptions", "subscriptions"));
        }

        await subscriptions.RemoveAsync(place, order.Topic, ct);
        var left = orders.Count - 1;
        return Wording.Answer(
            Texts.Say($"{Wording.Sentence(Wording.Name(order))} no longer comes to {Wording.Place(place, request)}"),
            left == 0 ? "Nothing else is subscribed there." : Texts.Say($"Left there: {Wording.Count(left, "subscription", "subscriptions")}."),
            await kept.ButtonAsync(request, place, [order], [], ct),
            Wording.Button("Subscriptions", "subscriptions"));
    }

    /// <summary>One's own orders, and those of a channel that one edits or administers.</summary>
    public static bool MayEnd(Subscription order, Destination place, CommandRequest request) =>
        place.Kind is DestinationKind.Person || request.Caller.Role >= Role.Editor || string.Equals(order.CreatedBy, request.Caller.Id, StringComparison.Ordinal);

    private Subscription? Among(IReadOnlyList<Subscription> orders, string typed)
    {
        var code = topics.Find(typed)?.Code ?? Keywords.Of(typed)?.Code ?? typed;
        return orders.FirstOrDefault(o => o.IsFor(code) || o.Name.Equals(typed, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<CommandReply> NotThereAsync(CommandRequest request, Destination place, IReadOnlyList<Subscription> orders, CancellationToken ct)
    {
        var typed = request.Arguments[TopicOption];
        var name = topics.Find(typed) is { } topic ? Wording.Name(topic) : Wording.Quote(typed);
        var where = Wording.Place(place, request);
        var other = place == request.Me ? request.Here : request.Me;
        if (Among(await subscriptions.ListAsync(other, ct), typed) is { } elsewhere)
        {
            return Wording.Answer(
                Texts.Say($"{Wording.Sentence(Wording.Name(elsewhere))} does not come to {where}"),
                Texts.Say($"It comes to {Wording.Place(other, request)}."),
                Stop("Stop it there", elsewhere, other),
                Wording.Button("Subscriptions", "subscriptions"));
        }

        if (orders.Count == 0)
        {
            return Wording.Answer(Texts.Say($"Nothing is subscribed for {where}"), "“topics” shows what there is.", Wording.Button("Topics", "topics"));
        }

        var nearest = NearestWord.Of(typed, orders.Select(Wording.Name));
        return Wording.Answer(
            Texts.Say($"{Wording.Sentence(name)} is not subscribed for {where}"),
            nearest is null ? "Which of these is to stop?" : Texts.Say($"Did you mean {nearest}?"),
            orders.OrderBy(o => string.Equals(Wording.Name(o), nearest, StringComparison.Ordinal) ? 0 : 1).Take(5).Select(o => Stop(Wording.Name(o), o, place)));
    }

    private static CardAction Stop(string label, Subscription order, Destination place) =>
        Wording.Button(label, "unsubscribe", (TopicOption, order.Topic), (Places.Where, Places.WordFor(place)));
}
