using System.Collections.Concurrent;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Places;

/// <summary>What sort of channel a destination is: told by the gateway, else asked once.</summary>
internal sealed class ChannelKinds(DiscordRest rest, GuildBook guilds)
{
    private readonly ConcurrentDictionary<string, ChannelKind> _asked = new(StringComparer.Ordinal);

    /// <summary>Text where Discord does not tell: then the post itself says what is wrong.</summary>
    public async Task<ChannelKind> OfAsync(Destination to, CancellationToken ct)
    {
        if (to.Kind is not DestinationKind.Channel)
        {
            return ChannelKind.Text;
        }

        if (guilds.KindOf(to.Workspace, to.Address) is { } told)
        {
            return told;
        }

        if (_asked.TryGetValue(to.Address, out var known))
        {
            return known;
        }

        if (await rest.SendAsync(RestCall.GetChannel(to.Address), ct) is not RestReply.Done done
            || DiscordJson.Read(done.Body, DiscordJson.Wire.PlaceWire) is not { } place)
        {
            return ChannelKind.Text;
        }

        return _asked[to.Address] = KindOf(place.Type);
    }

    public static ChannelKind KindOf(int type) => type switch
    {
        5 => ChannelKind.Announcement,
        15 or 16 => ChannelKind.Forum,
        _ => ChannelKind.Text,
    };
}

/// <summary>The sorts of channel that want more than a message.</summary>
internal enum ChannelKind
{
    /// <summary>Text channels, threads, direct messages.</summary>
    Text,

    /// <summary>Its messages can be published to the channels that follow it.</summary>
    Announcement,

    /// <summary>Each story is a post of its own: a thread that begins with the card.</summary>
    Forum,
}
