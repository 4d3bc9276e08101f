using M10Bot.News.Chat;
using M10Bot.Slack.Requests;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;

namespace M10Bot.Slack;

/// <summary>Makes a receipt of a message's link, once the message is known to stand there and, where it may be read, to be our own.</summary>
internal sealed class SlackLinks(SlackWeb web, SlackHistory history, SlackInstalls installs)
{
    public async Task<LinkOutcome> ReceiptOfAsync(Destination to, DeliveryKey key, string link, CancellationToken ct)
    {
        if (MessageLinks.Read(link) is not { } named)
        {
            return new LinkOutcome.No(LinkFault.NoLink);
        }

        if (installs.Of(to.Workspace) is not { } self)
        {
            return new LinkOutcome.No(LinkFault.NotNow);
        }

        // A channel's id is of one workspace alone, so the link need not be asked for its host.
        var (channel, unopened) = await history.ChannelOfAsync(to, ct);
        if (unopened is not null)
        {
            return new LinkOutcome.No(LinkFault.NotNow);
        }

        if (named.Channel != channel || named.Thread != to.Thread)
        {
            return new LinkOutcome.No(LinkFault.Elsewhere);
        }

        var receipt = new Receipt(channel, named.Ts);
        return await FaultAsync(to, receipt, key, self, ct) is { } fault ? new LinkOutcome.No(fault) : new LinkOutcome.Ours(receipt);
    }

    private async Task<LinkFault?> FaultAsync(Destination to, Receipt receipt, DeliveryKey key, SlackInstall self, CancellationToken ct)
    {
        var known = SlackCall.Form("chat.getPermalink", ("channel", receipt.Channel), ("message_ts", receipt.Message)) with
        {
            Pace = [new PaceKey(PaceKind.Links, to.Workspace)],
        };
        switch (await web.CallAsync(known, SlackJson.Default.SlackReply, ct))
        {
            case SlackResult<SlackReply>.Ok:
                break;
            case SlackResult<SlackReply>.Rejected { Error.Code: "message_not_found" or "channel_not_found" }:
                return LinkFault.NotThere;
            default:
                return LinkFault.NotNow;
        }

        return await history.OneAsync(to, receipt, ct) switch
        {
            SlackResult<HistoryReply>.Ok { Reply.Messages: { } found } => found.FirstOrDefault(m => m.Ts == receipt.Message) switch
            {
                null => LinkFault.NotThere,
                var message when SlackHistory.IsOurs(message, key, self) => null,
                { Metadata: null } message when SlackHistory.IsBy(message, self) => null, // Slack took it without
                _ => LinkFault.NotOurs,
            },

            // It may not be read, which is often why it is in doubt at all. Of a stranger's message Slack refuses the edit.
            SlackResult<HistoryReply>.Rejected { Error.Action: SlackAction.Team or SlackAction.Destination } => null,
            _ => LinkFault.NotNow,
        };
    }
}
