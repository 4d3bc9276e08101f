using System.Globalization;
using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Blocks;

/// <summary>Block Kit's limits, block by block (docs.slack.dev/reference/block-kit/blocks).</summary>
internal static class BlockRules
{
    public const int MostInMessage = 50;
    public const int MostInView = 100;

    /// <summary>Unpublished; refusals were seen from about this sum on (slackapi/bolt-js#2509).</summary>
    public const int MostCharacters = 13_200;

    public static BlockProblems Check(JsonElement blocks, int most, string root = "/blocks")
    {
        var problems = new BlockProblems();
        if (blocks.ValueKind != JsonValueKind.Array)
        {
            problems.Add("must be an array", root);
            return problems;
        }

        problems.Count(blocks.GetArrayLength(), 0, most, root);
        if (blocks.EnumerateArray().Count(b => b.Text("type") is "table") > 1)
        {
            problems.Add("only one table allowed", root);
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var at = 0;
        foreach (var block in blocks.EnumerateArray())
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"{root}/{at++}");
            problems.Length(block, "block_id", pointer, 255);
            if (block.Text("block_id") is { } id && !ids.Add(id))
            {
                problems.Add($"block_id \"{id}\" already exists", $"{pointer}/block_id");
            }

            CheckBlock(block, pointer, problems);
        }

        return problems;
    }

    private static void CheckBlock(JsonElement block, string pointer, BlockProblems problems)
    {
        switch (block.Text("type"))
        {
            case "divider":
                break;
            case "rich_text":
                RichBlockRules.CheckRichText(block, pointer, problems);
                break;
            case "table":
                RichBlockRules.CheckTable(block, pointer, problems);
                break;
            case "video":
                RichBlockRules.CheckVideo(block, pointer, problems);
                break;
            case "header":
                problems.TextObject(block, "text", pointer, 150, plainOnly: true, isRequired: true);
                break;
            case "section":
                CheckSection(block, pointer, problems);
                break;
            case "context":
                CheckContext(block, pointer, problems);
                break;
            case "actions":
                CheckElements(block, pointer, 25, ElementRules.Check, problems);
                break;
            case "context_actions":
                CheckElements(block, pointer, 5, ElementRules.CheckContextAction, problems);
                break;
            case "image":
                CheckImage(block, pointer, problems);
                problems.TextObject(block, "title", pointer, 2_000, plainOnly: true, isRequired: false);
                break;
            case "markdown":
                problems.Length(block, "text", pointer, 12_000, isRequired: true);
                problems.Characters += block.Text("text")?.Length ?? 0;
                break;
            case "input":
                CheckInput(block, pointer, problems);
                break;
            case var other:
                problems.UnknownType(other, pointer);
                break;
        }
    }

    private static void CheckSection(JsonElement block, string pointer, BlockProblems problems)
    {
        var fields = block.Items("fields").ToList();
        problems.TextObject(block, "text", pointer, 3_000, plainOnly: false, isRequired: fields.Count == 0);
        problems.Count(fields.Count, 0, 10, $"{pointer}/fields");
        for (var i = 0; i < fields.Count; i++)
        {
            problems.TextObject(fields[i], $"{pointer}/fields/{i}", 2_000, plainOnly: false);
        }

        if (block.Member("expand") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            problems.Add("must be a boolean", $"{pointer}/expand");
        }

        if (block.Member("accessory") is { } accessory)
        {
            ElementRules.Check(accessory, $"{pointer}/accessory", problems);
        }
    }

    private static void CheckContext(JsonElement block, string pointer, BlockProblems problems)
    {
        var elements = block.Items("elements").ToList();
        problems.Count(elements.Count, 1, 10, $"{pointer}/elements");
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i].Text("type") is "image")
            {
                CheckImage(elements[i], $"{pointer}/elements/{i}", problems);
            }
            else
            {
                problems.TextObject(elements[i], $"{pointer}/elements/{i}", 3_000, plainOnly: false);
            }
        }
    }

    private static void CheckElements(JsonElement block, string pointer, int most, Action<JsonElement, string, BlockProblems> check, BlockProblems problems)
    {
        var elements = block.Items("elements").ToList();
        problems.Count(elements.Count, 1, most, $"{pointer}/elements");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            check(elements[i], $"{pointer}/elements/{i}", problems);
            if (elements[i].Text("action_id") is { } id && !ids.Add(id))
            {
                problems.Add($"action_id \"{id}\" already exists", $"{pointer}/elements/{i}/action_id");
            }
        }
    }

    private static void CheckInput(JsonElement block, string pointer, BlockProblems problems)
    {
        problems.TextObject(block, "label", pointer, 2_000, plainOnly: true, isRequired: true);
        problems.TextObject(block, "hint", pointer, 2_000, plainOnly: true, isRequired: false);
        if (block.Member("element") is not { } element)
        {
            problems.Add("missing required field: element", pointer);
        }
        else if (element.Text("type") is "button" or "overflow" or "image")
        {
            problems.Add($"unsupported type: {element.Text("type")}", $"{pointer}/element/type");
        }
        else
        {
            ElementRules.CheckInInput(element, $"{pointer}/element", problems);
        }
    }

    public static void CheckImage(JsonElement image, string pointer, BlockProblems problems)
    {
        problems.Length(image, "alt_text", pointer, 2_000, isRequired: true);
        problems.Length(image, "image_url", pointer, 3_000, isRequired: image.Member("slack_file") is null);
        if (image.Text("image_url") is { } address && !IsWebAddress(address))
        {
            problems.Add("must be a valid URL", $"{pointer}/image_url");
        }
    }

    public static bool IsWebAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");
}
