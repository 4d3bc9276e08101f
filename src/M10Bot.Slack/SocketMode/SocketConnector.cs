using System.Net.WebSockets;

namespace M10Bot.Slack.SocketMode;

/// <summary>Opens a socket at the one-time address Slack gave.</summary>
internal delegate Task<WebSocket> ConnectSocket(Uri address, CancellationToken ct);

/// <summary>The real sockets.</summary>
internal static class SocketConnector
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(15);

    public static Task<WebSocket> ConnectAsync(Uri address, CancellationToken ct) => ConnectAsync(address, PingEvery, PongWithin, ct);

    /// <summary>Without <paramref name="pongWithin"/> a half-open link would never be noticed: .NET waits for ever by default.</summary>
    public static async Task<WebSocket> ConnectAsync(Uri address, TimeSpan pingEvery, TimeSpan pongWithin, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = pingEvery;
            socket.Options.KeepAliveTimeout = pongWithin;
            await socket.ConnectAsync(address, ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
