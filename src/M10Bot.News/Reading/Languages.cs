using System.Collections.Frozen;

namespace M10Bot.News.Reading;

/// <summary>The languages that are told apart, by their English names.</summary>
public static class Languages
{
    private const string Own = "en"; // what the cards' own words are written in

    private static readonly FrozenDictionary<string, string> Names = CatalogueFile.Lines("languages").ToFrozenDictionary(l => l[0], l => l[1], StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that can be told apart, code and name in English, by name.</summary>
    public static IEnumerable<(string Code, string Name)> All => Names.Select(n => (n.Key, n.Value)).OrderBy(n => n.Value, StringComparer.Ordinal);

    /// <param name="code">BCP 47, with or without a region.</param>
    /// <returns>E.g. <c>German</c>; null for a language that is not told apart.</returns>
    public static string? NameOf(string code) => Names.GetValueOrDefault(code.Split('-')[0]);

    /// <summary>What a card says of an article in another language than its own words; null for one in English.</summary>
    /// <param name="showsText">Whether the card shows sentences of it: in other languages those are simply the first ones.</param>
    public static string? Note(string code, bool showsText) =>
        code.Split('-')[0] is Own or "und" or "" ? null : $"in {NameOf(code) ?? code}{(showsText ? ", first sentences" : "")}";
}
