using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>One workspace with the app installed: people, channels, and the gate that guards them.</summary>
internal sealed class SlackWorkspace(string id, string name, string domain, TimeProvider time)
{
    private readonly Dictionary<string, SlackChannel> _channels = new(StringComparer.Ordinal);
    private readonly List<SlackChannel> _order = [];
    private readonly Dictionary<string, SlackPerson> _people = new(StringComparer.Ordinal);
    private long _lastTs;

    /// <summary>Held for a few look-ups or one change, never across a wait.</summary>
    public Lock Gate { get; } = new();

    public string Id { get; } = id;

    public string Name { get; set; } = name;

    public string Domain { get; set; } = domain;

    public string Url => $"https://{Domain}.slack.com/";

    public required string BotUser { get; init; }

    public required string BotId { get; init; }

    public bool IsInstalled { get; set; } = true;

    public DateTimeOffset InstalledAt { get; set; } = time.GetUtcNow();

    public required IReadOnlySet<string> Scopes { get; set; }

    /// <summary>The organisation it belongs to; null for most.</summary>
    public SlackOrg? Org { get; set; }

    /// <summary>The organisation through whose install the app is here; null where the workspace has its own.</summary>
    public SlackOrg? OrgInstall { get; set; }

    /// <summary>By id.</summary>
    public Dictionary<string, SlackUserGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Commands of another app here, with when it came: of two owners the later one gets the command.</summary>
    public Dictionary<string, DateTimeOffset> RivalCommands { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<SlackChannel> Channels => _order;

    public IEnumerable<SlackPerson> People => _people.Values;

    /// <summary>Rising without end, also while a test's clock stands still.</summary>
    public string NextTs()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
        _lastTs = Math.Max(now, _lastTs + 100);
        return SlackIds.Ts(_lastTs);
    }

    public SlackChannel AddChannel(SlackChannel channel)
    {
        _channels[channel.Id] = channel;
        _order.Add(channel);
        return channel;
    }

    public void RemoveChannel(SlackChannel channel)
    {
        _channels.Remove(channel.Id);
        _order.Remove(channel);
    }

    /// <summary>Gives a channel another id, as when it is moved into a shared one.</summary>
    public void ChangeId(SlackChannel channel, string id)
    {
        _channels.Remove(channel.Id);
        channel.Id = id;
        _channels[id] = channel;
    }

    public void AddPerson(SlackPerson person) => _people[person.Id] = person;

    public SlackChannel? Channel(string id) => _channels.GetValueOrDefault(id);

    public SlackPerson? Person(string id) => _people.GetValueOrDefault(id);

    public SlackPerson? PersonByKey(string key) =>
        _people.Values.FirstOrDefault(p => string.Equals(p.Key, key, StringComparison.Ordinal));

    /// <summary>The direct messages of a person with the bot, opened if they were not.</summary>
    public SlackChannel Direct(SlackPerson person) =>
        _order.Find(c => string.Equals(c.Person?.Id, person.Id, StringComparison.Ordinal))
        ?? AddChannel(new SlackChannel("D" + person.Id[1..], "directmessage", SlackChannelKind.Direct) { Person = person, Members = { person.Id, BotUser } });

    public bool BotIsIn(SlackChannel channel) => channel.Members.Contains(BotUser);

    /// <summary>What the bot may know of: public channels, and the private ones it is in.</summary>
    public bool BotSees(SlackChannel channel) => channel.Kind == SlackChannelKind.Public || BotIsIn(channel);

    public JsonObject Describe(SlackPerson person, bool withLocale)
    {
        var user = new JsonObject
        {
            ["id"] = person.Id,
            ["team_id"] = Id,
            ["name"] = person.Key,
            ["real_name"] = person.Name,
            ["deleted"] = person.IsDeleted,
            ["is_bot"] = person.IsBot,
            ["is_app_user"] = false,
            ["profile"] = Profile(person),
        };
        if (person.HomeTeam is { } home)
        {
            user["team_id"] = home;
            user["is_stranger"] = true;
        }
        else if (!person.IsDeleted)
        {
            user["is_admin"] = person.IsAdmin || person.IsOwner;
            user["is_owner"] = person.IsOwner;
            user["is_primary_owner"] = false;
            user["is_restricted"] = person.IsGuest;
            user["is_ultra_restricted"] = false;
        }

        if (person.TimeZone is { } zone)
        {
            user["tz"] = zone;
            user["tz_label"] = zone;
            user["tz_offset"] = 0;
        }

        return user.Set("locale", withLocale ? person.Locale : null);
    }

    private JsonObject Profile(SlackPerson person) =>
        new JsonObject { ["real_name"] = person.Name, ["display_name"] = person.Name }
            .Set("email", Scopes.Contains("users:read.email") ? $"{person.Key}@{Domain}.example" : null);
}
