using System.Globalization;
using System.Text.Json;
using M10Bot.News.Markup;

namespace M10Bot.News.Wire;

/// <summary>One object of a ninjs document: its fields by name in any case, since 1.x and 2.x write <c>pubstatus</c> and 3.x <c>pubStatus</c>.</summary>
internal readonly struct NinjsFields(JsonElement element)
{
    /// <summary>The first of these fields that is there and not null.</summary>
    public JsonElement? this[params ReadOnlySpan<string> names]
    {
        get
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            foreach (var name in names)
            {
                foreach (var field in element.EnumerateObject())
                {
                    if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && field.Value.ValueKind != JsonValueKind.Null)
                    {
                        return field.Value;
                    }
                }
            }

            return null;
        }
    }

    /// <summary>A text or a number as one line; null where there is none or it is empty.</summary>
    public string? Line(params ReadOnlySpan<string> names) => this[names] is { } value ? Line(value) : null;

    /// <summary>The objects of a list; 1.x has one where 2.x has a list.</summary>
    public IEnumerable<NinjsFields> Many(params ReadOnlySpan<string> names) => this[names] switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(e => new NinjsFields(e)),
        { ValueKind: JsonValueKind.Object } one => [new NinjsFields(one)],
        _ => [],
    };

    /// <summary>The values of a list of texts or objects, of one text or of one object.</summary>
    public IEnumerable<JsonElement> Values(params ReadOnlySpan<string> names) => this[names] switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { } one => [one],
        null => [],
    };

    /// <summary>Texts with their role: the list of 2.x and 3.x, and the fields of 1.x that name the role (<c>body_text</c>).</summary>
    public IReadOnlyList<NinjsText> Texts(string list, string single)
    {
        var texts = new List<NinjsText>();
        foreach (var text in Many(list))
        {
            if (text["value"] is { ValueKind: JsonValueKind.String } value && value.GetString() is { } words && !string.IsNullOrWhiteSpace(words))
            {
                texts.Add(new NinjsText(text.Line("role")?.ToLowerInvariant() ?? "", text.Line("contenttype")?.ToLowerInvariant() ?? "", words));
            }
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return texts;
        }

        foreach (var field in element.EnumerateObject())
        {
            if (field.Name.StartsWith(single, StringComparison.OrdinalIgnoreCase) && (field.Name.Length == single.Length || field.Name[single.Length] == '_')
                && field.Value.ValueKind == JsonValueKind.String && field.Value.GetString() is { } words && !string.IsNullOrWhiteSpace(words))
            {
                texts.Add(new NinjsText(field.Name.Length == single.Length ? "main" : field.Name[(single.Length + 1)..].ToLowerInvariant(), "", words));
            }
        }

        return texts;
    }

    public static string? Line(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => MarkupText.Fold(value.GetString()!) is { Length: > 0 } line ? line : null,
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number.ToString("0.###", CultureInfo.InvariantCulture) : null,
        _ => null,
    };
}

/// <summary>A headline, a description or a body.</summary>
internal sealed record NinjsText(string Role, string ContentType, string Value)
{
    public bool IsHtml => ContentType.Contains("html", StringComparison.Ordinal)
        || (ContentType.Length == 0 && (Role.Contains("html", StringComparison.Ordinal) || Value.AsSpan().TrimStart().StartsWith("<")));

    /// <summary>NITF and the like: the same text stands beside it in a form that readers have.</summary>
    public bool IsXml => !IsHtml && (ContentType.Contains("xml", StringComparison.Ordinal) || ContentType.Contains("json", StringComparison.Ordinal));

    public string Plain() => IsHtml ? MarkupText.ToPlain(Value) : MarkupText.Fold(Value);
}
