using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace M10Bot.News.Chat;

/// <summary>The bot's own words in the languages it speaks. English stands in the code and is the key; Chat/Texts holds a file for each other language.</summary>
/// <remarks>
/// What a publisher wrote is never translated. A text that a file lacks stays English; a test sees to it that none lacks one.
/// Names of commands, options and choices have keys of their own: <c>name:channel add</c>, <c>option:topic</c>, <c>choice:here</c>.
/// </remarks>
public static class Texts
{
    public const string English = "en";

    /// <summary>ISO 639-1, English first.</summary>
    public static readonly IReadOnlyList<string> Languages = [English, "de", "fr", "es", "uk"];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Tables =
        Languages.Skip(1).ToFrozenDictionary(l => l, Load, StringComparer.Ordinal);

    private static readonly AsyncLocal<string?> Asked = new();

    /// <summary>The language of the reply that is being made; set by the dispatcher for all that runs within.</summary>
    public static string Current
    {
        get => Asked.Value ?? English;
        set => Asked.Value = value;
    }

    /// <summary>The language for a client's locale (<c>de</c>, <c>es-419</c>, <c>uk-UA</c>); English for one that the bot does not speak.</summary>
    public static string LanguageOf(string? locale)
    {
        var language = locale?.Split('-', '_')[0].ToLowerInvariant();
        return Languages.FirstOrDefault(l => string.Equals(l, language, StringComparison.Ordinal)) ?? English;
    }

    /// <summary>A fixed text, or a key.</summary>
    public static string In(string language, string english) =>
        Tables.TryGetValue(language, out var table) && table.TryGetValue(english, out var text) ? text : english;

    /// <summary>A text with values.</summary>
    public static string In(string language, string format, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, In(language, format), values);

    /// <summary>A text with values in the current language.</summary>
    public static string Say(FormattableString words) =>
        string.Format(CultureInfo.InvariantCulture, In(Current, words.Format), words.GetArguments());

    /// <summary>A fixed text in the current language.</summary>
    public static string Here(string english) => In(Current, english);

    /// <summary>What was made in English and kept, in the current language: known again by its form.</summary>
    public static string Told(string english) => ToldTexts.In(Current, english);

    /// <summary>The word for so many, in the current language. Ukrainian has a form of its own for a few, under a key of its own.</summary>
    public static string Plural(long count, string one, string many)
    {
        var isOne = Current switch
        {
            "fr" => count < 2,
            "uk" => count % 10 == 1 && count % 100 != 11,
            _ => count == 1,
        };
        var few = $"few:{many}";
        return isOne ? Here(one)
            : Current is "uk" && count % 10 is >= 2 and <= 4 && count % 100 is not (>= 12 and <= 14) && Here(few) is var text && !string.Equals(text, few, StringComparison.Ordinal) ? text
            : Here(many);
    }

    /// <summary>A command's option as the reader's client calls it.</summary>
    public static string Option(string name) => Here($"option:{name}") is var text && text.StartsWith("option:", StringComparison.Ordinal) ? name : text;

    /// <summary>All texts of a language but English, by key.</summary>
    public static IReadOnlyDictionary<string, string> All(string language) => Tables[language];

    private static FrozenDictionary<string, string> Load(string language)
    {
        var name = $"M10Bot.News.Chat.Texts.{language}.json";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the program.");
        return (JsonSerializer.Deserialize(stream, TextsJsonContext.Default.DictionaryStringString) ?? []).ToFrozenDictionary(StringComparer.Ordinal);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TextsJsonContext : System.Text.Json.Serialization.JsonSerializerContext;
