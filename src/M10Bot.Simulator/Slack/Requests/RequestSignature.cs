using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace M10Bot.Simulator.Slack.Requests;

/// <summary>The signature over a request's raw bytes (docs.slack.dev/authentication/verifying-requests-from-slack).</summary>
internal static class RequestSignature
{
    /// <returns>Header value of X-Slack-Signature.</returns>
    public static string Of(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        var start = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v0:{timestamp}:"));
        var signed = new byte[start.Length + body.Length];
        start.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(start.Length));
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
