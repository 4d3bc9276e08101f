using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>Weighs the sentences of an English article and picks those that cover most of it.</summary>
/// <remarks>
/// Three sentences are judged together: by the weight of the words that any of them brings, by how early they stand, and by their length.
/// The figures were found by trying them on news with summaries written by people; the tests hold the result.
/// </remarks>
internal sealed class SentenceRanking
{
    private const int Candidates = 16;
    private const double CountPower = 1.3;
    private const double NameFactor = 1.15;
    private const double HeadlineFactor = 2.5;
    private const double EarlyBonus = 30;
    private const double Decay = 0.35;
    private const double WordCost = 0.7;
    private const double AloneDecay = 0.05;
    private const double AloneBase = 0.2;
    private const double AlonePower = 0.2;
    private const double QuotationFactor = 0.9;

    private readonly IReadOnlyList<Sentence> _sentences;
    private readonly List<int>[] _words;
    private readonly List<double> _weights = [];
    private readonly List<bool> _names = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly int[] _marks; // the last choice that brought the word: no set to empty for each of a thousand choices
    private int _mark;

    public SentenceRanking(ArticleText text)
    {
        _sentences = text.Sentences;
        _words = [.. _sentences.Select(s => Words(s.Text))];
        Weigh(Words(text.Headline));
        _marks = new int[_ids.Count];
    }

    /// <summary>The one sentence to show where there is room for one only; null where none may stand alone.</summary>
    public Sentence? Best(int words)
    {
        Sentence? best = null;
        var most = double.MinValue;
        foreach (var sentence in _sentences)
        {
            if (sentence.WordCount <= words && SentenceGuard.MayStand(sentence) && WorthAlone(sentence) is var worth && worth > most)
            {
                (best, most) = (sentence, worth);
            }
        }

        return best;
    }

    /// <summary>Up to three sentences that say most together, in the article's order.</summary>
    public IReadOnlyList<string> Choose(int words)
    {
        var able = _sentences.Where(s => SentenceGuard.MayStand(s) || SentenceGuard.MayFollow(s)).Take(Candidates).ToArray();
        int[] best = [];
        var most = double.MinValue;
        for (var a = 0; a < able.Length; a++)
        {
            Try([able[a].Index]);
            for (var b = a + 1; b < able.Length; b++)
            {
                Try([able[a].Index, able[b].Index]);
                for (var c = b + 1; c < able.Length; c++)
                {
                    Try([able[a].Index, able[b].Index, able[c].Index]);
                }
            }
        }

        return [.. best.Select(i => _sentences[i].Text)];

        void Try(ReadOnlySpan<int> chosen)
        {
            if (Fits(chosen, words) && Worth(chosen) is var worth && worth > most)
            {
                best = chosen.ToArray();
                most = worth;
            }
        }
    }

    private bool Fits(ReadOnlySpan<int> chosen, int words)
    {
        for (var i = 0; i < chosen.Length; i++)
        {
            var sentence = _sentences[chosen[i]];
            words -= sentence.WordCount;
            if (words < 0 || (!SentenceGuard.MayStand(sentence) && (i == 0 || chosen[i - 1] != chosen[i] - 1)))
            {
                return false;
            }
        }

        return true;
    }

    private double WorthAlone(Sentence sentence)
    {
        var content = 0.0;
        foreach (var word in _words[sentence.Index])
        {
            content += _weights[word];
        }

        var early = AloneBase + (1 / (1 + (AloneDecay * sentence.Index)));
        var said = sentence.Text.AsSpan().ContainsAny('"', '“') ? QuotationFactor : 1;
        return content * early * said / Math.Pow(sentence.WordCount + 10, AlonePower);
    }

    private double Worth(ReadOnlySpan<int> chosen)
    {
        var content = 0.0;
        var early = 0.0;
        var length = 0;
        _mark++;
        foreach (var index in chosen)
        {
            early += 1 / (1 + (Decay * index));
            length += _sentences[index].WordCount;
            foreach (var word in _words[index])
            {
                content += _marks[word] == _mark ? 0 : _weights[word];
                _marks[word] = _mark;
            }
        }

        return content + (EarlyBonus * early) - (WordCost * length);
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
            _weights[i] = Math.Pow(counts[i], CountPower) * (_names[i] ? NameFactor : 1);
        }

        foreach (var word in headline)
        {
            _weights[word] *= HeadlineFactor;
        }

        // In units of the average word, so that the other figures mean the same in a short and in a long article.
        var average = counts.Length == 0 ? 1 : _weights.Sum() / counts.Length;
        for (var i = 0; i < counts.Length; i++)
        {
            _weights[i] /= average;
        }
    }

    /// <summary>Content words, each once, without their endings.</summary>
    private List<int> Words(string text)
    {
        var words = new List<int>();
        Tokens.Read(text, (token, folded) =>
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
                _names.Add(false);
            }

            _names[id] |= token.IsCapital && !token.IsFirst;
            if (!words.Contains(id))
            {
                words.Add(id);
            }
        });
        return words;
    }
}
