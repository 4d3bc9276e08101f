using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>Reads what a request carries: JSON, a form of texts, or a multipart with <c>payload_json</c>; nothing at all is fine where nothing is needed.</summary>
internal static class RequestBody
{
    private const int MaxBody = 1 << 20;
    private static readonly Answer TooLarge = Answer.Error(413, 40005, "Request entity too large");
    private static readonly Answer NoJson = Answer.Error(400, 50109, "The request body contains invalid JSON.");

    public static async Task<(JsonElement Body, Answer? Refusal)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.Method is "GET" or "DELETE" || (request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0))
        {
            return (default, null);
        }

        if (request.ContentLength > MaxBody)
        {
            return (default, TooLarge);
        }

        if (request.HasJsonContentType())
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            return body.Length > MaxBody ? (default, TooLarge) : Parse(body.ToArray());
        }

        if (request.HasFormContentType)
        {
            return OfForm(await request.ReadFormAsync(ct), isMultipart: request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase));
        }

        return (default, Answer.Form("", "CONTENT_TYPE_INVALID", "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'}."));
    }

    private static (JsonElement Body, Answer? Refusal) OfForm(IFormCollection form, bool isMultipart)
    {
        if (form.Files.Count > 0)
        {
            // Documented for servers that limit uploads; the simulated ones do, all of them.
            return (default, Answer.Error(400, 400001, "Uploading files is disabled in this server."));
        }

        return isMultipart && form.TryGetValue("payload_json", out var payload)
            ? Parse(System.Text.Encoding.UTF8.GetBytes(payload.ToString()))
            : (Wire.Element(new JsonObject(form.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)JsonValue.Create(f.Value.ToString()))))), null);
    }

    private static (JsonElement Body, Answer? Refusal) Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            return (default, NoJson);
        }
    }
}
