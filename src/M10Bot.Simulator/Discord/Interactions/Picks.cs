using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>What a person picked from selects, checked as Discord's client does, with the <c>resolved</c> that goes with it.</summary>
internal sealed class Picks(World world, Person person, Channel channel)
{
    private const int Text = 3;
    private const int Users = 5;
    private const int Roles = 6;
    private const int Mentionables = 7;
    private const int Channels = 8;
    private readonly JsonObject _users = [];
    private readonly JsonObject _members = [];
    private readonly JsonObject _roles = [];
    private readonly JsonObject _channels = [];

    /// <summary>Null while nothing needed it.</summary>
    public JsonObject? Resolved
    {
        get
        {
            var json = new JsonObject();
            foreach (var (name, found) in new[] { ("users", _users), ("members", _members), ("roles", _roles), ("channels", _channels) })
            {
                if (found.Count > 0)
                {
                    json[name] = found.DeepClone();
                }
            }

            return json.Count > 0 ? json : null;
        }
    }

    public JsonArray Take(JsonElement select, IReadOnlyList<string> values)
    {
        var min = select.GetWhole("min_values") ?? 1;
        var max = select.GetWhole("max_values") ?? 1;
        var type = select.GetWhole("type") ?? Text;
        var options = select.Members("options").Select(o => o.GetText("value")).ToHashSet(StringComparer.Ordinal);
        if (values.Count < min || values.Count > max || values.Distinct(StringComparer.Ordinal).Count() != values.Count || (type == Text && !values.All(options.Contains)))
        {
            throw new DiscordClientException("These values cannot be picked.");
        }

        if (type != Text && !values.All(id => Resolve(select, type, id)))
        {
            throw new DiscordClientException("Not all of these can be picked.");
        }

        return [.. values.Select(v => JsonValue.Create(v))];
    }

    private bool Resolve(JsonElement select, long type, string id) => type switch
    {
        Users => AddUser(id),
        Roles => AddRole(id),
        Mentionables => AddUser(id) || AddRole(id),
        Channels => AddChannel(select, id),
        _ => false,
    };

    private bool AddUser(string id)
    {
        if (!world.People.TryGetValue(id, out var picked))
        {
            return false;
        }

        _users[id] = Rendered.User(picked);
        if (channel.Guild?.Members.GetValueOrDefault(id) is { } member)
        {
            var json = Rendered.Member(member);
            json.Remove("user");
            json["permissions"] = Rendered.Bits(World.PermissionsIn(channel, picked));
            _members[id] = json;
        }

        return true;
    }

    private bool AddRole(string id)
    {
        if (channel.Guild?.Roles.Find(r => string.Equals(r.Id, id, StringComparison.Ordinal)) is not { } role)
        {
            return false;
        }

        _roles[id] = Rendered.Role(channel.Guild, role);
        return true;
    }

    private bool AddChannel(JsonElement select, string id)
    {
        var types = select.Members("channel_types").Select(t => t.GetInt32()).ToList();
        if (world.Channels.GetValueOrDefault(id) is not { } picked || picked.Guild is null || picked.Guild != channel.Guild
            || (types.Count > 0 && !types.Contains(picked.Type)) || (World.PermissionsIn(picked, person) & DiscordPermission.ViewChannel) == 0)
        {
            return false;
        }

        _channels[id] = Rendered.ResolvedChannel(picked, person, world.Bot);
        return true;
    }
}
