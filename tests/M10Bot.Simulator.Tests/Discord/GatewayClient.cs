using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Tests.Discord;

/// <summary>A bare gateway client that does only what a test tells it.</summary>
internal sealed class GatewayClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly MemoryStream _packed = new();
    private ZLibStream? _inflate;

    public int? CloseCode => (int?)_socket.CloseStatus;

    public static async Task<GatewayClient> OpenAsync(string url, string query = "/?v=10&encoding=json")
    {
        var client = new GatewayClient();
        client._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var patience = new CancellationTokenSource(DiscordBench.Patience);
        await client._socket.ConnectAsync(new Uri(url + query), patience.Token);
        if (query.Contains("zlib-stream", StringComparison.Ordinal))
        {
            client._inflate = new ZLibStream(client._packed, CompressionMode.Decompress);
        }

        return client;
    }

    /// <summary>Opens, reads Hello, identifies and reads READY.</summary>
    public static async Task<(GatewayClient Client, JsonElement Ready)> ReadyAsync(DiscordBench bench, int intents = 1, string query = "/?v=10&encoding=json")
    {
        var client = await OpenAsync(await UrlAsync(bench), query);
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(10);
        await client.SendAsync(Identify(intents));
        return (client, await client.EventAsync("READY"));
    }

    public static async Task<string> UrlAsync(DiscordBench bench) => (await bench.GetAsync("gateway/bot"))["url"];

    public static JsonObject Identify(int intents = 1) => new()
    {
        ["op"] = 2,
        ["d"] = new JsonObject
        {
            ["token"] = "simulated-discord-token",
            ["intents"] = intents,
            ["properties"] = new JsonObject { ["os"] = "linux", ["browser"] = "test", ["device"] = "test" },
        },
    };

    public static JsonObject Resume(string session, long seq) => new()
    {
        ["op"] = 6,
        ["d"] = new JsonObject { ["token"] = "simulated-discord-token", ["session_id"] = session, ["seq"] = seq },
    };

    public Task SendAsync(JsonNode payload) => SendAsync(payload.ToJsonString());

    public async Task SendAsync(string text)
    {
        using var patience = new CancellationTokenSource(DiscordBench.Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
    }

    public async Task<JsonElement> NextAsync()
    {
        var bytes = await ReceiveAsync() ?? throw new ShouldAssertException($"closed with {CloseCode}");
        if (_inflate is null)
        {
            return JsonDocument.Parse(bytes).RootElement.Clone();
        }

        bytes[^4..].ShouldBe([0, 0, 0xFF, 0xFF]);
        _packed.SetLength(0);
        _packed.Write(bytes);
        _packed.Position = 0;
        var text = new byte[1 << 22];
        var length = await _inflate.ReadAtLeastAsync(text, 1, throwOnEndOfStream: false);
        for (int more; (more = await _inflate.ReadAsync(text.AsMemory(length))) > 0;)
        {
            length += more;
        }

        return JsonDocument.Parse(text.AsMemory(0, length)).RootElement.Clone();
    }

    /// <summary>Reads on to the next event of this name; answers its payload.</summary>
    public async Task<JsonElement> EventAsync(string name) => (await PayloadAsync(name)).GetProperty("d");

    public async Task<JsonElement> PayloadAsync(string name)
    {
        while (true)
        {
            var payload = await NextAsync();
            if (string.Equals(payload.GetProperty("t").GetString(), name, StringComparison.Ordinal))
            {
                return payload;
            }
        }
    }

    /// <summary>Reads on until the server closes.</summary>
    public async Task<int?> ClosedAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        return CloseCode;
    }

    /// <summary>Reads on until the connection is lost without a close frame.</summary>
    public async Task LostAsync() => await Should.ThrowAsync<WebSocketException>(async () => await ClosedAsync());

    public async Task CloseAsync(int code)
    {
        using var patience = new CancellationTokenSource(DiscordBench.Patience);
        await _socket.CloseAsync((WebSocketCloseStatus)code, statusDescription: null, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (_inflate is not null)
        {
            await _inflate.DisposeAsync();
        }

        await _packed.DisposeAsync();
    }

    private async Task<byte[]?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(DiscordBench.Patience);
        using var message = new MemoryStream();
        var buffer = new byte[16_384];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            await message.WriteAsync(buffer.AsMemory(0, part.Count), patience.Token);
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }
}
