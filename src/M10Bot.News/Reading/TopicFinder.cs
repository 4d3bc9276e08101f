using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>What an article is about, with the words that say so.</summary>
internal sealed class TopicFinder(Gazetteer gazetteer, TopicModel? taught)
{
    private const double TitleWeight = 3;
    private const double LeadWeight = 1.5;
    private const int Most = 16;

    public IReadOnlyList<TopicMatch> Find(Article article, ArticleText text)
    {
        var evidence = new Dictionary<Topic, TopicEvidence>();
        Gather(text.Headline, TitleWeight, evidence);
        for (var i = 0; i < text.Lines.Count; i++)
        {
            Gather(text.Lines[i], i == 0 ? LeadWeight : 1, evidence);
        }

        foreach (var (child, parent) in gazetteer.Parents)
        {
            if (evidence.TryGetValue(child, out var ofChild))
            {
                Of(parent, evidence).Lend(ofChild);
            }
        }

        return Rank([.. article.Topics, .. Taught(article, text)], evidence);
    }

    // What the newsroom taught stands before what rules find, and after the publisher's own word.
    private IEnumerable<Topic> Taught(Article article, ArticleText text) =>
        taught is null
            ? []
            : taught.Find(text.Headline, article.Body).Select(t => TopicCatalogue.Default.Find(t.Code)).OfType<Topic>()
                .Where(t => !article.Topics.Any(own => string.Equals(own.Code, t.Code, StringComparison.Ordinal)));

    private void Gather(string line, double weight, Dictionary<Topic, TopicEvidence> evidence) =>
        gazetteer.Index.Search(line, (clue, start, end) =>
        {
            if (clue.Topic is not null)
            {
                Of(clue.Topic, evidence).Add(line[start..end], clue.Weight, weight);
            }
        });

    private static TopicEvidence Of(Topic topic, Dictionary<Topic, TopicEvidence> evidence)
    {
        if (!evidence.TryGetValue(topic, out var found))
        {
            evidence.Add(topic, found = new TopicEvidence());
        }

        return found;
    }

    private static List<TopicMatch> Rank(IReadOnlyList<Topic> own, Dictionary<Topic, TopicEvidence> evidence)
    {
        var best = evidence
            .GroupBy(e => e.Key.Kind)
            .ToDictionary(kind => kind.Key, kind => kind.Max(e => e.Value.Weight));
        var found = evidence
            .Where(e => e.Value.Weight >= Math.Max(Least(e.Key), best[e.Key.Kind] * Share(e.Key.Kind)))
            .Select(e => new TopicMatch(e.Key, e.Value.Words(), e.Value.Weight))
            .OrderByDescending(m => m.Weight).ThenBy(m => m.Topic.Code, StringComparer.Ordinal)
            .Take(Most)
            .ToList();
        var top = found.Count > 0 ? found[0].Weight : 0;
        var given = own.Select((topic, i) => new TopicMatch(
            topic,
            evidence.TryGetValue(topic, out var words) ? words.Words() : [],
            top + own.Count - i));
        return [.. given, .. found.Where(m => !own.Any(topic => string.Equals(topic.Code, m.Topic.Code, StringComparison.Ordinal)))];
    }

    /// <summary>Less weight than this is chance.</summary>
    private static double Least(Topic topic) => topic.Kind switch { TopicKind.Place => 0.6, TopicKind.Subject => 1.5, TopicKind.Person => 0.5, _ => 1.1 };

    /// <summary>Less than this share of the strongest of its kind is mentioned in passing.</summary>
    private static double Share(TopicKind kind) => kind switch { TopicKind.Place => 0.4, TopicKind.Subject => 0.35, _ => 0.2 };
}
