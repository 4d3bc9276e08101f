namespace M10Bot.News.Reading;

/// <summary>Fits a <see cref="TopicModel"/> to articles whose topics are known.</summary>
/// <remarks>
/// Each topic is a <see cref="TopicSeparator"/>. What is enough for a topic, and how well it is told, comes from thirds of the articles
/// that its separator did not see.
/// </remarks>
public static class TopicTrainer
{
    private const int Folds = 3;
    private const int FewestArticles = 2; // with a word, or it is a slip of the pen
    private const int MostWords = 120_000;

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
            var w = TopicSeparator.Fit(set, wanted, Enumerable.Range(0, wanted.Length));
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
            var w = TopicSeparator.Fit(set, wanted, Enumerable.Range(0, wanted.Length).Where(i => i % Folds != left));
            for (var i = fold; i < wanted.Length; i += Folds)
            {
                scores[i] = set.Score(i, w);
            }
        }

        return scores;
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
