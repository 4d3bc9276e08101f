using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>The content words of an article's sentences, and how much each says of the article.</summary>
internal sealed class SentenceWords
{
    private const double CountPower = 1.3;
    private const double NameFactor = 1.15;
    private const double HeadlineFactor = 2.5;

    private readonly List<int>[] _words;
    private readonly List<bool> _names = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly double[] _weights;
    private readonly bool[] _follow;
    private readonly bool[] _stand;

    public SentenceWords(ArticleText text)
    {
        Sentences = text.Sentences;
        _words = [.. Sentences.Select(s => Words(s.Text))];
        _follow = [.. Sentences.Select(SentenceGuard.MayFollow)];
        _stand = [.. Sentences.Select(SentenceGuard.MayStand)];
        var headline = Words(text.Headline);
        (SentencesWith, FirstSentence) = (new int[_ids.Count], new int[_ids.Count]);
        for (var i = _words.Length - 1; i >= 0; i--)
        {
            foreach (var word in _words[i])
            {
                SentencesWith[word]++;
                FirstSentence[word] = i;
            }
        }

        _weights = Weights(headline);
    }

    public IReadOnlyList<Sentence> Sentences { get; }

    /// <summary>How many different words there are; a word is a number below it.</summary>
    public int Count => _weights.Length;

    /// <summary>For each word, how many sentences have it.</summary>
    public int[] SentencesWith { get; }

    /// <summary>For each word, the first sentence that has it.</summary>
    public int[] FirstSentence { get; }

    /// <summary>Needs nothing before it (<see cref="SentenceGuard"/>).</summary>
    public bool MayStand(Sentence sentence) => _stand[sentence.Index];

    /// <summary>Can be read right after the sentence before it.</summary>
    public bool MayFollow(Sentence sentence) => _follow[sentence.Index];

    /// <summary>The different words of a sentence.</summary>
    public ReadOnlySpan<int> Of(Sentence sentence) => CollectionsMarshal.AsSpan(_words[sentence.Index]);

    /// <summary>How much a word says, in units of the average word, so that figures mean the same in a short and in a long article.</summary>
    public double Weight(int word) => _weights[word];

    private double[] Weights(List<int> headline)
    {
        var weights = SentencesWith.Select((count, word) => Math.Pow(count, CountPower) * (_names[word] ? NameFactor : 1)).ToArray();
        foreach (var word in headline)
        {
            weights[word] *= HeadlineFactor;
        }

        var average = weights.Length == 0 ? 1 : weights.Sum() / weights.Length;
        return [.. weights.Select(w => w / average)];
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
