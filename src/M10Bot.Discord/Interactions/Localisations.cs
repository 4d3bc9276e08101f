using M10Bot.Discord.Rendering;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Interactions;

/// <summary>The bot's texts by Discord's locales; a member's client shows its own, and the bot still gets the English names.</summary>
internal static class Localisations
{
    // Discord takes Spain's Spanish for Latin America where that has none of its own.
    private static readonly (string Language, string Locale)[] Locales = [("de", "de"), ("es", "es-ES"), ("fr", "fr"), ("uk", "uk")];

    /// <summary>A text, or a key of <see cref="Texts"/>; null where no language has it.</summary>
    public static SortedDictionary<string, string>? Of(string key) => Of(language => Texts.In(language, key) is var text && !string.Equals(text, key, StringComparison.Ordinal) ? text : null);

    /// <summary>Of a group: its name and the names of what is in it.</summary>
    public static SortedDictionary<string, string>? OfGroup(string name, IEnumerable<string> full) => Of(language =>
    {
        var key = $"name:{name}";
        var word = Texts.In(language, key);
        return string.Equals(word, key, StringComparison.Ordinal)
            ? null
            : $"{char.ToUpperInvariant(word[0])}{word[1..]}: {string.Join(", ", full.Select(f => Texts.In(language, $"name:{f}") is var verb && verb.StartsWith("name:", StringComparison.Ordinal) ? f[(name.Length + 1)..] : verb))}";
    });

    private static SortedDictionary<string, string>? Of(Func<string, string?> text)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (language, locale) in Locales)
        {
            if (text(language) is { } found)
            {
                all[locale] = DiscordText.Plain(found, 100);
            }
        }

        return all.Count > 0 ? all : null;
    }
}
