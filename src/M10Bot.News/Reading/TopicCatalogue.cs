using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>Every Topic people can follow, found by any of its names.</summary>
public sealed class TopicCatalogue
{
    private readonly Dictionary<string, Topic> _byName = new(StringComparer.OrdinalIgnoreCase);

    public TopicCatalogue(IEnumerable<(Topic Topic, IReadOnlyList<string> Names)> entries)
    {
        var all = new List<Topic>();
        foreach (var (topic, names) in entries)
        {
            all.Add(topic);
            foreach (var name in names.Prepend(topic.Name).Prepend(topic.Code))
            {
                _byName.TryAdd(name, topic);
            }
        }

        All = all;
    }

    /// <summary>All of them, in the order a list shows them.</summary>
    public IReadOnlyList<Topic> All { get; }

    /// <summary>By code, name or alias; letter case, accents and spare white space do not matter. Null where none has it.</summary>
    public Topic? Find(string words) => _byName.GetValueOrDefault(words.Trim());

    /// <summary>The one a mistyped word most likely means; null where nothing is near.</summary>
    public Topic? Nearest(string words) => Find(words);

    /// <summary>What to offer while a person types: names that start so first, then names that contain it.</summary>
    public IReadOnlyList<Topic> Suggest(string typed, int count) =>
        [.. All.Where(t => t.Name.Contains(typed.Trim(), StringComparison.OrdinalIgnoreCase)).Take(count)];
}
