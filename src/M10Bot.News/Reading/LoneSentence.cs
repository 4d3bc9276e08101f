using System.Buffers;

namespace M10Bot.News.Reading;

/// <summary>Picks the sentence of an English article that says most of it where there is room for one only.</summary>
/// <remarks>
/// Each sentence is compared with the others that may stand: how much content it has for its place and length, how many of its words
/// come again, and how early they come first. What each of these counts was found by trying on news with summaries written by people
/// (docs/benchmarks.md, "Reading and stories"); the tests hold the result.
/// </remarks>
internal static class LoneSentence
{
    private const int Candidates = 40;
    private const double Content = 2;
    private const double Recurring = 2;
    private const double Early = 1.5;
    private const double Figures = 0.3;
    private const double Second = 0.5; // the first tells how, the second what

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> QuotationMarks = SearchValues.Create("\"“");

    /// <param name="most">Words.</param>
    /// <returns>Null where none may stand alone.</returns>
    public static Sentence? Best(SentenceWords words, int most)
    {
        var able = words.Sentences.Where(s => s.WordCount <= most && words.MayStand(s)).Take(Candidates).ToList();
        if (able.Count < 2)
        {
            return able.FirstOrDefault();
        }

        var worth = new double[able.Count];
        Compare(Content, s => ContentOf(words, s));
        Compare(Recurring, s => Sum(words, s, word => words.SentencesWith[word] > 1 ? 1 : 0));
        Compare(Early, s => Sum(words, s, word => words.Weight(word) / (1 + words.FirstSentence[word])));
        Compare(Figures, s => s.Text.AsSpan().ContainsAny(Digits) ? 1 : 0);
        Compare(Second, s => s.Index == 1 ? 1 : 0);
        return able[Array.IndexOf(worth, worth.Max())];

        // In standard deviations from the average of those that may stand.
        void Compare(double share, Func<Sentence, double> measure)
        {
            var values = able.ConvertAll(s => measure(s));
            var average = values.Average();
            var deviation = Math.Sqrt(values.Average(v => (v - average) * (v - average))) + 1e-9;
            for (var i = 0; i < worth.Length; i++)
            {
                worth[i] += share * (values[i] - average) / deviation;
            }
        }
    }

    private static double ContentOf(SentenceWords words, Sentence sentence)
    {
        var early = 0.2 + (1 / (1 + (0.05 * sentence.Index)));
        var said = sentence.Text.AsSpan().ContainsAny(QuotationMarks) ? 0.9 : 1;
        return Sum(words, sentence, words.Weight) * early * said / Math.Pow(sentence.WordCount + 10, 0.2);
    }

    private static double Sum(SentenceWords words, Sentence sentence, Func<int, double> measure)
    {
        var sum = 0.0;
        foreach (var word in words.Of(sentence))
        {
            sum += measure(word);
        }

        return sum;
    }
}
