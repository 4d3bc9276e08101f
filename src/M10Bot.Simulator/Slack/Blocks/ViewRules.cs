using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Blocks;

/// <summary>Limits of modals and home views (docs.slack.dev/reference/views).</summary>
internal static class ViewRules
{
    public const int MostBytes = 250_000;

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

        if (isModal && view.Member("submit") is null && view.Items("blocks").Any(b => b.Text("type") is "input"))
        {
            problems.Add("missing required field: submit", "/view");
        }

        return problems;
    }
}
