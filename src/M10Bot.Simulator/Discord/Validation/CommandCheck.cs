using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>The rules for application commands: names, texts, nesting, options, sizes.</summary>
internal static partial class CommandCheck
{
    private const int ChatInput = 1;
    private const int MaxSize = 8000;

    public static void ReadAll(JsonElement body, FormErrors errors, bool ofGuild)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            errors.Add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return;
        }

        var names = new HashSet<(long, string)>();
        var perType = new Dictionary<long, int>();
        var place = 0;
        foreach (var command in body.EnumerateArray())
        {
            var fields = new Fields(command, (place++).ToString(CultureInfo.InvariantCulture), errors);
            if (!fields.IsObject)
            {
                continue;
            }

            var type = fields.Whole("type", 1, 4) ?? ChatInput;
            perType[type] = perType.GetValueOrDefault(type) + 1;
            Read(fields, type, errors, ofGuild);
            if (command.GetText("name") is { } name && !names.Add((type, name)))
            {
                errors.Add(fields.At(""), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
            }
        }

        if (perType.GetValueOrDefault(ChatInput) > 100 || perType.GetValueOrDefault(2) > 15 || perType.GetValueOrDefault(3) > 15)
        {
            errors.Add("", "BASE_TYPE_BAD_LENGTH", "Maximum number of application commands reached");
        }
    }

    /// <summary>One command, as POST takes it.</summary>
    public static void ReadOne(JsonElement body, FormErrors errors, bool ofGuild)
    {
        var fields = new Fields(body, "", errors);
        if (fields.IsObject)
        {
            Read(fields, fields.Whole("type", 1, 4) ?? ChatInput, errors, ofGuild);
        }
    }

    private static void Read(Fields command, long type, FormErrors errors, bool ofGuild)
    {
        Name(command, strict: type == ChatInput);
        Localisations(command, "name_localizations", 32);
        Localisations(command, "description_localizations", 100);
        if (type == ChatInput)
        {
            command.Text("description", 100, 1, required: true);
        }

        if (command.Get("default_member_permissions") is { } bits && !ulong.TryParse(bits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            command.Wrong("default_member_permissions", "BASE_TYPE_CHOICES", "Must be a permission bit set.");
        }

        foreach (var only in ofGuild ? new[] { "contexts", "integration_types" } : [])
        {
            if (command.Get(only) is not null)
            {
                command.Wrong(only, "APPLICATION_COMMAND_GUILD_SCOPE", "This field can only be set on global commands");
            }
        }

        Options(command, depth: 0, errors);
        if (Size(command.Source) > MaxSize)
        {
            errors.Add(command.At(""), "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
        }
    }

    private static void Options(Fields owner, int depth, FormErrors errors)
    {
        var options = owner.List("options", 25) ?? [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        var optionalSeen = false;
        for (var i = 0; i < options.Count; i++)
        {
            var option = new Fields(options[i], owner.At($"options.{i.ToString(CultureInfo.InvariantCulture)}"), errors);
            if (!option.IsObject)
            {
                continue;
            }

            Name(option, strict: true);
            option.Text("description", 100, 1, required: true);
            if (options[i].GetText("name") is { } name && !names.Add(name))
            {
                option.Wrong("name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique");
            }

            var type = option.Whole("type", 1, 11, required: true) ?? 3;
            Nesting(option, type, depth, mixed: options.Any(o => (o.GetWhole("type") <= 2) != (type <= 2)));
            if (type <= 2)
            {
                Options(option, depth + 1, errors);
                continue;
            }

            var required = option.Truth("required") == true;
            if (required && optionalSeen)
            {
                option.Wrong("required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options");
            }

            optionalSeen |= !required;
            Values(option, type, errors);
        }
    }

    private static void Nesting(Fields option, long type, int depth, bool mixed)
    {
        var tooDeep = (type == 2 && depth > 0) || (type == 1 && depth > 1);
        if (tooDeep || mixed)
        {
            option.Wrong("type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types");
        }
    }

    private static void Values(Fields option, long type, FormErrors errors)
    {
        var takesChoices = type is 3 or 4 or 10;
        var choices = option.List("choices", 25) ?? [];
        var autocomplete = option.Truth("autocomplete") == true;
        if ((choices.Count > 0 || autocomplete) && !takesChoices)
        {
            option.Wrong("type", "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Only text and number options take choices");
        }

        if (choices.Count > 0 && autocomplete)
        {
            option.Wrong("autocomplete", "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Autocomplete and choices exclude each other");
        }

        option.Whole("min_length", 0, 6000);
        option.Whole("max_length", 1, 6000);
        for (var i = 0; i < choices.Count; i++)
        {
            Choice(new Fields(choices[i], option.At($"choices.{i.ToString(CultureInfo.InvariantCulture)}"), errors), type);
        }
    }

    /// <summary>A choice of an option or of an autocomplete answer.</summary>
    public static void Choice(Fields choice, long optionType)
    {
        if (!choice.IsObject)
        {
            return;
        }

        choice.Text("name", 100, 1, required: true);
        if (optionType == 3)
        {
            choice.Text("value", 100, 1, required: true);
        }
        else if (choice.Get("value") is not { ValueKind: JsonValueKind.Number })
        {
            choice.Wrong("value", "NUMBER_TYPE_COERCE", "Value is not a number.");
        }
    }

    private static void Name(Fields named, bool strict)
    {
        var name = named.Text("name", 32, 1, required: true);
        if (strict && name is { Length: > 0 } && (!NamePattern().IsMatch(name) || HasUpperCase(name)))
        {
            named.Wrong("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
    }

    private static bool HasUpperCase(string name) => name.EnumerateRunes().Any(r => Rune.ToLowerInvariant(r) != r);

    private static void Localisations(Fields owner, string name, int max)
    {
        if (owner.Get(name) is not { ValueKind: JsonValueKind.Object } texts)
        {
            return;
        }

        foreach (var text in texts.EnumerateObject())
        {
            if (!Locales.Known.Contains(text.Name))
            {
                owner.Wrong(name, "LOCALE_UNKNOWN", $"Unknown locale {text.Name}");
            }
            else if (text.Value.ValueKind != JsonValueKind.String || Fields.Length(text.Value.GetString()!) > max)
            {
                owner.Wrong($"{name}.{text.Name}", "BASE_TYPE_BAD_LENGTH", string.Create(CultureInfo.InvariantCulture, $"Must be between 1 and {max} in length."));
            }
        }
    }

    /// <summary>Characters of names, descriptions and values over the whole command; the longest localisation counts.</summary>
    private static int Size(JsonElement node) =>
        Longest(node, "name") + Longest(node, "description")
        + (node.GetText("value") is { } value ? Fields.Length(value) : 0)
        + node.Members("options").Sum(Size) + node.Members("choices").Sum(Size);

    private static int Longest(JsonElement node, string name)
    {
        var longest = node.GetText(name) is { } text ? Fields.Length(text) : 0;
        if (node.Get($"{name}_localizations") is { ValueKind: JsonValueKind.Object } others)
        {
            foreach (var other in others.EnumerateObject())
            {
                longest = Math.Max(longest, Fields.Length(other.Value.ToString()));
            }
        }

        return longest;
    }

    [GeneratedRegex(@"^[-_'\p{L}\p{N}\p{IsDevanagari}\p{IsThai}]{1,32}$", RegexOptions.None, 1000)]
    private static partial Regex NamePattern();
}

internal static class Locales
{
    public static readonly HashSet<string> Known = new(
        "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko".Split(' '),
        StringComparer.Ordinal);
}
