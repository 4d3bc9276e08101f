using System.Globalization;
using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Blocks;

/// <summary>Limits of the blocks that hold more than text objects: rich text, tables, videos.</summary>
internal static class RichBlockRules
{
    private const int MostRows = 100;
    private const int MostColumns = 20;

    public static void CheckRichText(JsonElement block, string pointer, BlockProblems problems)
    {
        if (block.Member("elements") is not { ValueKind: JsonValueKind.Array } elements)
        {
            problems.Add("missing required field: elements", pointer);
            return;
        }

        var at = 0;
        foreach (var element in elements.EnumerateArray())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{pointer}/elements/{at++}");
            if (element.Text("type") is not ("rich_text_section" or "rich_text_list" or "rich_text_preformatted" or "rich_text_quote"))
            {
                problems.Add($"unsupported type: {element.Text("type")}", $"{place}/type");
            }
            else
            {
                CheckLeaves(element, place, problems);
            }
        }
    }

    public static void CheckTable(JsonElement block, string pointer, BlockProblems problems)
    {
        var rows = block.Items("rows").ToList();
        problems.Count(rows.Count, 1, MostRows, $"{pointer}/rows");
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].ValueKind == JsonValueKind.Array)
            {
                problems.Count(rows[i].GetArrayLength(), 1, MostColumns, $"{pointer}/rows/{i}");
            }
            else
            {
                problems.Add("must be an array", $"{pointer}/rows/{i}");
            }
        }
    }

    public static void CheckVideo(JsonElement block, string pointer, BlockProblems problems)
    {
        problems.TextObject(block, "title", pointer, 199, plainOnly: true, isRequired: true);
        problems.TextObject(block, "description", pointer, 199, plainOnly: true, isRequired: false);
        problems.Length(block, "author_name", pointer, 49);
        foreach (var name in new[] { "alt_text", "thumbnail_url", "video_url" })
        {
            problems.Length(block, name, pointer, 3_000, isRequired: true);
        }
    }

    private static void CheckLeaves(JsonElement owner, string pointer, BlockProblems problems)
    {
        var at = 0;
        foreach (var leaf in owner.Items("elements"))
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{pointer}/elements/{at++}");
            switch (leaf.Text("type"))
            {
                case "text":
                    problems.Length(leaf, "text", place, int.MaxValue - 1, isRequired: true);
                    problems.Characters += leaf.Text("text")?.Length ?? 0;
                    break;
                case "link":
                    problems.Length(leaf, "url", place, 3_000, isRequired: true);
                    break;
                case "user" or "usergroup" or "channel" or "broadcast" or "date" or "emoji" or "color":
                    break;
                case "rich_text_section" when owner.Text("type") is "rich_text_list":
                    CheckLeaves(leaf, place, problems);
                    break;
                case var other:
                    problems.Add($"unsupported type: {other}", $"{place}/type");
                    break;
            }
        }
    }
}
