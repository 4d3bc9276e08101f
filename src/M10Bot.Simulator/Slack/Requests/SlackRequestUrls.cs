using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Requests;

/// <summary>The other way to the app: signed POSTs to the URLs of its manifest. Only loopback is ever called.</summary>
public sealed class SlackRequestUrls : IDisposable
{
    private const int MostRedirects = 2;
    private const int MostAnswer = 1024 * 1024;

    // "Apps that fail more than 95% within an hour, and that receive a thousand events or more in it, are switched off."
    private const double MostFailures = 0.95;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly SlackCore _core;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, bool IsGood)> _recent = new();

    internal SlackRequestUrls(SlackCore core)
    {
        _core = core;
        var manifest = core.Manifest;
        (Events, Interactivity, Options, Commands) = (Local(manifest.EventsUrl), Local(manifest.InteractivityUrl), Local(manifest.OptionsUrl), Local(manifest.CommandsUrl));
    }

    /// <summary>Where events go. A manifest's URL counts here only where it is on loopback.</summary>
    public Uri? Events { get; set; }

    public Uri? Interactivity { get; set; }

    /// <summary>Where selects ask for their options.</summary>
    public Uri? Options { get; set; }

    public Uri? Commands { get; set; }

    /// <summary>From how many events within an hour on failures switch the subscriptions off.</summary>
    public int LeastForSwitchOff { get; set; } = 1_000;

    /// <summary>True once too much failed: no event is sent any more until it is set to false.</summary>
    public bool IsSwitchedOff { get; set; }

    /// <summary>Sets all four at once.</summary>
    /// <param name="one">An address on loopback.</param>
    public void Use(Uri one) => (Events, Interactivity, Options, Commands) = (one, one, one, one);

    /// <summary>Asks the events' URL to prove itself, as when it is typed into the app's settings.</summary>
    /// <returns>True where it gave the challenge back.</returns>
    public async Task<bool> VerifyAsync(CancellationToken ct)
    {
        var challenge = _core.NewKey();
        var body = new JsonObject { ["token"] = "simulated", ["challenge"] = challenge, ["type"] = "url_verification" }.ToJsonString();
        var (response, _) = await SendAsync(Events, "application/json", Encoding.UTF8.GetBytes(body), _ => { }, null, ct);
        var isProven = response is { IsGood: true } && Says(response.Body, challenge);
        _core.Journal.Write("slack", "url_verification", isProven ? "proven" : "refused");
        return isProven;
    }

    /// <summary>The occasional check of a distributed app's certificate: unsigned, to be answered 200.</summary>
    public async Task<bool> CheckCertificateAsync(CancellationToken ct)
    {
        var (response, _) = await SendAsync(Commands, "application/x-www-form-urlencoded", "ssl_check=1&token=simulated"u8.ToArray(), _ => { }, SlackFault.MissingSignature, ct);
        return response is { IsGood: true };
    }

    public void Dispose() => _http.Dispose();

    internal async Task<AppAnswer> AskAsync(string type, JsonObject payload, int retry, string reason, SlackFault? fault, CancellationToken ct)
    {
        var (url, contentType, body) = Pack(type, payload);
        if (url is null || (type is AppDoor.Events && IsSwitchedOff))
        {
            return new AppAnswer.NoLink();
        }

        void Mark(HttpRequestMessage request)
        {
            if (retry > 0)
            {
                request.Headers.Add("X-Slack-Retry-Num", retry.ToString(System.Globalization.CultureInfo.InvariantCulture));
                request.Headers.Add("X-Slack-Retry-Reason", reason);
            }
        }

        var (response, why) = await SendAsync(url, contentType, body, Mark, fault, ct);
        if (fault is SlackFault.Repeated && response is not null)
        {
            await SendAsync(url, contentType, body, Mark, null, ct);
        }

        if (type is AppDoor.Events)
        {
            Count(response is { IsGood: true });
        }

        return response switch
        {
            null => why is "http_timeout" ? new AppAnswer.Late() : new AppAnswer.Failed(why, IsFinal: false),
            { IsGood: false } => new AppAnswer.Failed(why, response.ForbidsRetry),
            _ => new AppAnswer.Acknowledged(Said(type, response)),
        };
    }

    private (Uri? Url, string ContentType, byte[] Body) Pack(string type, JsonObject payload) => type switch
    {
        AppDoor.Events => (Events, "application/json", Encoding.UTF8.GetBytes(payload.ToJsonString())),
        AppDoor.Commands => (Commands, "application/x-www-form-urlencoded", Form(payload.Select(p => (p.Key, p.Value?.ToString() ?? "")))),
        _ => (payload["type"]?.GetValue<string>() is "block_suggestion" ? Options ?? Interactivity : Interactivity, "application/x-www-form-urlencoded", Form([("payload", payload.ToJsonString())])),
    };

    private static byte[] Form(IEnumerable<(string Name, string Value)> fields) =>
        Encoding.UTF8.GetBytes(string.Join('&', fields.Select(f => $"{f.Name}={WebUtility.UrlEncode(f.Value)}")));

    private async Task<(AppResponse? Response, string Why)> SendAsync(Uri? url, string contentType, byte[] body, Action<HttpRequestMessage> mark, SlackFault? fault, CancellationToken ct)
    {
        for (var hop = 0; Local(url) is { } target; hop++)
        {
            if (hop > MostRedirects)
            {
                return (null, "too_many_redirects");
            }

            using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
            try
            {
                var asked = ReadAsync(() => Mark(SignedRequest.Build(_core, target, contentType, body, fault)), end.Token);
                var response = await asked.WaitAsync(Patience, _core.Time, ct);
                if (response.Redirect is not { } next)
                {
                    return (response, response.IsGood ? "" : "http_error");
                }

                url = new Uri(target, next);
            }
            catch (TimeoutException)
            {
                await end.CancelAsync();
                return (null, "http_timeout");
            }
            catch (HttpRequestException)
            {
                return (null, "connection_failed");
            }
        }

        return (null, "connection_failed");

        HttpRequestMessage Mark(HttpRequestMessage request)
        {
            mark(request);
            return request;
        }
    }

    private async Task<AppResponse> ReadAsync(Func<HttpRequestMessage> build, CancellationToken ct)
    {
        using var request = build();
        using var response = await _http.SendAsync(request, ct);
        await response.Content.LoadIntoBufferAsync(MostAnswer, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        var status = (int)response.StatusCode;
        return new AppResponse(
            status is >= 200 and < 300,
            status is >= 300 and < 400 ? response.Headers.Location : null,
            response.Headers.TryGetValues("X-Slack-No-Retry", out var no) && no.First() is "1",
            response.Content.Headers.ContentType?.MediaType,
            text);
    }

    private static JsonElement? Said(string type, AppResponse response)
    {
        if (response.Body.Length == 0)
        {
            return null;
        }

        var json = response.MediaType is "application/json" ? JsonExtensions.TryParse(Encoding.UTF8.GetBytes(response.Body)) : null;
        return json ?? (type is AppDoor.Commands ? new JsonObject { ["text"] = response.Body }.ToElement() : null);
    }

    private static bool Says(string body, string challenge) =>
        body.Trim().Is(challenge) || body.Trim().Is("challenge=" + challenge) || JsonExtensions.TryParse(Encoding.UTF8.GetBytes(body))?.Text("challenge").Is(challenge) == true;

    private void Count(bool isGood)
    {
        var now = _core.Time.GetUtcNow();
        lock (_lock)
        {
            _recent.Enqueue((now, isGood));
            while (_recent.Peek().At < now - Hour)
            {
                _recent.Dequeue();
            }

            if (_recent.Count >= LeastForSwitchOff && _recent.Count(r => !r.IsGood) > MostFailures * _recent.Count)
            {
                IsSwitchedOff = true;
                _core.Journal.Write("slack", "events", "switched off", "more than 95% failed within an hour");
            }
        }
    }

    private static Uri? Local(Uri? url) => url is { IsAbsoluteUri: true, IsLoopback: true, Scheme: "http" or "https" } ? url : null;

    private sealed record AppResponse(bool IsGood, Uri? Redirect, bool ForbidsRetry, string? MediaType, string Body);
}
