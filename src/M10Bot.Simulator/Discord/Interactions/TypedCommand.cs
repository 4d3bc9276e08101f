using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>What a person typed, matched with a registered command as Discord's own client does.</summary>
internal sealed class TypedCommand(World world, Person person, Channel channel)
{
    private readonly CommandSight _sight = new(world, person, channel);
    private readonly JsonObject _channels = [];
    private readonly JsonObject _users = [];
    private readonly JsonObject _roles = [];

    /// <summary>The type of the option that is being completed.</summary>
    public long FocusedType { get; private set; } = 3;

    /// <summary>The interaction's <c>data</c>.</summary>
    /// <param name="name">The command with its group and subcommand, parted by blanks.</param>
    /// <param name="focused">The option being typed, when it is to be completed; then others may still be missing.</param>
    public JsonObject Read(string name, IReadOnlyDictionary<string, JsonElement> options, string? focused = null)
    {
        var words = name.Trim().TrimStart('/').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var command = _sight.Find(words.FirstOrDefault() ?? "", type: 1);
        var parents = new List<JsonElement>();
        var at = command;
        foreach (var word in words.Skip(1))
        {
            at = at.Members("options").Where(o => o.GetWhole("type") <= 2 && _sight.Is(o, word)).Select(o => (JsonElement?)o).FirstOrDefault()
                ?? throw new DiscordClientException($"There is no command /{name}.");
            parents.Add(at);
        }

        if (at.Members("options").Any(o => o.GetWhole("type") <= 2))
        {
            throw new DiscordClientException($"/{name} needs a subcommand.");
        }

        var content = ReadOptions(at, options, focused);
        foreach (var parent in Enumerable.Reverse(parents))
        {
            content = [new JsonObject { ["name"] = parent.GetText("name"), ["type"] = parent.GetWhole("type"), ["options"] = content }];
        }

        return Complete(command, content);
    }

    private JsonObject Complete(JsonElement command, JsonArray options)
    {
        var json = new JsonObject
        {
            ["id"] = command.GetText("id"),
            ["name"] = command.GetText("name"),
            ["type"] = 1,
            ["options"] = options,
        };
        if (command.GetText("guild_id") is { } guild)
        {
            json["guild_id"] = guild;
        }

        var resolved = new JsonObject();
        foreach (var (kind, found) in new[] { ("channels", _channels), ("users", _users), ("roles", _roles) })
        {
            if (found.Count > 0)
            {
                resolved[kind] = found;
            }
        }

        if (resolved.Count > 0)
        {
            json["resolved"] = resolved;
        }

        return json;
    }

    private JsonArray ReadOptions(JsonElement owner, IReadOnlyDictionary<string, JsonElement> given, string? focused)
    {
        var known = owner.Members("options").ToList();
        if (given.Keys.FirstOrDefault(k => !known.Exists(o => string.Equals(o.GetText("name"), k, StringComparison.Ordinal))) is { } stray)
        {
            throw new DiscordClientException($"There is no option {stray}.");
        }

        if (focused is not null && !known.Exists(o => string.Equals(o.GetText("name"), focused, StringComparison.Ordinal) && o.IsTrue("autocomplete")))
        {
            throw new DiscordClientException($"The option {focused} is not completed by the application.");
        }

        var options = new JsonArray();
        foreach (var option in known)
        {
            var name = option.GetText("name")!;
            var type = option.GetWhole("type") ?? 3;
            if (!given.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                if (option.IsTrue("required") && focused is null)
                {
                    throw new DiscordClientException($"The option {name} is required.");
                }

                continue;
            }

            var json = new JsonObject { ["name"] = name, ["type"] = type };
            if (string.Equals(name, focused, StringComparison.Ordinal))
            {
                FocusedType = type;
                json["value"] = value.ToString();
                json["focused"] = true;
            }
            else
            {
                json["value"] = Value(option, type, name, value.ToString());
            }

            options.Add(json);
        }

        return options;
    }

    private JsonValue Value(JsonElement option, long type, string name, string text)
    {
        var choices = option.Members("choices").ToList();
        if (choices.Count > 0 && !choices.Exists(c => string.Equals(c.Get("value")?.ToString(), text, StringComparison.Ordinal)))
        {
            throw new DiscordClientException($"{text} is not a choice of the option {name}.");
        }

        var wrong = new DiscordClientException($"{text} does not fit the option {name}.");
        switch (type)
        {
            case 3:
                var length = Fields.Length(text);
                return length >= (option.GetWhole("min_length") ?? 0) && length <= (option.GetWhole("max_length") ?? 6000) ? JsonValue.Create(text) : throw wrong;
            case 4:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && InRange(option, whole) ? JsonValue.Create(whole) : throw wrong;
            case 5:
                return bool.TryParse(text, out var truth) ? JsonValue.Create(truth) : throw wrong;
            case 10:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && InRange(option, number) ? JsonValue.Create(number) : throw wrong;
            case 6 or 7 or 8 or 9:
                return JsonValue.Create(Resolve(option, type, text) ?? throw wrong);
            default:
                throw wrong;
        }
    }

    private static bool InRange(JsonElement option, double number) =>
        (option.Get("min_value") is not { ValueKind: JsonValueKind.Number } min || number >= min.GetDouble())
        && (option.Get("max_value") is not { ValueKind: JsonValueKind.Number } max || number <= max.GetDouble());

    /// <returns>The id of the thing that was picked by its id or its name; null where there is none.</returns>
    private string? Resolve(JsonElement option, long type, string text)
    {
        if (type == 7)
        {
            var picked = channel.Guild?.Channels.Concat(channel.Guild.Threads).FirstOrDefault(c => string.Equals(c.Id, text, StringComparison.Ordinal) || string.Equals(c.Name, text.TrimStart('#'), StringComparison.Ordinal));
            var types = option.Members("channel_types").Select(t => t.GetInt32()).ToList();
            if (picked is not null && types.Count > 0 && !types.Contains(picked.Type))
            {
                return null;
            }

            if (picked is not null)
            {
                _channels[picked.Id] = Rendered.ResolvedChannel(picked, person, world.Bot);
            }

            return picked?.Id;
        }

        if (type != 8 && world.People.Values.FirstOrDefault(p => string.Equals(p.Id, text, StringComparison.Ordinal) || string.Equals(p.Key, text, StringComparison.Ordinal) || string.Equals(p.Name, text.TrimStart('@'), StringComparison.Ordinal)) is { } someone)
        {
            _users[someone.Id] = Rendered.User(someone);
            return someone.Id;
        }

        if (type != 6 && channel.Guild?.Roles.Find(r => string.Equals(r.Id, text, StringComparison.Ordinal) || string.Equals(r.Name, text.TrimStart('@'), StringComparison.Ordinal)) is { } role)
        {
            _roles[role.Id] = Rendered.Role(channel.Guild, role);
            return role.Id;
        }

        return null;
    }
}
