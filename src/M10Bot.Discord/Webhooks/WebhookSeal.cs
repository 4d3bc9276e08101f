using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace M10Bot.Discord.Webhooks;

/// <summary>Encrypts webhooks, each bound to its server: one copied to another does not open there. The keys lie in a folder, not in the database.</summary>
/// <param name="protection">Made when first used: most bots have no webhook, and then need no keys.</param>
internal sealed class WebhookSeal(Lazy<IDataProtectionProvider> protection)
{
    /// <summary>Stands for what is no webhook's URL; whatever it is, it may hold a secret.</summary>
    private const string Nothing = "?";

    /// <summary>What takes the place of a pasted URL before anything is done with it.</summary>
    public string SealUrl(string guild, string url) => Webhook.Parse(url) is { } webhook ? Seal(guild, webhook) : Nothing;

    public string Seal(string guild, Webhook webhook) => Protector(guild).Protect($"{webhook.Id} {webhook.Token} {webhook.Channel}");

    /// <summary>Null where it is none, or of another server, or the keys are not those it was encrypted with.</summary>
    public Webhook? Open(string guild, string text)
    {
        if (text is "" or Nothing)
        {
            return null;
        }

        try
        {
            return Protector(guild).Unprotect(text).Split(' ') is [var id, var token, var channel] ? new Webhook(id, token, channel) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string guild) => protection.Value.CreateProtector("M10Bot.Discord.Webhook", guild);
}
