using System.Text.Json;
using System.Text.Json.Serialization;

namespace M10Bot.News.Chat;

/// <summary>A Card as the tables keep it.</summary>
public static class CardJson
{
    public static string Write(Card card) => JsonSerializer.Serialize(card, CardJsonContext.Default.Card);

    /// <exception cref="JsonException">The text is no card.</exception>
    public static Card Read(string json) =>
        JsonSerializer.Deserialize(json, CardJsonContext.Default.Card) ?? throw new JsonException("A card was kept as null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Card))]
internal sealed partial class CardJsonContext : JsonSerializerContext;
