using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class SubscriptionsCommand(TopicWords topics, DestinationStore destinations, SubscriptionStore subscriptions) : ICommand
{
    private const int MaxPerPlace = 25;

    public CommandSpec Spec { get; } = new("subscriptions", "List what comes to this channel and to you", Role.Member);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var mine = await subscriptions.ListAsync(request.Me, ct);
        var here = request.IsDirect ? null : await destinations.FindAsync(request.Here, ct);
        var channel = here is { IsOpen: true } ? await subscriptions.ListAsync(request.Here, ct) : [];
        if (mine.Count + channel.Count == 0)
        {
            return Wording.Answer(
                "Nothing is subscribed yet",
                "Pick a topic, and its stories come as they happen.",
                topics.Suggest("", 3, isOrder: true)
                    .Select(t => Wording.Button(Wording.Name(t), "subscribe", ("topic", t.Code)))
                    .Append(Wording.Button("Topics", "topics")));
        }

        return new CommandReply(new Card
        {
            Headline = "Subscriptions",
            Lines = [.. Notes(request, here, mine.Count, channel.Count)],
            Items = [.. Items(channel, Wording.Place(request.Here, request)), .. Items(mine, Wording.Place(request.Me, request))],
            Actions =
            [
                Wording.Button("Topics", "topics"),
                Wording.Button("Pace", "pace"),
                .. mine.Take(3).Select(s => Wording.Button(Texts.Say($"Stop {Wording.Name(s)}"), "unsubscribe", ("topic", s.Topic), (Places.Where, Places.Me))),
            ],
        });
    }

    private static IEnumerable<CardItem> Items(IReadOnlyList<Subscription> orders, string where) =>
        orders.Take(MaxPerPlace).Select(o => new CardItem(null, Wording.Name(o), Detail: string.Join(" · ", Details(o).Prepend(where))) { Role = o.Rules.Ping?.Role });

    private static IEnumerable<string> Details(Subscription order)
    {
        foreach (var note in OrderWords.Notes(order.Rules))
        {
            yield return note;
        }

        if (order.Rules.Ping is { } ping)
        {
            yield return Texts.Say($"pings a role {UrgencyWords.From(ping.From)}");
        }
    }

    private static IEnumerable<string> Notes(CommandRequest request, DestinationState? here, int mine, int channel)
    {
        if (!request.IsDirect && here is not { IsOpen: true })
        {
            yield return "This channel is not added; an admin can add it with “channel add”.";
        }

        if (here is { IsOpen: true, IsSuspended: true })
        {
            yield return Texts.Say($"This channel can't be served just now: {Wording.Trouble(here.Reason, here.Remedy)}");
        }

        if (Math.Max(mine, channel) > MaxPerPlace)
        {
            yield return Texts.Say($"Only the first {MaxPerPlace} of each place are shown.");
        }
    }
}
