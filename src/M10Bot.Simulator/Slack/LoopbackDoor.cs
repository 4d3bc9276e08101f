using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Slack;

/// <summary>What every request to the simulated Slack passes: the check of <see cref="LoopbackOnly"/>, and a bound on its body.</summary>
internal static class LoopbackDoor
{
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        LoopbackOnly.Allows(context.HttpContext.Request) ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);

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
}
