using System.Text.RegularExpressions;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Webhooks;
using M10Bot.News.Chat;

namespace M10Bot.Discord;

/// <summary>Makes a receipt of a message's link, once the message is known to stand there and, where it may be read, to be our own.</summary>
internal sealed partial class MessageLinks(DiscordRest rest, WebhookAccess webhooks)
{
    /// <param name="to">What the delivery was for.</param>
    /// <param name="channel">Its channel, of a person the direct messages.</param>
    /// <param name="key">The delivery's.</param>
    /// <param name="link">Outside text.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<LinkOutcome> ReceiptOfAsync(Destination to, string channel, DeliveryKey key, string link, CancellationToken ct)
    {
        if (Link().Match(link.Trim()) is not { Success: true } named)
        {
            return new LinkOutcome.No(LinkFault.NoLink);
        }

        var guild = to.Kind is DestinationKind.Person ? "@me" : to.Workspace;
        var receipt = new Receipt(named.Groups["channel"].Value, named.Groups["message"].Value);
        if (named.Groups["guild"].Value != guild || (receipt.Channel != channel && !await IsPostOfForumAsync(channel, receipt, ct)))
        {
            return new LinkOutcome.No(LinkFault.Elsewhere);
        }

        return to.Webhook is not null && webhooks.Seal.Open(to.Workspace, to.Webhook) is { } webhook && !webhooks.Over.Contains(webhook.Id)
            ? await OfWebhookAsync(webhook, receipt, key, ct)
            : await OfBotAsync(receipt, key, unread: null, ct);
    }

    // Only the webhook itself is shown its messages whole, and it is shown no others.
    private async Task<LinkOutcome> OfWebhookAsync(Webhook webhook, Receipt receipt, DeliveryKey key, CancellationToken ct)
    {
        switch (await rest.SendAsync(RestCall.GetByWebhook(webhook.Id, webhook.Token, webhook.ThreadOf(receipt.Channel), receipt.Message), ct))
        {
            case RestReply.Done done when DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire) is { } seen:
                var isOurs = Mark.IsIn(seen.Components, Mark.OfKey(key)) || (IsPlain(seen) && string.Equals(seen.Author?.Id, webhook.Id, StringComparison.Ordinal));
                return isOurs ? new LinkOutcome.Ours(webhook.Receipt(receipt.Channel, receipt.Message)) : new LinkOutcome.No(LinkFault.NotOurs);
            case RestReply.Failed:
                return await OfBotAsync(receipt, key, LinkFault.NotThere, ct); // the bot may have written it before there was a webhook
            default:
                return new LinkOutcome.No(LinkFault.NotNow);
        }
    }

    /// <param name="unread">What is wrong with a message that the bot may not read. Null for nothing: that is why it is in doubt at all, and of a stranger's message Discord refuses the edit.</param>
    private async Task<LinkOutcome> OfBotAsync(Receipt receipt, DeliveryKey key, LinkFault? unread, CancellationToken ct) =>
        await FaultAsync(receipt, key, unread, ct) is { } fault ? new LinkOutcome.No(fault) : new LinkOutcome.Ours(receipt);

    // In a forum each story is a thread of its own, whose first message has the thread's id.
    private async Task<bool> IsPostOfForumAsync(string forum, Receipt receipt, CancellationToken ct) =>
        receipt.Channel == receipt.Message
        && await rest.SendAsync(RestCall.GetChannel(receipt.Channel), ct) is RestReply.Done done
        && DiscordJson.Read(done.Body, DiscordJson.Wire.ChannelWire)?.ParentId == forum;

    private async Task<LinkFault?> FaultAsync(Receipt receipt, DeliveryKey key, LinkFault? unread, CancellationToken ct)
    {
        switch (await rest.SendAsync(RestCall.GetMessage(receipt.Channel, receipt.Message), ct))
        {
            case RestReply.Done done when DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire) is { } seen:
                return Mark.IsIn(seen.Components, Mark.OfKey(key)) ? null : await FaultOfUnmarkedAsync(seen, ct);
            case RestReply.Failed { Error.Status: 404 }:
                return LinkFault.NotThere;
            case RestReply.Failed { Error.Status: 403 }:
                return unread;
            default:
                return LinkFault.NotNow;
        }
    }

    // The plainer looks carry no mark.
    private async Task<LinkFault?> FaultOfUnmarkedAsync(MessageWire seen, CancellationToken ct)
    {
        if (!IsPlain(seen))
        {
            return LinkFault.NotOurs;
        }

        return await rest.SendAsync(RestCall.GetSelf(), ct) is RestReply.Done done && DiscordJson.Read(done.Body, DiscordJson.Wire.SelfWire)?.Id is { } self
            ? seen.Author?.Id == self ? null : LinkFault.NotOurs
            : LinkFault.NotNow;
    }

    private static bool IsPlain(MessageWire seen) => (seen.Flags & MessageFlags.ComponentsV2) == 0;

    [GeneratedRegex(
        @"\A<?https://((ptb|canary)\.)?discord(app)?\.com/channels/(?<guild>@me|[0-9]{1,20})/(?<channel>[0-9]{1,20})/(?<message>[0-9]{1,20})/?>?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Link();
}
