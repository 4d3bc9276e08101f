using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>Fits a <see cref="TopicModel"/> to articles whose topics are known.</summary>
/// <remarks>
/// Each topic is a linear support vector machine with squared loss, fitted by coordinate descent on the dual (Hsieh and others, ICML
/// 2008). What is enough for a topic, and how well it is told, comes from thirds of the articles that its machine did not see.
/// </remarks>
public static class TopicTrainer
{
    private const int Folds = 3;
    private const int FewestArticles = 2; // with a word, or it is a slip of the pen
    private const int MostWords = 120_000;
    private const double Cost = 1.4;
    private const int MostPasses = 25;
    private const double Tolerance = 0.05;
    private const int Seed = 7;

    /// <param name="articles">At least 20, with at least one topic that not all have.</param>
    /// <exception cref="InvalidOperationException">Too few to learn from.</exception>
    public static TrainedTopics Train(IReadOnlyList<TopicExample> articles, CancellationToken ct)
    {
        var topics = articles.SelectMany(a => a.Codes.Distinct(StringComparer.Ordinal)).GroupBy(c => c, StringComparer.Ordinal)
            .Where(g => g.Count() >= FewestArticles && g.Count() < articles.Count).Select(g => g.Key).Order(StringComparer.Ordinal).ToList();
        if (articles.Count < 20 || topics.Count == 0)
        {
            throw new InvalidOperationException($"There is too little to learn from: {(articles.Count == 1 ? "1 article" : $"{articles.Count} articles")}, {topics.Count} topics that {FewestArticles} or more of them have and not all. "
                + "Bring at least 20 articles, each with the topics that it has.");
        }

        var set = TopicVectors.Of(articles, FewestArticles, MostWords);
        var weights = new float[topics.Count][];
        var cuts = new TopicCut[topics.Count];
        var told = new ToldTopic[topics.Count];
        Parallel.For(0, topics.Count, new ParallelOptions { CancellationToken = ct }, i =>
        {
            var wanted = articles.Select(a => a.Codes.Contains(topics[i], StringComparer.Ordinal)).ToArray();
            var unseen = Unseen(set, wanted);
            var (cut, hits, found) = TopicThreshold.Choose(unseen, wanted);
            var w = Fit(set, wanted, _ => true);
            weights[i] = [.. w.Take(set.Words.Length).Select(v => (float)v)];
            cuts[i] = new TopicCut(topics[i], (float)cut, (float)w[^1]);
            told[i] = new ToldTopic(topics[i], wanted.Count(isWanted => isWanted), hits, found);
        });
        return new TrainedTopics(new TopicModel(set.Words, set.Rarity, cuts, weights), told);
    }

    /// <summary>The score of each article from a machine that did not see it.</summary>
    private static double[] Unseen(TopicVectors set, bool[] wanted)
    {
        var scores = new double[wanted.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var left = fold;
            var w = Fit(set, wanted, i => i % Folds != left);
            for (var i = fold; i < wanted.Length; i += Folds)
            {
                scores[i] = set.Score(i, w);
            }
        }

        return scores;
    }

    /// <returns>A weight per word, then the bias.</returns>
    private static double[] Fit(TopicVectors set, bool[] wanted, Func<int, bool> isUsed)
    {
        var w = new double[set.Words.Length + 1];
        var alpha = new double[wanted.Length];
        var order = Enumerable.Range(0, wanted.Length).Where(isUsed).ToArray();
#pragma warning disable CA5394 // the order of a descent, the same each time
        var random = new Random(Seed);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            random.Shuffle(order);
            var worst = 0.0;
            foreach (var i in order)
            {
                worst = Math.Max(worst, Step(set, i, wanted[i] ? 1 : -1, alpha, w));
            }

            if (worst < Tolerance)
            {
                break;
            }
        }
#pragma warning restore CA5394

        return w;
    }

    /// <returns>How far the article was from its best weight.</returns>
    private static double Step(TopicVectors set, int i, int sign, double[] alpha, double[] w)
    {
        const double Diagonal = 1 / (2 * Cost);
        var gradient = (sign * set.Score(i, w)) - 1 + (Diagonal * alpha[i]);
        var violation = alpha[i] == 0 ? Math.Min(gradient, 0) : gradient;
        if (Math.Abs(violation) < 1e-9)
        {
            return 0;
        }

        var next = Math.Max(alpha[i] - (gradient / (2 + Diagonal)), 0); // the vectors have length one, the bias is one more
        set.Add(i, (next - alpha[i]) * sign, w);
        alpha[i] = next;
        return Math.Abs(violation);
    }
}

/// <param name="Codes">Of its topics.</param>
public sealed record TopicExample(string Headline, string Body, IReadOnlyList<string> Codes);

/// <param name="Told">How well each topic is told in articles that were not seen.</param>
public sealed record TrainedTopics(TopicModel Model, IReadOnlyList<ToldTopic> Told);

/// <param name="Articles">That have the topic.</param>
/// <param name="Hits">Of those found, how many have it.</param>
/// <param name="Found">How many were said to have it.</param>
public sealed record ToldTopic(string Code, int Articles, int Hits, int Found)
{
    /// <summary>In per cent.</summary>
    public double Precision => Found == 0 ? 0 : 100.0 * Hits / Found;

    /// <summary>In per cent.</summary>
    public double Recall => Articles == 0 ? 0 : 100.0 * Hits / Articles;
}

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
        set._rows.AddRange(counts.Select(c => set.Row(c, index)));
        return set;
    }

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

    public void Add(int row, double step, double[] w)
    {
        var (words, values) = _rows[row];
        for (var i = 0; i < words.Length; i++)
        {
            w[words[i]] += step * values[i];
        }

        w[^1] += step;
    }

    private (int[] Words, float[] Values) Row(Dictionary<uint, int> counts, Dictionary<uint, int> index)
    {
        var row = counts.Where(c => index.ContainsKey(c.Key)).Select(c => (Word: index[c.Key], Value: (1 + MathF.Log(c.Value)) * Rarity[index[c.Key]])).ToList();
        var length = MathF.Sqrt(row.Sum(r => r.Value * r.Value)) + 1e-9f;
        return ([.. row.Select(r => r.Word)], [.. row.Select(r => r.Value / length)]);
    }
}
