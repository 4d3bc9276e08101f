using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class ChannelRemoveCommand(DestinationStore destinations, SubscriptionStore subscriptions, KeptOrders kept) : ICommand
{
    public CommandSpec Spec { get; } = new("channel remove", "Stop all stories in a channel", Role.Admin, Places.ChannelOption);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var channel = Places.NamedChannel(request);
        if (!channel.IsFound)
        {
            return channel.Answer;
        }

        var place = channel.Value;
        var where = Wording.Sentence(Wording.Place(place, request));
        var before = await subscriptions.ListAsync(place, ct);
        var choices = await subscriptions.ChoicesOfAsync(place, KeptOrders.MostChoices, ct);
        if (await destinations.FindAsync(place, ct) is not { IsOpen: true } state || !await destinations.CloseAsync(place, ct))
        {
            return Wording.Answer(Texts.Say($"{where} gets no stories"), "It has not been added.", Wording.Button("Add it", "channel add", (Places.Channel, place.Address))).Naming(place, request);
        }

        return Wording.Answer(
            Texts.Say($"{where} gets no more stories"),
            (before.Count == 0 ? Texts.Here("What stands there stays.") : Texts.Say($"It had {OrderWords.List(before)}. What stands there stays."))
                + (state.IsByWebhook ? " " + Texts.Here("Its webhook is forgotten; what it wrote can be changed no more.") : ""),
            state.IsByWebhook || before.Count + choices.Count == 0 ? [] : [await kept.ButtonAsync(request, place, before, choices, ct)]).Naming(place, request);
    }
}
