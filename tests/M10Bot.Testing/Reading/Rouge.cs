namespace M10Bot.Testing.Reading;

/// <summary>ROUGE-1, -2 and -Lsum (F1 in per cent) of a summary against one written by people; lower case, no stemming.</summary>
public sealed record Rouge(double One, double Two, double Lsum)
{
    public double Mean => (One + Two + Lsum) / 3;

    public static Rouge Of(IReadOnlyList<string> summary, IReadOnlyList<string> reference)
    {
        var found = summary.Select(Words).ToList();
        var wanted = reference.Select(Words).ToList();
        return new Rouge(Grams(found, wanted, 1), Grams(found, wanted, 2), LongestRuns(found, wanted));
    }

    public static Rouge Average(IReadOnlyCollection<Rouge> all) => new(all.Average(r => r.One), all.Average(r => r.Two), all.Average(r => r.Lsum));

    private static string[] Words(string sentence) =>
        new string([.. sentence.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Grams(List<string[]> found, List<string[]> wanted, int length)
    {
        var a = Counts(found, length);
        var b = Counts(wanted, length);
        return F1(a.Sum(g => Math.Min(g.Value, b.GetValueOrDefault(g.Key))), a.Values.Sum(), b.Values.Sum());
    }

    private static Dictionary<string, int> Counts(List<string[]> sentences, int length)
    {
        var words = sentences.SelectMany(s => s).ToArray();
        return Enumerable.Range(0, Math.Max(0, words.Length - length + 1))
            .GroupBy(i => string.Join(' ', words[i..(i + length)]), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
    }

    // For each wanted sentence the words of it that some found sentence has in the same order; each word of the summary counts once.
    private static double LongestRuns(List<string[]> found, List<string[]> wanted)
    {
        var left = Counts(found, 1);
        var available = Counts(wanted, 1);
        var hits = 0;
        foreach (var sentence in wanted)
        {
            foreach (var at in found.SelectMany(f => Common(sentence, f)).Distinct().Order())
            {
                var word = sentence[at];
                if (left.GetValueOrDefault(word) > 0 && available.GetValueOrDefault(word) > 0)
                {
                    left[word]--;
                    available[word]--;
                    hits++;
                }
            }
        }

        return F1(hits, found.Sum(s => s.Length), wanted.Sum(s => s.Length));
    }

    private static List<int> Common(string[] a, string[] b)
    {
        var table = Enumerable.Range(0, a.Length + 1).Select(_ => new int[b.Length + 1]).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                table[i][j] = string.Equals(a[i - 1], b[j - 1], StringComparison.Ordinal) ? table[i - 1][j - 1] + 1 : Math.Max(table[i - 1][j], table[i][j - 1]);
            }
        }

        var common = new List<int>();
        for (int i = a.Length, j = b.Length; i > 0 && j > 0;)
        {
            if (string.Equals(a[i - 1], b[j - 1], StringComparison.Ordinal))
            {
                common.Add(i - 1);
                i--;
                j--;
            }
            else if (table[i][j - 1] >= table[i - 1][j])
            {
                j--;
            }
            else
            {
                i--;
            }
        }

        return common;
    }

    private static double F1(double hits, double found, double wanted) => hits == 0 ? 0 : 200 * hits / (found + wanted);
}
