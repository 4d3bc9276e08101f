using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>The application's registered commands, global and by guild.</summary>
internal sealed class CommandBook
{
    private const string Global = "";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Dictionary<string, List<JsonElement>> _scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Until, int Count)> _created = new(StringComparer.Ordinal);

    public IReadOnlyList<JsonElement> In(string? guildId) => _scopes.GetValueOrDefault(guildId ?? Global) ?? [];

    /// <summary>Those that a person finds there: the guild's own before the global ones.</summary>
    public IEnumerable<JsonElement> SeenIn(Guild? guild) => guild is null ? In(null) : [.. In(guild.Id), .. In(null)];

    public IEnumerable<JsonElement> Everywhere => _scopes.Values.SelectMany(c => c);

    /// <summary>How many of them are new to the scope; those count against the day's limit.</summary>
    public int NewIn(string? guildId, JsonElement commands) => commands.EnumerateArray().Count(c => Same(guildId, c) is null);

    public int CreatedIn(string? guildId, DateTimeOffset now) =>
        _created.GetValueOrDefault(guildId ?? Global) is var (until, count) && now < until ? count : 0;

    public IReadOnlyList<JsonElement> Replace(string? guildId, JsonElement commands, World world)
    {
        CountNew(guildId, NewIn(guildId, commands), world.Time.GetUtcNow());
        _scopes[guildId ?? Global] = [.. commands.EnumerateArray().Select(c => Complete(c, guildId, world))];
        return In(guildId);
    }

    /// <summary>Adds it, or puts it in the place of the one of its name and type.</summary>
    public (JsonElement Command, bool IsNew) Upsert(string? guildId, JsonElement command, World world)
    {
        var isNew = Same(guildId, command) is null;
        CountNew(guildId, isNew ? 1 : 0, world.Time.GetUtcNow());
        var complete = Complete(command, guildId, world);
        var id = complete.GetText("id");
        _scopes[guildId ?? Global] = [.. In(guildId).Where(c => !string.Equals(c.GetText("id"), id, StringComparison.Ordinal)), complete];
        return (complete, isNew);
    }

    public bool Remove(string? guildId, string id) =>
        _scopes.TryGetValue(guildId ?? Global, out var commands) && commands.RemoveAll(c => string.Equals(c.GetText("id"), id, StringComparison.Ordinal)) > 0;

    private void CountNew(string? guildId, int count, DateTimeOffset now)
    {
        var before = _created.GetValueOrDefault(guildId ?? Global);
        _created[guildId ?? Global] = now < before.Until ? (before.Until, before.Count + count) : (now + Day, count);
    }

    /// <summary>As GET shows it: the localisations only for who asks for them.</summary>
    public static JsonNode Shown(JsonElement command, bool withLocalisations)
    {
        var json = JsonObject.Create(command)!;
        if (!withLocalisations)
        {
            json = (JsonObject)json.DeepClone();
            Strip(json);
        }

        return json;
    }

    private JsonElement? Same(string? guildId, JsonElement command)
    {
        foreach (var known in In(guildId))
        {
            if (string.Equals(known.GetText("name"), command.GetText("name"), StringComparison.Ordinal) && (known.GetWhole("type") ?? 1) == (command.GetWhole("type") ?? 1))
            {
                return known;
            }
        }

        return null;
    }

    private JsonElement Complete(JsonElement command, string? guildId, World world)
    {
        var json = (JsonObject)JsonObject.Create(command)!.DeepClone();
        json["id"] = Same(guildId, command)?.GetText("id") ?? world.Ids.Next();
        json["application_id"] = world.Bot.Id;
        json["version"] = world.Ids.Next();
        json["type"] = command.GetWhole("type") ?? 1;
        json["description"] = command.GetText("description") ?? "";
        json["default_member_permissions"] = command.Get("default_member_permissions") is { ValueKind: not JsonValueKind.Null } bits ? bits.ToString() : null;
        json["nsfw"] = command.IsTrue("nsfw");
        if (guildId is not null)
        {
            json["guild_id"] = guildId;
        }

        return Wire.Element(json);
    }

    private static void Strip(JsonObject json)
    {
        json.Remove("name_localizations");
        json.Remove("description_localizations");
        foreach (var list in new[] { "options", "choices" })
        {
            foreach (var child in json[list] as JsonArray ?? [])
            {
                Strip((JsonObject)child!);
            }
        }
    }
}
