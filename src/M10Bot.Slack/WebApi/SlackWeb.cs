using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using M10Bot.News.Chat;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.Workspaces;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.WebApi;

/// <summary>Slack's Web API over HTTP. Faults of Slack and of the network become results here, once.</summary>
internal sealed partial class SlackWeb(
    HttpClient http,
    SlackOptions options,
    SlackPace pace,
    SlackInstalls installs,
    TimeProvider time,
    Random random,
    ILogger<SlackWeb> logger)
{
    private static readonly TimeSpan UnsaidRetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private readonly string _base = options.ApiBase.AbsoluteUri.TrimEnd('/') + "/";
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);

    public async Task<SlackResult<T>> CallAsync<T>(SlackCall call, JsonTypeInfo<T> shape, CancellationToken ct)
        where T : SlackReply
    {
        var since = time.GetTimestamp();
        var timeout = call.Timeout ?? options.RequestTimeout;
        using var limit = new CancellationTokenSource(timeout, time);
        await using var callers = ct.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        using var content = new SentContent(call.Body, call.MediaType, time, since, timeout);
        if (AuthorizationOf(call) is not { } authorization)
        {
            return new SlackResult<T>.NotSent("the app is not installed in this workspace");
        }

        try
        {
            if (await pace.EnterAsync(call.Pace, limit.Token) is { } wait)
            {
                return new SlackResult<T>.RateLimited(wait.Until, $"the bot's own pace for {call.Method}", wait.IsWide);
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(call));
            request.Content = content;
            request.Headers.Authorization = authorization;
            using var response = await http.SendAsync(request, limit.Token);
            return await ReadAsync(call, response, shape, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Broken<T>(call, content, "no answer in time");
        }
        catch (HttpRequestException e)
        {
            return Broken<T>(call, content, $"the connection failed ({e.HttpRequestError})");
        }
        catch (IOException)
        {
            return Broken<T>(call, content, "the connection broke");
        }
    }

    /// <summary>Answers a person through the address Slack gave with the request; no token goes there.</summary>
    public async Task<bool> RespondAsync(Uri address, ReplyMessage message, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var call = SlackCall.Json("response_url", message, SlackJson.Default.ReplyMessage);
        using var content = new SentContent(call.Body, call.MediaType, time, time.GetTimestamp(), options.RequestTimeout);
        try
        {
            using var response = await http.PostAsync(address, content, either.Token);
            if (response.IsSuccessStatusCode)
            {
                return true;
            }

            LogUnanswered(logger, (int)response.StatusCode);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LogUnanswered(logger, 0);
        }
        catch (HttpRequestException)
        {
            LogUnanswered(logger, 0);
        }

        return false;
    }

    private Uri AddressOf(SlackCall call) => _addresses.GetOrAdd(call.Method, static (method, root) => new Uri(root + method), _base);

    private AuthenticationHeaderValue? AuthorizationOf(SlackCall call) => call switch
    {
        { Basic: { } basic } => new AuthenticationHeaderValue("Basic", basic),
        { AsApp: true } => new AuthenticationHeaderValue("Bearer", options.AppToken),
        _ => (call.Token ?? installs.TokenOf(call.Team)) is { Length: > 0 } token ? new AuthenticationHeaderValue("Bearer", token) : null,
    };

    private SlackResult<T> Broken<T>(SlackCall call, SentContent content, string why)
    {
        LogBroken(logger, call.Method, why, content.HasLeft);
        return content.HasLeft ? new SlackResult<T>.Ambiguous(why) : new SlackResult<T>.NotSent(why);
    }

    private async Task<SlackResult<T>> ReadAsync<T>(SlackCall call, HttpResponseMessage response, JsonTypeInfo<T> shape, CancellationToken ct)
        where T : SlackReply
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return Limited<T>(call, response.Headers);
        }

        if ((int)response.StatusCode >= 500)
        {
            LogOutage(logger, call.Method, (int)response.StatusCode);
            return new SlackResult<T>.Ambiguous($"Slack answered HTTP {(int)response.StatusCode}");
        }

        var reply = Parse(await response.Content.ReadAsByteArrayAsync(ct), shape);
        return reply switch
        {
            { Ok: true } => new SlackResult<T>.Ok(reply),
            { Ok: false } => Refused<T>(call, response.Headers, reply),
            _ when response.IsSuccessStatusCode => new SlackResult<T>.Ambiguous("Slack's answer could not be read"),
            _ => new SlackResult<T>.Rejected(SlackErrors.Of($"http_{(int)response.StatusCode}")),
        };
    }

    private SlackResult<T> Refused<T>(SlackCall call, HttpResponseHeaders headers, SlackReply reply)
    {
        var error = SlackErrors.Of(reply.Error ?? "no_code");
        if (error.Action == SlackAction.Wait)
        {
            return Limited<T>(call, headers);
        }

        if (string.Equals(error.Code, "token_expired", StringComparison.Ordinal))
        {
            installs.Expired(call.Team);
        }

        var level = error.Action is SlackAction.Fix or SlackAction.Developer ? LogLevel.Error : LogLevel.Warning;
        var (code, needed, hints) = (SlackText.Clip(reply.Error ?? "no code", 60), SlackText.Clip(reply.Needed ?? "-", 60), Hints(reply));
        LogRefused(logger, level, call.Method, code, needed, hints);
        return error.Action == SlackAction.Ambiguous
            ? new SlackResult<T>.Ambiguous(error.Why)
            : new SlackResult<T>.Rejected(error);
    }

    private SlackResult<T>.RateLimited Limited<T>(SlackCall call, HttpResponseHeaders headers)
    {
        var said = headers.TryGetValues("Retry-After", out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : UnsaidRetryAfter;
        var rest = said < LongestRetryAfter ? said : LongestRetryAfter;
        var until = time.GetUtcNow() + rest + TimeSpan.FromSeconds(random.NextDouble());
        var isWide = pace.Freeze(call.Pace, until);
        LogLimited(logger, call.Method, until);
        return new SlackResult<T>.RateLimited(until, $"Slack's rate limit for {call.Method}", isWide);
    }

    private static string Hints(SlackReply reply) =>
        SlackText.Clip(string.Join("; ", reply.ResponseMetadata?.Messages ?? []), 500);

    private static T? Parse<T>(byte[] body, JsonTypeInfo<T> shape)
        where T : SlackReply
    {
        try
        {
            return JsonSerializer.Deserialize(body, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Method} had no end: {Why}; request left: {HasLeft}")]
    private static partial void LogBroken(ILogger logger, string method, string why, bool hasLeft);

    [LoggerMessage(LogLevel.Warning, "{Method} was answered HTTP {Status}")]
    private static partial void LogOutage(ILogger logger, string method, int status);

    [LoggerMessage("{Method} was refused: {Code}, needs {Needed}. {Hints}")]
    private static partial void LogRefused(ILogger logger, LogLevel level, string method, string code, string needed, string hints);

    [LoggerMessage(LogLevel.Information, "{Method} waits for Slack's rate limit until {Until}")]
    private static partial void LogLimited(ILogger logger, string method, DateTimeOffset until);

    [LoggerMessage(LogLevel.Warning, "A reply to a person was not taken: HTTP {Status}")]
    private static partial void LogUnanswered(ILogger logger, int status);
}
