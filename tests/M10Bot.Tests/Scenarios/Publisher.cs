using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Web;

namespace M10Bot.Tests.Scenarios;

/// <summary>A publisher on loopback: its feed at every address, its list of feeds at those that end in .opml, and a hub that takes what is posted.</summary>
internal sealed class Publisher : IDisposable
{
    private readonly HttpListener _listener = new();
    private volatile string? _feed;
    private int _asked;

    public Publisher()
    {
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    /// <summary>Null: not found.</summary>
    public string? Feed
    {
        get => _feed;
        set => _feed = value;
    }

    public string List { get; set; } = "";

    /// <summary>Answers given.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Forms that the hub was sent.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Subscriptions { get; } = [];

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <param name="head">Stands before the entries.</param>
    public static string Rss(string head, params (string Id, string Title, string Text)[] entries) =>
        $"""
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Baltic Post</title><link>https://example.org/</link>{head}
        {string.Concat(entries.Select(e => $"<item><guid>{e.Id}</guid><title>{e.Title}</title><link>https://example.org/{e.Id}</link><description>{e.Text}</description></item>"))}
        </channel></rss>
        """;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            var context = await _listener.GetContextAsync();
            await AnswerAsync(context);
            context.Response.Close();
            Interlocked.Increment(ref _asked);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        if (context.Request.HttpMethod == "POST")
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var form = HttpUtility.ParseQueryString(await reader.ReadToEndAsync());
            Subscriptions.Enqueue(form.AllKeys.ToDictionary(k => k!, k => form[k]!, StringComparer.Ordinal));
            context.Response.StatusCode = 202;
        }
        else if (context.Request.Url!.AbsolutePath.EndsWith(".opml", StringComparison.Ordinal))
        {
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(List));
        }
        else if (Feed is { } feed)
        {
            context.Response.ContentType = "application/rss+xml";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(feed));
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }
}
