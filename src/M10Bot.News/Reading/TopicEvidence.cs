namespace M10Bot.News.Reading;

/// <summary>The words of an article that speak of one Topic.</summary>
internal sealed class TopicEvidence
{
    private const double ChildShare = 0.5;
    private readonly Dictionary<string, Mention> _mentions = new(StringComparer.OrdinalIgnoreCase);
    private double _lent;

    /// <summary>The tenth time a word stands there says less than the first: each word counts by the root of its mentions.</summary>
    public double Weight => _lent + _mentions.Values.Sum(m => m.Strength * Math.Sqrt(m.Places));

    public void Add(string words, double strength, double place)
    {
        if (!_mentions.TryGetValue(words, out var mention))
        {
            _mentions.Add(words, mention = new Mention(words, _mentions.Count));
        }

        mention.Strength = Math.Max(mention.Strength, strength);
        mention.Places += place;
    }

    /// <summary>What speaks of a part speaks of the whole, but less.</summary>
    public void Lend(TopicEvidence child)
    {
        _lent += child._mentions.Values.Where(m => !_mentions.ContainsKey(m.Words)).Sum(m => ChildShare * m.Strength * Math.Sqrt(m.Places));
        foreach (var mention in child._mentions.Values.Where(m => !_mentions.ContainsKey(m.Words)))
        {
            _mentions.Add(mention.Words, new Mention(mention.Words, _mentions.Count));
        }
    }

    /// <summary>As they stand, most telling first.</summary>
    public IReadOnlyList<string> Words() =>
        [.. _mentions.Values.OrderByDescending(m => m.Strength * Math.Sqrt(m.Places)).ThenBy(m => m.Order).Select(m => m.Words)];

    private sealed class Mention(string words, int order)
    {
        public string Words { get; } = words;

        public int Order { get; } = order;

        public double Strength { get; set; }

        public double Places { get; set; }
    }
}
