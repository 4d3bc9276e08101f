using System.Collections.Concurrent;
using M10Bot.Discord.Places;
using M10Bot.Discord.Rest;

namespace M10Bot.Discord.Gateway;

/// <summary>The servers the bot is in, and how each stands.</summary>
internal sealed class GuildBook
{
    private readonly ConcurrentDictionary<string, Presence> _guilds = new(StringComparer.Ordinal);

    // Only those that are no text channels: few, whatever the number of servers.
    private readonly ConcurrentDictionary<ulong, ChannelKind> _kinds = new();

    /// <summary>Raised with a server's id: true where it removed the bot, false where the bot is there.</summary>
    public Action<string, bool>? Changed { get; set; }

    /// <summary>Raised with what the gateway tells of the places that may be served.</summary>
    public Action<PlaceNews>? Heard { get; set; }

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
        Changed?.Invoke(guild, false);
        return !wasKnown;
    }

    public void Away(string guild) => _guilds[guild] = Presence.Away;

    public void Left(string guild)
    {
        var before = _guilds.GetValueOrDefault(guild, Presence.Here);
        _guilds[guild] = Presence.Left;
        if (before != Presence.Left)
        {
            Changed?.Invoke(guild, true);
        }
    }

    /// <summary>What the gateway told of a channel.</summary>
    public void Told(ulong channel, ChannelKind kind)
    {
        if (kind is ChannelKind.Text)
        {
            _kinds.TryRemove(channel, out _);
        }
        else
        {
            _kinds[channel] = kind;
        }
    }

    /// <summary>Null for a channel of a server that this process has not been told of.</summary>
    public ChannelKind? KindOf(string guild, string channel) =>
        Snowflake.TryParse(channel, out var id) && _kinds.TryGetValue(id, out var kind) ? kind
        : _guilds.TryGetValue(guild, out var presence) && presence == Presence.Here ? ChannelKind.Text
        : null;
}
