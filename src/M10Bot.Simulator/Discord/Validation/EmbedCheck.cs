using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>The limits of embeds, and the form in which Discord keeps them (always <c>rich</c>).</summary>
internal static class EmbedCheck
{
    private const int MaxTotal = 6000;

    public static JsonElement Read(IReadOnlyList<JsonElement> embeds, string path, FormErrors errors)
    {
        var kept = new JsonArray();
        var total = 0;
        for (var i = 0; i < embeds.Count; i++)
        {
            var fields = new Fields(embeds[i], $"{path}.{i.ToString(CultureInfo.InvariantCulture)}", errors);
            if (!fields.IsObject)
            {
                continue;
            }

            total += ReadOne(fields, errors);
            var json = JsonObject.Create(embeds[i])!;
            json["type"] = "rich";
            json.Remove("provider");
            json.Remove("video");
            foreach (var field in json["fields"] as JsonArray ?? [])
            {
                if (field is JsonObject known && !known.ContainsKey("inline"))
                {
                    known["inline"] = false;
                }
            }

            kept.Add(json);
        }

        if (total > MaxTotal)
        {
            errors.Add(path, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
        }

        return Wire.Element(kept);
    }

    /// <returns>How many characters count towards the sum over all embeds.</returns>
    private static int ReadOne(Fields embed, FormErrors errors)
    {
        var total = Length(embed.Text("title", 256)) + Length(embed.Text("description", 4096));
        embed.Url("url", 2048);
        embed.Whole("color", 0, 0xFFFFFF);
        if (embed.Text("timestamp", 64) is { } at && !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _))
        {
            embed.Wrong("timestamp", "DATE_TIME_TYPE_PARSE", $"Could not parse {at}. Should be ISO8601.");
        }

        if (Child(embed, "footer", errors) is { } footer)
        {
            total += Length(footer.Text("text", 2048, 1, required: true));
            footer.Url("icon_url", 2048, required: false, "attachment");
        }

        if (Child(embed, "author", errors) is { } author)
        {
            total += Length(author.Text("name", 256, 1, required: true));
            author.Url("url", 2048);
            author.Url("icon_url", 2048, required: false, "attachment");
        }

        foreach (var picture in new[] { "image", "thumbnail" })
        {
            Child(embed, picture, errors)?.Url("url", 2048, required: true, "attachment");
        }

        var list = embed.List("fields", 25) ?? [];
        for (var i = 0; i < list.Count; i++)
        {
            var field = new Fields(list[i], embed.At($"fields.{i.ToString(CultureInfo.InvariantCulture)}"), errors);
            if (field.IsObject)
            {
                total += Length(field.Text("name", 256, 1, required: true)) + Length(field.Text("value", 1024, 1, required: true));
                field.Truth("inline");
            }
        }

        return total;
    }

    private static Fields? Child(Fields embed, string name, FormErrors errors)
    {
        if (embed.Get(name) is not { } value)
        {
            return null;
        }

        var child = new Fields(value, embed.At(name), errors);
        return child.IsObject ? child : null;
    }

    private static int Length(string? text) => text is null ? 0 : Fields.Length(text.Trim());
}
