using System.Globalization;
using System.Net.Http.Headers;
using M10Bot.News.Chat;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Rest;

/// <summary>Sends requests within Discord's limits and says how each ended.</summary>
internal sealed partial class DiscordRest(HttpClient http, DiscordOptions options, RateLimits limits, Jitter jitter, TimeProvider time, ILogger<DiscordRest> logger)
{
    private const int MostBody = 16 * 1024 * 1024;

    // Discord bans an address at 10,000 refusals; what is left above the ceiling is for people who wait for an answer.
    private const int Banned = 10_000;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly InvalidRequests _invalid = new(time);
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
            if (reply is not RestReply.NotNow { IsShort: true } limited || attempt == options.TriesAtLimit)
            {
                return reply;
            }

            if (call.IsInteraction)
            {
                await Task.Delay(limited.Wait, time, ct); // elsewhere the lane keeps the wait
            }
        }
    }

    private RestReply.NotNow? Held(RestCall call)
    {
        if (_isStopped && !call.IsInteraction)
        {
            return new RestReply.NotNow(TimeSpan.FromMinutes(10), "Discord refuses the bot's token", Everywhere: true);
        }

        var ceiling = call.IsInteraction ? (options.InvalidRequestCeiling + Banned) / 2 : options.InvalidRequestCeiling;
        return _invalid.Count >= ceiling
            ? new RestReply.NotNow(TimeSpan.FromMinutes(1), "too many refused requests; the bot keeps quiet lest Discord ban it", Everywhere: true)
            : null;
    }

    private async Task<RestReply> TryAsync(RestCall call, CancellationToken ct)
    {
        var since = time.GetTimestamp(); // the wait for the limits is part of the time that a request has
        var entry = call.IsInteraction ? default : await limits.EnterAsync(call, ct);
        if (entry.Refusal is { } refusal)
        {
            return refusal;
        }

        HttpResponseHeaders? headers = null;
        var left = options.RequestTimeout - time.GetElapsedTime(since);
        using var timeout = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var content = new SentContent(call.Body, call.Body.Length > 0 ? Json : null, time, since, options.RequestTimeout);
        await using var callers = ct.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
        try
        {
            using var request = Request(call, content);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            headers = response.Headers;
            var body = await ReadAsync(response.Content, timeout.Token);
            return Judge(call, response, body);
        }
        catch (OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return content.HasLeft || call.Body.Length == 0
                ? new RestReply.Unseen("Discord did not answer in time")
                : new RestReply.NotNow(jitter.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), "the request could not leave in time", Everywhere: false);
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
            if (entry.Lane is { } lane)
            {
                limits.Leave(lane, headers);
            }
        }
    }

    private HttpRequestMessage Request(RestCall call, HttpContent content)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_base + call.Path));
        if (!call.IsInteraction && !call.IsWebhook)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bot", options.Token);
        }

        if (call.Body.Length > 0)
        {
            request.Content = content;
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

        if (status >= 500)
        {
            return new RestReply.Unseen(string.Create(CultureInfo.InvariantCulture, $"Discord answered {status}"));
        }

        var answer = ErrorBody.Read(status, body);
        answer = call.IsWebhook ? answer with { Error = answer.Error with { IsWebhook = true } } : answer;
        var ruling = DiscordErrors.For(answer.Error, call.IsInteraction, answer.IsPage);
        switch (ruling.Act)
        {
            case ErrorAct.StopAll:
                _isStopped = true;
                LogStopped(logger, ruling.Why, ruling.Remedy);
                return new RestReply.NotNow(ruling.AtLeast, ruling.Why.TrimEnd('.'), Everywhere: true);
            case ErrorAct.Block:
                var wait = Longer(response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, ruling.AtLeast);
                limits.PauseAll(wait);
                LogBlocked(logger, ruling.Why, ruling.Remedy, wait);
                return new RestReply.NotNow(wait, ruling.Why.TrimEnd('.'), Everywhere: true);
            case ErrorAct.Wait:
                return Limited(call, response.Headers, answer, ruling, isShared);
            default:
                LogFailed(logger, call.Lane.Route, answer.Error);
                return new RestReply.Failed(answer.Error);
        }
    }

    private RestReply.NotNow Limited(RestCall call, HttpResponseHeaders headers, ErrorBody answer, ErrorRuling ruling, bool isShared)
    {
        var isGlobal = answer.IsGlobal || headers.Contains("X-RateLimit-Global");
        var asked = answer.RetryAfter ?? headers.RetryAfter?.Delta ?? (ruling.AtLeast > TimeSpan.Zero ? ruling.AtLeast : TimeSpan.FromSeconds(5));
        var wait = Longer(asked, ruling.AtLeast) + jitter.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250));
        if (!call.IsInteraction)
        {
            Pause(call, answer.Error.Code, wait, isGlobal);
        }

        LogLimited(logger, call.Lane.Route, wait, isGlobal ? "the whole bot" : isShared ? "all bots together" : "this lane", answer.Error.Code);
        return new RestReply.NotNow(wait, isShared ? "others use up Discord's limit for this place" : ruling.Why.TrimEnd('.'), isGlobal)
        {
            IsShort = wait <= options.LongestWait,
        };
    }

    private void Pause(RestCall call, int code, TimeSpan wait, bool isGlobal)
    {
        switch (code)
        {
            case 30046:
                limits.PauseLane(call, wait, only: OwnPace.OldEdit);
                break;
            case 20022:
                limits.PauseLane(call, wait, only: OwnPace.PublishedEdit);
                break;
            case 20029 when call.Guild.Length > 0:
                limits.PauseGuild(call.Guild, wait);
                break;
            case var _ when isGlobal:
                limits.PauseAll(wait);
                break;
            default:
                limits.PauseLane(call, wait);
                break;
        }

        if (code == 20028)
        {
            limits.SlowDown(call);
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void CountInvalid()
    {
        var count = _invalid.Add();
        if (count == options.InvalidRequestWarning || count == options.InvalidRequestCeiling)
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

    [LoggerMessage(LogLevel.Information, "{Route} is limited for {Wait}, for {Whom} (code {Code})")]
    private static partial void LogLimited(ILogger logger, string route, TimeSpan wait, string whom, int code);

    [LoggerMessage(LogLevel.Critical, "{Why} {Remedy} Nothing leaves for {Wait}")]
    private static partial void LogBlocked(ILogger logger, string why, string remedy, TimeSpan wait);

    [LoggerMessage(LogLevel.Warning, "{Count} refused requests in ten minutes; at {Ceiling} all traffic to Discord pauses")]
    private static partial void LogInvalid(ILogger logger, int count, int ceiling);
}
