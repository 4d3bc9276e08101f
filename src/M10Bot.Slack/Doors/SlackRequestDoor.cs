using System.Globalization;
using System.Text.Json;
using M10Bot.News.Doors;
using M10Bot.Slack.Requests;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Doors;

/// <summary>One of the request URLs of the manifest: events, commands, interactivity, options. The same requests as over a socket, signed.</summary>
/// <remarks>docs.slack.dev/apis/events-api/using-http-request-urls. Retries are known again by their ids, not by their headers: the first try may never have come.</remarks>
internal sealed partial class SlackRequestDoor(
    string path,
    string kind,
    SlackSignature signature,
    SlackRequests requests,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<SlackRequestDoor> logger) : IHttpDoor
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2.5); // Slack waits for three

    public IReadOnlyList<string> Methods { get; } = ["POST"];

    public string Path => path;

    public int MaxBytes => 1024 * 1024;

    public async Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct)
    {
        var isEvent = string.Equals(kind, "events_api", StringComparison.Ordinal);
        var form = isEvent ? [] : FormBody.Read(request.Body.Span);
        if (form.GetValueOrDefault("ssl_check") is "1")
        {
            return DoorReply.Bare(200); // Slack looks whether the certificate is good; nothing of it is read
        }

        if (!signature.IsGood(request.Headers.GetValueOrDefault("X-Slack-Request-Timestamp"), request.Headers.GetValueOrDefault("X-Slack-Signature"), request.Body.Span))
        {
            LogUnsigned(logger, path);
            return DoorReply.Bare(401);
        }

        if (Payload(isEvent, request.Body, form) is not { ValueKind: JsonValueKind.Object } payload)
        {
            return DoorReply.Bare(400);
        }

        if (Text(payload, "type") is "url_verification" && Text(payload, "challenge") is { } challenge)
        {
            return DoorReply.Text(200, challenge);
        }

        var envelope = new Envelope
        {
            Type = kind,
            EnvelopeId = Text(payload, "event_id") is { } id ? $"{path}:{id}" : $"{path}:{request.Headers.GetValueOrDefault("X-Slack-Signature")}",
            AcceptsResponsePayload = !isEvent,
            RetryAttempt = int.TryParse(request.Headers.GetValueOrDefault("X-Slack-Retry-Num"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : null,
            Payload = payload,
        };
        return await AnswerAsync(envelope, ct);
    }

    // What goes on after the answer ends with the process, not with the request.
    private async Task<DoorReply> AnswerAsync(Envelope envelope, CancellationToken ct)
    {
        var answered = new TaskCompletionSource<AckPayload?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = WorkAsync(envelope, answered);
        try
        {
            var payload = await answered.Task.WaitAsync(AnswerWithin, time, ct);
            return payload is null ? DoorReply.Bare(200) : DoorReply.Json(200, JsonSerializer.SerializeToUtf8Bytes(payload, SlackJson.Default.AckPayload));
        }
        catch (TimeoutException)
        {
            LogLate(logger, path);
            return DoorReply.Bare(200);
        }
    }

    private async Task WorkAsync(Envelope envelope, TaskCompletionSource<AckPayload?> answered)
    {
        try
        {
            await Task.Yield();
            await requests.HandleAsync(envelope, (payload, _) => Task.FromResult(answered.TrySetResult(payload)), lifetime.ApplicationStopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e, path);
        }
        catch (OperationCanceledException)
        {
            LogStopped(logger, path);
        }
        finally
        {
            answered.TrySetResult(null);
        }
    }

    private static JsonElement? Payload(bool isEvent, ReadOnlyMemory<byte> body, Dictionary<string, string> form)
    {
        try
        {
            if (isEvent)
            {
                return JsonSerializer.Deserialize(body.Span, SlackJson.Default.JsonElement);
            }

            return form.TryGetValue("payload", out var payload)
                ? JsonSerializer.Deserialize(payload, SlackJson.Default.JsonElement)
                : JsonSerializer.SerializeToElement(form, SlackJson.Default.DictionaryStringString);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [LoggerMessage(LogLevel.Warning, "A request at {Path} was not signed by Slack, or too old, and is refused. If it was Slack: is Slack:SigningSecret that of the app, and is this machine's clock right?")]
    private static partial void LogUnsigned(ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "A request at {Path} was answered before its work had an end")]
    private static partial void LogLate(ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "A request at {Path} was unfinished when the bot stopped")]
    private static partial void LogStopped(ILogger logger, string path);

    [LoggerMessage(LogLevel.Error, "A request at {Path} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string path);
}
