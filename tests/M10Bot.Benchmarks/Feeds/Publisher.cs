using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace M10Bot.Benchmarks.Feeds;

/// <summary>Many publishers on loopback, 20 feeds to a host: 95 of 100 requests find nothing new (304), the others 30 KB with one new entry.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private const int PerHost = 20;
    private const int Entries = 28;
    private const double NewShare = 0.05;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly Random _random = new(3);
    private long _asked;
    private long _unchanged;
    private long _bytes;

    private Publisher(WebApplication app, IReadOnlyList<string> feeds)
    {
        (_app, Feeds) = (app, feeds);
        app.Run(AnswerAsync);
    }

    public IReadOnlyList<string> Feeds { get; }

    public IEnumerable<string> Hosts => Feeds.Select(f => new Uri(f).Host).Distinct(StringComparer.Ordinal);

    public static async Task<Publisher> StartAsync(int feeds)
    {
        var port = FreePort();
        var hosts = Enumerable.Range(0, (feeds + PerHost - 1) / PerHost).Select(h => new IPAddress(new byte[] { 127, 1, (byte)(h / 250), (byte)((h % 250) + 1) })).ToList();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => hosts.ForEach(host => kestrel.Listen(host, port)));
        var publisher = new Publisher(builder.Build(), [.. Enumerable.Range(0, feeds).Select(f => string.Create(CultureInfo.InvariantCulture, $"http://{hosts[f / PerHost]}:{port}/feed{f}"))]);
        await publisher._app.StartAsync();
        return publisher;
    }

    /// <summary>Requests, of them answered by 304, and bytes of the others, since the last call.</summary>
    public (long Asked, long Unchanged, long Bytes) Take() => (Interlocked.Exchange(ref _asked, 0), Interlocked.Exchange(ref _unchanged, 0), Interlocked.Exchange(ref _bytes, 0));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _asked);
        var feed = context.Request.Path.Value!;
        var isNew = Next() < NewShare;
        var version = _versions.AddOrUpdate(feed, 1, (_, v) => isNew ? v + 1 : v);
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            Interlocked.Increment(ref _unchanged);
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var body = Encoding.UTF8.GetBytes(Rss(feed, version));
        Interlocked.Add(ref _bytes, body.Length);
        context.Response.ContentType = "application/rss+xml";
        await context.Response.Body.WriteAsync(body);
    }

    private double Next()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }

    // Words that differ from entry to entry: alike texts would be one story.
    private static string Rss(string feed, int version)
    {
        var rss = new StringBuilder("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Publisher ").Append(feed.AsSpan(1)).Append("</title>");
        for (var i = version; i > version - Entries; i--)
        {
            var random = new Random(HashCode.Combine(feed.GetHashCode(StringComparison.Ordinal), i));
            string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, 7).Select(_ => (char)('a' + random.Next(26))))));
            rss.Append(CultureInfo.InvariantCulture, $"<item><guid isPermaLink=\"false\">{feed}-{i}</guid><title>{Words(8)}</title><link>https://news.example{feed}/{i}</link><description>&lt;p&gt;{Words(60)}.&lt;/p&gt;&lt;p&gt;{Words(50)}.&lt;/p&gt;</description></item>");
        }

        return rss.Append("</channel></rss>").ToString();
    }
}
