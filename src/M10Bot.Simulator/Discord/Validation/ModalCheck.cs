using System.Globalization;
using System.Text.Json;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>The rules of a modal (callback type 9).</summary>
internal static class ModalCheck
{
    private static readonly int[] InLabel = [3, 4, 5, 6, 7, 8, 19, 21, 22, 23];

    public static void Read(JsonElement modal, FormErrors errors)
    {
        var fields = new Fields(modal, "data", errors);
        if (!fields.IsObject)
        {
            return;
        }

        fields.Text("custom_id", 100, 1, required: true);
        fields.Text("title", 45, 1, required: true);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var components = fields.List("components", 5, 1, required: true) ?? [];
        for (var i = 0; i < components.Count; i++)
        {
            var component = new Fields(components[i], fields.At($"components.{i.ToString(CultureInfo.InvariantCulture)}"), errors);
            if (component.IsObject)
            {
                ReadOne(component, ids, errors);
            }
        }
    }

    private static void ReadOne(Fields component, HashSet<string> ids, FormErrors errors)
    {
        switch (component.Whole("type", 1, 100, required: true))
        {
            case 10:
                component.Text("content", 4000, 1, required: true);
                break;
            case 18:
                component.Text("label", 45, 1, required: true);
                component.Text("description", 100);
                if (component.Get("component") is { } child)
                {
                    Input(new Fields(child, component.At("component"), errors), InLabel, inLabel: true, ids, errors);
                }
                else
                {
                    component.Wrong("component", "BASE_TYPE_REQUIRED", "This field is required");
                }

                break;
            case 1:
                var inputs = component.List("components", 1, 1, required: true) ?? [];
                foreach (var input in inputs)
                {
                    Input(new Fields(input, component.At("components.0"), errors), [4], inLabel: false, ids, errors);
                }

                break;
            default:
                component.Wrong("type", "BASE_TYPE_CHOICES", "Value must be one of (1, 10, 18).");
                break;
        }
    }

    private static void Input(Fields input, int[] allowed, bool inLabel, HashSet<string> ids, FormErrors errors)
    {
        if (!input.IsObject || input.Whole("type", 1, 100, required: true) is not { } type)
        {
            return;
        }

        if (!allowed.Contains((int)type))
        {
            input.Wrong("type", "BASE_TYPE_CHOICES", "This component cannot stand here.");
            return;
        }

        if (input.Text("custom_id", 100, 1, required: true) is { Length: > 0 } customId && !ids.Add(customId))
        {
            input.Wrong("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }

        if (type == 4)
        {
            TextInput(input, inLabel);
        }
        else
        {
            Pick(input, type, errors);
        }

        if (input.Truth("disabled") == true)
        {
            input.Wrong("disabled", "COMPONENT_DISABLED_IN_MODAL", "Components in a modal cannot be disabled");
        }

        if (type is >= 3 and <= 8 and not 4 && input.Truth("required") != false && input.Whole("min_values", 0, 25) == 0)
        {
            input.Wrong("min_values", "NUMBER_TYPE_MIN", "int value should be greater than or equal to 1.");
        }
    }

    private static void Pick(Fields input, long type, FormErrors errors)
    {
        var (least, most) = type switch { 3 => (1, 25), 21 => (2, 10), 22 => (1, 10), _ => (0, 0) };
        if (most > 0)
        {
            SelectCheck.Options(input, input.List("options", most, least, required: true) ?? [], errors);
        }

        if (type is >= 3 and <= 8)
        {
            SelectCheck.Read(input, (int)type, errors);
        }
    }

    private static void TextInput(Fields input, bool inLabel)
    {
        input.Whole("style", 1, 2, required: true);
        input.Whole("min_length", 0, 4000);
        input.Whole("max_length", 1, 4000);
        input.Text("placeholder", 100);
        input.Text("value", 4000);
        if (inLabel && input.Get("label") is not null)
        {
            input.Wrong("label", "COMPONENT_LABEL_IN_LABEL", "A text input inside a label has no label of its own");
        }
        else if (!inLabel)
        {
            input.Text("label", 45, 1, required: true);
        }
    }
}
