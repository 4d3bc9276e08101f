using System.Collections.Frozen;
using System.Globalization;

namespace M10Bot.News.Reading;

/// <summary>Numbers in words, months and small words of the languages that cards speak, out of the files in Catalogue.</summary>
internal sealed class NumberWords
{
    private static readonly FrozenDictionary<string, NumberWords> ByLanguage =
        CatalogueFile.Lines("numbers").ToFrozenDictionary(l => l[0], l => new NumberWords(l), StringComparer.OrdinalIgnoreCase);

    private static readonly NumberWords None = new(["", "-", "-", "-"]);

    private readonly FrozenDictionary<string, int> _values;
    private readonly FrozenSet<string> _months;
    private readonly FrozenSet<string> _small;

    private NumberWords(string[] fields)
    {
        var small = CatalogueFile.Words(fields[1]).Select((words, i) => (words, Value: i + 2));
        var tens = CatalogueFile.Words(fields[2]).Select((words, i) => (words, Value: (i + 3) * 10));
        _values = small.Concat(tens).SelectMany(n => n.words.Split('/').Select(word => (word, n.Value)))
            .ToFrozenDictionary(n => n.word, n => n.Value, StringComparer.Ordinal);
        _months = CatalogueFile.Words(fields[3]).ToFrozenSet(StringComparer.Ordinal);
        _small = CatalogueFile.Lines("languages").Where(l => l[0] == fields[0]).SelectMany(l => CatalogueFile.Words(l[2]))
            .Where(w => !_values.ContainsKey(w)).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <param name="language">BCP 47; one without numbers here knows none.</param>
    public static NumberWords Of(string language) => ByLanguage.GetValueOrDefault(language.Split('-')[0], None);

    public static string Fold(string word) => word.ToLower(CultureInfo.InvariantCulture).Replace('’', '\'');

    /// <param name="word">Folded.</param>
    public int? Value(string word) => _values.TryGetValue(word, out var value) ? value : null;

    public bool IsMonth(string word) => _months.Contains(word);

    /// <summary>Whether it says nothing of what is counted.</summary>
    public bool IsSmall(string word) => _small.Contains(word);
}
