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

    public string Name { get; } = name;

    public string Domain { get; } = domain;

    public string Url => $"https://{Domain}.slack.com/";

    public required string BotUser { get; init; }

    public required string BotId { get; init; }

    public bool IsInstalled { get; set; } = true;

    public IReadOnlySet<string> Scopes { get; set; } = SlackManifest.Scopes;

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
            ["profile"] = new JsonObject { ["real_name"] = person.Name, ["display_name"] = person.Name },
        };
        if (!person.IsDeleted)
        {
            user["is_admin"] = person.IsAdmin;
            user["is_owner"] = false;
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
}
