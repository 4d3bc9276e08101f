using System.Buffers;
using System.Net.WebSockets;

namespace M10Bot.Discord.Gateway;

/// <summary>The real connection.</summary>
internal sealed class ClientGatewaySocket(TimeProvider time) : GatewaySocket
{
    private const int MostMessage = 16 * 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sender = new(1, 1);
    private readonly ArrayBufferWriter<byte> _message = new(32 * 1024);

    public override Task ConnectAsync(Uri address, CancellationToken ct)
    {
        _socket.Options.KeepAliveInterval = TimeSpan.Zero; // the gateway's own heartbeat is the watch
        return _socket.ConnectAsync(address, ct);
    }

    public override async Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken ct)
    {
        await _sender.WaitAsync(ct);
        try
        {
            await _socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, ct);
        }
        finally
        {
            _sender.Release();
        }
    }

    public override async Task<GatewayFrame> ReceiveAsync(CancellationToken ct)
    {
        _message.ResetWrittenCount();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(_message.GetMemory(8 * 1024), ct);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return new GatewayFrame(null, CloseCode: (int?)_socket.CloseStatus);
                }

                _message.Advance(part.Count);
                if (_message.WrittenCount > MostMessage)
                {
                    return new GatewayFrame(null);
                }

                if (part.EndOfMessage)
                {
                    return new GatewayFrame(_message.WrittenMemory, part.MessageType == WebSocketMessageType.Binary);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
        {
            return new GatewayFrame(null, CloseCode: (int?)_socket.CloseStatus);
        }
    }

    public override async Task CloseAsync(int code)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, null, limit.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The other end is gone already.
        }
        finally
        {
            _socket.Abort();
        }
    }

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _sender.Dispose();
        return ValueTask.CompletedTask;
    }
}
