using System.Text.Json;
using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.SocketMode;

/// <summary>One frame from Slack: hello, disconnect, or something to acknowledge.</summary>
internal sealed record Envelope
{
    public string? Type { get; init; }

    public string? EnvelopeId { get; init; }

    /// <summary>For disconnect; new words appear without notice, so it stays a string.</summary>
    public string? Reason { get; init; }

    public bool AcceptsResponsePayload { get; init; }

    public int? RetryAttempt { get; init; }

    public JsonElement? Payload { get; init; }
}

/// <summary>The answer to an envelope, on the socket that brought it.</summary>
internal sealed record Acknowledgement(string EnvelopeId, AckPayload? Payload = null);

/// <summary>Acknowledges one envelope; false where the socket is gone.</summary>
internal delegate Task<bool> Acknowledge(AckPayload? payload, CancellationToken ct);

/// <summary>Deals with one envelope; acknowledges it within three seconds.</summary>
internal delegate Task HandleEnvelope(Envelope envelope, Acknowledge acknowledge, CancellationToken ct);
