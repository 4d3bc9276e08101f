using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack;

/// <summary>Says a change in the thread under a story's message: where that is wanted, and where Slack forbids the edit itself.</summary>
/// <remarks>
/// Once per version: a reply carries the delivery's key and the version, and is looked for before another is sent. Where the
/// app may not read the thread a reply whose end was not seen is sent again: a doubled correction is better than none.
/// </remarks>
internal sealed partial class SlackThread(
    SlackWeb web, SlackMessages messages, SlackInstalls installs, SlackOptions options, TimeProvider time, ILogger<SlackThread> logger)
{
    private const int PageSize = 15; // what a distributed app gets at most
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(10);

    /// <summary>Posts the card as a reply under the message.</summary>
    /// <returns>Posted with the parent's receipt, or with the new message's where nothing can stand under the parent.</returns>
    public async Task<PostOutcome> SayAsync(
        Destination to, Receipt parent, Card card, DeliveryKey key, bool isShownInChannel, TimeSpan? left, CancellationToken ct)
    {
        if (left is not { } limit)
        {
            return new PostOutcome.Deferred(time.GetUtcNow() + ShortRest, "no time was left to say the change under the message");
        }

        var since = time.GetTimestamp();
        var (mine, until) = await MineAsync(to.Workspace, parent, key, limit, ct);
        if (until is { } later)
        {
            return new PostOutcome.Deferred(later, "Slack's rate limit for reading threads");
        }

        if (mine.Any(m => m.Metadata!.EventPayload!.Version == card.Version))
        {
            return new PostOutcome.Posted(parent);
        }

        var message = SlackMessages.Of(to, card, key) with { Channel = parent.Channel, ThreadTs = parent.Message, ReplyBroadcast = isShownInChannel ? true : null };
        var result = messages.Left(limit, since) is { } first ? await messages.PostAsync(to.Workspace, message, first, ct) : null;
        if (result is SlackResult<MessageReply>.Rejected { Error.Code: "cannot_reply_to_message" or "restricted_action_non_threadable_channel" or "restricted_action_thread_locked" }
            && messages.Left(limit, since) is { } second)
        {
            result = await messages.PostAsync(to.Workspace, message with { ThreadTs = null, ReplyBroadcast = null }, second, ct);
            return result is SlackResult<MessageReply>.Ok { Reply: { Channel: { Length: > 0 } channel, Ts: { Length: > 0 } ts } }
                ? new PostOutcome.Posted(new Receipt(channel, ts))
                : Failed(result);
        }

        return result is SlackResult<MessageReply>.Ok ? new PostOutcome.Posted(parent) : Failed(result);
    }

    /// <summary>Removes what was said under a message; what it said of a withdrawn story must not stay.</summary>
    public async Task ClearAsync(string team, Receipt parent, DeliveryKey key, TimeSpan? left, CancellationToken ct)
    {
        if (left is not { } limit)
        {
            return;
        }

        var since = time.GetTimestamp();
        var (mine, _) = await MineAsync(team, parent, key, limit, ct);
        foreach (var reply in mine)
        {
            if (messages.Left(limit, since) is not { } rest || await messages.DeleteAsync(team, new Receipt(parent.Channel, reply.Ts!), rest, ct) is not SlackResult<SlackReply>.Ok)
            {
                LogLeft(logger, parent.Channel, reply.Ts!);
            }
        }
    }

    private async Task<(IReadOnlyList<HistoryMessage> Mine, DateTimeOffset? Later)> MineAsync(
        string team, Receipt parent, DeliveryKey key, TimeSpan limit, CancellationToken ct)
    {
        var call = SlackCall.Form(
            "conversations.replies",
            ("channel", parent.Channel),
            ("ts", parent.Message),
            ("limit", $"{PageSize}"),
            ("include_all_metadata", "true")) with
        {
            Pace = [new PaceKey(PaceKind.History, team)],
            Timeout = limit,
        };
        return await web.CallAsync(call, SlackJson.Default.HistoryReply, ct) switch
        {
            SlackResult<HistoryReply>.Ok { Reply.Messages: { } found } when installs.Of(team) is { } self =>
                ([.. found.Where(m => m.Ts is { Length: > 0 } && m.Ts != parent.Message && SlackHistory.IsOurs(m, key, self))], null),
            SlackResult<HistoryReply>.RateLimited limited => ([], limited.Until),
            _ => ([], null),
        };
    }

    private PostOutcome.Deferred Failed(SlackResult<MessageReply>? result) => result switch
    {
        SlackResult<MessageReply>.RateLimited limited => new PostOutcome.Deferred(limited.Until, limited.Why),
        SlackResult<MessageReply>.Ambiguous doubt => new PostOutcome.Deferred(time.GetUtcNow() + options.SettleTime, doubt.Why),
        SlackResult<MessageReply>.Rejected { Error: var error } => new PostOutcome.Deferred(time.GetUtcNow() + (error.After > ShortRest ? error.After : ShortRest), error.Why),
        _ => new PostOutcome.Deferred(time.GetUtcNow() + ShortRest, "the reply could not be sent"),
    };

    [LoggerMessage(LogLevel.Error, "A reply in channel {Channel} ({Ts}) to a withdrawn story could not be removed")]
    private static partial void LogLeft(ILogger logger, string channel, string ts);
}
