using System.Globalization;
using System.Text.RegularExpressions;

namespace M10Bot.News.Reading;

/// <summary>A number in a sentence, with the words that say what it counts.</summary>
/// <param name="Start">Its first character, with the sign of a currency.</param>
/// <param name="End">Past its last, with the sign for a share of a hundred.</param>
/// <param name="Value">What it is worth: the same for <c>twelve</c> and <c>12</c>.</param>
/// <param name="Keys">Its neighbours; two numbers that share a key count the same thing.</param>
internal sealed record Count(string Sentence, int Start, int End, string Value, IReadOnlyList<string> Keys)
{
    public string Text => Sentence[Start..End];
}

/// <summary>Finds the numbers of a text that count something: no years, dates, times, scores, ages or numbers in names.</summary>
internal sealed partial class CountReader(string language)
{
    private const int MostRead = 6000;
    private const int RegexLimit = 10_000;

    private readonly NumberWords _numbers = NumberWords.Of(language);
    private readonly bool _isEnglish = language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    public List<Count> Read(string text) =>
    [
        .. text[..Math.Min(text.Length, MostRead)].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(SentencesOf).SelectMany(OfSentence),
    ];

    /// <summary>Verbs by which a number moves: what stands before them is what is counted.</summary>
    public static bool IsStep(string word) => word is "rise" or "rises" or "rose" or "risen" or "rising" or "climb" or "climbs" or "climbed" or "climbing" or "jump" or "jumps" or "jumped"
        or "grow" or "grows" or "grew" or "grown" or "reach" or "reaches" or "reached" or "stands" or "stood" or "fall" or "falls" or "fell" or "fallen"
        or "drop" or "drops" or "dropped" or "increased" or "increases" or "now" or "raised" or "lowered" or "revised" or "passes" or "passed";

    // "am 12. Mai" ends no sentence.
    private List<string> SentencesOf(string line)
    {
        var sentences = new List<string>();
        foreach (var range in Sentences.Split(line))
        {
            var sentence = line[range];
            if (sentences.Count > 0 && sentences[^1] is [.., >= '0' and <= '9', '.'] && _numbers.IsMonth(NumberWords.Fold(Word().Match(sentence).Value)))
            {
                sentences[^1] += $" {sentence}";
            }
            else
            {
                sentences.Add(sentence);
            }
        }

        return sentences;
    }

    private IEnumerable<Count> OfSentence(string sentence)
    {
        var words = Word().Matches(sentence).Select(m => new Place(NumberWords.Fold(m.Value), m.Index, m.Index + m.Length)).ToList();
        foreach (var (value, from, to) in _isEnglish ? English(sentence) : Other(sentence, words))
        {
            if (Counts(sentence, words, value, from, to))
            {
                var start = from > 0 && sentence[from - 1] is '$' or '£' or '€' or '¥' ? from - 1 : from;
                var end = to < sentence.Length && sentence[to] == '%' ? to + 1 : to;
                yield return new Count(sentence, start, end, value, Keys(sentence, words, value, from, to));
            }
        }
    }

    private static IEnumerable<(string Value, int Start, int End)> English(string sentence) => Figures.Spans(sentence)
        .Where(s => s.Figure.Literal is null && !IsOrdinal(sentence[s.Start..s.End]))
        .Select(s => (s.Figure.Value.ToString("G29", CultureInfo.InvariantCulture) + s.Figure.Unit.ToString().Trim('\0'), s.Start, s.End));

    private IEnumerable<(string Value, int Start, int End)> Other(string sentence, List<Place> words)
    {
        foreach (Match match in Digits().Matches(sentence))
        {
            var isGrouped = match.Groups["grouped"].Success;
            var plain = isGrouped ? string.Concat(match.Value.Where(char.IsAsciiDigit)) : match.Value.Replace(',', '.');
            var after = sentence.AsSpan(match.Index + match.Length).TrimStart(" \u00A0\u202F");
            yield return (plain + (after.StartsWith("%") ? "%" : ""), match.Index, match.Index + match.Length);
        }

        for (var i = 0; i < words.Count; i++)
        {
            // A piece of a longer number is none: "treinta y dos".
            if (_numbers.Value(words[i].Folded) is { } value && !IsNumber(i - 1) && !IsNumber(i + 1) && !(IsNumber(i - 2) && IsAnd(i - 1)) && !(IsNumber(i + 2) && IsAnd(i + 1)))
            {
                yield return (value.ToString(CultureInfo.InvariantCulture), words[i].Start, words[i].End);
            }
        }

        bool IsNumber(int i) => i >= 0 && i < words.Count && _numbers.Value(words[i].Folded) is not null;
        bool IsAnd(int i) => words[i].Folded is "y" or "et" or "und" or "і" or "й" or "та";
    }

    private bool Counts(string sentence, List<Place> words, string value, int start, int end)
    {
        var last = words.FindLast(w => w.End <= start).Folded ?? "";
        var after = words.FindIndex(w => w.Start >= end);
        var next = after < 0 ? "" : words[after].Folded;
        var isDate = _numbers.IsMonth(last) || _numbers.IsMonth(next)
            || (next is "de" or "of" && after + 1 < words.Count && _numbers.IsMonth(words[after + 1].Folded));
        var isAge = last is "aged" or "age" || (start > 1 && end < sentence.Length && sentence[(start - 2)..start] is ", " && sentence[end] == ',');
        var isArticle = value is "1" && !char.IsDigit(sentence[start]) && next is not ("person" or "people"); // "one of them"
        return IsWhole(sentence, start, end) && !IsYear(sentence[start..end]) && !isDate && !isAge && !isArticle && last is not "by" && !(last is "from" && next is "to") && !IsQuoted(sentence, start);
    }

    // Covid-19, 12-year-old, 13:52 and 3-2 count nothing.
    private static bool IsWhole(string sentence, int start, int end)
    {
        var isJoinedBefore = start > 0 && (char.IsLetterOrDigit(sentence[start - 1])
            || (start > 1 && sentence[start - 1] is '-' or '‑' or '–' or '.' or ':' or '/' && char.IsLetterOrDigit(sentence[start - 2])));
        var isJoinedAfter = end < sentence.Length && (char.IsLetterOrDigit(sentence[end]) || sentence[end] is '-' or '‑'
            || (end + 1 < sentence.Length && sentence[end] is ':' or '/' or '–' or '.' or ',' && char.IsDigit(sentence[end + 1])));
        return !isJoinedBefore && !isJoinedAfter;
    }

    private static bool IsYear(string text) =>
        text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100;

    /// <summary>What somebody said is not to be told in other words.</summary>
    private static bool IsQuoted(string sentence, int at)
    {
        var before = sentence.AsSpan(0, at);
        return before.Count('"') % 2 != 0 || before.Count('“') + before.Count('„') + before.Count('«') > before.Count('”') + before.Count('»');
    }

    private List<string> Keys(string sentence, List<Place> words, string value, int start, int end)
    {
        var unit = value is [.., '%' or '$' or '£' or '€' or '¥'] ? value[^1..] : "";
        var reach = end;
        while (reach < sentence.Length && !IsBreak(sentence, reach))
        {
            reach++;
        }

        var follow = words.Where(w => w.Start >= end && w.End <= reach).ToList();
        var after = follow.Where(w => !IsEmpty(w.Folded)).Select(w => Stem(w.Folded)).Take(2).ToList();
        var counted = follow.Count > 0 && !IsEmpty(follow[0].Folded) ? after[0] : "";
        var lead = words.Where(w => w.End <= start && !IsEmpty(w.Folded) && !IsStep(w.Folded)).Select(w => Stem(w.Folded)).TakeLast(2).ToList();
        var keys = new List<string>();
        if (after.Count == 2)
        {
            keys.Add($"{unit}>{after[0]} {after[1]}");
        }

        if (lead.Count > 0 && counted.Length > 0)
        {
            keys.Add($"{unit}{lead[^1]}>{counted}");
        }

        if (lead.Count == 2 && counted.Length == 0)
        {
            keys.Add($"{unit}{lead[0]} {lead[1]}>");
        }

        return keys;
    }

    /// <summary>Where a clause ends.</summary>
    public static bool IsBreak(string sentence, int at) => sentence[at] switch
    {
        ';' or '(' or ')' or '–' or '—' or '“' or '”' or '„' or '«' or '»' or '"' => true,
        ',' or ':' => at + 1 == sentence.Length || char.IsWhiteSpace(sentence[at + 1]),
        '-' => at > 0 && at + 1 < sentence.Length && sentence[at - 1] == ' ' && sentence[at + 1] == ' ',
        _ => false,
    };

    public bool IsEmpty(string word) => _isEnglish ? StopWords.Contains(word) || word is "at" or "least" or "around" or "nearly" or "almost" : _numbers.IsSmall(word);

    // One person and two people are counted alike.
    private string Stem(string word) => _isEnglish && word is "person" ? Stem("people") : _isEnglish ? StopWords.Stem(word).ToString() : word;

    private static bool IsOrdinal(string words) => words.EndsWith("th", StringComparison.OrdinalIgnoreCase) || words.EndsWith("ieth", StringComparison.OrdinalIgnoreCase)
        || words.EndsWith("first", StringComparison.OrdinalIgnoreCase) || words.EndsWith("second", StringComparison.OrdinalIgnoreCase) || words.EndsWith("third", StringComparison.OrdinalIgnoreCase);

    private readonly record struct Place(string Folded, int Start, int End);

    [GeneratedRegex(@"\p{L}[\p{L}'’-]*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<grouped>\d{1,3}([., \u00A0\u202F]\d{3})+(?!\d))|\d+(,\d+)?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Digits();
}
