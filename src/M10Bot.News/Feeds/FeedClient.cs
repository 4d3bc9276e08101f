using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>Fetches documents of strangers: guarded, bounded in time and size, redirects followed by hand.</summary>
internal sealed class FeedClient : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly string Version = typeof(FeedClient).Assembly.GetName().Version?.ToString(2) ?? "1.0";

    private readonly FeedOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

#pragma warning disable CA2000 // the client disposes the handler with itself
    public FeedClient(IOptions<FeedOptions> options, TimeProvider time)
        : this(options.Value, time, Guarded(options.Value))
    {
    }
#pragma warning restore CA2000

    /// <param name="handler">Follows no redirect, decompresses, and guards where it connects.</param>
    internal FeedClient(FeedOptions options, TimeProvider time, HttpMessageHandler handler)
    {
        (_options, _time) = (options, time);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"M10Bot/{Version} (+{options.Contact})");
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5");
    }

    /// <summary>Never throws for what the other side does.</summary>
    /// <param name="etag">From the last answer; null asks for the whole document.</param>
    public async Task<FetchResult> GetAsync(Uri address, string? etag, string? modified, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await FollowAsync(address, etag, modified, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new FetchResult.Failed($"it did not answer in full within {_options.Timeout.TotalSeconds:0} seconds", "If the site is only slow today, there is nothing to do.");
        }
        catch (HttpRequestException e)
        {
            return Unreached(e);
        }
        catch (IOException e) when (e is not GuardException)
        {
            return new FetchResult.Failed("the connection broke off", "If it passes, there is nothing to do.");
        }
        catch (GuardException e)
        {
            return new FetchResult.Failed(e.Message, "Give the feed's public address.");
        }
        catch (Exception e) when (e is InvalidDataException or UriFormatException or FormatException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return new FetchResult.Failed("its answer breaks the rules of HTTP", "Tell the publisher; nothing else helps.");
        }
    }

    /// <summary>Sends a form to a hub; never throws for what the other side does.</summary>
    /// <returns>Null where it was taken; else why not.</returns>
    public async Task<string?> PostAsync(Uri address, IReadOnlyDictionary<string, string> form, CancellationToken ct)
    {
        if (NetworkGuard.Refusal(address, _options) is { } refusal)
        {
            return refusal;
        }

        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? null : Refused(response).Reason;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "it did not answer in time";
        }
        catch (HttpRequestException e)
        {
            return Unreached(e).Reason;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return "the connection broke off";
        }
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Guarded(FeedOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        UseProxy = false, // a proxy would connect where the guard cannot see
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxResponseHeadersLength = 64,
        ConnectCallback = (context, ct) => NetworkGuard.ConnectAsync(context.DnsEndPoint, options, ct),
    };

    private async Task<FetchResult> FollowAsync(Uri address, string? etag, string? modified, CancellationToken ct)
    {
        var at = address;
        var isPermanent = true;
        for (var step = 0; step <= MostRedirects; step++)
        {
            if (NetworkGuard.Refusal(at, _options) is { } refusal)
            {
                return new FetchResult.Failed(refusal, "Give the feed's own address.", IsFinal: step == 0);
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            Ask(request, etag, modified);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || response.Headers.Location is not { } location)
            {
                return await ReadAsync(response, at, step > 0 && isPermanent ? at : null, ct);
            }

            isPermanent &= response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
            at = new Uri(at, location);
        }

        return new FetchResult.Failed($"it sends the reader on more than {MostRedirects} times", "Open the address in a browser and give the one it ends at.");
    }

    private static void Ask(HttpRequestMessage request, string? etag, string? modified)
    {
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (modified is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }
    }

    private async Task<FetchResult> ReadAsync(HttpResponseMessage response, Uri at, Uri? movedTo, CancellationToken ct)
    {
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return new FetchResult.NotModified(movedTo, FreshFor(response));
        }

        if (!response.IsSuccessStatusCode)
        {
            return Refused(response);
        }

        var body = await BodyAsync(response, ct);
        return body is null
            ? new FetchResult.Failed($"it is longer than {_options.MaxBytes / 1024 / 1024} MB", "Ask the publisher for a shorter feed, or raise Feeds:MaxBytes.")
            : new FetchResult.Fetched(body, response.Content.Headers.ContentType?.ToString(), Header(response, "ETag"), Header(response, "Last-Modified"), at, movedTo, FreshFor(response)) { Links = LinkHeader.Read(response, at) };
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        (response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)) && values.First() is { Length: <= 500 } value
            ? value
            : null;

    /// <summary>Null where it is longer than allowed; what it says of its length is not believed.</summary>
    private async Task<byte[]?> BodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (body.Length + read > _options.MaxBytes)
            {
                return null;
            }

            await body.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return body.ToArray();
    }

    private TimeSpan? FreshFor(HttpResponseMessage response)
    {
        if (response.Headers.CacheControl is { } cache)
        {
            return cache.NoCache || cache.NoStore ? null : cache.MaxAge - (response.Headers.Age ?? TimeSpan.Zero);
        }

        return response.Content.Headers.Expires is { } expires && expires - (response.Headers.Date ?? _time.GetUtcNow()) is var fresh && fresh > TimeSpan.Zero ? fresh : null;
    }

    private FetchResult.Failed Refused(HttpResponseMessage response)
    {
        var code = (int)response.StatusCode;
        var status = string.Create(CultureInfo.InvariantCulture, $"the server answers {code} {Meaning(code)}").TrimEnd();
        return code switch
        {
            410 => new(status, "The publisher has taken the feed down. Stop it, or add the one that takes its place.", IsFinal: true),
            404 => new(status, "Look on the publisher's page for the feed's new address and add that."),
            401 or 403 or 451 => new(status, "The publisher does not let the bot read it. Ask them to let M10Bot in: so it calls itself when it asks."),
            429 or 503 => new(status, "It asks to be left alone for a while; there is nothing to do.", RetryAfter(response.Headers.RetryAfter)),
            >= 500 => new(status, "If it passes, there is nothing to do."),
            _ => new(status, "Open the address in a browser and see what it is."),
        };
    }

    private static string Meaning(int code) => code switch
    {
        401 => "(not authorised)",
        403 => "(forbidden)",
        404 => "(not found)",
        410 => "(gone)",
        429 => "(too many requests)",
        451 => "(barred by law)",
        503 => "(not available)",
        >= 500 => "(a fault of its own)",
        _ => "",
    };

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? value) => value?.Delta ?? (value?.Date - _time.GetUtcNow());

    private static FetchResult.Failed Unreached(HttpRequestException e) => e switch
    {
        { InnerException: GuardException guard } => new(guard.Message, "Give its public address, or let the operator add the host to Feeds:InnerHosts."),
        { InnerException: AuthenticationException } => new("its certificate is not in order", "Tell the publisher; nothing is read over a connection that is not safe.", IsUnreached: true),
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } =>
            new("no server has this name", "Check the address for a slip."),
        _ => new("the server cannot be reached", "If it passes, there is nothing to do; else check the address.", IsUnreached: true),
    };
}
