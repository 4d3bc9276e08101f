using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>Short words for reading strangers' JSON without trusting its shape.</summary>
internal static class JsonExtensions
{
    /// <summary>Ids and keys are compared letter by letter.</summary>
    public static bool Is(this string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    public static JsonNode? ToNode(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };

    public static JsonElement ToElement(this JsonNode node) => JsonSerializer.SerializeToElement(node);

    public static JsonObject Set(this JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }

        return json;
    }

    public static JsonObject Set(this JsonObject json, string name, JsonElement? value)
    {
        if (value is { } element)
        {
            json[name] = element.ToNode();
        }

        return json;
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    public static bool Flag(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : Enumerable.Empty<JsonElement>();

    /// <summary>Null for anything that is not one well-formed JSON value.</summary>
    public static JsonElement? TryParse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!JsonElement.TryParseValue(ref reader, out var element))
            {
                return null;
            }

            return reader.Read() ? null : element;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
