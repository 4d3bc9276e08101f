using System.Text.Json;

namespace M10Bot.Discord.Rest;

/// <summary>An error's body, whatever it is: Discord's JSON, a page of HTML, nothing.</summary>
internal sealed record ErrorBody(DiscordError Error)
{
    private const int MostPaths = 20;

    /// <summary>The body's own word on how long to wait: the true one, for a hidden limit may differ from what the headers tell.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The limit is that of the whole bot.</summary>
    public bool IsGlobal { get; private init; }

    /// <summary>Something is there, and it is no JSON: it comes from Discord's network, not from Discord.</summary>
    public bool IsPage { get; private init; }

    public static ErrorBody Read(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root ? Read(status, root) : new ErrorBody(new DiscordError(status, 0, []));
        }
        catch (JsonException)
        {
            return new ErrorBody(new DiscordError(status, 0, [])) { IsPage = body.Length > 0 };
        }
    }

    /// <summary>Seconds as Discord writes them; null for what is no time, at most a day.</summary>
    public static TimeSpan? Seconds(double seconds) =>
        double.IsFinite(seconds) && seconds >= 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null;

    private static ErrorBody Read(int status, JsonElement root)
    {
        var code = root.TryGetProperty("code", out var c) && c.ValueKind == JsonValueKind.Number && c.TryGetInt32(out var number) ? number : 0;
        var paths = new List<string>();
        if (root.TryGetProperty("errors", out var errors))
        {
            Walk(errors, "", paths);
        }

        var seconds = root.TryGetProperty("retry_after", out var wait) && wait.ValueKind == JsonValueKind.Number && wait.TryGetDouble(out var value)
            ? value
            : double.NaN;
        return new ErrorBody(new DiscordError(status, code, paths))
        {
            RetryAfter = Seconds(seconds),
            IsGlobal = root.TryGetProperty("global", out var global) && global.ValueKind == JsonValueKind.True,
        };
    }

    private static void Walk(JsonElement node, string path, List<string> paths)
    {
        if (node.ValueKind != JsonValueKind.Object || paths.Count >= MostPaths)
        {
            return;
        }

        foreach (var child in node.EnumerateObject())
        {
            if (child.NameEquals("_errors"))
            {
                paths.Add($"{(path.Length == 0 ? "body" : path)} {FirstCode(child.Value)}".TrimEnd());
            }
            else
            {
                Walk(child.Value, path.Length == 0 ? child.Name : $"{path}.{child.Name}", paths);
            }
        }
    }

    // The inner codes are strings in practice and integers in the OpenAPI document.
    private static string FirstCode(JsonElement faults) =>
        faults.ValueKind == JsonValueKind.Array && faults.GetArrayLength() > 0 && faults[0].ValueKind == JsonValueKind.Object
        && faults[0].TryGetProperty("code", out var code)
            ? code.ToString()
            : "";
}
