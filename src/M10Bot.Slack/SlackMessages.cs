using M10Bot.News.Chat;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack;

/// <summary>The calls that make, change and remove a message, each in its own lane of limits.</summary>
internal sealed partial class SlackMessages(SlackWeb web, TimeProvider time, ILogger<SlackMessages> logger)
{
    /// <summary>With less time left than this a second request is not begun.</summary>
    public static readonly TimeSpan LeastForSecondTry = TimeSpan.FromSeconds(1);

    /// <summary>The card as arguments of chat.postMessage; our key goes along as metadata.</summary>
    public static MessageArguments Of(Destination to, Card card, DeliveryKey key)
    {
        var drawn = DrawnCard.Of(card);
        return new MessageArguments
        {
            Channel = to.Room,
            ThreadTs = to.Thread,
            Text = drawn.Text,
            Blocks = drawn.Blocks,
            Metadata = new MessageMetadata(SlackHistory.EventType, new MetadataPayload(key.Value, card.Version)),
            UnfurlLinks = false,
            UnfurlMedia = false,
            LinkNames = false,
        };
    }

    /// <summary>The same as arguments of chat.update, which takes other ones.</summary>
    public static MessageArguments EditOf(MessageArguments message, Receipt receipt) => message with
    {
        Channel = receipt.Channel,
        Ts = receipt.Message,
        ThreadTs = null,
        UnfurlLinks = null,
        UnfurlMedia = null,
        LinkNames = null,
        Parse = "none",
    };

    /// <summary>What is sent after Slack disliked it: without metadata where that was it, else as text alone.</summary>
    public static MessageArguments Simpler(MessageArguments message, Card card, SlackError error) =>
        error.Code.Contains("metadata", StringComparison.Ordinal)
            ? message with { Metadata = null }
            : message with { Blocks = null, Text = ReadyJson.Of(SlackRenderer.PlainOf(card)) };

    public Task<SlackResult<MessageReply>> PostAsync(string team, MessageArguments message, TimeSpan timeout, CancellationToken ct) =>
        web.CallAsync(
            SlackCall.Json("chat.postMessage", message, SlackJson.Default.MessageArguments) with
            {
                Pace = [new PaceKey(PaceKind.Channel, team, message.Channel), new PaceKey(PaceKind.Post, team)],
                Timeout = timeout,
            },
            SlackJson.Default.MessageReply,
            ct);

    public Task<SlackResult<MessageReply>> UpdateAsync(string team, MessageArguments message, TimeSpan timeout, CancellationToken ct) =>
        web.CallAsync(
            SlackCall.Json("chat.update", message, SlackJson.Default.MessageArguments) with { Pace = [new PaceKey(PaceKind.Update, team)], Timeout = timeout },
            SlackJson.Default.MessageReply,
            ct);

    public Task<SlackResult<SlackReply>> DeleteAsync(string team, Receipt receipt, TimeSpan timeout, CancellationToken ct) =>
        web.CallAsync(
            SlackCall.Json("chat.delete", new DeleteArguments(receipt.Channel, receipt.Message), SlackJson.Default.DeleteArguments) with
            {
                Pace = [new PaceKey(PaceKind.Delete, team)],
                Timeout = timeout,
            },
            SlackJson.Default.SlackReply,
            ct);

    /// <summary>Enters a public channel; false where Slack does not let the bot in.</summary>
    public async Task<bool> JoinAsync(string team, string channel, TimeSpan timeout, CancellationToken ct)
    {
        var call = SlackCall.Json("conversations.join", new JoinArguments(channel), SlackJson.Default.JoinArguments) with
        {
            Pace = [new PaceKey(PaceKind.Rooms, team)],
            Timeout = timeout,
        };
        if (await web.CallAsync(call, SlackJson.Default.SlackReply, ct) is not SlackResult<SlackReply>.Ok)
        {
            return false;
        }

        LogJoined(logger, channel);
        return true;
    }

    /// <summary>The time left of a limit; null where it is too short for a request.</summary>
    public TimeSpan? Left(TimeSpan limit, long since)
    {
        var left = limit - time.GetElapsedTime(since);
        return left >= LeastForSecondTry ? left : null;
    }

    [LoggerMessage(LogLevel.Information, "The bot joined channel {Channel} in order to work there")]
    private static partial void LogJoined(ILogger logger, string channel);
}
