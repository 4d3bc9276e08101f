using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Webhooks;

/// <summary>Asks Discord what a webhook is before it is kept. Who has its URL may write there; that it is of this server is asked for all the same.</summary>
internal sealed class WebhookLook(DiscordRest rest, WebhookSeal seal, OverWebhooks over)
{
    private const int Incoming = 1;
    private const string CopyAnew = "Copy it anew: Edit Channel, Integrations, Webhooks, Copy Webhook URL.";

    public async Task<WebhookSight> LookAsync(string guild, string text, CancellationToken ct)
    {
        if (seal.Open(guild, text) is not { } webhook)
        {
            return new WebhookSight.Refused("That is no URL of a Discord webhook", CopyAnew);
        }

        var reply = over.Contains(webhook.Id) ? null : await rest.SendAsync(RestCall.GetWebhook(webhook.Id, webhook.Token), ct);
        switch (reply)
        {
            case RestReply.Done done when DiscordJson.Read(done.Body, DiscordJson.Wire.WebhookWire) is { } seen && Snowflake.IsValid(seen.ChannelId):
                return string.Equals(seen.GuildId, guild, StringComparison.Ordinal) && seen.Type == Incoming
                    ? new WebhookSight.Usable(seen.ChannelId!, seal.Seal(guild, webhook with { Channel = seen.ChannelId! }))
                    : new WebhookSight.Refused("The webhook is not of this server", "Take one of a channel of this server, and run the command here.");
            case RestReply.NotNow or RestReply.Unseen or RestReply.Done:
                return new WebhookSight.Refused("Discord can't be asked about the webhook just now", "Try again in a minute.");
            default:
                if (reply is RestReply.Failed { Error.IsWebhookOver: true })
                {
                    over.Add(webhook.Id); // calling it again leads to a ban
                }

                return new WebhookSight.Refused("Discord does not know this webhook", CopyAnew);
        }
    }
}

internal sealed record WebhookWire(int Type, string? GuildId, string? ChannelId);
