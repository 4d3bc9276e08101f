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

    public List<Channel> Threads { get; } = [];
}

internal sealed record Overwrite(ulong Allow, ulong Deny);
