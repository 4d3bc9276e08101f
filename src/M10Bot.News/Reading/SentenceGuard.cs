using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace M10Bot.News.Reading;

/// <summary>Which sentences can be read without the ones before them.</summary>
internal static partial class SentenceGuard
{
    private const int FewestWords = 6;
    private const int MostWords = 60;

    // A beginning that leans on what was said before.
    private static readonly FrozenSet<string> Leaning = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "he", "she", "it", "they", "his", "her", "their", "its", "this", "these", "those", "that", "him", "them", "we", "i", "you", "my", "our", "us", "your",
        "but", "and", "or", "so", "yet", "then", "however", "still", "also", "instead", "meanwhile", "therefore", "thus", "nor", "both", "such", "here", "there",
        "he's", "she's", "it's", "they're", "that's", "there's", "we're", "i'm", "you're", "otherwise", "besides", "moreover", "furthermore", "nevertheless", "too", "neither", "another", "others");

    /// <summary>Needs nothing before it.</summary>
    public static bool MayStand(Sentence sentence) => MayFollow(sentence) && !Leans(FirstWord(sentence.Text));

    /// <summary>Can be read right after the sentence before it.</summary>
    public static bool MayFollow(Sentence sentence)
    {
        var text = sentence.Text;
        return !sentence.IsHalfQuote
            && sentence.WordCount is >= FewestWords and <= MostWords
            && !text.EndsWith('?') && !text.EndsWith(':') && !text.EndsWith('…') && !text.EndsWith("...", StringComparison.Ordinal)
            && (char.IsUpper(text[0]) || char.IsDigit(text[0]) || text[0] is '“' or '"' or '‘' or '\'' or '$' or '£' or '€')
            && !IsQuotationOnly(text) && !TellsOfPicture().IsMatch(text) && !Boilerplate.Is(text);
    }

    // "US" is a country, "Us" a pronoun; the one capital of "I" says nothing.
    private static bool Leans(string word) => Leaning.Contains(word) && (word.Length == 1 || char.IsLower(word[1]));

    private static bool IsQuotationOnly(string text) =>
        text[0] is '“' or '"' && (text[^1] is '”' or '"') && text.AsSpan(1, text.Length - 2).IndexOfAny('”', '"', '“') < 0;

    // "But" or "I" inside an opening quotation leans as well.
    private static string FirstWord(string text)
    {
        var start = text[0] is '“' or '"' or '‘' or '\'' ? 1 : 0;
        var end = start;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] is '\'' or '’'))
        {
            end++;
        }

        return text[start..end].Replace('’', '\'');
    }

    // The card shows no picture.
    [GeneratedRegex(@"\b[Pp]ictured\b|\((left|right|above|below|centre|center|file (photo|picture))\)|, (left|right|centre|center|above|below),", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex TellsOfPicture();
}
