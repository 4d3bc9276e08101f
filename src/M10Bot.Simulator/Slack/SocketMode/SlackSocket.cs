using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace M10Bot.Simulator.Slack.SocketMode;

/// <summary>One open link: a single writer, and a reader that puts fragments together.</summary>
internal sealed class SlackSocket(WebSocket socket, SocketValve? valve, Action<byte[]> onText) : IDisposable
{
    private const int MostBytes = 4 * 1024 * 1024;
    private readonly Channel<Frame> _outgoing = Channel.CreateUnbounded<Frame>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _ended = new();

    /// <summary>False once a disconnect was sent: acknowledgements still count, new envelopes go elsewhere.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Ends when the link does.</summary>
    public CancellationToken Ended => _ended.Token;

    public bool Send(string json) => _outgoing.Writer.TryWrite(new Frame(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, int.MaxValue));

    /// <summary>The same in frames of so many bytes.</summary>
    public bool SendInPieces(string json, int bytes) => _outgoing.Writer.TryWrite(new Frame(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, bytes));

    public void SendGarbage()
    {
        _outgoing.Writer.TryWrite(new Frame("{\"envelope_id\":"u8.ToArray(), WebSocketMessageType.Text, int.MaxValue));
        _outgoing.Writer.TryWrite(new Frame([0, 159, 146, 150], WebSocketMessageType.Binary, int.MaxValue));
    }

    /// <summary>No more envelopes; what is queued still goes out.</summary>
    public void Drain() => IsOpen = false;

    /// <summary>Sends what is queued, then closes in order.</summary>
    public void Finish()
    {
        IsOpen = false;
        _outgoing.Writer.TryComplete();
    }

    /// <summary>Lets nothing through any more, pings neither, and says nothing of it.</summary>
    public void Freeze() => valve?.IsShut = true;

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort()
    {
        Finish();
        _ended.Cancel();
        socket.Abort();
    }

    public async Task RunAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _ended.Token);
        var writing = WriteAsync(either.Token);
        try
        {
            await ReadAsync(either.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // A cut line is an ordinary end here.
        }

        Finish();
        await writing;
        await _ended.CancelAsync();
    }

    public void Dispose() => _ended.Dispose();

    private async Task WriteAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync(ct))
            {
                await SendAsync(frame, ct);
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            IsOpen = false;
        }
    }

    private async Task SendAsync(Frame frame, CancellationToken ct)
    {
        var at = 0;
        do
        {
            var part = frame.Bytes.AsMemory(at, Math.Min(frame.Size, frame.Bytes.Length - at));
            at += part.Length;
            await socket.SendAsync(part, frame.Type, endOfMessage: at == frame.Bytes.Length, ct);
        }
        while (at < frame.Bytes.Length);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var buffer = new byte[4_096];
        using var whole = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close || whole.Length + part.Count > MostBytes)
            {
                return;
            }

            await whole.WriteAsync(buffer.AsMemory(0, part.Count), ct);
            if (!part.EndOfMessage)
            {
                continue;
            }

            if (part.MessageType == WebSocketMessageType.Text)
            {
                onText(whole.ToArray());
            }

            whole.SetLength(0);
        }
    }

    private sealed record Frame(byte[] Bytes, WebSocketMessageType Type, int Size);
}
