namespace M10Bot.News.Reading;

/// <summary>Fits the weights that part the articles of a topic from the others.</summary>
/// <remarks>
/// A linear support vector machine with squared loss, fitted by coordinate descent on the dual (Hsieh and others, ICML 2008). Words
/// that tell of the topic by their counts alone may weigh more than others (Wang and Manning, ACL 2012).
/// </remarks>
internal sealed class TopicSeparator
{
    private const double Cost = 1;
    private const double Diagonal = 1 / (2 * Cost);
    private const double Smoothing = 0.5; // of the counts, in articles' worth of a word
    private const double CountShare = 0.5; // of what the counts tell in how much a word may weigh
    private const int MostPasses = 25;
    private const double Tolerance = 0.05;
    private const int Seed = 7;

    private readonly TopicVectors _set;
    private readonly bool[] _wanted;
    private readonly double[] _leeway;
    private readonly double[] _lengths;
    private readonly double[] _alpha;
    private readonly double[] _weights;

    private TopicSeparator(TopicVectors set, bool[] wanted, int[] used)
    {
        _set = set;
        _wanted = wanted;
        _leeway = Leeway(used);
        _alpha = new double[wanted.Length];
        _lengths = new double[wanted.Length];
        _weights = new double[set.Words.Length + 1];
        foreach (var i in used)
        {
            var (words, values) = set.Row(i);
            for (var k = 0; k < words.Length; k++)
            {
                _lengths[i] += values[k] * values[k] * _leeway[words[k]];
            }
        }
    }

    /// <param name="wanted">Which articles have the topic.</param>
    /// <param name="used">The articles to learn from.</param>
    /// <returns>A weight per word, then the bias.</returns>
    public static double[] Fit(TopicVectors set, bool[] wanted, IEnumerable<int> used)
    {
        var order = used.ToArray();
        var separator = new TopicSeparator(set, wanted, order);
#pragma warning disable CA5394 // the order of a descent, the same each time
        var random = new Random(Seed);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            random.Shuffle(order);
            var worst = 0.0;
            foreach (var i in order)
            {
                worst = Math.Max(worst, separator.Step(i));
            }

            if (worst < Tolerance)
            {
                break;
            }
        }
#pragma warning restore CA5394

        return separator._weights;
    }

    /// <summary>For each word the square of how much easier than the average one it may weigh.</summary>
    private double[] Leeway(int[] used)
    {
        var (with, without) = (Filled(), Filled());
        foreach (var i in used)
        {
            var (words, values) = _set.Row(i);
            var counts = _wanted[i] ? with : without;
            for (var k = 0; k < words.Length; k++)
            {
                counts[words[k]] += values[k];
            }
        }

        var (all, others) = (with.Sum(), without.Sum());
        var telling = with.Select((count, word) => Math.Abs(Math.Log(count / all / (without[word] / others)))).ToArray();
        var average = Math.Sqrt(telling.Sum(t => t * t) / telling.Length) + 1e-9;
        return [.. telling.Select(t => Math.Pow(1 - CountShare + (CountShare * t / average), 2))];

        double[] Filled()
        {
            var counts = new double[_set.Words.Length];
            Array.Fill(counts, Smoothing);
            return counts;
        }
    }

    /// <returns>How far the article was from its best share.</returns>
    private double Step(int i)
    {
        var sign = _wanted[i] ? 1 : -1;
        var gradient = (sign * _set.Score(i, _weights)) - 1 + (Diagonal * _alpha[i]);
        var violation = _alpha[i] == 0 ? Math.Min(gradient, 0) : gradient;
        if (Math.Abs(violation) < 1e-9)
        {
            return 0;
        }

        var next = Math.Max(_alpha[i] - (gradient / (_lengths[i] + 1 + Diagonal)), 0); // the bias is one more
        Add(i, (next - _alpha[i]) * sign);
        _alpha[i] = next;
        return Math.Abs(violation);
    }

    private void Add(int i, double step)
    {
        var (words, values) = _set.Row(i);
        for (var k = 0; k < words.Length; k++)
        {
            _weights[words[k]] += step * values[k] * _leeway[words[k]];
        }

        _weights[^1] += step;
    }
}
