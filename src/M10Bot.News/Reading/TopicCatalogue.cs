using System.Collections.Concurrent;
using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>Every Topic people can follow, found by any of its names.</summary>
public sealed class TopicCatalogue
{
    private static readonly Lazy<TopicCatalogue> Shipped = new(() => new TopicCatalogue(Gazetteer.Shipped.Names()));

    private readonly Dictionary<string, Topic> _byName = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Rank)> _names = [];
    private readonly ConcurrentDictionary<string, TopicCatalogue> _others = new(StringComparer.Ordinal);
    private readonly TopicCatalogue? _english;

    /// <param name="entries">The most prominent first: so they are offered.</param>
    public TopicCatalogue(IEnumerable<(Topic Topic, IReadOnlyList<string> Names)> entries)
    {
        var all = new List<Topic>();
        foreach (var (topic, names) in entries)
        {
            foreach (var name in names.Prepend(topic.Name).Prepend(topic.Code).Select(Spelling.Fold))
            {
                if (name.Length > 0 && _byName.TryAdd(name, topic))
                {
                    _names.Add((name, all.Count));
                }
            }

            all.Add(topic);
        }

        All = all;
    }

    // What is found by its names in another language first, then by the English ones.
    private TopicCatalogue(TopicCatalogue english, string language)
    {
        (_english, All) = (english, english.All);
        for (var rank = 0; rank < All.Count; rank++)
        {
            foreach (var name in TopicNames.Of(language, All[rank].Name).Select(Spelling.Fold))
            {
                // What is the same in English is found there.
                if (name.Length > 0 && english._byName.GetValueOrDefault(name) != All[rank] && _byName.TryAdd(name, All[rank]))
                {
                    _names.Add((name, rank));
                }
            }
        }
    }

    /// <summary>The Topics that ship with M10Bot.</summary>
    public static TopicCatalogue Default => Shipped.Value;

    /// <summary>All of them, in the order a list shows them.</summary>
    public IReadOnlyList<Topic> All { get; }

    /// <summary>The same Topics, found by their names in this language too; made when it is first asked for.</summary>
    /// <param name="language">ISO 639-1; this catalogue itself for English.</param>
    public TopicCatalogue In(string language) =>
        TopicNames.Languages.Contains(language, StringComparer.Ordinal) ? _others.GetOrAdd(language, l => new TopicCatalogue(this, l)) : this;

    /// <summary>By code, name or alias; letter case, accents and spare white space do not matter. Null where none has it.</summary>
    public Topic? Find(string words) => Named(Spelling.Fold(words));

    /// <summary>The one a mistyped word most likely means; null where nothing is near.</summary>
    public Topic? Nearest(string words)
    {
        var sought = Spelling.Fold(words);
        if (Named(sought) is { } exact)
        {
            return exact;
        }

        var allowed = sought.Length switch { < 4 => 0, < 6 => 1, < 11 => 2, _ => 3 };
        var best = (Slips: allowed + 1, Rank: int.MaxValue);
        foreach (var (name, rank) in Names())
        {
            // Short names are near to everything.
            if (name.Length >= 4 && Math.Abs(name.Length - sought.Length) <= allowed && Spelling.Distance(name, sought) is var slips
                && (slips < best.Slips || (slips == best.Slips && rank < best.Rank)))
            {
                best = (slips, rank);
            }
        }

        return best.Slips <= allowed ? All[best.Rank] : null;
    }

    /// <summary>What to offer while a person types: names that start so first, then names that contain it.</summary>
    public IReadOnlyList<Topic> Suggest(string typed, int count)
    {
        var sought = Spelling.Fold(typed);
        if (sought.Length == 0)
        {
            return [.. All.Take(count)];
        }

        var grades = new Dictionary<int, int>();
        foreach (var (name, rank) in Names())
        {
            var at = name.IndexOf(sought, StringComparison.Ordinal);
            var grade = at switch { < 0 => -1, 0 => name.Length == sought.Length ? 0 : 1, _ => name[at - 1] is ' ' or ':' ? 2 : 3 };
            if (grade >= 0 && (!grades.TryGetValue(rank, out var known) || grade < known))
            {
                grades[rank] = grade;
            }
        }

        return [.. grades.OrderBy(g => g.Value).ThenBy(g => g.Key).Take(count).Select(g => All[g.Key])];
    }

    private Topic? Named(string folded) => _byName.GetValueOrDefault(folded) ?? _english?.Named(folded);

    private IEnumerable<(string Name, int Rank)> Names() => _english is null ? _names : _names.Concat(_english._names);
}
