using M10Bot.Discord.Gateway;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord;

/// <summary>Says in the seam's words how a request to Discord ended.</summary>
internal sealed class Outcomes(GuildBook guilds, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileAway = TimeSpan.FromMinutes(2);

    /// <summary>Why nothing may be sent there at present; null where it may.</summary>
    public PostOutcome? Before(Destination to)
    {
        var isChannel = to.Kind == DestinationKind.Channel;
        return isChannel && guilds.HasLeft(to.Workspace)
            ? new PostOutcome.Refused("The bot was removed from this server.", "Invite the bot again, or leave it as it is.")
            : !AreIds(to) ? new PostOutcome.Refused("This is no place in Discord.", "Subscribe anew in the channel that is meant.")
            : null;
    }

    /// <param name="isRepeatable">True where doing it twice is doing it once.</param>
    public PostOutcome Of(Destination to, RestReply reply, bool isRepeatable) => reply switch
    {
        RestReply.NotNow notNow => Later(notNow.Wait, notNow.Why, notNow.Everywhere),
        RestReply.Unseen unseen => isRepeatable ? Later(Soon, unseen.Why) : new PostOutcome.InDoubt(unseen.Why),
        RestReply.Failed failed => Of(to, failed.Error),
        _ => throw new InvalidOperationException("A request that succeeded has its own outcome."),
    };

    private PostOutcome Of(Destination to, DiscordError error)
    {
        var ruling = DiscordErrors.For(error);
        switch (ruling.Act)
        {
            // What an outage makes Discord say about channels is not true of them.
            case ErrorAct.Suspend or ErrorAct.Leave when guilds.IsAway(to.Workspace) && error.Code is 10003 or 10004 or 50001:
                return Later(WhileAway, "the server has an outage at Discord");
            case ErrorAct.Leave:
                guilds.Left(to.Workspace);
                return new PostOutcome.Refused(ruling.Why, ruling.Remedy);
            case ErrorAct.Retry or ErrorAct.Wait:
                return Later(Soon, ruling.Why.TrimEnd('.'));
            case ErrorAct.Gone:
                return new PostOutcome.Gone();
            case ErrorAct.Decline or ErrorAct.Plainer: // the plainest look was refused too
                return new PostOutcome.Declined(ruling.Why);
            default:
                return new PostOutcome.Refused(ruling.Why, ruling.Remedy);
        }
    }

    private PostOutcome.Deferred Later(TimeSpan wait, string why, bool everywhere = false) => new(time.GetUtcNow() + wait, why, everywhere);

    private static bool AreIds(Destination to) => Snowflake.IsValid(to.Address) && (to.Workspace.Length == 0 || Snowflake.IsValid(to.Workspace));
}
