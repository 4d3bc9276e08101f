using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Rest;

/// <summary>Sends requests within Discord's limits and says how each ended.</summary>
internal sealed partial class DiscordRest(HttpClient http, DiscordOptions options, RateLimits limits, Jitter jitter, TimeProvider time, ILogger<DiscordRest> logger)
{
    private const int MostTries = 3;
    private const int MostBody = 16 * 1024 * 1024;
    private const int WarnAt = 1_000;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly InvalidRequests _invalid = new(options.InvalidRequestCeiling, time);
    private readonly string _base = options.ApiBase.TrimEnd('/') + "/";
    private volatile bool _isStopped;

    /// <summary>Never throws for what Discord or the network does; short limits are waited out here.</summary>
    public async Task<RestReply> SendAsync(RestCall call, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (Held(call) is { } held)
            {
                return held;
            }

            var reply = await TryAsync(call, ct);
            if (reply is not RestReply.NotNow { IsShort: true } || attempt == MostTries)
            {
                return reply; // a short limit's wait is kept by the lane on the next round
            }
        }
    }

    private RestReply.NotNow? Held(RestCall call)
    {
        if (call.IsInteraction)
        {
            return null;
        }

        return _isStopped ? new RestReply.NotNow(TimeSpan.FromMinutes(10), "Discord refuses the bot's token", Everywhere: true)
            : _invalid.IsOpen ? new RestReply.NotNow(TimeSpan.FromMinutes(1), "too many refused requests; the bot keeps quiet lest Discord ban it", Everywhere: true)
            : null;
    }

    private async Task<RestReply> TryAsync(RestCall call, CancellationToken ct)
    {
        if (!call.IsInteraction && await limits.EnterAsync(call, ct) is { } refusal)
        {
            return refusal;
        }

        HttpResponseHeaders? headers = null;
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var request = Request(call);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            headers = response.Headers;
            var body = await ReadAsync(response.Content, both.Token);
            return Judge(call, response, body);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new RestReply.Unseen("Discord did not answer in time");
        }
        catch (HttpRequestException e) when (NeverLeft(e))
        {
            return new RestReply.NotNow(jitter.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), "Discord can't be reached", Everywhere: true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new RestReply.Unseen("the connection to Discord broke");
        }
        finally
        {
            if (!call.IsInteraction)
            {
                limits.Leave(call.Lane, headers);
            }
        }
    }

    private HttpRequestMessage Request(RestCall call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_base + call.Path));
        if (!call.IsInteraction)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bot", options.Token);
        }

        if (call.Body.Length > 0)
        {
            request.Content = new ReadOnlyMemoryContent(call.Body);
            request.Content.Headers.ContentType = Json;
        }

        return request;
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await content.LoadIntoBufferAsync(MostBody, ct);
        return await content.ReadAsByteArrayAsync(ct);
    }

    private RestReply Judge(RestCall call, HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return LooksLikeJson(body) ? new RestReply.Done(status, body) : new RestReply.Unseen("Discord's answer was no JSON");
        }

        var isShared = response.Headers.TryGetValues("X-RateLimit-Scope", out var scopes) && scopes.Contains("shared", StringComparer.Ordinal);
        if (status is 401 or 403 || (status == 429 && !isShared))
        {
            CountInvalid();
        }

        var error = ErrorBody.Read(status, body);
        if (status == 429)
        {
            return Limited(call, response, body, error);
        }

        if (status >= 500)
        {
            return new RestReply.Unseen(string.Create(CultureInfo.InvariantCulture, $"Discord answered {status}"));
        }

        if (!call.IsInteraction && DiscordErrors.For(error) is { Act: ErrorAct.StopAll } ruling)
        {
            _isStopped = true;
            LogStopped(logger, ruling.Why, ruling.Remedy);
            return new RestReply.NotNow(TimeSpan.FromMinutes(10), ruling.Why.TrimEnd('.'), Everywhere: true);
        }

        LogFailed(logger, call.Lane.Route, error);
        return new RestReply.Failed(error);
    }

    // The body's wait is the true one: a hidden limit may differ from what the headers tell.
    private RestReply.NotNow Limited(RestCall call, HttpResponseMessage response, byte[] body, DiscordError error)
    {
        var (inBody, isGlobal) = ErrorBody.ReadLimit(body);
        isGlobal |= response.Headers.Contains("X-RateLimit-Global");
        var wait = (inBody ?? response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(5))
            + jitter.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250));
        if (!call.IsInteraction && isGlobal)
        {
            limits.PauseAll(wait);
        }
        else if (!call.IsInteraction)
        {
            limits.PauseLane(call.Lane, wait);
        }

        LogLimited(logger, call.Lane.Route, wait, isGlobal);
        return new RestReply.NotNow(wait, DiscordErrors.For(error).Why.TrimEnd('.'), isGlobal)
        {
            IsShort = !call.IsInteraction && wait <= RateLimits.LongestWait,
        };
    }

    private void CountInvalid()
    {
        var count = _invalid.Add();
        if (count == WarnAt || count == options.InvalidRequestCeiling)
        {
            LogInvalid(logger, count, options.InvalidRequestCeiling);
        }
    }

    private static bool LooksLikeJson(byte[] body) =>
        body.AsSpan().TrimStart(" \t\r\n"u8) is var text && (text.IsEmpty || text[0] is (byte)'{' or (byte)'[');

    private static bool NeverLeft(HttpRequestException e) => e.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    [LoggerMessage(LogLevel.Critical, "Discord is stopped. {Why} {Remedy}")]
    private static partial void LogStopped(ILogger logger, string why, string remedy);

    [LoggerMessage(LogLevel.Warning, "{Route} was refused: {Error}")]
    private static partial void LogFailed(ILogger logger, string route, DiscordError error);

    [LoggerMessage(LogLevel.Information, "{Route} is limited for {Wait}; for the whole bot: {IsGlobal}")]
    private static partial void LogLimited(ILogger logger, string route, TimeSpan wait, bool isGlobal);

    [LoggerMessage(LogLevel.Warning, "{Count} refused requests in ten minutes; at {Ceiling} all traffic to Discord pauses")]
    private static partial void LogInvalid(ILogger logger, int count, int ceiling);
}
