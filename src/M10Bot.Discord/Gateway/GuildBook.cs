using System.Collections.Concurrent;

namespace M10Bot.Discord.Gateway;

/// <summary>The servers the bot is in, and how each stands.</summary>
internal sealed class GuildBook
{
    private readonly ConcurrentDictionary<string, Presence> _guilds = new(StringComparer.Ordinal);

    private enum Presence
    {
        Here,
        Away,
        Left,
    }

    /// <summary>Discord has an outage there: nothing it says about the server's channels counts.</summary>
    public bool IsAway(string guild) => _guilds.GetValueOrDefault(guild) == Presence.Away;

    /// <summary>The bot was removed: nothing may be sent there any more.</summary>
    public bool HasLeft(string guild) => _guilds.GetValueOrDefault(guild) == Presence.Left;

    /// <summary>True where the bot was not known to be there.</summary>
    public bool Came(string guild)
    {
        var wasKnown = _guilds.TryGetValue(guild, out var before) && before != Presence.Left;
        _guilds[guild] = Presence.Here;
        return !wasKnown;
    }

    public void Away(string guild) => _guilds[guild] = Presence.Away;

    public void Left(string guild) => _guilds[guild] = Presence.Left;
}
