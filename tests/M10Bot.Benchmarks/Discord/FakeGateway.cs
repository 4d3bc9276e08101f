using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace M10Bot.Benchmarks.Discord;

/// <summary>One connection of the fake Discord's gateway: zlib-stream, READY, then every server as large as real ones are.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly WebSocket _socket;
    private readonly int _guilds;
    private readonly int _channels;
    private readonly MemoryStream _compressed = new();
    private readonly ZLibStream _zlib;
    private readonly SemaphoreSlim _sender = new(1, 1);
    private readonly TaskCompletionSource<long> _first = new();
    private long _ready;
    private long _all;
    private int _sequence;

    public FakeGateway(WebSocket socket, int guilds, int channels)
    {
        (_socket, _guilds, _channels) = (socket, guilds, channels);
        _zlib = new ZLibStream(_compressed, CompressionLevel.Fastest);
    }

    /// <summary>From READY: until the last server was told, and until the first command, asked behind all of them, was answered.</summary>
    public string Usable => JsonSerializer.Serialize(new
    {
        told = Stopwatch.GetElapsedTime(_ready, _all).TotalMilliseconds,
        usable = _first.Task.IsCompletedSuccessfully ? Stopwatch.GetElapsedTime(_ready, _first.Task.Result).TotalMilliseconds : -1,
    });

    public static string NewId(int number) => string.Create(
        CultureInfo.InvariantCulture, $"{((DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 1_420_070_400_000) << 22) + (number % 4_194_304)}");

    public void Answered(string id, long at)
    {
        if (id.EndsWith("777", StringComparison.Ordinal))
        {
            _first.TrySetResult(at);
        }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        await SendAsync("""{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}""");
        var buffer = new byte[8 * 1024];
        while (!ct.IsCancellationRequested)
        {
            var part = await _socket.ReceiveAsync(buffer, ct);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            switch (JsonDocument.Parse(buffer.AsMemory(0, part.Count)).RootElement.GetProperty("op").GetInt32())
            {
                case 1:
                    await SendAsync("""{"op":11}""");
                    break;
                case 2:
                    await SignInAsync();
                    break;
                default:
                    break;
            }
        }
    }

    public Task AskAsync(string id, string command) => DispatchAsync(
        "INTERACTION_CREATE",
        $$$"""
        {"id":"{{{id}}}","application_id":"500","type":2,"token":"aW50ZXJhY3Rpb24tdG9rZW4","version":1,"guild_id":"1000","channel_id":"1001","locale":"en-US",
        "member":{"user":{"id":"77","username":"member","global_name":"Member"},"roles":[],"permissions":"2147483647"},"app_permissions":"2147483647",
        "data":{"id":"5","name":"{{{command}}}","type":1}}
        """);

    public async ValueTask DisposeAsync()
    {
        await _zlib.DisposeAsync();
        await _compressed.DisposeAsync();
        _sender.Dispose();
    }

    private async Task SignInAsync()
    {
        var unavailable = string.Join(',', Enumerable.Range(1, _guilds).Select(g => $$"""{"id":"{{g * 1_000}}","unavailable":true}"""));
        _ready = Stopwatch.GetTimestamp();
        await DispatchAsync("READY", $$$"""{"v":10,"user":{"id":"9"},"session_id":"s","resume_gateway_url":"ws://127.0.0.1:1","guilds":[{{{unavailable}}}],"application":{"id":"500","flags":0} }""");
        for (var g = 1; g <= _guilds; g++)
        {
            await DispatchAsync("GUILD_CREATE", Guild(g));
        }

        _all = Stopwatch.GetTimestamp();
        await AskAsync(NewId(0)[..^3] + "777", "help");
    }

    private string Guild(int number)
    {
        var channels = string.Join(',', Enumerable.Range(1, _channels).Select(c =>
            $$"""{"id":"{{(number * 1_000) + c}}","type":0,"name":"channel-{{c}}","topic":"What is talked about here, in a sentence or two","position":{{c}},"nsfw":false,"rate_limit_per_user":0,"parent_id":null,"last_message_id":"1400000000000000000","flags":0,"permission_overwrites":[{"id":"{{number * 1_000}}","type":0,"allow":"0","deny":"0"}]}"""));
        return $$"""{"id":"{{number * 1_000}}","name":"Server {{number}}","owner_id":"77","unavailable":false,"member_count":120,"large":false,"joined_at":"2026-01-01T00:00:00+00:00","roles":[{"id":"{{number * 1_000}}","name":"@everyone","permissions":"2147483647","position":0,"color":0}],"emojis":[],"features":[],"threads":[],"members":[],"channels":[{{channels}}]}""";
    }

    private Task DispatchAsync(string type, string content) =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"t":"{{type}}","s":{{Interlocked.Increment(ref _sequence)}},"op":0,"d":{{content}}}"""));

    private async Task SendAsync(string json)
    {
        await _sender.WaitAsync();
        try
        {
            _compressed.SetLength(0);
            await _zlib.WriteAsync(Encoding.UTF8.GetBytes(json));
            await _zlib.FlushAsync();
            await _socket.SendAsync(_compressed.GetBuffer().AsMemory(0, (int)_compressed.Length), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sender.Release();
        }
    }
}
