using System.Globalization;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Interactions;

/// <summary>What the bot may do in the channels that a request names, from what Discord tells along with it.</summary>
internal static class ChannelSights
{
    private const ulong Administrator = 1UL << 3;

    private static readonly (ulong Bit, ChatRight Right)[] InChannels =
    [
        (1UL << 10, ChatRight.ViewChannel),
        (1UL << 11, ChatRight.SendMessages),
        (1UL << 14, ChatRight.EmbedLinks),
        (1UL << 16, ChatRight.ReadHistory),
    ];

    private static readonly (ulong Bit, ChatRight Right)[] InThreads =
    [
        (1UL << 10, ChatRight.ViewChannel),
        (1UL << 38, ChatRight.SendInThreads),
        (1UL << 14, ChatRight.EmbedLinks),
        (1UL << 16, ChatRight.ReadHistory),
    ];

    public static IReadOnlyDictionary<string, ChannelSight> Of(ResolvedWire? resolved)
    {
        var sights = new Dictionary<string, ChannelSight>(StringComparer.Ordinal);
        foreach (var (id, channel) in resolved?.Channels ?? new Dictionary<string, ResolvedChannelWire>(StringComparer.Ordinal))
        {
            if (Snowflake.IsValid(id) && ulong.TryParse(channel?.AppPermissions, NumberStyles.None, CultureInfo.InvariantCulture, out var may))
            {
                sights[id] = new ChannelSight(Lacking(may, channel.Type));
            }
        }

        return sights;
    }

    private static IReadOnlyList<ChatRight> Lacking(ulong may, int type) => (may & Administrator) != 0
        ? []
        : [.. (type is 10 or 11 or 12 ? InThreads : type is 15 ? [.. InChannels, (1UL << 38, ChatRight.SendInThreads)] : InChannels).Where(r => (may & r.Bit) == 0).Select(r => r.Right)];
}
