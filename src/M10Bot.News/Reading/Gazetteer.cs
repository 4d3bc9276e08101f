using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>One way a text can speak of a Topic.</summary>
/// <param name="Topic">Null for a mask: a longer name that means nothing.</param>
/// <param name="Weight">1 for the name itself; less for what only hints at it.</param>
/// <param name="Case">What its letters must look like.</param>
internal sealed record Clue(Topic? Topic, string Words, double Weight, ClueCase Case, bool IsName);

internal enum ClueCase
{
    /// <summary>Any letters.</summary>
    Any,

    /// <summary>Capitals where the name has them.</summary>
    Name,

    /// <summary>As a name, and no piece of a longer one.</summary>
    Alone,

    /// <summary>Exactly these letters.</summary>
    Exact,
}

/// <summary>The Topics that ship with M10Bot and the clues to them, out of the files in Catalogue.</summary>
internal sealed class Gazetteer
{
    private static readonly Lazy<Gazetteer> Loaded = new(() => new Gazetteer());

    private readonly List<(Topic Topic, List<Clue> Clues)> _entries = [];
    private readonly List<Clue> _masks = [];
    private readonly Dictionary<string, Topic> _byCode = new(StringComparer.Ordinal);

    private Gazetteer()
    {
        _entries.Add((Topic.Everything, []));
        ReadPlaces("places", 1);
        ReadPlaces("regions", 0.5);
        ReadSubjects();
        ReadNames("organisations", "org:", TopicKind.Organisation, 1.1);
        ReadNames("people", "person:", TopicKind.Person, 0.5);
        foreach (var fields in CatalogueFile.Lines("masks"))
        {
            _masks.Add(new Clue(null, fields[0], 0, ClueCase.Name, IsName: false));
        }

        Index = new ClueIndex(_entries.SelectMany(e => e.Clues).Where(clue => clue.Weight > 0).Concat(_masks));
    }

    public static Gazetteer Shipped => Loaded.Value;

    public ClueIndex Index { get; }

    /// <summary>A child's topic to its parent's, for subjects.</summary>
    public Dictionary<Topic, Topic> Parents { get; } = [];

    /// <summary>For the catalogue. A town that is itself a Topic is found as that one.</summary>
    public IEnumerable<(Topic Topic, IReadOnlyList<string> Names)> Names()
    {
        var own = _entries.SelectMany(e => e.Clues.Where(c => c.IsName).Select(c => Spelling.Fold(c.Words))).ToHashSet(StringComparer.Ordinal);
        foreach (var (topic, clues) in _entries)
        {
            var names = clues
                .Where(c => c.IsName || (topic.Kind == TopicKind.Place && c.Topic == topic && !own.Contains(Spelling.Fold(c.Words))))
                .Select(c => c.Words);
            yield return (topic, topic == Topic.Everything ? ["all", "all news"] : [.. names]);
        }
    }

    private void ReadPlaces(string file, double weight)
    {
        foreach (var fields in CatalogueFile.Lines(file))
        {
            var clues = Add("place:" + fields[0], fields[1].TrimStart('~'), TopicKind.Place);
            var topic = _byCode["place:" + fields[0]];
            Take(fields[1], 1 * weight, isName: true);
            for (var i = 2; i < fields.Length; i++)
            {
                foreach (var words in CatalogueFile.Words(fields[i]))
                {
                    Take(words, weight * i switch { 2 => 1, 3 => 0.9, 4 => 0.7, _ => 0.45 }, isName: i == 2);
                }
            }

            void Take(string words, double strength, bool isName) => clues.Add(Named(topic, words, strength, isName));
        }
    }

    private void ReadNames(string file, string prefix, TopicKind kind, double weight)
    {
        foreach (var fields in CatalogueFile.Lines(file))
        {
            var clues = Add(prefix + fields[0], fields[1], kind);
            var topic = _byCode[prefix + fields[0]];
            var place = fields.Length > 3 ? _byCode.GetValueOrDefault("place:" + fields[3]) : null;
            foreach (var words in CatalogueFile.Words(fields[2]).Prepend(fields[1]))
            {
                clues.Add(Named(topic, words, weight, isName: true));
                if (place is not null)
                {
                    clues.Add(Named(place, words, 0.35, isName: false));
                }
            }
        }
    }

    private void ReadSubjects()
    {
        foreach (var fields in CatalogueFile.Lines("subjects"))
        {
            var clues = Add("medtop:" + fields[0], fields[1], TopicKind.Subject);
            var topic = _byCode["medtop:" + fields[0]];
            if (_byCode.TryGetValue("medtop:" + fields[2], out var parent))
            {
                Parents[topic] = parent;
            }

            foreach (var words in fields.Length > 4 ? CatalogueFile.Words(fields[4]) : [])
            {
                clues.Add(new Clue(topic, words, 0, ClueCase.Any, IsName: true));
            }

            foreach (var words in CatalogueFile.Words(fields[3]))
            {
                var weight = words[0] switch { '+' => 1, '-' => 0.25, _ => 0.5 };
                clues.Add(new Clue(topic, words.TrimStart('+', '-'), weight, ClueCase.Any, IsName: false));
            }
        }
    }

    private List<Clue> Add(string code, string name, TopicKind kind)
    {
        var topic = new Topic(code, name, kind);
        _byCode.Add(code, topic);
        _entries.Add((topic, []));
        return _entries[^1].Clues;
    }

    private static Clue Named(Topic topic, string words, double weight, bool isName) => words[0] switch
    {
        '~' => new Clue(topic, words[1..], weight, ClueCase.Alone, isName),
        '=' => new Clue(topic, words[1..], weight, ClueCase.Exact, isName),
        _ => new Clue(topic, words, weight, ClueCase.Name, isName),
    };
}
