using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;

namespace M10Bot.Slack;

/// <summary>Finds out what became of a post: Slack has no idempotency, but keeps our delivery key with the message.</summary>
internal sealed class SlackHistory(SlackWeb web, SlackMessages messages, SlackInstalls installs, SlackOptions options, TimeProvider time)
{
    public const string EventType = "m10_delivery";

    private const int PageSize = 200;
    private const int MostPages = 20;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(10);

    public async Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct)
    {
        if (installs.Of(to.Workspace) is not { } self)
        {
            return Later("the app is not installed there, or Slack has not yet said who the bot is");
        }

        // A message may show in the history only after a while, and reading it is scarce: not before it can be believed.
        var settled = attempted + options.SettleTime;
        if (settled > time.GetUtcNow())
        {
            return new SettleOutcome.Later(settled, "Slack's history needs a moment to be complete");
        }

        var (channel, unopened) = await ChannelOfAsync(to, ct);
        return unopened ?? await ReadAsync(to, channel, key, attempted, self, ct);
    }

    private async Task<SettleOutcome> ReadAsync(Destination to, string channel, DeliveryKey key, DateTimeOffset attempted, SlackInstall self, CancellationToken ct)
    {
        var cursor = "";
        for (var page = 0; page < MostPages; page++)
        {
            var result = await PageAsync(to, channel, attempted, cursor, ct);
            if (result is SlackResult<HistoryReply>.Rejected { Error.Code: "not_in_channel" } && await messages.JoinAsync(to.Workspace, channel, options.RequestTimeout, ct))
            {
                result = await PageAsync(to, channel, attempted, cursor, ct); // it may post there from outside, but only members may read
            }

            if (result is SlackResult<HistoryReply>.Rejected { Error.Code: "thread_not_found" })
            {
                return new SettleOutcome.SafeToRepeat(); // nothing stands in a thread that is gone; the next attempt is refused with the reason
            }

            if (result is not SlackResult<HistoryReply>.Ok { Reply: { Messages: { } found } reply })
            {
                return Unread(result);
            }

            if (found.FirstOrDefault(m => IsOurs(m, key, self)) is { Ts: { Length: > 0 } ts })
            {
                return new SettleOutcome.Found(new Receipt(channel, ts));
            }

            cursor = reply.ResponseMetadata?.NextCursor ?? "";
            if (cursor.Length == 0)
            {
                return reply.HasMore ? Later("Slack gave only a part of the channel's history") : new SettleOutcome.SafeToRepeat();
            }
        }

        return new SettleOutcome.Unknowable("The channel had too many messages around the attempt to look through; look for the story there before sending it again.");
    }

    /// <summary>One message, and in a thread its first one too.</summary>
    public Task<SlackResult<HistoryReply>> OneAsync(Destination to, Receipt receipt, CancellationToken ct)
    {
        List<(string, string)> fields = [("channel", receipt.Channel), ("oldest", receipt.Message), ("latest", receipt.Message), ("inclusive", "true"), ("limit", "2"), ("include_all_metadata", "true")];
        if (to.Thread is { } thread)
        {
            fields.Add(("ts", thread));
        }

        var call = SlackCall.Form(to.Thread is null ? "conversations.history" : "conversations.replies", [.. fields]) with
        {
            Pace = [new PaceKey(PaceKind.History, to.Workspace)],
        };
        return web.CallAsync(call, SlackJson.Default.HistoryReply, ct);
    }

    private Task<SlackResult<HistoryReply>> PageAsync(Destination to, string channel, DateTimeOffset attempted, string cursor, CancellationToken ct) =>
        web.CallAsync(
            SlackCall.Form(to.Thread is null ? "conversations.history" : "conversations.replies", Fields(channel, to.Thread, attempted, cursor)) with
            {
                Pace = [new PaceKey(PaceKind.History, to.Workspace)],
            },
            SlackJson.Default.HistoryReply,
            ct);

    private static IEnumerable<(string Name, string Value)> Fields(string channel, string? thread, DateTimeOffset attempted, string cursor)
    {
        yield return ("channel", channel);
        if (thread is not null)
        {
            yield return ("ts", thread);
        }

        yield return ("oldest", Stamp(attempted - Before));
        yield return ("latest", Stamp(attempted + After));
        yield return ("inclusive", "true");
        yield return ("limit", PageSize.ToString(CultureInfo.InvariantCulture));
        yield return ("include_all_metadata", "true");
        if (cursor.Length > 0)
        {
            yield return ("cursor", cursor);
        }
    }

    /// <summary>A person's messages are in a channel whose id only Slack knows.</summary>
    public async Task<(string Channel, SettleOutcome? Unopened)> ChannelOfAsync(Destination to, CancellationToken ct)
    {
        if (to.Kind == DestinationKind.Channel)
        {
            return (to.Room, null);
        }

        var call = SlackCall.Json("conversations.open", new OpenArguments(to.Address), SlackJson.Default.OpenArguments) with
        {
            Pace = [new PaceKey(PaceKind.Rooms, to.Workspace)],
        };
        var result = await web.CallAsync(call, SlackJson.Default.OpenReply, ct);
        return result is SlackResult<OpenReply>.Ok { Reply.Channel.Id: { Length: > 0 } channel } ? (channel, null) : ("", Unread(result));
    }

    private SettleOutcome Unread<T>(SlackResult<T> result) => result switch
    {
        SlackResult<T>.RateLimited limited => new SettleOutcome.Later(limited.Until, limited.Why),
        SlackResult<T>.Rejected { Error: { Code: "missing_scope" } } => new SettleOutcome.Unknowable(
            "The app may not read this channel's history. Look for the story there before sending it again, and reinstall the app with the history scopes of its manifest."),
        SlackResult<T>.Rejected { Error: { Action: SlackAction.Retry or SlackAction.Move or SlackAction.Team } error } => new SettleOutcome.Later(time.GetUtcNow() + error.After, error.Why),
        SlackResult<T>.Rejected { Error: var error } => new SettleOutcome.Unknowable(
            $"The history cannot be read: {error.Why}. Look for the story there before sending it again."),
        SlackResult<T>.Ambiguous { Why: var why } => Later(why),
        SlackResult<T>.NotSent { Why: var why } => Later(why),
        _ => Later("Slack's answer could not be read"),
    };

    private SettleOutcome.Later Later(string why) => new(time.GetUtcNow() + ShortRest, why);

    /// <summary>Our key, and written by us: any app may copy metadata.</summary>
    public static bool IsOurs(HistoryMessage message, DeliveryKey key, SlackInstall self) =>
        message.Metadata is { EventType: EventType, EventPayload.DeliveryKey: { } found }
        && string.Equals(found, key.Value, StringComparison.Ordinal)
        && IsBy(message, self);

    public static bool IsBy(HistoryMessage message, SlackInstall self) =>
        string.Equals(message.User, self.User, StringComparison.Ordinal)
        || (self.Bot.Length > 0 && string.Equals(message.BotId, self.Bot, StringComparison.Ordinal));

    private static string Stamp(DateTimeOffset at)
    {
        var micros = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000}.{micros % 1_000_000:D6}");
    }
}
