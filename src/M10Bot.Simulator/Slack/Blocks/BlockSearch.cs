using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Blocks;

/// <summary>Finds what can be pressed or filled in a set of blocks.</summary>
internal static class BlockSearch
{
    /// <summary>Gives every block and element the id Slack would make up, so that each can be named.</summary>
    public static JsonElement WithIds(JsonElement blocks)
    {
        if (blocks.EnumerateArray().All(HasIds))
        {
            return blocks;
        }

        var named = JsonArray.Create(blocks)!;
        var count = 0;
        foreach (var block in named.OfType<JsonObject>())
        {
            block["block_id"] ??= Made(ref count);
            var elements = block["elements"] as JsonArray ?? [];
            foreach (var element in elements.Append(block["accessory"]).Append(block["element"]).OfType<JsonObject>().Where(IsActive))
            {
                element["action_id"] ??= Made(ref count);
            }
        }

        return named.ToElement();
    }

    public static IEnumerable<(JsonElement Block, JsonElement Element)> Active(JsonElement blocks)
    {
        foreach (var block in blocks.EnumerateArray())
        {
            foreach (var element in Elements(block).Where(e => e.Text("action_id") is not null))
            {
                yield return (block, element);
            }
        }
    }

    public static (JsonElement Block, JsonElement Element)? Find(JsonElement blocks, string blockId, string actionId)
    {
        foreach (var found in Active(blocks))
        {
            if (found.Block.Text("block_id").Is(blockId) && found.Element.Text("action_id").Is(actionId))
            {
                return found;
            }
        }

        return null;
    }

    public static IEnumerable<JsonElement> Options(JsonElement element) =>
        element.Items("options").Concat(element.Items("option_groups").SelectMany(g => g.Items("options")));

    private static IEnumerable<JsonElement> Elements(JsonElement block)
    {
        var elements = block.Items("elements");
        if (block.Member("accessory") is { } accessory)
        {
            elements = elements.Append(accessory);
        }

        return block.Member("element") is { } element ? elements.Append(element) : elements;
    }

    private static bool HasIds(JsonElement block) =>
        block.Text("block_id") is not null
        && Elements(block).All(e => e.Text("action_id") is not null || !IsActiveType(e.Text("type")));

    private static bool IsActive(JsonObject element) =>
        element["type"] is JsonValue type && type.TryGetValue<string>(out var name) && IsActiveType(name);

    private static bool IsActiveType(string? type) =>
        type is not (null or "image" or "mrkdwn" or "plain_text" or "rich_text_section" or "rich_text_list" or "rich_text_quote" or "rich_text_preformatted");

    private static string Made(ref int count) => string.Create(CultureInfo.InvariantCulture, $"made{count++}");
}
