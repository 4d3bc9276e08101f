using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace M10Bot.News.Wire;

/// <summary>Who signs a push knows the secret, and signed this very body just now.</summary>
/// <remarks>HMAC-SHA256 in hex over the time (Unix seconds), a full stop, and the bytes of the body. docs/newsroom.md.</remarks>
public static class WireSignature
{
    public static string Of(string secret, string time, ReadOnlySpan<byte> body) => Convert.ToHexStringLower(Hash(secret, time, body));

    /// <summary>Why the push is not let in, in words for the sender's developer; null where it is.</summary>
    /// <param name="secrets">Any of them may have signed.</param>
    /// <param name="window">How far the time may be from ours.</param>
    public static string? Refusal(IEnumerable<string> secrets, string? time, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan window)
    {
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return "X-M10-Timestamp must be the time in Unix seconds.";
        }

        if ((DateTimeOffset.FromUnixTimeSeconds(seconds) - now).Duration() > window)
        {
            return $"X-M10-Timestamp is more than {window.TotalSeconds:0} seconds from our clock. Set your clock by NTP and sign anew.";
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isHex = signature?.Length == 2 * given.Length && Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done;
        var isKnown = false;
        foreach (var secret in secrets) // all of them, so that the time taken tells nothing
        {
            isKnown |= isHex && CryptographicOperations.FixedTimeEquals(Hash(secret, time, body), given);
        }

        return isKnown ? null : "X-M10-Signature does not fit. It is the HMAC-SHA256, in hex, of timestamp, full stop and body.";
    }

    private static byte[] Hash(string secret, string time, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(time));
        hash.AppendData("."u8);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
