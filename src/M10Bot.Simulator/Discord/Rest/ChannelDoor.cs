using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>Finds what a path names, and refuses where the bot may not see it or it is archived.</summary>
internal sealed class ChannelDoor(World world, ThreadDesk threads)
{
    /// <summary>The refusal, or null and the channel.</summary>
    public Answer? Reach(Call call, out Channel channel)
    {
        channel = null!;
        if (!Snowflakes.IsOne(call["channel"]))
        {
            return Answer.Form("channel_id", "NUMBER_TYPE_COERCE", $"Value \"{call["channel"]}\" is not snowflake.");
        }

        if (!world.Channels.TryGetValue(call["channel"], out var found))
        {
            return Answer.UnknownChannel;
        }

        threads.Settle(found);
        channel = found;
        return (World.PermissionsIn(found, world.Bot) & DiscordPermission.ViewChannel) == 0 ? Answer.MissingAccess : null;
    }

    /// <summary>The refusal, or null and the message.</summary>
    public Answer? Find(Call call, out StoredMessage message)
    {
        message = null!;
        if (Reach(call, out var channel) is { } closed)
        {
            return closed;
        }

        if (!Snowflakes.IsOne(call["message"]))
        {
            return Answer.Form("message_id", "NUMBER_TYPE_COERCE", $"Value \"{call["message"]}\" is not snowflake.");
        }

        if (channel.Find(call["message"]) is not { Deleted: false, EphemeralFor: null } found)
        {
            return Answer.UnknownMessage;
        }

        message = found;
        return null;
    }

    public bool May(Channel channel, ulong permission) => (World.PermissionsIn(channel, world.Bot) & permission) == permission;
}
