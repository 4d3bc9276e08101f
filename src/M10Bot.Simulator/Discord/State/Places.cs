namespace M10Bot.Simulator.Discord.State;

/// <summary>A person or the bot.</summary>
/// <param name="Key">The word the page and the tests use.</param>
/// <param name="Role">What the page says beside the name.</param>
internal sealed record Person(string Id, string Key, string Name, string Role, bool IsBot = false)
{
    /// <summary>Refuses direct messages (50007).</summary>
    public bool DirectMessagesClosed { get; set; }
}

internal sealed class Role(string id, string name, ulong permissions)
{
    public string Id => id;

    public string Name => name;

    public ulong Permissions { get; set; } = permissions;

    public bool Mentionable { get; set; }
}

internal sealed record Member(Person Person, List<string> Roles);

internal sealed class Guild(string id, string name, string ownerId)
{
    public string Id => id;

    public string Name => name;

    public string OwnerId => ownerId;

    /// <summary>In an outage: known, and not to be reached.</summary>
    public bool Unavailable { get; set; }

    public List<Role> Roles { get; } = [new Role(id, "@everyone", DiscordPermission.Everyone)];

    public Dictionary<string, Member> Members { get; } = new(StringComparer.Ordinal);

    public List<Channel> Channels { get; } = [];
}

internal sealed record Overwrite(ulong Allow, ulong Deny);

internal sealed class Channel(string id, int type, string name, Guild? guild, Person? recipient)
{
    public const int Text = 0;
    public const int Direct = 1;

    /// <summary>Older ones are forgotten, so that a load test does not fill the memory.</summary>
    private const int Kept = 20_000;

    private readonly Dictionary<string, StoredMessage> _byId = new(StringComparer.Ordinal);

    public string Id => id;

    public int Type => type;

    public string Name => name;

    public Guild? Guild => guild;

    public Person? Recipient => recipient;

    /// <summary>By id of a role or a person.</summary>
    public Dictionary<string, Overwrite> Overwrites { get; } = new(StringComparer.Ordinal);

    /// <summary>Oldest first, with those that were deleted.</summary>
    public List<StoredMessage> Messages { get; } = [];

    public void Add(StoredMessage message)
    {
        Messages.Add(message);
        _byId[message.Id] = message;
        if (Messages.Count < Kept + (Kept / 10))
        {
            return;
        }

        var surplus = Messages.Count - Kept;
        foreach (var old in Messages.Take(surplus))
        {
            _byId.Remove(old.Id);
        }

        Messages.RemoveRange(0, surplus);
    }

    public StoredMessage? Find(string messageId) => _byId.GetValueOrDefault(messageId);
}
