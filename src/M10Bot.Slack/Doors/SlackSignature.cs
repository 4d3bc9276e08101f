using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace M10Bot.Slack.Doors;

/// <summary>Proves that a request comes from Slack: HMAC-SHA256 over the bytes as they came, and not older than five minutes.</summary>
/// <remarks>docs.slack.dev/authentication/verifying-requests-from-slack.</remarks>
internal sealed class SlackSignature(SlackOptions options, TimeProvider time)
{
    private const string Version = "v0";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    // Two while the secret is being changed.
    private readonly byte[][] _secrets = [.. options.SigningSecret.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Encoding.UTF8.GetBytes)];

    public bool IsGood(string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (signature is not { Length: 67 } || !signature.StartsWith(Version + "=", StringComparison.Ordinal)
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > Window.TotalSeconds)
        {
            return false;
        }

        var given = Encoding.ASCII.GetBytes(signature);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{Version}:{timestamp}:"), .. body];
        var isGood = false;
        foreach (var secret in _secrets)
        {
            var expected = Encoding.ASCII.GetBytes($"{Version}={Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed))}");
            isGood |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return isGood;
    }
}
