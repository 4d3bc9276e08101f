using System.Globalization;
using System.Text.Json;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>The rules of selects, in messages and in modals.</summary>
internal static class SelectCheck
{
    private static readonly Dictionary<int, string[]> DefaultTypes = new()
    {
        [5] = ["user"],
        [6] = ["role"],
        [7] = ["user", "role"],
        [8] = ["channel"],
    };

    public static void Read(Fields select, int type, FormErrors errors)
    {
        select.Text("placeholder", 150);
        var min = select.Whole("min_values", 0, 25) ?? 1;
        var max = select.Whole("max_values", 1, 25) ?? 1;
        if (min > max)
        {
            select.Wrong("min_values", "NUMBER_TYPE_MAX", "int value should be less than or equal to max_values.");
        }

        if (DefaultTypes.TryGetValue(type, out var kinds))
        {
            Defaults(select, kinds, (int)max, errors);
        }

        foreach (var (channelType, i) in (type == 8 ? select.List("channel_types", 25) ?? [] : []).Select((t, i) => (t, i)))
        {
            if (channelType.ValueKind != JsonValueKind.Number)
            {
                select.Wrong($"channel_types.{i.ToString(CultureInfo.InvariantCulture)}", "NUMBER_TYPE_COERCE", $"Value \"{channelType}\" is not int.");
            }
        }
    }

    public static void Options(Fields select, IReadOnlyList<JsonElement> options, FormErrors errors)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Count; i++)
        {
            var option = new Fields(options[i], select.At($"options.{i.ToString(CultureInfo.InvariantCulture)}"), errors);
            if (!option.IsObject)
            {
                continue;
            }

            option.Text("label", 100, 1, required: true);
            option.Text("description", 100);
            if (option.Text("value", 100, 1, required: true) is { } value && !values.Add(value))
            {
                option.Wrong("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used");
            }
        }
    }

    private static void Defaults(Fields select, string[] kinds, int max, FormErrors errors)
    {
        var defaults = select.List("default_values", max) ?? [];
        for (var i = 0; i < defaults.Count; i++)
        {
            var one = new Fields(defaults[i], select.At($"default_values.{i.ToString(CultureInfo.InvariantCulture)}"), errors);
            if (one.IsObject && !kinds.Contains(one.Text("type", 20, 1, required: true), StringComparer.Ordinal))
            {
                one.Wrong("type", "BASE_TYPE_CHOICES", $"Value must be one of ('{string.Join("', '", kinds)}').");
            }
        }
    }
}
