using M10Bot.News.Chat;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack;

/// <summary>Cards in Slack: posted with chat.postMessage, edited and withdrawn with chat.update.</summary>
internal sealed partial class SlackPlatform(
    SlackWeb web,
    SlackSession session,
    SlackHistory history,
    SlackOptions options,
    TimeProvider time,
    ILogger<SlackPlatform> logger) : IChatPlatform
{
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutageRest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeastForSecondTry = TimeSpan.FromSeconds(1);

    public Platform Platform => Platform.Slack;

    public TimeSpan RequestTimeout => options.RequestTimeout;

    public LanePace Pace { get; } = new(
        new Rate(options.WorkspacePostsPerSecond, options.WorkspacePostsBurst),
        new Rate(options.UpdatesPerMinute / 60.0, options.UpdatesBurst));

    public string LaneOf(Destination destination) => $"slack/{destination.Workspace}";

    public async Task<PostOutcome> PostAsync(Destination to, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (Absent(to) is { } absent)
        {
            return absent;
        }

        var since = time.GetTimestamp();
        var message = PostOf(to, card, key);
        var result = await PostAsync(to, message, options.RequestTimeout, ct);
        if (result is SlackResult<MessageReply>.Rejected { Error: var error } && Left(since) is { } left)
        {
            result = error switch
            {
                { Code: "not_in_channel" } => await JoinAndPostAsync(to, message, result, left, ct),
                { Action: SlackAction.Fix } => await PostAsync(to, Simpler(message, card, error), left, ct),
                _ => result,
            };
        }

        return OutcomeOf(result, edited: null);
    }

    public Task<PostOutcome> EditAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        ReplaceAsync(to, receipt, card, key, ct);

    public async Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        // Whatever the card still holds of the story must not go out again.
        var bare = card with { Link = null, Points = [], WhatIsNew = null, Items = [], Actions = [] };
        var since = time.GetTimestamp();
        var outcome = await ReplaceAsync(to, receipt, bare, key, ct);
        if (outcome is not PostOutcome.Refused || Left(since) is not { } left)
        {
            return outcome;
        }

        // Where Slack forbids the edit, no message is better than a wrong one.
        var call = SlackCall.Json("chat.delete", new DeleteArguments(receipt.Channel, receipt.Message), SlackJson.Default.DeleteArguments) with
        {
            Pace = [new PaceKey(PaceKind.Delete, to.Workspace)],
            Timeout = left,
        };
        var deleted = await web.CallAsync(call, SlackJson.Default.SlackReply, ct);
        return deleted switch
        {
            SlackResult<SlackReply>.Ok or SlackResult<SlackReply>.Rejected { Error.Action: SlackAction.Skip } => new PostOutcome.Gone(),
            SlackResult<SlackReply>.Rejected => outcome,
            _ => OutcomeOf(deleted, receipt),
        };
    }

    public Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct) =>
        history.SettleAsync(to, key, attempted, ct);

    private async Task<PostOutcome> ReplaceAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (Absent(to) is { } absent)
        {
            return absent;
        }

        var since = time.GetTimestamp();
        var message = PostOf(to, card, key) with
        {
            Channel = receipt.Channel,
            Ts = receipt.Message,
            UnfurlLinks = null,
            UnfurlMedia = null,
            LinkNames = null,
            Parse = "none",
        };
        var result = await UpdateAsync(to, message, options.RequestTimeout, ct);
        if (result is SlackResult<MessageReply>.Rejected { Error: { Action: SlackAction.Fix } error } && Left(since) is { } left)
        {
            result = await UpdateAsync(to, Simpler(message, card, error), left, ct);
        }

        return OutcomeOf(result, receipt);
    }

    private static MessageArguments PostOf(Destination to, Card card, DeliveryKey key)
    {
        var message = SlackRenderer.Render(card);
        return new MessageArguments
        {
            Channel = to.Address,
            Text = message.Text,
            Blocks = message.Blocks,
            Metadata = new MessageMetadata(SlackHistory.EventType, new MetadataPayload(key.Value, card.Version)),
            UnfurlLinks = false,
            UnfurlMedia = false,
            LinkNames = false,
        };
    }

    private Task<SlackResult<MessageReply>> PostAsync(Destination to, MessageArguments message, TimeSpan timeout, CancellationToken ct) =>
        web.CallAsync(
            SlackCall.Json("chat.postMessage", message, SlackJson.Default.MessageArguments) with
            {
                Pace = [new PaceKey(PaceKind.Channel, to.Workspace, to.Address), new PaceKey(PaceKind.Post, to.Workspace)],
                Timeout = timeout,
            },
            SlackJson.Default.MessageReply,
            ct);

    private Task<SlackResult<MessageReply>> UpdateAsync(Destination to, MessageArguments message, TimeSpan timeout, CancellationToken ct) =>
        web.CallAsync(
            SlackCall.Json("chat.update", message, SlackJson.Default.MessageArguments) with
            {
                Pace = [new PaceKey(PaceKind.Update, to.Workspace)],
                Timeout = timeout,
            },
            SlackJson.Default.MessageReply,
            ct);

    private async Task<SlackResult<MessageReply>> JoinAndPostAsync(
        Destination to,
        MessageArguments message,
        SlackResult<MessageReply> refused,
        TimeSpan left,
        CancellationToken ct)
    {
        var since = time.GetTimestamp();
        var join = SlackCall.Json("conversations.join", new JoinArguments(to.Address), SlackJson.Default.JoinArguments) with
        {
            Pace = [new PaceKey(PaceKind.Rooms, to.Workspace)],
            Timeout = left,
        };
        if (await web.CallAsync(join, SlackJson.Default.SlackReply, ct) is not SlackResult<SlackReply>.Ok)
        {
            return refused;
        }

        LogJoined(logger, to);
        var remaining = left - time.GetElapsedTime(since);
        return remaining >= LeastForSecondTry ? await PostAsync(to, message, remaining, ct) : refused;
    }

    private static MessageArguments Simpler(MessageArguments message, Card card, SlackError error) =>
        error.Code.Contains("metadata", StringComparison.Ordinal)
            ? message with { Metadata = null }
            : message with { Blocks = null, Text = SlackRenderer.PlainOf(card) };

    /// <summary>Null where nothing stands in the way.</summary>
    private PostOutcome? Absent(Destination to) => session.Identity switch
    {
        null => new PostOutcome.Deferred(time.GetUtcNow() + ShortRest, "Slack has not yet said who the bot is", WholeLane: true),
        { Team: var team } when !string.Equals(team, to.Workspace, StringComparison.Ordinal) => new PostOutcome.Refused(
            "the bot's Slack token belongs to another workspace",
            "Install the app in this workspace and set its bot token, or remove the channel."),
        _ => null,
    };

    private TimeSpan? Left(long since)
    {
        var left = options.RequestTimeout - time.GetElapsedTime(since);
        return left >= LeastForSecondTry ? left : null;
    }

    /// <param name="edited">The message edited, which is harmless to repeat; null for a post, which is not.</param>
    private PostOutcome OutcomeOf<T>(SlackResult<T> result, Receipt? edited)
    {
        var now = time.GetUtcNow();
        return result switch
        {
            SlackResult<T>.Ok { Reply: MessageReply { Channel: { Length: > 0 } channel, Ts: { Length: > 0 } ts } } => new PostOutcome.Posted(new Receipt(channel, ts)),
            SlackResult<T>.Ok when edited is not null => new PostOutcome.Posted(edited),
            SlackResult<T>.RateLimited limited => new PostOutcome.Deferred(limited.Until, limited.Why),
            SlackResult<T>.NotSent broken => new PostOutcome.Deferred(now + OutageRest, broken.Why, WholeLane: true),
            SlackResult<T>.Ambiguous doubt when edited is not null => new PostOutcome.Deferred(now + ShortRest, doubt.Why),
            SlackResult<T>.Ambiguous doubt => new PostOutcome.InDoubt(doubt.Why),
            SlackResult<T>.Rejected { Error: var error } => OutcomeOf(error, now),
            _ => new PostOutcome.InDoubt("Slack's answer named no message"),
        };
    }

    private static PostOutcome OutcomeOf(SlackError error, DateTimeOffset now) => error.Action switch
    {
        SlackAction.Skip => new PostOutcome.Gone(),
        SlackAction.Retry => new PostOutcome.Deferred(now + error.After, error.Why, WholeLane: true),
        SlackAction.Team => new PostOutcome.Deferred(now + error.After, $"{error.Why}. {error.Remedy}", WholeLane: true),
        _ => new PostOutcome.Refused(error.Why, error.Remedy),
    };

    [LoggerMessage(LogLevel.Information, "The bot joined {Destination} in order to post there")]
    private static partial void LogJoined(ILogger logger, Destination destination);
}
