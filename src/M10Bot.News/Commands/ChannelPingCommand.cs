using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class ChannelPingCommand(SubscriptionStore subscriptions, KeptOrders kept) : ICommand
{
    public const string RoleOption = "role";

    private const string FromOption = "from";
    private const string Nobody = "nobody";
    private const string TopicOption = "topic";

    public CommandSpec Spec { get; } = new(
        "channel ping",
        "Choose the role that new stories here ping; without one, show what is chosen",
        Role.Admin,
        new CommandOption(RoleOption, "The role; left out, the answer shows whom stories ping", OptionKind.Role),
        new CommandOption(FromOption, "The least urgent that pings, flash if left out; or nobody", OptionKind.Choice, Choices: [.. UrgencyWords.Words, Nobody]),
        new CommandOption(TopicOption, "Only stories of this subscription; all if left out", OptionKind.Subscription),
        Places.ChannelOption)
    {
        Only = Platform.Discord,
    };

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var channel = Places.NamedChannel(request);
        if (!channel.IsFound)
        {
            return channel.Answer;
        }

        if (request.Platform is Platform.Slack)
        {
            return NoRoles();
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

        var where = Wording.Sentence(Wording.Place(place, request));
        var from = request.Arguments.GetValueOrDefault(FromOption);
        var role = request.Arguments.GetValueOrDefault(RoleOption);
        if (from is Nobody)
        {
            return await SetAsync(request, place, meant, ping: null, ct);
        }

        // Without a role, only the threshold of those that ping already can be meant; and without that, nothing is to change.
        var pinging = meant.Where(o => o.Rules.Ping is not null).ToArray();
        return role is not null ? await SetAsync(request, place, meant, new Ping(role, UrgencyWords.Of(from ?? UrgencyWords.Flash)), ct)
            : from is not null && pinging.Select(o => o.Rules.Ping!.Role).Distinct(StringComparer.Ordinal).ToArray() is [var only]
                ? await SetAsync(request, place, pinging, new Ping(only, UrgencyWords.Of(from)), ct)
            : Shown(where, pinging, place).Naming(place, request);
    }

    /// <summary>The answer in Slack.</summary>
    public static CommandReply NoRoles() =>
        Wording.Answer("Roles are pinged in Discord alone", "In Slack, whoever wants to be told sets the channel's notifications to all messages.");

    private async Task<CommandReply> SetAsync(CommandRequest request, Destination place, IReadOnlyList<Subscription> meant, Ping? ping, CancellationToken ct)
    {
        var where = Wording.Sentence(Wording.Place(place, request));
        var what = Wording.List(meant.Select(Wording.Name));
        var isUndoable = meant.Any(o => o.Rules.Ping != ping && o.Rules.Ping is not null);
        await subscriptions.SetPingAsync(place, [.. meant.Select(o => o.Topic)], ping, ct);
        CardAction[] undo = isUndoable ? [await kept.ButtonAsync(request, place, meant, [], ct)] : [];
        if (ping is null)
        {
            return Wording.Answer(Texts.Say($"{where} pings nobody"), Texts.Say($"Nobody is told of new stories of {what} but by the message itself."), undo).Naming(place, request);
        }

        var reply = Wording.Answer(
            Texts.Say($"{where} pings the role {UrgencyWords.From(ping.From)}"),
            Texts.Say($"Once per story, by the first message and never by a change, for {what}. The role must be one that everybody may mention, or the bot needs “Mention All Roles”."),
            [.. undo, NobodyButton(place)]);
        return (reply with { Card = reply.Card with { Items = [new CardItem(null, "") { Role = ping.Role }] } }).Naming(place, request);
    }

    private static CommandReply Shown(string where, IReadOnlyList<Subscription> pinging, Destination place)
    {
        if (pinging.Count == 0)
        {
            return Wording.Answer(Texts.Say($"{where} pings nobody"), "Name a role to have it told of new stories.");
        }

        var reply = Wording.Answer(Texts.Say($"{where} pings a role"), "Nothing is changed. Name another role to change it.", NobodyButton(place));
        return reply with
        {
            Card = reply.Card with { Items = [.. pinging.Select(o => new CardItem(null, Wording.Name(o), Detail: UrgencyWords.From(o.Rules.Ping!.From)) { Role = o.Rules.Ping.Role })] },
        };
    }

    private static CardAction NobodyButton(Destination place) => Wording.Button("Ping nobody", "channel ping", (FromOption, Nobody), (Places.Channel, place.Address));
}
