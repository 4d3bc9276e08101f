using System.IO.Compression;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace M10Bot.Simulator.Discord.Gateway;

/// <summary>One WebSocket: says hello, supervises heartbeats and manners, writes in order.</summary>
internal sealed class GatewayConnection(WebSocket socket, GatewayHub hub, Journal journal, string origin, bool compress, bool cameByResumeUrl)
{
    public const int HeartbeatMilliseconds = 41_250;
    private const int MaxPayload = 4096;
    private const int MaxSends = 120;

    // A beat may be late by the network's doing; Discord is not precise about how late.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(HeartbeatMilliseconds) + TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SendWindow = TimeSpan.FromSeconds(60);
    private readonly Channel<Outgoing> _out = Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });
    private ITimer? _supervision;
    private DateTimeOffset _windowEnds;
    private int _sends;
    private bool _closing;

    public string Origin => origin;

    public bool CameByResumeUrl => cameByResumeUrl;

    public GatewaySession? Session { get; set; }

    public int Heartbeats { get; private set; }

    public void Send(byte[] json) => _out.Writer.TryWrite(new Outgoing(json, CloseCode: 0));

    public void SendOp(int op, JsonNode? d) => Send(Wire.Bytes(new JsonObject { ["op"] = op, ["d"] = d, ["s"] = null, ["t"] = null }));

    /// <summary>Closes with this code once everything before it is written.</summary>
    public void Close(int code)
    {
        _closing = true;
        journal.Write("discord", "gateway", "close", code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _out.Writer.TryWrite(new Outgoing([], code));
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => socket.Abort();

    public async Task RunAsync(CancellationToken ct)
    {
        using var supervision = hub.World.Time.CreateTimer(_ => Abort(), state: null, Patience, Timeout.InfiniteTimeSpan);
        _supervision = supervision;
        SendOp(10, new JsonObject { ["heartbeat_interval"] = HeartbeatMilliseconds });
        var writing = WriteAsync(ct);
        try
        {
            await ReadAsync(ct);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            journal.Write("discord", "gateway", "lost");
        }
        finally
        {
            _out.Writer.TryComplete();
            await writing;
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var buffer = new byte[MaxPayload + 1];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                length += part.Count;
            }
            while (!part.EndOfMessage && length < buffer.Length);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            Take(buffer.AsMemory(0, length));
        }
    }

    private void Take(ReadOnlyMemory<byte> payload)
    {
        lock (hub.World.Gate)
        {
            if (_closing)
            {
                return;
            }

            if (IsTooBusy())
            {
                Close(4008);
            }
            else if (payload.Length > MaxPayload || Parse(payload) is not { } json || json.GetWhole("op") is not { } op)
            {
                Close(4002);
            }
            else
            {
                Take(op, json.Get("d") ?? default);
            }
        }
    }

    private void Take(long op, JsonElement d)
    {
        switch (op)
        {
            case 1:
                Beat(d);
                break;
            case 2 when Session is not null:
                Close(4005);
                break;
            case 2:
                hub.Identify(this, d);
                break;
            case 6 when Session is not null:
                Close(4005);
                break;
            case 6:
                hub.Resume(this, d);
                break;
            case 3 or 4 or 8 or 31 or 43 when Session is null:
                Close(4003);
                break;
            case 3 or 4 or 8 or 31 or 43:
                break;
            default:
                Close(4001);
                break;
        }
    }

    private void Beat(JsonElement d)
    {
        Heartbeats++;
        if (Session is { } session && d.ValueKind == JsonValueKind.Number && d.TryGetInt64(out var seq) && seq > session.Seq)
        {
            journal.Write("discord", "gateway", "breach", "heartbeat names an event that was never sent");
        }

        if (hub.IsMute)
        {
            return;
        }

        _supervision?.Change(Patience, Timeout.InfiniteTimeSpan);
        SendOp(11, d: null);
    }

    private bool IsTooBusy()
    {
        var now = hub.World.Time.GetUtcNow();
        if (now >= _windowEnds)
        {
            _windowEnds = now + SendWindow;
            _sends = 0;
        }

        return ++_sends > MaxSends;
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        using var stream = new MemoryStream();
        await using var deflate = compress ? new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true) : null;
        try
        {
            await foreach (var (json, closeCode) in _out.Reader.ReadAllAsync(ct))
            {
                if (closeCode != 0)
                {
                    await socket.CloseOutputAsync((WebSocketCloseStatus)closeCode, "simulated", ct);
                    return;
                }

                if (deflate is null)
                {
                    await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, ct);
                    continue;
                }

                stream.SetLength(0);
                await deflate.WriteAsync(json, ct);
                await deflate.FlushAsync(ct);
                await socket.SendAsync(stream.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, ct);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader's loop ends on the same fault and writes it down.
            socket.Abort();
        }
    }

    private readonly record struct Outgoing(byte[] Json, int CloseCode);
}
