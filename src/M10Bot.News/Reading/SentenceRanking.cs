using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>Weighs the sentences of an English article and picks those that cover most of it.</summary>
/// <remarks>
/// A sentence is worth the weight of the words it brings that no chosen one brought, the more the earlier it stands.
/// The figures were found by trying them on news with summaries written by people; the tests hold the result.
/// </remarks>
internal sealed class SentenceRanking
{
    private static double PositionShare => RankingFigures.PositionShare;

    private readonly IReadOnlyList<Sentence> _sentences;
    private readonly List<int>[] _words;
    private readonly List<double> _weights = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    public SentenceRanking(ArticleText text)
    {
        _sentences = text.Sentences;
        _words = [.. _sentences.Select(s => Words(s.Text))];
        Weigh(Words(text.Headline));
    }

    /// <summary>The one sentence to show where there is room for one only; null where none may stand alone.</summary>
    public Sentence? Best(int words)
    {
        Sentence? best = null;
        var most = double.MinValue;
        foreach (var sentence in _sentences)
        {
            if (sentence.WordCount <= words && SentenceGuard.MayStand(sentence) && Worth(sentence, [], RankingFigures.OnePosition) is var worth && worth > most)
            {
                (best, most) = (sentence, worth);
            }
        }

        return best;
    }

    public IReadOnlyList<string> Choose(int count, int words)
    {
        var chosen = new List<Sentence>();
        var covered = new HashSet<int>();
        while (chosen.Count < count)
        {
            Sentence? best = null;
            var most = 0.0;
            foreach (var sentence in _sentences)
            {
                if (!chosen.Contains(sentence) && sentence.WordCount <= words && SentenceGuard.MayStand(sentence)
                    && Worth(sentence, covered, PositionShare) is var worth && worth > most)
                {
                    (best, most) = (sentence, worth);
                }
            }

            if (best is null)
            {
                break;
            }

            chosen.Add(best);
            covered.UnionWith(_words[best.Index]);
            words -= best.WordCount;
        }

        return [.. chosen.OrderBy(s => s.Index).Select(s => s.Text)];
    }

    private double Worth(Sentence sentence, HashSet<int> covered, double positionShare)
    {
        var content = 0.0;
        foreach (var word in _words[sentence.Index])
        {
            content += covered.Contains(word) ? 0 : _weights[word];
        }

        var early = 1 / (1 + (RankingFigures.Decay * sentence.Index));
        return content / Math.Pow(sentence.WordCount + RankingFigures.LengthBase, RankingFigures.LengthPower) * (1 - positionShare + (positionShare * early));
    }

    private void Weigh(List<int> headline)
    {
        var counts = new int[_ids.Count];
        foreach (var words in _words)
        {
            foreach (var word in words)
            {
                counts[word]++;
            }
        }

        CollectionsMarshal.SetCount(_weights, counts.Length);
        for (var i = 0; i < counts.Length; i++)
        {
            _weights[i] = Math.Pow(counts[i], RankingFigures.CountPower);
        }

        foreach (var word in headline.Where(w => w < counts.Length))
        {
            _weights[word] *= RankingFigures.HeadlineFactor;
        }
    }

    /// <summary>Content words, each once, without their endings.</summary>
    private List<int> Words(string text)
    {
        var words = new List<int>();
        Tokens.Read(text, (_, folded) =>
        {
            if (folded.Length < 2 || StopWords.Contains(folded))
            {
                return;
            }

            var stem = StopWords.Stem(folded).ToString();
            if (!_ids.TryGetValue(stem, out var id))
            {
                id = _ids.Count;
                _ids.Add(stem, id);
            }

            if (!words.Contains(id))
            {
                words.Add(id);
            }
        });
        return words;
    }
}

internal static class RankingFigures
{
    public static double PositionShare = 0.6, OnePosition = 0.5, Decay = 0.3, LengthBase = 5, LengthPower = 0.5, CountPower = 1, HeadlineFactor = 1.5;
}
