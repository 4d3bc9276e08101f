namespace M10Bot.Discord.Gateway;

/// <summary>One WebSocket connection. Tests script the other end.</summary>
internal abstract class GatewaySocket : IAsyncDisposable
{
    public abstract Task ConnectAsync(Uri address, CancellationToken ct);

    /// <summary>May be called by several at once.</summary>
    public abstract Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken ct);

    /// <summary>The next whole message, or how the connection ended.</summary>
    public abstract Task<GatewayFrame> ReceiveAsync(CancellationToken ct);

    /// <summary>Ends the connection with <paramref name="code"/>; never throws. 1000 and 1001 end the session too.</summary>
    public abstract Task CloseAsync(int code);

    public abstract ValueTask DisposeAsync();
}

/// <param name="Body">Null at the connection's end.</param>
/// <param name="IsBinary">True for compressed messages.</param>
/// <param name="CloseCode">At the end: the code, null where the connection just broke.</param>
internal readonly record struct GatewayFrame(ReadOnlyMemory<byte>? Body, bool IsBinary = false, int? CloseCode = null);
