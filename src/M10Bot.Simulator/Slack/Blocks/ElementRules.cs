using System.Globalization;
using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Blocks;

/// <summary>Block Kit's limits for buttons, selects and inputs.</summary>
internal static class ElementRules
{
    /// <summary>Text is typed in an input block only.</summary>
    public static void Check(JsonElement element, string pointer, BlockProblems problems)
    {
        if (element.Text("type") is "plain_text_input" or "number_input" or "email_text_input" or "url_text_input" or "rich_text_input" or "file_input")
        {
            problems.Add($"unsupported type: {element.Text("type")}", $"{pointer}/type");
            return;
        }

        CheckInInput(element, pointer, problems);
    }

    public static void CheckContextAction(JsonElement element, string pointer, BlockProblems problems)
    {
        problems.Length(element, "action_id", pointer, 255);
        if (element.Text("type") is not ("feedback_buttons" or "icon_button"))
        {
            problems.Add($"unsupported type: {element.Text("type")}", $"{pointer}/type");
        }
    }

    public static void CheckInInput(JsonElement element, string pointer, BlockProblems problems)
    {
        problems.Length(element, "action_id", pointer, 255);
        problems.TextObject(element, "placeholder", pointer, 150, plainOnly: true, isRequired: false);
        if (element.Member("confirm") is { } confirm)
        {
            CheckConfirm(confirm, $"{pointer}/confirm", problems);
        }

        switch (element.Text("type"))
        {
            case "button":
                CheckButton(element, pointer, problems);
                break;
            case "static_select" or "multi_static_select":
                CheckSelect(element, pointer, problems);
                break;
            case "overflow":
                CheckOptions(element, pointer, 1, 5, problems);
                break;
            case "checkboxes" or "radio_buttons":
                CheckOptions(element, pointer, 1, 10, problems);
                break;
            case "plain_text_input":
                problems.Length(element, "initial_value", pointer, 3_000, least: 0);
                CheckRange(element, "min_length", pointer, 0, problems);
                CheckRange(element, "max_length", pointer, 1, problems);
                break;
            case "image":
                BlockRules.CheckImage(element, pointer, problems);
                break;
            case "external_select" or "multi_external_select" or "users_select" or "multi_users_select" or "conversations_select"
                or "multi_conversations_select" or "channels_select" or "multi_channels_select" or "datepicker" or "timepicker"
                or "datetimepicker" or "number_input" or "email_text_input" or "url_text_input":
                break;
            case var other:
                problems.UnknownType(other, pointer);
                break;
        }
    }

    public static void CheckOption(JsonElement option, string pointer, BlockProblems problems)
    {
        problems.TextObject(option, "text", pointer, 75, plainOnly: false, isRequired: true);
        problems.TextObject(option, "description", pointer, 75, plainOnly: false, isRequired: false);
        problems.Length(option, "value", pointer, 150, isRequired: true);
        problems.Length(option, "url", pointer, 3_000);
    }

    private static void CheckRange(JsonElement input, string name, string pointer, int least, BlockProblems problems)
    {
        if (input.Member(name) is { } value && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < least || number > 3_000))
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"must be between {least} and 3000"), $"{pointer}/{name}");
        }
    }

    private static void CheckButton(JsonElement button, string pointer, BlockProblems problems)
    {
        problems.TextObject(button, "text", pointer, 75, plainOnly: true, isRequired: true);
        problems.Length(button, "value", pointer, 2_000);
        problems.Length(button, "url", pointer, 3_000);
        problems.Length(button, "accessibility_label", pointer, 75);
        if (button.Text("url") is { } address && !BlockRules.IsWebAddress(address))
        {
            problems.Add("must be a valid URL", $"{pointer}/url");
        }

        if (button.Member("style") is not null && button.Text("style") is not ("primary" or "danger"))
        {
            problems.Add("must be one of: primary, danger", $"{pointer}/style");
        }
    }

    private static void CheckSelect(JsonElement select, string pointer, BlockProblems problems)
    {
        if (select.Member("options") is not null && select.Member("option_groups") is not null)
        {
            problems.Add("only one of options and option_groups allowed", pointer);
        }

        if (select.Member("option_groups") is not { } groups)
        {
            CheckOptions(select, pointer, 1, 100, problems);
            return;
        }

        if (groups.ValueKind != JsonValueKind.Array)
        {
            problems.Add("must be an array", $"{pointer}/option_groups");
            return;
        }

        problems.Count(groups.GetArrayLength(), 1, 100, $"{pointer}/option_groups");
        var at = 0;
        foreach (var group in groups.EnumerateArray())
        {
            var place = $"{pointer}/option_groups/{at++}";
            problems.TextObject(group, "label", place, 75, plainOnly: true, isRequired: true);
            CheckOptions(group, place, 1, 100, problems);
        }
    }

    private static void CheckOptions(JsonElement owner, string pointer, int least, int most, BlockProblems problems)
    {
        var at = 0;
        foreach (var option in owner.Items("options"))
        {
            if (option.Member("url") is not null && owner.Text("type") is not "overflow")
            {
                problems.Add("unsupported field: url", $"{pointer}/options/{at}");
            }

            CheckOption(option, $"{pointer}/options/{at++}", problems);
        }

        problems.Count(at, least, most, $"{pointer}/options");
    }

    private static void CheckConfirm(JsonElement confirm, string pointer, BlockProblems problems)
    {
        problems.TextObject(confirm, "title", pointer, 100, plainOnly: true, isRequired: false);
        problems.TextObject(confirm, "text", pointer, 300, plainOnly: false, isRequired: true);
        problems.TextObject(confirm, "confirm", pointer, 30, plainOnly: true, isRequired: false);
        problems.TextObject(confirm, "deny", pointer, 30, plainOnly: true, isRequired: false);
    }
}
