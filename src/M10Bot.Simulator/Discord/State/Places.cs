namespace M10Bot.Simulator.Discord.State;

/// <summary>A person or the bot.</summary>
/// <param name="Key">The word the page and the tests use.</param>
/// <param name="Role">What the page says beside the name.</param>
internal sealed record Person(string Id, string Key, string Name, string Role, bool IsBot = false)
{
    /// <summary>Refuses direct messages (50007).</summary>
    public bool DirectMessagesClosed { get; set; }

    /// <summary>The application is in this person's own list and goes with them everywhere.</summary>
    public bool HasInstalledBot { get; set; }

    /// <summary>The language of the person's client.</summary>
    public string Locale { get; set; } = "en-US";
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

    /// <summary>Texts that AutoMod keeps out (200000).</summary>
    public List<string> BlockedWords { get; } = [];

    public bool Has(Person person) => Members.ContainsKey(person.Id);

    public List<Channel> Threads { get; } = [];
}

internal sealed record Overwrite(ulong Allow, ulong Deny);

/// <param name="Face">Who its messages are by.</param>
/// <param name="IsOfApplication">The bot made it, not a person in the channel's settings: only then may it send what can be pressed.</param>
internal sealed record Webhook(string Id, string Token, Channel Channel, Person Face, bool IsOfApplication)
{
    /// <summary>As Discord's client copies it.</summary>
    public string Url => $"https://discord.com/api/webhooks/{Id}/{Token}";
}
