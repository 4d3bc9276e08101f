using System.IO.Compression;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace M10Bot.Simulator.Discord.Gateway;

/// <summary>One WebSocket: says hello, supervises heartbeats and manners, writes in order.</summary>
internal sealed class GatewayConnection(WebSocket socket, GatewayHub hub, Journal journal, string origin, bool compress, bool cameByResumeUrl, string query)
{
    public const int HeartbeatMilliseconds = 41_250;
    private const int MaxPayload = 4096;
    private const int MaxSends = 120;

    // A beat may be late by the network's doing; Discord is not precise about how late.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(HeartbeatMilliseconds) + TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SendWindow = TimeSpan.FromSeconds(60);
    private readonly Channel<Outgoing> _out = Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });
    private ITimer? _supervision;
    private DateTimeOffset _windowEnds;
    private DateTimeOffset _openedAt;
    private DateTimeOffset? _askedAt;
    private int _sends;
    private bool _closing;

    public string Origin => origin;

    public bool CameByResumeUrl => cameByResumeUrl;

    /// <summary>Version, encoding and compression as they were asked for.</summary>
    public string Query => query;

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
        Welcome();
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

    /// <summary>Opcode 1: beat at once, please.</summary>
    public void AskForHeartbeat()
    {
        _askedAt = hub.World.Time.GetUtcNow();
        SendOp(1, d: null);
    }

    private void Welcome()
    {
        lock (hub.World.Gate)
        {
            _openedAt = hub.World.Time.GetUtcNow();
            if (hub.RefusedHellos > 0)
            {
                hub.RefusedHellos--;
                SendOp(7, d: null);
                return;
            }
        }

        SendOp(10, new JsonObject { ["heartbeat_interval"] = HeartbeatMilliseconds });
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
        var now = hub.World.Time.GetUtcNow();
        if (Heartbeats == 1 && _askedAt is null)
        {
            hub.FirstBeats.Add(now - _openedAt);
        }

        if (_askedAt is { } asked && now - asked > Prompt)
        {
            hub.Breach("a heartbeat that was asked for came late");
        }

        _askedAt = null;
        if (Session is { } session && d.ValueKind == JsonValueKind.Number && d.TryGetInt64(out var seq) && seq > session.Seq)
        {
            hub.Breach("a heartbeat names an event that was never sent");
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
                    await SendFramesAsync(json, WebSocketMessageType.Text, ct);
                    continue;
                }

                stream.SetLength(0);
                await deflate.WriteAsync(json, ct);
                await deflate.FlushAsync(ct);
                await SendFramesAsync(stream.ToArray(), WebSocketMessageType.Binary, ct);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader's loop ends on the same fault and writes it down.
            socket.Abort();
        }
    }

    private async ValueTask SendFramesAsync(byte[] message, WebSocketMessageType type, CancellationToken ct)
    {
        var piece = hub.SplitsFrames ? Math.Max(1, message.Length / 3) : message.Length;
        for (var at = 0; at < message.Length; at += piece)
        {
            var length = Math.Min(piece, message.Length - at);
            await socket.SendAsync(message.AsMemory(at, length), type, endOfMessage: at + length == message.Length, ct);
        }
    }

    private readonly record struct Outgoing(byte[] Json, int CloseCode);
}
