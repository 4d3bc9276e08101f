using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack;

/// <summary>Cards in Slack: posted with chat.postMessage, edited and withdrawn with chat.update.</summary>
internal sealed partial class SlackPlatform(
    SlackMessages messages,
    SlackThread thread,
    SlackInstalls installs,
    SlackHistory history,
    SlackLinks links,
    SlackOutcomes outcomes,
    SlackOptions options,
    TimeProvider time,
    ILogger<SlackPlatform> logger) : IChatPlatform
{
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(5);

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
        if (to.Thread is { } parent && await thread.GoneAsync(to.Workspace, to.Room, parent, options.RequestTimeout, ct) is { } gone)
        {
            return outcomes.Of(to.Workspace, gone, edited: null);
        }

        if (messages.Left(options.RequestTimeout, since) is not { } first)
        {
            return new PostOutcome.Deferred(time.GetUtcNow() + SlackMessages.LeastForSecondTry, "the look at its thread took all the time there was");
        }

        var message = SlackMessages.Of(to, card, key);
        var result = await messages.PostAsync(to.Workspace, message, first, ct);
        if (result is SlackResult<MessageReply>.Rejected { Error: var error } && messages.Left(options.RequestTimeout, since) is { } left)
        {
            result = error switch
            {
                { Code: "not_in_channel" } => await JoinAndPostAsync(to, message, result, left, ct),
                { Action: SlackAction.Fix } => await messages.PostAsync(to.Workspace, SlackMessages.Simpler(message, card, error), left, ct),
                _ => result,
            };
        }

        return outcomes.Of(to.Workspace, result, edited: null);
    }

    public async Task<PostOutcome> EditAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (Absent(to) is { } absent)
        {
            return absent;
        }

        var since = time.GetTimestamp();
        var result = await UpdateAsync(to, receipt, card, key, ct);
        var isCorrection = card.Kicker?.State == CardState.Corrected;
        if (result is SlackResult<MessageReply>.Rejected { Error: { IsFrozen: true } error })
        {
            LogFrozen(logger, to, error.Code);
            return await thread.SayAsync(to, receipt, card, key, isCorrection && options.BroadcastCorrections, messages.Left(options.RequestTimeout, since), ct);
        }

        var outcome = outcomes.Of(to.Workspace, result, receipt);
        return outcome is PostOutcome.Posted && SpeaksInThread(to) && card.Reply is { } reply
            ? await thread.SayAsync(to, receipt, reply, key, isCorrection && options.BroadcastCorrections, messages.Left(options.RequestTimeout, since), ct)
            : outcome;
    }

    public async Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (Absent(to) is { } absent)
        {
            return absent;
        }

        // Whatever the card still holds of the story must not go out again.
        var bare = card with { Link = null, Points = [], WhatIsNew = null, Items = [], Actions = [] };
        var since = time.GetTimestamp();
        var result = await UpdateAsync(to, receipt, bare, key, ct);
        if (result is SlackResult<MessageReply>.Rejected { Error.IsFrozen: true } && messages.Left(options.RequestTimeout, since) is { } left)
        {
            return await DeleteAsync(to, receipt, bare, key, left, ct);
        }

        var outcome = outcomes.Of(to.Workspace, result, receipt);
        return outcome is PostOutcome.Posted && SpeaksInThread(to)
            ? await thread.ClearAsync(to, receipt, card, key, messages.Left(options.RequestTimeout, since), ct) ?? outcome
            : outcome;
    }

    public Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct) =>
        history.SettleAsync(to, key, attempted, ct);

    public Task<LinkOutcome> ReceiptOfAsync(Destination to, DeliveryKey key, string link, CancellationToken ct) =>
        links.ReceiptOfAsync(to, key, link, ct);

    // Whoever reads a thread sees what is said in it; that an earlier reply was edited is seen by nobody.
    private bool SpeaksInThread(Destination to) => options.UpdatesInThread || to.Thread is not null;

    // Where Slack forbids the edit, no message is better than a wrong one.
    private async Task<PostOutcome> DeleteAsync(Destination to, Receipt receipt, Card bare, DeliveryKey key, TimeSpan left, CancellationToken ct)
    {
        var since = time.GetTimestamp();
        var result = await messages.DeleteAsync(to.Workspace, receipt, left, ct);
        var rest = messages.Left(left, since);
        switch (result)
        {
            case SlackResult<SlackReply>.Ok or SlackResult<SlackReply>.Rejected { Error.Action: SlackAction.Skip }:
                return await thread.ClearAsync(to, receipt, bare, key, rest, ct) ?? new PostOutcome.Gone(); // replies stay under a placeholder
            case SlackResult<SlackReply>.Rejected { Error: { IsFrozen: true } error }:
                await thread.SayAsync(to, receipt, bare, key, isShownInChannel: true, rest, ct);
                return new PostOutcome.Refused(
                    $"{error.Why}, nor delete it; the withdrawal stands under it as a reply",
                    "Delete the message by hand, then run /m10 channel test there.");
            default:
                return outcomes.Of(to.Workspace, result, receipt);
        }
    }

    private async Task<SlackResult<MessageReply>> UpdateAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        var since = time.GetTimestamp();
        var message = SlackMessages.EditOf(SlackMessages.Of(to, card, key), receipt);
        var result = await messages.UpdateAsync(to.Workspace, message, options.RequestTimeout, ct);
        return result is SlackResult<MessageReply>.Rejected { Error: { Action: SlackAction.Fix } error } && messages.Left(options.RequestTimeout, since) is { } left
            ? await messages.UpdateAsync(to.Workspace, SlackMessages.Simpler(message, card, error), left, ct)
            : result;
    }

    private async Task<SlackResult<MessageReply>> JoinAndPostAsync(
        Destination to,
        MessageArguments message,
        SlackResult<MessageReply> refused,
        TimeSpan left,
        CancellationToken ct)
    {
        var since = time.GetTimestamp();
        return await messages.JoinAsync(to.Workspace, to.Room, left, ct) && messages.Left(left, since) is { } remaining
            ? await messages.PostAsync(to.Workspace, message, remaining, ct)
            : refused;
    }

    /// <summary>Null where nothing stands in the way.</summary>
    private PostOutcome? Absent(Destination to) => (installs.Of(to.Workspace), installs.IsKnown) switch
    {
        ({ }, _) => null,
        (null, false) => new PostOutcome.Deferred(time.GetUtcNow() + ShortRest, "Slack has not yet said who the bot is", WholeLane: true),
        _ when installs.IsSingle => new PostOutcome.Refused(
            "the bot's Slack token belongs to another workspace",
            "Install the app in this workspace and set its bot token, or remove the channel."),
        _ => outcomes.Away(to.Workspace, "The workspace has removed the app. It is served again once an admin installs it from the bot's page"),
    };

    [LoggerMessage(LogLevel.Warning, "Slack does not let the bot edit its message in {Destination} ({Code}); the change is said under it")]
    private static partial void LogFrozen(ILogger logger, Destination destination, string code);
}
