using System.Globalization;
using System.Text.Json;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>Reads the fields of one JSON object and notes what breaks the rules. Absent and null are both null here.</summary>
internal readonly struct Fields(JsonElement from, string path, FormErrors errors)
{
    public JsonElement Source => from;

    public bool IsObject
    {
        get
        {
            if (from.ValueKind == JsonValueKind.Object)
            {
                return true;
            }

            errors.Add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            return false;
        }
    }

    public string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public void Wrong(string name, string code, string message) => errors.Add(At(name), code, message);

    public JsonElement? Get(string name) => from.Get(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    /// <summary>Text whose length, in code points and after trimming, lies in the range.</summary>
    public string? Text(string name, int max, int min = 0, bool required = false)
    {
        if (Get(name) is not { } value)
        {
            Require(name, required);
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Wrong(name, "STRING_TYPE_CONVERT", "Could not interpret the value as string.");
            return null;
        }

        var text = value.GetString()!;
        var length = Length(text.Trim());
        if (length < min && length == 0)
        {
            Wrong(name, "BASE_TYPE_REQUIRED", "This field is required");
        }
        else if (length > max && min == 0)
        {
            Wrong(name, "BASE_TYPE_MAX_LENGTH", $"Must be {max.ToString(CultureInfo.InvariantCulture)} or fewer in length.");
        }
        else if (length > max || length < min)
        {
            Wrong(name, "BASE_TYPE_BAD_LENGTH", string.Create(CultureInfo.InvariantCulture, $"Must be between {min} and {max} in length."));
        }

        return text;
    }

    public long? Whole(string name, long min, long max, bool required = false)
    {
        if (Get(name) is not { } value)
        {
            Require(name, required);
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            Wrong(name, "NUMBER_TYPE_COERCE", $"Value \"{value}\" is not int.");
            return null;
        }

        if (number < min)
        {
            Wrong(name, "NUMBER_TYPE_MIN", string.Create(CultureInfo.InvariantCulture, $"int value should be greater than or equal to {min}."));
        }
        else if (number > max)
        {
            Wrong(name, "NUMBER_TYPE_MAX", string.Create(CultureInfo.InvariantCulture, $"int value should be less than or equal to {max}."));
        }

        return number;
    }

    public bool? Truth(string name)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.ValueKind == JsonValueKind.True;
        }

        Wrong(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        return null;
    }

    public IReadOnlyList<JsonElement>? List(string name, int max, int min = 0, bool required = false)
    {
        if (Get(name) is not { } value)
        {
            Require(name, required);
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return null;
        }

        var length = value.GetArrayLength();
        if (length > max || length < min)
        {
            Wrong(name, "BASE_TYPE_BAD_LENGTH", string.Create(CultureInfo.InvariantCulture, $"Must be between {min} and {max} in length."));
        }

        return [.. value.EnumerateArray()];
    }

    /// <summary>An absolute http or https address.</summary>
    public string? Url(string name, int max, bool required = false, params string[] otherSchemes)
    {
        var url = Text(name, max, required ? 1 : 0, required);
        if (string.IsNullOrEmpty(url))
        {
            return url;
        }

        string[] schemes = ["http", "https", .. otherSchemes];
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || !schemes.Contains(parsed.Scheme, StringComparer.Ordinal))
        {
            Wrong(name, "URL_TYPE_INVALID_SCHEME", $"Scheme \"{parsed?.Scheme ?? ""}\" is not supported. Scheme must be one of ('{string.Join("', '", schemes)}').");
        }

        return url;
    }

    public static int Length(string text) => text.EnumerateRunes().Count();

    private void Require(string name, bool required)
    {
        if (required)
        {
            Wrong(name, "BASE_TYPE_REQUIRED", "This field is required");
        }
    }
}
