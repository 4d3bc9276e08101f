using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Simulator.Discord.Gateway;

/// <summary>Where gateway connections come in.</summary>
internal sealed class GatewayDoor(GatewayHub hub, Journal journal)
{
    public const string Path = "/gateway";
    public const string ResumePath = "/gateway/resume";

    public void Map(IEndpointRouteBuilder routes)
    {
        var stopping = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        routes.Map(Path, context => EnterAsync(context, byResumeUrl: false, stopping));
        routes.Map(ResumePath, context => EnterAsync(context, byResumeUrl: true, stopping));
    }

    private async Task EnterAsync(HttpContext context, bool byResumeUrl, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var query = context.Request.Query;
        var compress = query["compress"].ToString();
        var connection = new GatewayConnection(
            socket, hub, journal, context.Request.Host.Value ?? "", compress is "zlib-stream", byResumeUrl,
            $"v={query["v"]}&encoding={query["encoding"]}&compress={compress}");
        var isKnown = query["v"] == "10" && query["encoding"].ToString() is "" or "json" && compress is "" or "zlib-stream";
        if (!isKnown)
        {
            connection.Close(4012);
        }

        lock (hub.World.Gate)
        {
            hub.Arrived(connection);
        }

        journal.Write("discord", "gateway", "open", byResumeUrl ? "resume url" : "");
        try
        {
            await connection.RunAsync(ended.Token);
        }
        finally
        {
            lock (hub.World.Gate)
            {
                hub.Left(connection, socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable);
            }

            await CloseAsync(socket);
        }
    }

    private static async Task CloseAsync(WebSocket socket)
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
            }
            catch (WebSocketException)
            {
                socket.Abort();
            }
        }
    }
}
