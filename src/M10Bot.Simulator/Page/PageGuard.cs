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
        return LoopbackOnly.Allows(http.Request)
            ? await next(context)
            : Results.Json(new { error = "This page answers on localhost only." }, statusCode: StatusCodes.Status403Forbidden);
    }
}
