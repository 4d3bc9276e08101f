using System.Text.Json;

namespace M10Bot.Discord.Rest;

/// <summary>Reads an error's body, whatever it is: Discord's JSON, a page of HTML, nothing.</summary>
internal static class ErrorBody
{
    private const int MostPaths = 20;

    public static DiscordError Read(int status, ReadOnlyMemory<byte> body)
    {
        var (code, paths, _) = Parse(body);
        return new DiscordError(status, code, paths);
    }

    /// <summary>The body's <c>retry_after</c>, and whether it says that the limit is the global one.</summary>
    public static (TimeSpan? RetryAfter, bool IsGlobal) ReadLimit(ReadOnlyMemory<byte> body)
    {
        var (_, _, root) = Parse(body);
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, false);
        }

        var isGlobal = root.TryGetProperty("global", out var global) && global.ValueKind == JsonValueKind.True;
        var seconds = root.TryGetProperty("retry_after", out var wait) && wait.ValueKind == JsonValueKind.Number && wait.TryGetDouble(out var value)
            ? value
            : double.NaN;
        return (Seconds(seconds), isGlobal);
    }

    /// <summary>Seconds as Discord writes them; null for what is no time, at most a day.</summary>
    public static TimeSpan? Seconds(double seconds) =>
        double.IsFinite(seconds) && seconds >= 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null;

    private static (int Code, IReadOnlyList<string> Paths, JsonElement Root) Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement.Clone();
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (0, [], root);
            }

            var code = root.TryGetProperty("code", out var c) && c.ValueKind == JsonValueKind.Number && c.TryGetInt32(out var number) ? number : 0;
            var paths = new List<string>();
            if (root.TryGetProperty("errors", out var errors))
            {
                Walk(errors, "", paths);
            }

            return (code, paths, root);
        }
        catch (JsonException)
        {
            return (0, [], default);
        }
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
