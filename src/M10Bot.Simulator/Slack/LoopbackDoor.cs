using System.Net;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Slack;

/// <summary>Keeps strangers' web pages out: the host named must be this machine, and so must the page that asks.</summary>
internal static class LoopbackDoor
{
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var origin = request.Headers.Origin.ToString();
        var isOurs = IsLoopback(request.Host.Host)
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsLoopback(from.Host) && from.Port == request.Host.Port));
        return isOurs ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    /// <summary>Null where the body is longer than allowed.</summary>
    public static async Task<byte[]?> ReadBodyAsync(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[8_192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            await body.WriteAsync(buffer.AsMemory(0, read), request.HttpContext.RequestAborted);
            if (body.Length > most)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
