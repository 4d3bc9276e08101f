using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace M10Bot.Simulator.Slack.SocketMode;

/// <summary>One open link: a single writer, and a reader that puts fragments together.</summary>
internal sealed class SlackSocket(WebSocket socket, Action<byte[]> onText) : IDisposable
{
    private const int MostBytes = 4 * 1024 * 1024;
    private readonly Channel<string> _outgoing = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _ended = new();

    /// <summary>False once a disconnect was sent: acknowledgements still count, new envelopes go elsewhere.</summary>
    public bool IsOpen { get; private set; } = true;

    public bool Send(string json) => _outgoing.Writer.TryWrite(json);

    /// <summary>No more envelopes; what is queued still goes out.</summary>
    public void Drain() => IsOpen = false;

    /// <summary>Sends what is queued, then closes in order.</summary>
    public void Finish()
    {
        IsOpen = false;
        _outgoing.Writer.TryComplete();
    }

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
    }

    public void Dispose() => _ended.Dispose();

    private async Task WriteAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var json in _outgoing.Reader.ReadAllAsync(ct))
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, ct);
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
}
