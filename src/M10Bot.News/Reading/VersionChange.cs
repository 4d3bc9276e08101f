using System.Text.RegularExpressions;

namespace M10Bot.News.Reading;

/// <summary>What a version of an article says that the one before did not, as far as it can be told in a line.</summary>
internal static partial class VersionChange
{
    private const int MostRead = 6000;
    private const int MostSlips = 2;
    private const int ShortestTypo = 5; // "now" for "not" is no slip
    private const int RegexLimit = 10_000;

    /// <summary>E.g. <c>people killed: 12 → 19</c>, <c>adds a statement by Anna Kalnina</c>; null where nothing of the kind changed.</summary>
    public static string? Tell(string before, string after) => Number(before, after) ?? Statement(before, after);

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

    private static bool IsTypo((string Folded, string Text, bool IsName) a, (string Folded, string Text, bool IsName) b) =>
        !a.IsName && !b.IsName && a.Folded.Length >= ShortestTypo && b.Folded.Length >= ShortestTypo
        && !a.Folded.Any(char.IsDigit) && !b.Folded.Any(char.IsDigit) && Spelling.Distance(a.Folded, b.Folded) <= MostSlips;

    private static string? Number(string before, string after)
    {
        var old = Numbers(before);
        foreach (var (what, number) in Numbers(after))
        {
            if (number is { } now && old.TryGetValue(what, out var was) && was is not null && !string.Equals(was, now, StringComparison.Ordinal))
            {
                return $"{what}: {was} → {now}";
            }
        }

        return null;
    }

    /// <summary>Each number by the two words after it, or before it; null where the same words have two numbers.</summary>
    private static Dictionary<string, string?> Numbers(string text)
    {
        var found = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var words = Counted().Matches(Cut(text)).Select(m => m.Value).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            if (!char.IsAsciiDigit(words[i][0]))
            {
                continue;
            }

            Note(words.Skip(i + 1).Take(2).ToList(), words[i], found);
            Note(words.Take(i).TakeLast(4).Where(w => !StopWords.Contains(w.ToLowerInvariant()) && !IsStep(w)).TakeLast(2).ToList(), words[i], found);
        }

        return found;
    }

    private static void Note(List<string> words, string number, Dictionary<string, string?> found)
    {
        if (words.Count == 2 && words.TrueForAll(w => char.IsLetter(w[0]) && !StopWords.Contains(w.ToLowerInvariant())))
        {
            var what = string.Join(' ', words).ToLowerInvariant();
            found[what] = found.TryGetValue(what, out var other) && !string.Equals(other, number, StringComparison.Ordinal) ? null : number;
        }
    }

    private static bool IsStep(string word) => word.ToLowerInvariant() is "rises" or "rose" or "risen" or "climbs" or "falls" or "grew" or "reaches" or "reached" or "now" or "stands";

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

    [GeneratedRegex(@"\d+([.,]\d+)*|\p{L}[\p{L}'’-]*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Counted();

    [GeneratedRegex(@"\b(?<who>\p{Lu}[\p{L}'’-]+( \p{Lu}[\p{L}'’-]+){1,2})(, [^,.\n]{1,60},)? (said|says|told)\b|\b(said|says) (?<who>\p{Lu}[\p{L}'’-]+( \p{Lu}[\p{L}'’-]+){1,2})\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Said();
}
