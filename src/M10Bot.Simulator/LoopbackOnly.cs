using System.Net;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator;

/// <summary>
/// Lets only this machine's own pages call: a stranger's page that has its name resolve to loopback (DNS rebinding)
/// still sends its own name as Host, and a cross-site form still sends its own Origin.
/// </summary>
internal static class LoopbackOnly
{
    public static bool Allows(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return false;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    public static RequestDelegate Guard(RequestDelegate next) => context =>
    {
        if (Allows(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    };

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
