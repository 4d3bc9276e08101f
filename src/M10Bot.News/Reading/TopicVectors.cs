using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>Articles as vectors of length one, word by word.</summary>
internal sealed class TopicVectors
{
    private readonly List<(int[] Words, float[] Values)> _rows = [];

    private TopicVectors(uint[] words, float[] rarity) => (Words, Rarity) = (words, rarity);

    public uint[] Words { get; }

    public float[] Rarity { get; }

    public static TopicVectors Of(IReadOnlyList<TopicExample> articles, int fewest, int most)
    {
        var counts = articles.AsParallel().AsOrdered().Select(a => TopicWordCounts.Of(a.Headline, a.Body)).ToList();
        var articlesWith = new Dictionary<uint, int>();
        foreach (var word in counts.SelectMany(c => c.Keys))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(articlesWith, word, out _)++;
        }

        var kept = articlesWith.Where(w => w.Value >= fewest).OrderByDescending(w => w.Value).ThenBy(w => w.Key).Take(most).ToList();
        var set = new TopicVectors([.. kept.Select(w => w.Key)], [.. kept.Select(w => MathF.Log((float)articles.Count / w.Value))]);
        var index = kept.Select((w, i) => (w.Key, i)).ToDictionary(w => w.Key, w => w.i);
        set._rows.AddRange(counts.Select(c => Row(c, index, set.Rarity)));
        return set;
    }

    /// <summary>What the weights make of an article.</summary>
    public double Score(int row, double[] w)
    {
        var (words, values) = _rows[row];
        var score = w[^1];
        for (var i = 0; i < words.Length; i++)
        {
            score += w[words[i]] * values[i];
        }

        return score;
    }

    /// <summary>The words of an article and how much each is of it.</summary>
    public (int[] Words, float[] Values) Row(int row) => _rows[row];

    private static (int[] Words, float[] Values) Row(Dictionary<uint, int> counts, Dictionary<uint, int> index, float[] rarity)
    {
        var row = counts.Where(c => index.ContainsKey(c.Key)).Select(c => (Word: index[c.Key], Value: (1 + MathF.Log(c.Value)) * rarity[index[c.Key]])).ToList();
        var length = MathF.Sqrt(row.Sum(r => r.Value * r.Value)) + 1e-9f;
        return ([.. row.Select(r => r.Word)], [.. row.Select(r => r.Value / length)]);
    }
}
