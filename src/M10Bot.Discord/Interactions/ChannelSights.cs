using M10Bot.News.Chat;

namespace M10Bot.Discord.Interactions;

/// <summary>What the bot may do in the channels that a request names, from what Discord tells along with it.</summary>
internal static class ChannelSights
{
    public static IReadOnlyDictionary<string, ChannelSight> Of(ResolvedWire? resolved)
    {
        var sights = new Dictionary<string, ChannelSight>(StringComparer.Ordinal);
        foreach (var (id, channel) in resolved?.Channels ?? new Dictionary<string, ResolvedChannelWire>(StringComparer.Ordinal))
        {
            if (Rest.Snowflake.IsValid(id) && Permissions.TryRead(channel?.AppPermissions, out var may))
            {
                sights[id] = new ChannelSight(Permissions.RightsOf(Permissions.Lacking(may, channel!.Type)))
                {
                    Parent = channel.IsThread ? channel.ParentId : null,
                };
            }
        }

        return sights;
    }
}
