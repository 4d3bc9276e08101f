using System.Globalization;
using System.Text;
using System.Text.Json;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>Walks a message's components: which may stand where, how many, how long. One instance per message.</summary>
internal sealed class ComponentCheck(FormErrors errors, bool v2, string place)
{
    private const int MaxRows = 5;
    private const int MaxInTree = 40;
    private const int MaxText = 4000;

    /// <summary>Undocumented: beyond it Discord answers 500 (discord-api-docs#8554).</summary>
    private const int MaxBytes = 10_170;

    private const string UniqueFor = "Component custom id cannot be duplicated";
    private static readonly int[] InContainer = [1, 9, 10, 12, 13, 14];
    private static readonly int[] OnTop = [1, 9, 10, 12, 13, 14, 17];
    private readonly HashSet<string> _customIds = new(StringComparer.Ordinal);
    private readonly HashSet<long> _ids = [];
    private int _count;
    private int _text;
    private int _bytes;

    /// <summary>True where Discord itself would fail (HTTP 500) on the size.</summary>
    public bool BreaksDiscord => v2 && _bytes + (12 * _count) > MaxBytes;

    public void Read(IReadOnlyList<JsonElement> components)
    {
        if (!v2 && components.Count > MaxRows)
        {
            errors.Add(place, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        }

        ReadAll(components, place, v2 ? OnTop : [1]);
        if (v2 && _count > MaxInTree)
        {
            errors.Add(place, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The total number of components cannot exceed 40");
        }

        if (_text > MaxText)
        {
            errors.Add(place, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "The total displayable text size cannot exceed 4000");
        }
    }

    private void ReadAll(IReadOnlyList<JsonElement> components, string path, int[] allowed)
    {
        for (var i = 0; i < components.Count; i++)
        {
            ReadOne(components[i], $"{path}.{i.ToString(CultureInfo.InvariantCulture)}", allowed);
        }
    }

    private void ReadOne(JsonElement component, string path, int[] allowed)
    {
        _count++;
        var fields = new Fields(component, path, errors);
        if (!fields.IsObject || fields.Whole("type", 1, 100, required: true) is not { } type)
        {
            return;
        }

        if (!allowed.Contains((int)type))
        {
            var choices = string.Join(", ", allowed.Select(a => a.ToString(CultureInfo.InvariantCulture)));
            fields.Wrong("type", "BASE_TYPE_CHOICES", $"Value must be one of ({choices}).");
            return;
        }

        if (fields.Whole("id", 0, int.MaxValue) is > 0 and var id && !_ids.Add(id))
        {
            fields.Wrong("id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
        }

        switch (type)
        {
            case 1: Row(fields); break;
            case 2: Button(fields); break;
            case >= 3 and <= 8: Select(fields, (int)type); break;
            case 9: Section(fields); break;
            case 10: TextDisplay(fields); break;
            case 11: Media(fields, "media", required: true); fields.Text("description", 1024); break;
            case 12: Gallery(fields); break;
            case 13: fields.Wrong("file", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "Referenced attachment not found."); break;
            case 14: fields.Truth("divider"); fields.Whole("spacing", 1, 2); break;
            case 17: Container(fields); break;
        }
    }

    private void Row(Fields row)
    {
        var children = row.List("components", 5, 1, required: true) ?? [];
        var isSelect = children.Any(c => c.GetWhole("type") is >= 3 and <= 8);
        if (isSelect && children.Count > 1)
        {
            row.Wrong("components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
        }

        ReadAll(children, row.At("components"), [2, 3, 5, 6, 7, 8]);
    }

    private void Button(Fields button)
    {
        button.Text("label", 80);
        button.Truth("disabled");
        var style = button.Whole("style", 1, 6, required: true);
        if (style == 5)
        {
            button.Url("url", 512, required: true, "discord");
            if (button.Get("custom_id") is not null)
            {
                button.Wrong("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified");
            }
        }
        else if (style is >= 1 and <= 4)
        {
            CustomId(button);
            if (button.Get("url") is not null)
            {
                button.Wrong("url", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified");
            }
        }

        if (style is >= 1 and <= 5 && string.IsNullOrEmpty(button.Source.GetText("label")) && button.Get("emoji") is null)
        {
            button.Wrong("label", "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji");
        }
    }

    private void Select(Fields select, int type)
    {
        CustomId(select);
        select.Truth("disabled");
        SelectCheck.Read(select, type, errors);
        if (type == 3)
        {
            SelectCheck.Options(select, select.List("options", 25, 1, required: true) ?? [], errors);
        }
    }

    private void Section(Fields section)
    {
        ReadAll(section.List("components", 3, 1, required: true) ?? [], section.At("components"), [10]);
        if (section.Get("accessory") is { } accessory)
        {
            ReadOne(accessory, section.At("accessory"), [2, 11]);
        }
        else
        {
            section.Wrong("accessory", "BASE_TYPE_REQUIRED", "This field is required");
        }
    }

    private void TextDisplay(Fields display)
    {
        if (display.Text("content", MaxText, 1, required: true) is { } text)
        {
            _text += Fields.Length(text);
            _bytes += Encoding.UTF8.GetByteCount(text);
        }
    }

    private void Gallery(Fields gallery)
    {
        var items = gallery.List("items", 10, 1, required: true) ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var item = new Fields(items[i], gallery.At($"items.{i.ToString(CultureInfo.InvariantCulture)}"), errors);
            if (item.IsObject)
            {
                Media(item, "media", required: true);
                item.Text("description", 1024);
            }
        }
    }

    private void Media(Fields owner, string name, bool required)
    {
        if (owner.Get(name) is not { } media)
        {
            if (required)
            {
                owner.Wrong(name, "BASE_TYPE_REQUIRED", "This field is required");
            }

            return;
        }

        var fields = new Fields(media, owner.At(name), errors);
        if (fields.IsObject)
        {
            fields.Url("url", 2048, required: true);
        }
    }

    private void Container(Fields container)
    {
        container.Whole("accent_color", 0, 0xFFFFFF);
        container.Truth("spoiler");
        ReadAll(container.List("components", MaxInTree, 1, required: true) ?? [], container.At("components"), InContainer);
    }

    private void CustomId(Fields component)
    {
        if (component.Text("custom_id", 100, 1, required: true) is { Length: > 0 } customId && !_customIds.Add(customId))
        {
            component.Wrong("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", UniqueFor);
        }
    }
}
