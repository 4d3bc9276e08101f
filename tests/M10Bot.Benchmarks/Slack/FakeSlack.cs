using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Benchmarks.Slack;

/// <summary>As little of Slack as can be measured against: takes messages, knows their keys, limits edits by the minute, fails as told.</summary>
internal sealed class FakeSlack : IAsyncDisposable
{
    private static readonly byte[] Ok = """{"ok":true}"""u8.ToArray();

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Token, string Channel, string Ts), FakeMessage> _messages = new();
    private readonly ConcurrentDictionary<(string Token, string Method), ConcurrentQueue<DateTimeOffset>> _calls = new();
    private readonly Dictionary<string, DateTimeOffset> _posts = new(StringComparer.Ordinal);
    private long _ts;

    private FakeSlack(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    public Uri Api { get; private set; } = new("http://127.0.0.1");

    /// <summary>Edits a workspace may make within sixty seconds; null lifts it.</summary>
    public int? EditsPerMinute { get; set; }

    /// <summary>The least time between two posts in a workspace; null lifts it.</summary>
    public TimeSpan? PostGap { get; set; }

    /// <summary>Called before each request is carried out: what goes wrong with it.</summary>
    public Func<string, FakeFault> Fault { get; set; } = _ => FakeFault.None;

    /// <summary>Speaks to a socket that was opened.</summary>
    public Func<WebSocket, Task> OnSocket { get; set; } = _ => Task.CompletedTask;

    public int RateLimited => _rateLimited;

    public int Requests => _requests;

    public ICollection<FakeMessage> Messages => _messages.Values;

    private int _rateLimited;
    private int _requests;

    public static async Task<FakeSlack> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeSlack(app, time);
        app.UseWebSockets();
        app.Run(fake.AnswerAsync);
        await app.StartAsync();
        fake.Api = new Uri($"{app.Urls.First()}/api");
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await OnSocket(socket);
            return;
        }

        Interlocked.Increment(ref _requests);
        using var body = new MemoryStream(2048);
        await context.Request.Body.CopyToAsync(body);
        var method = context.Request.Path.Value![(context.Request.Path.Value!.LastIndexOf('/') + 1)..];
        var fault = Fault(method);
        if (fault is FakeFault.DropBefore)
        {
            context.Abort();
            return;
        }

        if (fault is FakeFault.Limited)
        {
            await LimitedAsync(context, 3);
            return;
        }

        if (fault is FakeFault.Outage)
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsync("<html>");
            return;
        }

        var token = context.Request.Headers.Authorization.ToString();
        if (method is "chat.update" or "chat.delete" && EditsPerMinute is { } most && WaitOf(token, method, most) is { } wait)
        {
            Interlocked.Increment(ref _rateLimited);
            await LimitedAsync(context, wait);
            return;
        }

        if (method is "chat.postMessage" && PostGap is { } gap && !MayPost(token, gap))
        {
            Interlocked.Increment(ref _rateLimited);
            await LimitedAsync(context, 1);
            return;
        }

        var answer = Carry(method, token, body.GetBuffer().AsMemory(0, (int)body.Length));
        switch (fault)
        {
            case FakeFault.DropAfter:
                context.Abort();
                return;
            case FakeFault.ErrorAfter:
                answer = """{"ok":false,"error":"internal_error"}"""u8.ToArray();
                break;
            case FakeFault.Slow:
                await Task.Delay(TimeSpan.FromSeconds(4), _time);
                break;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    private byte[] Carry(string method, string token, ReadOnlyMemory<byte> body)
    {
        switch (method)
        {
            case "chat.postMessage":
                return Post(token, body);
            case "chat.update":
                return Edit(token, body);
            case "conversations.history":
                return History(token, Encoding.ASCII.GetString(body.Span));
            case "apps.connections.open":
                return Encoding.UTF8.GetBytes($$"""{"ok":true,"url":"{{Api.AbsoluteUri.Replace("http", "ws", StringComparison.Ordinal)}}/link"}""");
            case "users.info":
                return """{"ok":true,"user":{"id":"U1","is_admin":false}}"""u8.ToArray();
            default:
                return Ok;
        }
    }

    private byte[] Post(string token, ReadOnlyMemory<byte> body)
    {
        var (channel, text, key, _) = Read(body);
        var ts = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow().ToUnixTimeSeconds()}.{Interlocked.Increment(ref _ts) % 1_000_000:D6}");
        _messages[(token, channel, ts)] = new FakeMessage(token, channel, ts, key, text, _time.GetUtcNow());
        return Encoding.UTF8.GetBytes($$"""{"ok":true,"channel":"{{channel}}","ts":"{{ts}}"}""");
    }

    private byte[] Edit(string token, ReadOnlyMemory<byte> body)
    {
        var (channel, text, key, ts) = Read(body);
        if (!_messages.ContainsKey((token, channel, ts)))
        {
            return """{"ok":false,"error":"message_not_found"}"""u8.ToArray();
        }

        _messages[(token, channel, ts)] = new FakeMessage(token, channel, ts, key, text, _time.GetUtcNow());
        return Encoding.UTF8.GetBytes($$"""{"ok":true,"channel":"{{channel}}","ts":"{{ts}}"}""");
    }

    private byte[] History(string token, string form)
    {
        var channel = form.Split('&').First(f => f.StartsWith("channel=", StringComparison.Ordinal))[8..];
        var found = _messages.Values.Where(m => m.Token == token && m.Channel == channel).OrderByDescending(m => m.Ts, StringComparer.Ordinal).Take(200)
            .Select(m => $$$$"""{"ts":"{{{{m.Ts}}}}","user":"UBOT","metadata":{"event_type":"m10_delivery","event_payload":{"version":1,"delivery_key":"{{{{m.Key}}}}"}}}""");
        return Encoding.UTF8.GetBytes($$"""{"ok":true,"messages":[{{string.Join(',', found)}}],"has_more":false}""");
    }

    private bool MayPost(string token, TimeSpan gap)
    {
        lock (_posts)
        {
            var now = _time.GetUtcNow();
            if (_posts.TryGetValue(token, out var last) && now - last < gap)
            {
                return false;
            }

            _posts[token] = now;
            return true;
        }
    }

    private int? WaitOf(string token, string method, int most)
    {
        var calls = _calls.GetOrAdd((token, method), _ => new());
        var now = _time.GetUtcNow();
        while (calls.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromMinutes(1))
        {
            calls.TryDequeue(out _);
        }

        if (calls.Count >= most && calls.TryPeek(out var first))
        {
            return Math.Max(1, (int)Math.Ceiling((first + TimeSpan.FromMinutes(1) - now).TotalSeconds));
        }

        calls.Enqueue(now);
        return null;
    }

    private static async Task LimitedAsync(HttpContext context, int seconds)
    {
        context.Response.StatusCode = 429;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsync("""{"ok":false,"error":"ratelimited"}""");
    }

    private static (string Channel, string Text, string Key, string Ts) Read(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        var (channel, text, key, ts, depth) = ("", "", "", "", 0);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    break;
                case JsonTokenType.PropertyName when depth == 1 && reader.ValueTextEquals("channel"u8):
                    reader.Read();
                    channel = reader.GetString()!;
                    break;
                case JsonTokenType.PropertyName when depth == 1 && reader.ValueTextEquals("text"u8):
                    reader.Read();
                    text = reader.GetString()!;
                    break;
                case JsonTokenType.PropertyName when depth == 1 && reader.ValueTextEquals("ts"u8):
                    reader.Read();
                    ts = reader.GetString()!;
                    break;
                case JsonTokenType.PropertyName when reader.ValueTextEquals("delivery_key"u8):
                    reader.Read();
                    key = reader.GetString()!;
                    break;
            }
        }

        return (channel, text, key, ts);
    }
}

internal sealed record FakeMessage(string Token, string Channel, string Ts, string Key, string Text, DateTimeOffset At);

/// <summary>What goes wrong with a request.</summary>
internal enum FakeFault
{
    None,
    DropBefore,
    DropAfter,
    ErrorAfter,
    Outage,
    Limited,
    Slow,
}
