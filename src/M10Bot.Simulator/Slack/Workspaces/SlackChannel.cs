using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Slack.Workspaces;

public enum SlackChannelKind
{
    Public,
    Private,
    Direct,
}

/// <summary>What a workspace lets people write in a channel.</summary>
public enum SlackPolicy
{
    Open,
    ReadOnly,
    ThreadOnly,
    NonThreadable,
    ThreadsLocked,

    /// <summary>Only some may post, and the app is not among them.</summary>
    Restricted,
}

/// <summary>One conversation. Its workspace's gate guards every member.</summary>
internal sealed class SlackChannel(string id, string name, SlackChannelKind kind)
{
    private readonly List<SlackMessage> _messages = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _replies = new(StringComparer.Ordinal);

    public string Id { get; set; } = id;

    public string Name { get; set; } = name;

    public SlackChannelKind Kind { get; } = kind;

    /// <summary>Whose direct messages these are; null elsewhere.</summary>
    public SlackPerson? Person { get; init; }

    public string Creator { get; init; } = "";

    public bool IsArchived { get; set; }

    /// <summary>True for a Slack Connect channel, which another company is in too.</summary>
    public bool IsShared { get; set; }

    public SlackPolicy Policy { get; set; }

    public List<string> Members { get; } = [];

    /// <summary>Oldest first, ephemeral and deleted ones too.</summary>
    public IReadOnlyList<SlackMessage> Messages => _messages;

    public void Add(SlackMessage message)
    {
        _places[message.Ts] = _messages.Count;
        _messages.Add(message);
        if (message is { IsReply: true, ThreadTs: { } parent })
        {
            _replies[parent] = RepliesTo(parent) + 1;
        }
    }

    /// <summary>How many replies hang on a message.</summary>
    public int RepliesTo(string ts) => _replies.GetValueOrDefault(ts);

    public SlackMessage? Find(string ts) => _places.TryGetValue(ts, out var place) ? _messages[place] : null;

    public JsonObject ToPage() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["kind"] = Kind switch { SlackChannelKind.Public => "channel", SlackChannelKind.Private => "private", _ => "im" },
        ["person"] = Person?.Key,
        ["is_archived"] = IsArchived,
    };

    public void Replace(SlackMessage message) => _messages[_places[message.Ts]] = message;
}
