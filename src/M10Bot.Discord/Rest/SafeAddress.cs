namespace M10Bot.Discord.Rest;

/// <summary>The token travels only encrypted, or inside this machine.</summary>
internal static class SafeAddress
{
    public static bool MayCarryToken(Uri address) =>
        address.Scheme is "https" or "wss" || (address.Scheme is "http" or "ws" && address.IsLoopback);
}
