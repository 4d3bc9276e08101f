using System.Net;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Page;

/// <summary>Lets only this machine's own browser windows in, and tells them to load nothing from elsewhere.</summary>
internal sealed class PageGuard : IEndpointFilter
{
    private const string Policy =
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var headers = http.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return IsOwn(http.Request)
            ? await next(context)
            : Results.Json(new { error = "This page answers on localhost only." }, statusCode: StatusCodes.Status403Forbidden);
    }

    // A stranger's site can make its own name resolve to 127.0.0.1 (DNS rebinding), or post here from its pages:
    // then Host or Origin carries its name.
    private static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return IsLoopback(request.Host.Host)
            && (origin.Length == 0
                || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                    && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
