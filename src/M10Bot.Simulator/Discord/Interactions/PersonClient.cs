using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>Acts as a person's Discord client: checks what the person does and sends it off.</summary>
internal sealed class PersonClient(World world, InteractionDesk desk, MessageDesk messages)
{
    private const int LongestMessage = 2000;

    /// <summary>Writes a message, as people do.</summary>
    public StoredMessage Say(string person, string channel, string content)
    {
        lock (world.Gate)
        {
            var (who, where) = At(person, channel);
            if (where.IsForum || (World.PermissionsIn(where, who) & DiscordPermission.SendMessages) == 0)
            {
                throw new DiscordClientException("You cannot write in this channel.");
            }

            if (string.IsNullOrWhiteSpace(content) || Fields.Length(content) > LongestMessage)
            {
                throw new DiscordClientException("A message has 1 to 2000 characters.");
            }

            var form = MessageForm.Read(Wire.Element(new JsonObject { ["content"] = content }), new FormErrors(), MessageKind.Plain, existing: null);
            return messages.Post(where, form, author: who);
        }
    }

    /// <summary>Channel settings → Integrations → Webhooks: the one that stands there, or a new one.</summary>
    /// <returns>Its URL.</returns>
    public string Webhook(string person, string channel)
    {
        lock (world.Gate)
        {
            var (who, where) = At(person, channel);
            var place = where.Thread?.Parent ?? where;
            if (place.Guild is null)
            {
                throw new DiscordClientException("Direct messages have no webhooks.");
            }

            if ((World.PermissionsIn(place, who) & DiscordPermission.ManageWebhooks) == 0)
            {
                throw new DiscordClientException("Making a webhook takes the permission Manage Webhooks.");
            }

            return (world.Webhooks.Values.FirstOrDefault(w => w.Channel == place && !w.IsOfApplication) ?? world.AddWebhook(place, "News", isOfApplication: false)).Url;
        }
    }

    public Interaction Command(string person, string channel, string name, IReadOnlyDictionary<string, JsonElement> options)
    {
        lock (world.Gate)
        {
            var (who, where) = At(person, channel);
            var content = new TypedCommand(world, who, where).Read(name, options);
            var (id, token) = desk.NewKeys();
            return Start(new Interaction(id, token, Interaction.Command, who, where, world.Time.GetUtcNow())
            {
                Name = name.Trim().TrimStart('/'),
                ByUserInstall = ByUserInstall(where),
            }, content);
        }
    }

    /// <summary>Apps → a message command on a message.</summary>
    public Interaction OnMessage(string person, string channel, string name, string messageId)
    {
        lock (world.Gate)
        {
            var (who, where) = At(person, channel);
            if (where.Find(messageId) is not { Deleted: false } message || (message.EphemeralFor is { } only && only != who))
            {
                throw new DiscordClientException("There is no such message.");
            }

            var shown = new JsonObject { [message.Id] = Rendered.Message(message) };
            return StartContext(who, where, name, type: 3, message.Id, new JsonObject { ["messages"] = shown });
        }
    }

    /// <summary>Apps → a user command on somebody.</summary>
    public Interaction OnPerson(string person, string channel, string name, string target)
    {
        lock (world.Gate)
        {
            var (who, where) = At(person, channel);
            var whom = world.PersonByKey(target) ?? throw new DiscordClientException("There is no such person.");
            return StartContext(who, where, name, type: 2, whom.Id, new JsonObject { ["users"] = new JsonObject { [whom.Id] = Rendered.User(whom) } });
        }
    }

    private Interaction StartContext(Person who, Channel where, string name, int type, string target, JsonObject resolved)
    {
        var command = new CommandSight(world, who, where).Find(name, type);
        var content = new JsonObject
        {
            ["id"] = command.GetText("id"),
            ["name"] = command.GetText("name"),
            ["type"] = type,
            ["target_id"] = target,
            ["resolved"] = resolved,
        };
        var (id, token) = desk.NewKeys();
        return Start(new Interaction(id, token, Interaction.Command, who, where, world.Time.GetUtcNow()) { Name = name, ByUserInstall = ByUserInstall(where) }, content);
    }

    private bool ByUserInstall(Channel where) => where.Guild is { } guild ? !guild.Has(world.Bot) : where.OtherPerson is not null;

    /// <summary>Ends with the bot's choices.</summary>
    public Interaction Autocomplete(string person, string channel, string name, string option, string typed, IReadOnlyDictionary<string, JsonElement> options)
    {
        lock (world.Gate)
        {
            var (who, where) = At(person, channel);
            var all = new Dictionary<string, JsonElement>(options, StringComparer.Ordinal) { [option] = JsonSerializer.SerializeToElement(typed, Wire.Json) };
            var command = new TypedCommand(world, who, where);
            var content = command.Read(name, all, focused: option);
            var (id, token) = desk.NewKeys();
            return Start(
                new Interaction(id, token, Interaction.Autocomplete, who, where, world.Time.GetUtcNow()) { Name = name, OptionType = command.FocusedType }, content);
        }
    }

    public Interaction Component(string person, string channel, string messageId, string customId, IReadOnlyList<string>? values)
    {
        lock (world.Gate)
        {
            var (who, where) = At(person, channel);
            if (where.Find(messageId) is not { Deleted: false } message || (message.EphemeralFor is { } only && only != who))
            {
                throw new DiscordClientException("There is no such message.");
            }

            var component = Tree(message.Components).Where(c => string.Equals(c.GetText("custom_id"), customId, StringComparison.Ordinal)).Select(c => (JsonElement?)c).FirstOrDefault()
                ?? throw new DiscordClientException("The message has no such component.");
            if (component.IsTrue("disabled"))
            {
                throw new DiscordClientException("The component is disabled.");
            }

            var type = component.GetWhole("type")!.Value;
            var content = new JsonObject { ["custom_id"] = customId, ["component_type"] = type, ["id"] = component.GetWhole("id") ?? 0 };
            if (type != 2)
            {
                var picks = new Picks(world, who, where);
                content["values"] = picks.Take(component, values ?? []);
                AddResolved(content, picks);
            }

            var (id, token) = desk.NewKeys();
            return Start(new Interaction(id, token, Interaction.Component, who, where, world.Time.GetUtcNow()) { Source = message, ByUserInstall = ByUserInstall(where) }, content);
        }
    }

    public Interaction Modal(string person, string interactionId, string customId, IReadOnlyDictionary<string, JsonElement> values)
    {
        lock (world.Gate)
        {
            if (desk.Find(interactionId) is not { Modal: { } modal } opener || opener.Person != world.PersonByKey(person) || !string.Equals(modal.GetText("custom_id"), customId, StringComparison.Ordinal))
            {
                throw new DiscordClientException("There is no such modal.");
            }

            var picks = new Picks(world, opener.Person, opener.Channel);
            var content = new JsonObject { ["custom_id"] = customId, ["components"] = new FilledModal(values, picks).Components(modal) };
            AddResolved(content, picks);
            opener.Modal = null;
            var (id, token) = desk.NewKeys();
            return Start(
                new Interaction(id, token, Interaction.ModalSubmit, opener.Person, opener.Channel, world.Time.GetUtcNow()) { Source = opener.Source, ByUserInstall = opener.ByUserInstall }, content);
        }
    }

    private Interaction Start(Interaction interaction, JsonObject content)
    {
        desk.Start(interaction, InteractionPayload.Of(interaction, content, world.Bot));
        return interaction;
    }

    private (Person Who, Channel Where) At(string person, string channel)
    {
        var who = world.PersonByKey(person) ?? throw new DiscordClientException("There is no such person.");
        var where = world.Channels.GetValueOrDefault(channel) ?? throw new DiscordClientException("There is no such channel.");
        var sees = where.Recipient == who || where.OtherPerson == who || (where.Guild is { } guild && guild.Members.ContainsKey(who.Id)
            && (World.PermissionsIn(where, who) & DiscordPermission.ViewChannel) != 0);
        return sees ? (who, where) : throw new DiscordClientException("This person does not see the channel.");
    }

    private static void AddResolved(JsonObject content, Picks picks)
    {
        if (picks.Resolved is { } resolved)
        {
            content["resolved"] = resolved;
        }
    }

    private static IEnumerable<JsonElement> Tree(JsonElement components) =>
        components.EnumerateArray().SelectMany(c =>
            new[] { c }.Concat(c.Get("components") is { } children ? Tree(children) : []).Concat(c.Get("accessory") is { } accessory ? [accessory] : []));
}
