using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>A modal with what a person put into its fields, refused where Discord's client would not send it.</summary>
internal sealed class FilledModal(IReadOnlyDictionary<string, JsonElement> values, Picks picks)
{
    private const int ActionRow = 1;
    private const int TextInput = 4;
    private const int TextDisplay = 10;
    private const int Label = 18;
    private const int Radio = 21;
    private const int CheckboxGroup = 22;
    private const int Checkbox = 23;

    public JsonArray Components(JsonElement modal) => [.. modal.Members("components").Select(c => (JsonNode)Filled(c))];

    private JsonObject Filled(JsonElement component)
    {
        var type = component.GetWhole("type");
        var json = new JsonObject { ["type"] = type, ["id"] = component.GetWhole("id") ?? 0 };
        switch (type)
        {
            case Label:
                json["component"] = Filled(component.Get("component")!.Value);
                return json;
            case ActionRow:
                json["components"] = new JsonArray([.. component.Members("components").Select(c => (JsonNode)Filled(c))]);
                return json;
            case TextDisplay:
                return json;
        }

        var customId = component.GetText("custom_id")!;
        json["custom_id"] = customId;
        var given = values.TryGetValue(customId, out var value) ? value : default;
        var isRequired = component.Get("required") is not { ValueKind: JsonValueKind.False };
        switch (type)
        {
            case TextInput:
                json["value"] = Written(component, customId, given, isRequired);
                break;
            case Checkbox:
                json["value"] = given.ValueKind is JsonValueKind.True || string.Equals(given.ToString(), "true", StringComparison.Ordinal);
                break;
            case Radio:
                json["value"] = Picked(component, Texts(given), isRequired) is [{ } only] ? only.DeepClone() : null;
                break;
            default:
                json["values"] = Picked(component, Texts(given), isRequired);
                break;
        }

        return json;
    }

    private static string Written(JsonElement input, string customId, JsonElement given, bool isRequired)
    {
        var text = given.ValueKind == JsonValueKind.Undefined ? input.GetText("value") ?? "" : given.ToString();
        var length = Fields.Length(text);
        var fits = (!isRequired || length > 0) && (length == 0 || length >= (input.GetWhole("min_length") ?? 0)) && length <= (input.GetWhole("max_length") ?? 4000);
        return fits ? text : throw new DiscordClientException($"The field {customId} is not filled in as it asks.");
    }

    private JsonArray Picked(JsonElement select, IReadOnlyList<string> picked, bool isRequired)
    {
        if (picked.Count == 0 && !isRequired)
        {
            return [];
        }

        if (select.GetWhole("type") is not (Radio or CheckboxGroup))
        {
            return picks.Take(select, picked);
        }

        var options = select.Members("options").Select(o => o.GetText("value")).ToHashSet(StringComparer.Ordinal);
        var most = select.GetWhole("type") == Radio ? 1 : select.GetWhole("max_values") ?? options.Count;
        return picked.Count >= (select.GetWhole("min_values") ?? 1) && picked.Count <= most && picked.All(options.Contains)
            ? [.. picked.Select(v => JsonValue.Create(v))]
            : throw new DiscordClientException("These values cannot be picked.");
    }

    private static string[] Texts(JsonElement given) =>
        given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray().Select(v => v.ToString())]
        : given.ValueKind == JsonValueKind.String && given.GetString() is { Length: > 0 } one ? [one]
        : [];
}
