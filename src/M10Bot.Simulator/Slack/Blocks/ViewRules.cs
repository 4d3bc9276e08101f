using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Blocks;

/// <summary>Limits of modals and home views (docs.slack.dev/reference/views).</summary>
internal static class ViewRules
{
    public const int MostBytes = 250_000;
    private static readonly string[] OfModals = ["title", "submit", "close", "clear_on_close", "notify_on_close"];

    public static BlockProblems Check(JsonElement view, string wantedType)
    {
        var problems = new BlockProblems();
        if (view.ValueKind != JsonValueKind.Object)
        {
            problems.Add("must be an object", "/view");
            return problems;
        }

        var isModal = wantedType is "modal";
        if (!view.Text("type").Is(wantedType))
        {
            problems.Add($"must be {wantedType}", "/view/type");
        }

        problems.TextObject(view, "title", "/view", 24, plainOnly: true, isRequired: isModal);
        problems.TextObject(view, "submit", "/view", 24, plainOnly: true, isRequired: false);
        problems.TextObject(view, "close", "/view", 24, plainOnly: true, isRequired: false);
        problems.Length(view, "private_metadata", "/view", 3_000, least: 0);
        problems.Length(view, "callback_id", "/view", 255, least: 0);
        problems.Length(view, "external_id", "/view", 255, least: 0);
        if (!isModal)
        {
            foreach (var name in OfModals.Where(n => view.Member(n) is not null))
            {
                problems.Add($"unsupported field: {name}", "/view");
            }
        }

        if (view.Member("blocks") is not { } blocks)
        {
            problems.Add("missing required field: blocks", "/view");
            return problems;
        }

        foreach (var problem in BlockRules.Check(blocks, BlockRules.MostInView, "/view/blocks").Found)
        {
            var cut = problem.LastIndexOf(" [json-pointer:", StringComparison.Ordinal);
            problems.Add(problem[..cut], problem[(cut + 15)..^1]);
        }

        if (view.Items("blocks").Count(b => b.Member("element") is { } e && e.Flag("focus_on_load")) > 1)
        {
            problems.Add("only one element may have focus_on_load", "/view/blocks");
        }

        if (isModal && view.Member("submit") is null && view.Items("blocks").Any(b => b.Text("type") is "input"))
        {
            problems.Add("missing required field: submit", "/view");
        }

        return problems;
    }
}
