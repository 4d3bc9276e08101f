using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>Acts as a person's Discord client: checks what the person does and sends it off.</summary>
internal sealed class PersonClient(World world, InteractionDesk desk)
{
    public Interaction Command(string person, string channel, string name, IReadOnlyDictionary<string, JsonElement> options)
    {
        lock (world.Gate)
        {
            var (who, where) = At(person, channel);
            var content = new TypedCommand(world, who, where).Read(name, options);
            var (id, token) = desk.NewKeys();
            return Start(new Interaction(id, token, Interaction.Command, who, where, world.Time.GetUtcNow()) { Name = name.Trim().TrimStart('/') }, content);
        }
    }

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
                content["values"] = Values(component, values ?? []);
                Resolve(content, type, values ?? [], who, where);
            }

            var (id, token) = desk.NewKeys();
            return Start(new Interaction(id, token, Interaction.Component, who, where, world.Time.GetUtcNow()) { Source = message }, content);
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

            var content = new JsonObject
            {
                ["custom_id"] = customId,
                ["components"] = new JsonArray([.. modal.Members("components").Select(c => (JsonNode)Filled(c, values))]),
            };
            opener.Modal = null;
            var (id, token) = desk.NewKeys();
            return Start(
                new Interaction(id, token, Interaction.ModalSubmit, opener.Person, opener.Channel, world.Time.GetUtcNow()) { Source = opener.Source }, content);
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
        var sees = where.Recipient == who || (where.Guild is { } guild && guild.Members.ContainsKey(who.Id)
            && (World.PermissionsIn(where, who) & DiscordPermission.ViewChannel) != 0);
        return sees ? (who, where) : throw new DiscordClientException("This person does not see the channel.");
    }

    private void Resolve(JsonObject content, long type, IReadOnlyList<string> ids, Person who, Channel where)
    {
        if (type == 3)
        {
            return;
        }

        var channels = where.Guild?.Channels.Where(c => ids.Contains(c.Id, StringComparer.Ordinal)).ToList() ?? [];
        if (type == 8 && channels.Count == ids.Count)
        {
            content["resolved"] = new JsonObject { ["channels"] = new JsonObject(channels.Select(c => KeyValuePair.Create(c.Id, (JsonNode?)Rendered.ResolvedChannel(c, who, world.Bot)))) };
            return;
        }

        var people = world.People.Values.Where(p => ids.Contains(p.Id, StringComparer.Ordinal)).ToList();
        if (type is not (5 or 7) || people.Count != ids.Count)
        {
            throw new DiscordClientException("Not all of these can be picked.");
        }

        content["resolved"] = new JsonObject { ["users"] = new JsonObject(people.Select(p => KeyValuePair.Create(p.Id, (JsonNode?)Rendered.User(p)))) };
    }

    private static JsonArray Values(JsonElement select, IReadOnlyList<string> values)
    {
        var min = select.GetWhole("min_values") ?? 1;
        var max = select.GetWhole("max_values") ?? 1;
        var options = select.Members("options").Select(o => o.GetText("value")).ToHashSet(StringComparer.Ordinal);
        if (values.Count < min || values.Count > max || (select.GetWhole("type") == 3 && !values.All(options.Contains)))
        {
            throw new DiscordClientException("These values cannot be picked.");
        }

        return [.. values.Select(v => JsonValue.Create(v))];
    }

    private static JsonObject Filled(JsonElement component, IReadOnlyDictionary<string, JsonElement> values)
    {
        var json = new JsonObject { ["type"] = component.GetWhole("type"), ["id"] = component.GetWhole("id") ?? 0 };
        switch (component.GetWhole("type"))
        {
            case 18:
                json["component"] = Filled(component.Get("component")!.Value, values);
                return json;
            case 1:
                json["components"] = new JsonArray([.. component.Members("components").Select(c => (JsonNode)Filled(c, values))]);
                return json;
            case 10:
                return json;
        }

        var customId = component.GetText("custom_id")!;
        json["custom_id"] = customId;
        var given = values.TryGetValue(customId, out var value) ? value : default;
        var isRequired = component.Get("required") is not { ValueKind: JsonValueKind.False };
        if (component.GetWhole("type") == 4)
        {
            var text = given.ValueKind == JsonValueKind.Undefined ? component.GetText("value") ?? "" : given.ToString();
            var length = Fields.Length(text);
            if ((isRequired && length == 0) || (length > 0 && length < component.GetWhole("min_length")) || length > (component.GetWhole("max_length") ?? 4000))
            {
                throw new DiscordClientException($"The field {customId} is not filled in as it asks.");
            }

            json["value"] = text;
            return json;
        }

        var picked = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray().Select(v => v.ToString())]
            : given.ValueKind == JsonValueKind.String ? [given.GetString()!] : Array.Empty<string>();
        json["values"] = picked.Length == 0 && !isRequired ? new JsonArray() : Values(component, picked);
        return json;
    }

    private static IEnumerable<JsonElement> Tree(JsonElement components) =>
        components.EnumerateArray().SelectMany(c =>
            new[] { c }.Concat(c.Get("components") is { } children ? Tree(children) : []).Concat(c.Get("accessory") is { } accessory ? [accessory] : []));
}
