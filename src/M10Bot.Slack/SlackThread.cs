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
    private const string PageSize = "200"; // a distributed app gets fifteen at most
    private const int MostPages = 5;
    private static readonly TimeSpan ProbeWithin = TimeSpan.FromSeconds(3);
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
        var root = to.Thread ?? parent.Message;
        var (mine, until, _) = await MineAsync(to, parent, key, limit, ct);
        if (until is { } later)
        {
            return new PostOutcome.Deferred(later, "Slack's rate limit for reading threads");
        }

        if (mine.Any(m => m.Metadata!.EventPayload!.Version == card.Version))
        {
            return new PostOutcome.Posted(parent);
        }

        var message = SlackMessages.Of(to, card, key) with { Channel = parent.Channel, ThreadTs = root, ReplyBroadcast = isShownInChannel ? true : null };
        var result = messages.Left(limit, since) is { } first ? await messages.PostAsync(to.Workspace, message, first, ct) : null;
        if (to.Thread is not null && result is SlackResult<MessageReply>.Rejected { Error: { Action: SlackAction.Destination } shut })
        {
            return new PostOutcome.Refused(shut.Why, shut.Remedy);
        }

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
    /// <returns>Null where nothing of it stands any more; else what is to become of the delivery.</returns>
    public async Task<PostOutcome?> ClearAsync(Destination to, Receipt parent, Card card, DeliveryKey key, TimeSpan? left, CancellationToken ct)
    {
        if (card.Version <= 2)
        {
            return null; // only the first version was ever shown, and that is the message itself
        }

        if (left is not { } limit)
        {
            return new PostOutcome.Deferred(time.GetUtcNow() + ShortRest, "no time was left to remove the replies");
        }

        var since = time.GetTimestamp();
        var (mine, until, unread) = await MineAsync(to, parent, key, limit, ct);
        if (until is { } later)
        {
            return new PostOutcome.Deferred(later, "Slack's rate limit for reading threads");
        }

        foreach (var reply in mine)
        {
            var result = messages.Left(limit, since) is { } rest ? await messages.DeleteAsync(to.Workspace, new Receipt(parent.Channel, reply.Ts!), rest, ct) : null;
            switch (result)
            {
                case SlackResult<SlackReply>.Ok or SlackResult<SlackReply>.Rejected { Error.Action: SlackAction.Skip }:
                    break;
                case SlackResult<SlackReply>.RateLimited limited:
                    return new PostOutcome.Deferred(limited.Until, limited.Why) { OnlyItsKind = true };
                case SlackResult<SlackReply>.Rejected { Error: var error }:
                    LogLeft(logger, parent.Channel, reply.Ts!, error.Code);
                    return new PostOutcome.Refused($"{error.Why}: a reply to the withdrawn story still stands under it", "Delete the bot's replies there by hand.");
                default:
                    return new PostOutcome.Deferred(time.GetUtcNow() + ShortRest, "the replies could not all be removed yet");
            }
        }

        if (unread is null)
        {
            return null;
        }

        LogLeft(logger, parent.Channel, parent.Message, unread);
        return new PostOutcome.Refused(
            "the message is withdrawn, but the bot may not read the replies under it to remove its own",
            "Delete the bot's replies there by hand, and invite the bot to the channel or reinstall the app with the history scopes of its manifest.");
    }

    /// <summary>Looks whether a thread's first message still stands: a reply to one that is gone may be taken and shown to nobody.</summary>
    /// <returns>Null where it stands, or nothing could be learnt: then the post itself tells.</returns>
    public async Task<SlackResult<MessageReply>?> GoneAsync(string team, string channel, string parent, TimeSpan limit, CancellationToken ct)
    {
        var call = SlackCall.Form("chat.getPermalink", ("channel", channel), ("message_ts", parent)) with
        {
            Pace = [new PaceKey(PaceKind.Links, team)],
            Timeout = limit < ProbeWithin ? limit : ProbeWithin,
        };
        return await web.CallAsync(call, SlackJson.Default.SlackReply, ct) is SlackResult<SlackReply>.Rejected { Error.Code: "message_not_found" }
            ? new SlackResult<MessageReply>.Rejected(SlackErrors.Of("thread_not_found"))
            : null;
    }

    /// <summary>Our replies of this delivery, from its own message on; a thread may be long, and in others' hands.</summary>
    /// <returns>What was found; when to come again; why not all could be read.</returns>
    private async Task<(IReadOnlyList<HistoryMessage> Mine, DateTimeOffset? Later, string? Unread)> MineAsync(
        Destination to, Receipt parent, DeliveryKey key, TimeSpan limit, CancellationToken ct)
    {
        var (since, team, root) = (time.GetTimestamp(), to.Workspace, to.Thread ?? parent.Message);
        var mine = new List<HistoryMessage>();
        var cursor = "";
        for (var page = 0; page < MostPages && messages.Left(limit, since) is { } left; page++)
        {
            var result = await web.CallAsync(Call(team, root, parent, cursor, left), SlackJson.Default.HistoryReply, ct);
            if (result is SlackResult<HistoryReply>.Rejected { Error.Code: "not_in_channel" } && messages.Left(limit, since) is { } second
                && await messages.JoinAsync(team, parent.Channel, second, ct) && messages.Left(limit, since) is { } third)
            {
                result = await web.CallAsync(Call(team, root, parent, cursor, third), SlackJson.Default.HistoryReply, ct);
            }

            switch (result)
            {
                case SlackResult<HistoryReply>.Ok { Reply: { Messages: { } found } reply } when installs.Of(team) is { } self:
                    mine.AddRange(found.Where(m => m.Ts is { Length: > 0 } && m.Ts != parent.Message && SlackHistory.IsOurs(m, key, self)));
                    cursor = reply.ResponseMetadata?.NextCursor ?? "";
                    break;
                case SlackResult<HistoryReply>.RateLimited limited when page == 0:
                    return ([], limited.Until, null);
                case SlackResult<HistoryReply>.Rejected { Error.Code: "thread_not_found" }:
                    return ([], null, null);
                case SlackResult<HistoryReply>.Rejected { Error.Code: var code }:
                    return (mine, null, code);
                default:
                    return (mine, null, "no answer");
            }

            if (cursor.Length == 0)
            {
                return (mine, null, null);
            }
        }

        return (mine, null, "more than could be read in time");
    }

    private static SlackCall Call(string team, string root, Receipt parent, string cursor, TimeSpan left)
    {
        List<(string, string)> fields = [("channel", parent.Channel), ("ts", root), ("limit", PageSize), ("include_all_metadata", "true")];
        if (root != parent.Message)
        {
            fields.Add(("oldest", parent.Message));
        }

        if (cursor.Length > 0)
        {
            fields.Add(("cursor", cursor));
        }

        return SlackCall.Form("conversations.replies", [.. fields]) with { Pace = [new PaceKey(PaceKind.History, team)], Timeout = left };
    }

    private PostOutcome.Deferred Failed(SlackResult<MessageReply>? result) => result switch
    {
        SlackResult<MessageReply>.RateLimited limited => new PostOutcome.Deferred(limited.Until, limited.Why),
        SlackResult<MessageReply>.Ambiguous doubt => new PostOutcome.Deferred(time.GetUtcNow() + options.SettleTime, doubt.Why),
        SlackResult<MessageReply>.Rejected { Error: var error } => new PostOutcome.Deferred(time.GetUtcNow() + (error.After > ShortRest ? error.After : ShortRest), error.Why),
        _ => new PostOutcome.Deferred(time.GetUtcNow() + ShortRest, "the reply could not be sent"),
    };

    [LoggerMessage(LogLevel.Error, "Replies in channel {Channel} ({Ts}) to a withdrawn story could not be removed: {Code}")]
    private static partial void LogLeft(ILogger logger, string channel, string ts, string code);
}
