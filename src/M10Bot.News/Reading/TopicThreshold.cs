namespace M10Bot.News.Reading;

/// <summary>How much score is enough for a topic.</summary>
internal static class TopicThreshold
{
    private const double Usual = -0.2;
    private const double Doubts = 6; // as if so many articles more said that the usual is right

    /// <summary>The score with the best balance of precision and recall; near the usual one where few articles have the topic.</summary>
    /// <returns>And how many of those at or above it have the topic, and how many there are.</returns>
    public static (double Cut, int Hits, int Found) Choose(double[] scores, bool[] wanted)
    {
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ToArray();
        var all = wanted.Count(isWanted => isWanted);
        var (best, cut, hits) = (0.0, Usual, 0);
        for (var found = 1; found <= order.Length && scores[order[found - 1]] > -1.2; found++)
        {
            hits += wanted[order[found - 1]] ? 1 : 0;
            var f1 = 2.0 * hits / (found + all);
            if (f1 > best)
            {
                best = f1;
                cut = found < order.Length ? (scores[order[found - 1]] + scores[order[found]]) / 2 : scores[order[found - 1]];
            }
        }

        cut = ((cut * all) + (Usual * Doubts)) / (all + Doubts);
        var above = order.Where(i => scores[i] >= cut).ToList();
        return (cut, above.Count(i => wanted[i]), above.Count);
    }
}
