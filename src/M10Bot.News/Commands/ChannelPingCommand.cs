using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class ChannelPingCommand(SubscriptionStore subscriptions) : ICommand
{
    public const string RoleOption = "role";

    private const string FromOption = "from";
    private const string TopicOption = "topic";

    public CommandSpec Spec { get; } = new(
        "channel ping",
        "Choose the role that new stories here ping; nobody without one",
        Role.Admin,
        new CommandOption(RoleOption, "The role; left out, nobody is pinged", OptionKind.Role),
        new CommandOption(FromOption, "The least urgent that pings; flash if left out", OptionKind.Choice, Choices: UrgencyWords.Words),
        new CommandOption(TopicOption, "Only stories of this subscription; all if left out", OptionKind.Subscription),
        Places.ChannelOption);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var channel = Places.NamedChannel(request);
        if (!channel.IsFound)
        {
            return channel.Answer;
        }

        if (request.Platform is Platform.Slack)
        {
            return Wording.Answer("Roles are pinged in Discord alone", "In Slack, whoever wants to be told sets the channel's notifications to all messages.");
        }

        var place = channel.Value;
        var orders = await subscriptions.ListAsync(place, ct);
        var topic = request.Arguments.GetValueOrDefault(TopicOption);
        var meant = topic is null ? orders : [.. orders.Where(o => o.IsFor(topic) || new[] { o.Name, Wording.Name(o) }.Contains(topic, StringComparer.OrdinalIgnoreCase))];
        if (meant.Count == 0)
        {
            return Wording.Answer(
                "No subscription to ping for",
                orders.Count == 0 ? "The channel gets no stories yet." : Texts.Say($"The channel gets {Wording.List(orders.Select(Wording.Name))}."),
                Wording.Button("Subscriptions", "subscriptions"));
        }

        var ping = request.Arguments.TryGetValue(RoleOption, out var role)
            ? new Ping(role, UrgencyWords.Of(request.Arguments.GetValueOrDefault(FromOption, UrgencyWords.Flash)))
            : null;
        await subscriptions.SetPingAsync(place, [.. meant.Select(o => o.Topic)], ping, ct);
        var where = Wording.Sentence(Wording.Place(place, request));
        var what = Wording.List(meant.Select(Wording.Name));
        var reply = ping is null
            ? Wording.Answer(Texts.Say($"{where} pings nobody"), Texts.Say($"Nobody is told of new stories of {what} but by the message itself."))
            : Wording.Answer(
                Texts.Say($"{where} pings the role {UrgencyWords.From(ping.From)}"),
                Texts.Say($"Once per story, by the first message and never by a change, for {what}. The role must be one that everybody may mention, or the bot needs “Mention All Roles”."),
                Wording.Button("Nobody", "channel ping", (Places.Channel, place.Address)));
        return reply.Naming(place, request);
    }
}
