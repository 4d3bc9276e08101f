using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Blocks;

/// <summary>The filled-in values of a view or message in the shape Slack sends them.</summary>
internal static class InputState
{
    /// <summary><c>{"values":{block:{action:value}}}</c>; untouched inputs are there, with their initial value or null.</summary>
    public static JsonObject Of(JsonElement blocks, JsonElement? given)
    {
        var values = new JsonObject();
        foreach (var (block, element) in BlockSearch.Active(blocks))
        {
            if (element.Text("type") is not { } type || type is "button" or "overflow")
            {
                continue;
            }

            var blockId = block.Text("block_id")!;
            var actionId = element.Text("action_id")!;
            var typed = given?.Member(blockId)?.Member(actionId);
            if (values[blockId] is not JsonObject ofBlock)
            {
                values[blockId] = ofBlock = [];
            }

            ofBlock[actionId] = Value(element, type, typed);
        }

        return new JsonObject { ["values"] = values };
    }

    /// <summary>What an element says when a person set it to <paramref name="typed"/>; null where the element has no such choice.</summary>
    public static JsonObject? Value(JsonElement element, string type, JsonElement? typed)
    {
        if (typed is { ValueKind: JsonValueKind.Object } ready)
        {
            return JsonObject.Create(ready);
        }

        var field = FieldOf(type);
        var value = new JsonObject { ["type"] = type };
        if (typed is null)
        {
            value[field] = Initial(element, field)?.ToNode() ?? (field is "selected_options" ? new JsonArray() : null);
            return value;
        }

        var words = typed.Value.ValueKind == JsonValueKind.Array
            ? [.. typed.Value.EnumerateArray().Select(w => w.ToString())]
            : new[] { typed.Value.ToString() };
        if (field is "selected_option" or "selected_options")
        {
            var options = words.Select(w => Option(element, type, w)).ToList();
            if (options.Contains(null) || (field is "selected_option" && options.Count != 1))
            {
                return null;
            }

            value[field] = field is "selected_option" ? options[0] : new JsonArray([.. options]);
        }
        else
        {
            value[field] = field is "selected_conversations" or "selected_channels" or "selected_users"
                ? new JsonArray([.. words.Select(w => JsonValue.Create(w))])
                : words.FirstOrDefault();
        }

        return value;
    }

    /// <summary>Both, the later one where they differ.</summary>
    public static JsonElement Merge(JsonElement? earlier, JsonElement later)
    {
        var merged = earlier is { } known ? JsonObject.Create(known)! : [];
        foreach (var block in later.EnumerateObject().Where(b => b.Value.ValueKind == JsonValueKind.Object))
        {
            if (merged[block.Name] is not JsonObject ofBlock)
            {
                merged[block.Name] = ofBlock = [];
            }

            foreach (var action in block.Value.EnumerateObject())
            {
                ofBlock[action.Name] = action.Value.ToNode();
            }
        }

        return merged.ToElement();
    }

    /// <summary>What of it outlives an update: only fields whose block id, action id and type stay the same.</summary>
    public static JsonElement? Kept(JsonElement? filled, JsonElement before, JsonElement after)
    {
        if (filled is not { } all)
        {
            return null;
        }

        var kept = new JsonObject();
        foreach (var (block, element) in BlockSearch.Active(before))
        {
            var (blockId, actionId) = (block.Text("block_id")!, element.Text("action_id")!);
            if (all.Member(blockId)?.Member(actionId) is { } value
                && BlockSearch.Find(after, blockId, actionId) is { } same && same.Element.Text("type").Is(element.Text("type")))
            {
                if (kept[blockId] is not JsonObject ofBlock)
                {
                    kept[blockId] = ofBlock = [];
                }

                ofBlock[actionId] = value.ToNode();
            }
        }

        return kept.ToElement();
    }

    public static bool IsEmpty(JsonObject value) => value[FieldOf(value["type"]?.GetValue<string>() ?? "")] switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonValue text => text.ToString().Length == 0,
        _ => false,
    };

    private static JsonObject? Option(JsonElement element, string type, string word)
    {
        if (type.EndsWith("external_select", StringComparison.Ordinal))
        {
            return new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = word }, ["value"] = word };
        }

        foreach (var option in BlockSearch.Options(element))
        {
            if (option.Text("value").Is(word))
            {
                return JsonObject.Create(option);
            }
        }

        return null;
    }

    private static JsonElement? Initial(JsonElement element, string field) => element.Member(field switch
    {
        "value" => "initial_value",
        _ => field.Replace("selected_", "initial_", StringComparison.Ordinal),
    });

    private static string FieldOf(string type) => type switch
    {
        "static_select" or "external_select" or "radio_buttons" or "overflow" => "selected_option",
        "multi_static_select" or "multi_external_select" or "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "conversations_select" => "selected_conversation",
        "channels_select" => "selected_channel",
        "multi_users_select" => "selected_users",
        "multi_conversations_select" => "selected_conversations",
        "multi_channels_select" => "selected_channels",
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        "datetimepicker" => "selected_date_time",
        _ => "value",
    };
}
