using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using M10Bot.Testing;

namespace M10Bot.Slack.Tests.SocketMode;

/// <summary>A socket in memory: the test is the other side.</summary>
internal sealed class FakeSocket : WebSocket
{
    private readonly Channel<(byte[] Bytes, WebSocketMessageType Type, bool IsEnd)> _inbound = Channel.CreateUnbounded<(byte[], WebSocketMessageType, bool)>();
    private readonly Channel<string> _outbound = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _senders;
    private (byte[] Bytes, WebSocketMessageType Type, bool IsEnd)? _left;

    public static string Hello => """{"type":"hello","num_connections":1,"connection_info":{"app_id":"A0APP"}}""";

    /// <summary>Our side closed in good order.</summary>
    public Task Closed => _closed.Task;

    public bool IsAborted { get; private set; }

    /// <summary>Two sends at once, which a real socket forbids.</summary>
    public bool WasCrowded { get; private set; }

    public bool BreaksOnSend { get; set; }

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    public FakeSocket Send(string text, WebSocketMessageType type = WebSocketMessageType.Text, bool isEnd = true)
    {
        _inbound.Writer.TryWrite((Encoding.UTF8.GetBytes(text), type, isEnd));
        return this;
    }

    /// <summary>The link breaks without a word.</summary>
    public void Drop() => _inbound.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    public async Task<string> NextAsync() => await _outbound.Reader.ReadAsync().AsTask().WaitAsync(WatchedTime.Patience);

    public override void Abort()
    {
        IsAborted = true;
        Drop();
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    /// <summary>The other side answers a close with its own.</summary>
    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _inbound.Writer.TryWrite(([], WebSocketMessageType.Close, true));
        _closed.TrySetResult();
        return Task.CompletedTask;
    }

    public override void Dispose() => Drop();

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage);
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var frame = _left ?? await ReadAsync(cancellationToken);
        var count = Math.Min(buffer.Length, frame.Bytes.Length);
        frame.Bytes.AsMemory(0, count).CopyTo(buffer);
        var isWhole = count == frame.Bytes.Length;
        _left = isWhole ? null : (frame.Bytes[count..], frame.Type, frame.IsEnd);
        return new ValueWebSocketReceiveResult(count, frame.Type, isWhole && frame.IsEnd);
    }

    public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        WasCrowded |= Interlocked.Increment(ref _senders) > 1;
        await Task.Yield();
        Interlocked.Decrement(ref _senders);
        if (BreaksOnSend)
        {
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        }

        _outbound.Writer.TryWrite(Encoding.UTF8.GetString(buffer));
    }

    private async Task<(byte[] Bytes, WebSocketMessageType Type, bool IsEnd)> ReadAsync(CancellationToken ct)
    {
        try
        {
            return await _inbound.Reader.ReadAsync(ct);
        }
        catch (ChannelClosedException e) when (e.InnerException is WebSocketException broken)
        {
            throw new WebSocketException(broken.WebSocketErrorCode, e);
        }
    }
}
