using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace M10Bot.Simulator.Discord;

/// <summary>How JSON leaves the simulator: compact, and with letters of all scripts as they are.</summary>
internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Json);

    public static string Text(JsonNode node) => node.ToJsonString(Json);

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node, Json);

    public static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(element),
    };

    public static JsonElement? Get(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The field as text; null when it is absent or of another kind.</summary>
    public static string? GetText(this JsonElement from, string name) =>
        from.Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The field as a whole number; null when it is absent or of another kind.</summary>
    public static long? GetWhole(this JsonElement from, string name) =>
        from.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var whole) ? whole : null;

    public static bool IsTrue(this JsonElement from, string name) => from.Get(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The members of a list field; empty when it is absent, null or of another kind.</summary>
    public static IEnumerable<JsonElement> Members(this JsonElement from, string name) =>
        from.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
