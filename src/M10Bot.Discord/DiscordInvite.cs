using System.Text;

namespace M10Bot.Discord;

/// <summary>The address at which an admin lets the bot into a server.</summary>
public static class DiscordInvite
{
    /// <summary>View Channels, Send Messages, Send Messages in Threads, Embed Links, Read Message History.</summary>
    private const ulong Permissions = 274_877_991_936;

    public static string Of(string applicationId) =>
        $"https://discord.com/oauth2/authorize?client_id={Uri.EscapeDataString(applicationId)}&scope=bot+applications.commands&permissions={Permissions}";

    /// <summary>The application's id, which stands in the first part of its bot's token; null for what is no token.</summary>
    public static string? ApplicationIn(string token)
    {
        var first = token.Split('.')[0];
        var padded = first.PadRight((first.Length + 3) / 4 * 4, '=');
        Span<byte> bytes = stackalloc byte[64];
        if (padded.Length > 80 || !Convert.TryFromBase64String(padded.Replace('-', '+').Replace('_', '/'), bytes, out var count))
        {
            return null;
        }

        var id = Encoding.ASCII.GetString(bytes[..count]);
        return id.Length is > 0 and <= 20 && id.All(char.IsAsciiDigit) ? id : null;
    }
}
