using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Places;

/// <summary>Publishes messages of an announcement channel to those that follow it. Discord allows about ten an hour; the others wait their turn.</summary>
internal sealed class Publishing(DiscordRest rest, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <param name="posted">The message stands.</param>
    /// <param name="flags">Its flags, as Discord told them just now.</param>
    public async Task<PostOutcome.Posted> PublishAsync(PostOutcome.Posted posted, int flags, CancellationToken ct)
    {
        if ((flags & MessageFlags.Crossposted) != 0)
        {
            return posted;
        }

        return await rest.SendAsync(RestCall.Crosspost(posted.Receipt.Channel, posted.Receipt.Message), ct) switch
        {
            RestReply.Done => posted,
            RestReply.NotNow later => posted with { Again = time.GetUtcNow() + later.Wait },
            RestReply.Unseen => posted with { Again = time.GetUtcNow() + Soon },
            RestReply.Failed { Error.Code: 40033 } => posted, // published already
            RestReply.Failed failed => posted with { Flaw = $"The message stands but could not be published to following channels: {DiscordErrors.For(failed.Error).Why}" },
            _ => throw new InvalidOperationException("RestReply is closed."),
        };
    }
}
