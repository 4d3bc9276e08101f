using M10Bot.News.Chat;
using M10Bot.News.Reading;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>The languages that a person asks for, in words: <c>en, German</c>.</summary>
internal static class LanguageWords
{
    public const string Name = "languages";
    private const string Every = "all";
    private const int Most = 10;

    private static readonly char[] Between = [',', ';', ' ', '+'];
    private static readonly (string Code, string Name)[] Offered = [.. Languages.All];

    public static readonly CommandOption Option = new(
        Name, "Only stories in these languages, with commas between: en, German; all if left out", OptionKind.Language);

    /// <summary>The codes, none for every language; or an answer that says what is wrong.</summary>
    public static Lookup<IReadOnlyList<string>> Find(string typed)
    {
        var found = new List<string>();
        foreach (var word in typed.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IsEvery(word))
            {
                return Array.Empty<string>();
            }

            if (word.Equals("and", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (Code(word) is not { } code)
            {
                var nearest = NearestWord.Of(word, Offered.SelectMany(l => Names(l.Name)));
                return Wording.Answer(
                    Texts.Say($"{Wording.Quote(word)} is no language that can be told apart here"),
                    nearest is null ? "Say it in English or by its code, as German or de; “all” lets every language through." : Texts.Say($"Did you mean {nearest}? “all” lets every language through."));
            }

            found.Add(code);
        }

        var all = found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return all.Length is > 0 and <= Most
            ? all
            : Wording.Answer("Which languages?", Texts.Say($"Up to {Most}, by name or code with commas between; “all” lets every language through."));
    }

    /// <summary>What to offer while a person types: the languages written so far, and the one begun completed.</summary>
    public static IEnumerable<(string Name, string Value)> Suggest(string typed)
    {
        var parts = typed.Split([',', ';'], StringSplitOptions.TrimEntries);
        var before = parts[..^1].Select(Code).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var begun = parts[^1];
        var fitting = Offered
            .Where(l => !before.Contains(l.Code, StringComparer.Ordinal)
                && (Names(l.Name).Any(n => n.StartsWith(begun, StringComparison.OrdinalIgnoreCase)) || l.Code.StartsWith(begun, StringComparison.OrdinalIgnoreCase)))
            .Select(l => (Wording.Sentence(Wording.List(before.Append(l.Code).Select(NameOf))), string.Join(',', before.Append(l.Code))));
        return before.Length == 0 && Every.StartsWith(begun, StringComparison.OrdinalIgnoreCase) ? fitting.Prepend((Texts.Here("Every language"), Every)) : fitting;
    }

    /// <summary>E.g. <c>English and German only</c>; null for every language.</summary>
    public static string? Note(IReadOnlyList<string> languages) => languages.Count == 0 ? null : Texts.Say($"{Wording.List(languages.Select(NameOf))} only");

    public static string NameOf(string code) => Languages.NameOf(code) is { } english ? Texts.Here(english) : code;

    // As the reader's language calls it, and in English.
    private static IEnumerable<string> Names(string english) => [Texts.Here(english), english];

    private static bool IsEvery(string word) => word.Equals(Every, StringComparison.OrdinalIgnoreCase) || word.Equals("any", StringComparison.OrdinalIgnoreCase) || word.Equals("every", StringComparison.OrdinalIgnoreCase);

    private static string? Code(string word)
    {
        var primary = LanguageRule.Primary(word);
        return Offered.Where(l => Names(l.Name).Contains(word, StringComparer.OrdinalIgnoreCase) || string.Equals(l.Code, primary, StringComparison.Ordinal)).Select(l => l.Code).FirstOrDefault()
            ?? Offered.Where(l => Texts.Languages.Any(own => Texts.In(own, l.Name).Equals(word, StringComparison.OrdinalIgnoreCase))).Select(l => l.Code).FirstOrDefault();
    }
}
