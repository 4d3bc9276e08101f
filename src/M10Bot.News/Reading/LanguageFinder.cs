using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;

namespace M10Bot.News.Reading;

/// <summary>Tells in which language a text is written: by its script, else by its small words and rare letters.</summary>
/// <remarks>
/// A word that one language alone has says most; one that ten have says little. Statistical detectors are surer of a single word,
/// but take a hundred megabytes and a second to wake; a headline with its text has small words enough (docs/benchmarks.md).
/// </remarks>
internal static class LanguageFinder
{
    private const int Sample = 3000;
    private const double LetterWeight = 0.5;
    private const double LeastPerWord = 0.05;
    private const double ClearOfNext = 1.04;

    private static readonly string[][] Lines = [.. CatalogueFile.Lines("languages")];
    private static readonly FrozenDictionary<string, ulong> Words = Masks(line => CatalogueFile.Words(line[2]));
    private static readonly FrozenDictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> WordLookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenDictionary<char, ulong> Letters =
        Masks(line => line[3] == "-" ? [] : line[3].Select(c => c.ToString())).ToFrozenDictionary(m => m.Key[0], m => m.Value);

    /// <summary>The language that the text shows; the declared one where it shows none, or one that only the publisher can tell.</summary>
    /// <param name="declared">BCP 47; wins where it is the found language in a regional form, or a language not told apart here.</param>
    public static string Of(string text, string declared)
    {
        var primary = declared.Split('-')[0];
        return Find(text) is { } found
            && !found.Equals(primary, StringComparison.OrdinalIgnoreCase)
            && (primary is "und" or "" || Languages.NameOf(primary) is not null)
            ? found
            : declared;
    }

    /// <summary>BCP 47 code of the language; null where the text is too short or mixed to say.</summary>
    public static string? Find(string text)
    {
        var sample = text.AsSpan(0, Math.Min(text.Length, Sample));
        return Scripts.Language(sample) ?? ByWords(sample);
    }

    private static string? ByWords(ReadOnlySpan<char> text)
    {
        Span<double> scores = stackalloc double[Lines.Length];
        Span<char> lower = stackalloc char[32];
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsLetter(text[at]) || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark))
            {
                at++;
            }

            count++;
            Weigh(text[start..at], lower, scores);
        }

        return Clearest(scores, count);
    }

    private static void Weigh(ReadOnlySpan<char> word, Span<char> lower, Span<double> scores)
    {
        var length = word.ToLowerInvariant(lower);
        if (length < 0)
        {
            return;
        }

        if (WordLookup.TryGetValue(lower[..length], out var languages))
        {
            Add(languages, 1, scores);
        }

        foreach (var letter in lower[..length])
        {
            if (letter > 'z' && Letters.TryGetValue(letter, out languages))
            {
                Add(languages, LetterWeight, scores);
            }
        }
    }

    private static void Add(ulong languages, double weight, Span<double> scores)
    {
        var share = weight / Math.Sqrt(BitOperations.PopCount(languages));
        for (; languages != 0; languages &= languages - 1)
        {
            scores[BitOperations.TrailingZeroCount(languages)] += share;
        }
    }

    private static string? Clearest(ReadOnlySpan<double> scores, int words)
    {
        var (best, next) = (0, -1.0);
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
            {
                (next, best) = (scores[best], i);
            }
            else
            {
                next = Math.Max(next, scores[i]);
            }
        }

        return scores[best] >= LeastPerWord * words && scores[best] > ClearOfNext * next ? Lines[best][0] : null;
    }

    private static FrozenDictionary<string, ulong> Masks(Func<string[], IEnumerable<string>> marks)
    {
        var masks = new Dictionary<string, ulong>(StringComparer.Ordinal);
        for (var i = 0; i < Lines.Length; i++)
        {
            foreach (var mark in marks(Lines[i]))
            {
                masks[mark] = masks.GetValueOrDefault(mark) | (1UL << i);
            }
        }

        return masks.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
