using System.Text.RegularExpressions;

namespace M10Bot.News.Reading;

/// <summary>What a version of an article says that the one before did not, as far as it can be told in a line.</summary>
internal static partial class VersionChange
{
    private const int MostRead = 6000;
    private const int MostSlips = 2;
    private const int ShortestTypo = 5; // "now" for "not" is no slip
    private const int RegexLimit = 10_000;

    /// <summary>E.g. <c>The death toll: 12 → 19</c>, <c>adds a statement by Anna Kalnina</c>; null where nothing of the kind changed.</summary>
    /// <param name="language">Of both, BCP 47.</param>
    /// <param name="isShown">Whether the card shows a sentence anyway.</param>
    public static string? Tell(string before, string after, string language, Func<string, bool> isShown) =>
        new FigureChange(language).Tell(before, after, isShown) ?? Statement(before, after);

    /// <summary>True where nothing but spelling, spaces and marks differs: no number, no name, no short word.</summary>
    public static bool IsSpellingOnly(string before, string after)
    {
        var (old, now) = (Words(before), Words(after));
        if (old.Count != now.Count)
        {
            return false;
        }

        for (var i = 0; i < old.Count; i++)
        {
            if (!string.Equals(old[i].Folded, now[i].Folded, StringComparison.Ordinal) && !IsTypo(old[i], now[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first sentence that the version before has not, and that says more than what is shown; null where there is none.</summary>
    /// <remarks>One with a word of its own goes before one that may be only put in another way.</remarks>
    public static string? Added(string before, IEnumerable<string> sentences, IReadOnlyList<string> shown)
    {
        var (told, known) = (Stems(string.Join('\n', shown)), Stems(before));
        var added = sentences.Where(s => !before.Contains(s, StringComparison.Ordinal) && !told.IsSupersetOf(Stems(s))).ToList();
        return added.Find(s => Stems(s).Any(w => !told.Contains(w) && !known.Contains(w))) ?? added.FirstOrDefault();
    }

    private static HashSet<string> Stems(string text) =>
        Words(text).Where(w => !StopWords.Contains(w.Folded)).Select(w => StopWords.Stem(w.Folded).ToString()).ToHashSet(StringComparer.Ordinal);

    private static bool IsTypo((string Folded, string Text, bool IsName) a, (string Folded, string Text, bool IsName) b) =>
        !a.IsName && !b.IsName && a.Folded.Length >= ShortestTypo && b.Folded.Length >= ShortestTypo
        && !a.Folded.Any(char.IsDigit) && !b.Folded.Any(char.IsDigit) && Spelling.Distance(a.Folded, b.Folded) <= MostSlips;

    private static string? Statement(string before, string after)
    {
        foreach (Match match in Said().Matches(Cut(after)))
        {
            var who = match.Groups["who"].Value;
            if (!before.Contains(who.Split(' ')[^1], StringComparison.Ordinal))
            {
                return $"adds a statement by {who}";
            }
        }

        return null;
    }

    private static List<(string Folded, string Text, bool IsName)> Words(string text)
    {
        var words = new List<(string, string, bool)>();
        foreach (var line in text.Split('\n'))
        {
            Tokens.Read(line, (token, folded) => words.Add((folded.ToString(), line[token.Start..token.End], token.IsCapital && !token.IsFirst)));
        }

        return words;
    }

    private static string Cut(string text) => text.Length <= MostRead ? text : text[..MostRead];

    [GeneratedRegex(@"(?<!\p{Lu}[\p{L}'’-]* )\b(?<who>\p{Lu}[\p{L}'’-]+( \p{Lu}[\p{L}'’-]+){1,4})(, [^,.\n]{1,60},)? (said|says|told)\b|\b(said|says) (?<who>\p{Lu}[\p{L}'’-]+( \p{Lu}[\p{L}'’-]+){1,4})\b(?! \p{Lu})", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Said();
}
