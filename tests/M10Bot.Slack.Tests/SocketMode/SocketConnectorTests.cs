using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using M10Bot.Slack.SocketMode;

namespace M10Bot.Slack.Tests.SocketMode;

public sealed class SocketConnectorTests
{
    /// <summary>A server that shakes hands and then never answers a ping, as a half-open link does.</summary>
    [Fact]
    public async Task A_half_open_link_is_noticed()
    {
        var address = new TaskCompletionSource<Uri>();
        var serving = ShakeHandsAsync(address);

        var socket = await SlackRig.Soon(SocketConnector.ConnectAsync(await address.Task, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100), CancellationToken.None));
        using var server = await SlackRig.Soon(serving);

        using var log = new SlackRig();
        var link = SocketLink.Start(socket, (_, _, _) => Task.CompletedTask, TimeProvider.System, log.Log.For<SocketLink>(), CancellationToken.None);
        (await SlackRig.Soon(link.End)).ShouldBe(LinkEnd.Lost);
        await SlackRig.Soon(link.RetireAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_refused_connection_throws_what_the_worker_expects()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await Should.ThrowAsync<WebSocketException>(SlackRig.Soon(SocketConnector.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), CancellationToken.None)));
    }

    private static async Task<TcpClient> ShakeHandsAsync(TaskCompletionSource<Uri> address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        address.SetResult(new Uri($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/link"));
        var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        }

        var key = request.ToString().Split("\r\n").Single(l => l.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':')[1].Trim();
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
        return client;
    }
}
