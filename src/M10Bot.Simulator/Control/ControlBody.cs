using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Control;

/// <summary>Reads an order's JSON object, or refuses it in words.</summary>
internal static class ControlBody
{
    /// <returns>Null where the request was refused already.</returns>
    public static async Task<JsonElement?> ReadAsync(HttpContext context)
    {
        // Asking for JSON keeps other sites' forms and simple requests out: those need the browser's leave first.
        if (!context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, 400, "Send a JSON object as application/json.");
            return null;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // told below, as any other body that is no object
        }

        await RefuseAsync(context, 400, "Send a JSON object as application/json.");
        return null;
    }

    public static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = why });
    }
}
