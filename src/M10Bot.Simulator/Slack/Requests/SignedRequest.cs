using System.Globalization;
using System.Net.Http.Headers;

namespace M10Bot.Simulator.Slack.Requests;

/// <summary>One POST as Slack signs it, or with one thing wrong on purpose.</summary>
internal static class SignedRequest
{
    private const int TooOld = 301;
    private const int Oversized = 8 * 1024 * 1024;

    public static HttpRequestMessage Build(SlackCore core, Uri url, string contentType, byte[] body, SlackFault? fault)
    {
        var now = core.Time.GetUtcNow().ToUnixTimeSeconds();
        var timestamp = fault switch
        {
            SlackFault.OldTimestamp => now - TooOld,
            SlackFault.FutureTimestamp => now + TooOld,
            _ => now,
        };
        if (fault is SlackFault.OversizedBody)
        {
            Array.Resize(ref body, Oversized);
        }

        var signature = RequestSignature.Of(fault is SlackFault.WrongSignature ? core.NewKey() : core.Options.SlackSigningSecret, timestamp, body);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        if (fault is not SlackFault.MissingSignature)
        {
            request.Headers.Add("X-Slack-Signature", fault is SlackFault.UpperCaseSignature ? "v0=" + signature[3..].ToUpperInvariant() : signature);
        }

        return request;
    }
}
