using System.Runtime.InteropServices;
using M10Bot.News.Reading;

namespace M10Bot.News.Stories;

/// <summary>The articles of the last days as they are compared, and the story of each. In memory; it can be made again from the tables.</summary>
/// <remarks>
/// How alike two articles are: words 0.5, headline 0.2, names 0.3, each a cosine of weights that grow with a word's rarity; less,
/// the further apart they came. An article belongs to the story whose articles are most like it on the average. When a near one
/// comes, those before it look again, and two stories found to be one become one: so little depends on who came first. Not for
/// several threads at once.
/// </remarks>
internal sealed class StoryIndex
{
    /// <summary>What is older is let go.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(3);

    private const double Same = 0.23;
    private const double Stay = 0.17; // once its neighbours are there, an article may be where it would not have been put at first
    private const double Grey = 0.14;
    private const double Look = 0.13;
    private const double Copy = 0.5;
    public const double Revision = 0.3;
    private const double WordShare = 0.5;
    private const double TitleShare = 0.2;
    private const double NameShare = 0.3;
    private const double Covered = 0.65;
    private const double SnapLikeness = 0.4;
    private const double KindFactor = 0.7;
    private const double Prior = 1000;
    private const double Near = 0.05;
    private const int MostCommon = 500; // a word of more articles than this, or of a tenth, tells nothing apart and costs most
    private const int MostLooks = 32;
    private const int MostMerges = 3;
    private const int MostWords = 400_000;
    private const int FewestRuns = 8; // a line or two may stand in many stories
    private static readonly TimeSpan SnapWindow = TimeSpan.FromHours(12);
    private static readonly HashSet<uint> Kinds = ReadKinds();

    private readonly TermField _words = new();
    private readonly TermField _title = new();
    private readonly TermField _names = new();
    private readonly CopyIndex _copies = new();
    private readonly Dictionary<uint, int> _articlesWith = [];
    private readonly Dictionary<long, StoryMember> _articles = [];
    private readonly List<StoryMember?> _slots = [];
    private readonly StoryParts _parts;
    private readonly Stack<int> _free = [];
    private readonly List<int> _touched = [];
    private readonly List<Neighbour> _near = [];
    private readonly HashSet<uint> _hashes = [];
    private double[] _likeness = [];
    private double[] _cover = [];
    private int _read;

    public StoryIndex() => _parts = new StoryParts(_slots);

    public int Articles => _articles.Count;

    public int Stories => _parts.Stories;

    public long? StoryOf(long article) => _articles.GetValueOrDefault(article)?.Part.Story;

    /// <summary>The story nearest to an article that is not in here.</summary>
    public Likeness Find(StoryText text, DateTimeOffset at)
    {
        if (NearestCopy(text, at) is { Containment: >= Revision } copy && (copy.Containment >= Copy || _parts.IsUsual(copy.Part)))
        {
            return new Likeness(copy.Part, copy.Containment, copy.Containment >= Copy ? LikenessKind.Copy : LikenessKind.Revision);
        }

        var (part, score) = _parts.Nearest(Neighbours(text, at));
        return new Likeness(part, score, score switch { >= Same => LikenessKind.Same, >= Grey => LikenessKind.Grey, _ => LikenessKind.None });
    }

    /// <param name="isFixed">Stays with its story, whatever comes: readers have seen it there.</param>
    public void Add(long article, StoryPart part, StoryText text, DateTimeOffset at, bool isFixed)
    {
        Count(text);
        var near = Neighbours(text, at);
        var slot = _free.Count > 0 ? _free.Pop() : _slots.Count;
        var member = new StoryMember(article, slot, at, isFixed, text.IsSnap ? text.Words.Sum(t => Rarity(t.Hash)) : 0);
        if (slot == _slots.Count)
        {
            _slots.Add(member);
        }

        _slots[slot] = member;
        _articles.Add(article, member);
        _parts.Join(member, part);
        _words.Add(slot, text.Words, 1 / Length(text.Words));
        _title.Add(slot, text.Title, 1 / Length(text.Title));
        _names.Add(slot, text.Names, 1 / Length(text.Names));
        _copies.Add(slot, text.Shingles);
        member.Meet(CollectionsMarshal.AsSpan(near));
        foreach (var (other, likeness) in near)
        {
            _slots[other]!.Meet([new Neighbour(slot, likeness)]);
        }
    }

    private void Count(StoryText text)
    {
        _read++;
        _hashes.Clear();
        foreach (var terms in (ReadOnlySpan<Term[]>)[text.Words, text.Names])
        {
            foreach (var term in terms)
            {
                if (_hashes.Add(term.Hash))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_articlesWith, term.Hash, out _)++;
                }
            }
        }
    }

    /// <summary>Whose story is another one now that this article is here; each article once.</summary>
    public IReadOnlyList<StoryMove> LookAgain(long article)
    {
        var came = new Dictionary<StoryMember, StoryPart>();
        var near = _articles[article].Near.Where(n => n.Likeness > Look && !_slots[n.Slot]!.IsFixed);
        foreach (var (slot, _) in near.OrderByDescending(n => n.Likeness).Take(MostLooks).ToList())
        {
            var member = _slots[slot]!;
            var from = member.Part;
            _parts.Leave(member);
            var (part, score) = _parts.Nearest(member.Near);
            _parts.Join(member, score >= Stay ? part : from);
            came.TryAdd(member, from);
        }

        for (var i = 0; i < MostMerges && _parts.Merge(_articles[article].Part, Same) is { Count: > 0 } merged; i++)
        {
            foreach (var (member, from) in merged)
            {
                came.TryAdd(member, from);
            }
        }

        return [.. came.Where(c => c.Key.Part != c.Value).OrderBy(c => c.Key.Article).Select(c => new StoryMove(c.Key.Article, c.Value, c.Key.Part))];
    }

    /// <summary>A person, or another process, put an article into another story.</summary>
    public void Move(long article, StoryPart part)
    {
        if (_articles.TryGetValue(article, out var member))
        {
            _parts.Leave(member);
            _parts.Join(member, part);
        }
    }

    /// <summary>Readers have seen the story: its articles stay.</summary>
    public void Fix(long article)
    {
        if (_articles.TryGetValue(article, out var member))
        {
            member.IsFixed = true;
        }
    }

    /// <summary>Lets go of what is older than the window, and of the oldest where there are more than <paramref name="most"/>.</summary>
    public void Forget(DateTimeOffset now, int most)
    {
        var gone = _articles.Values.OrderByDescending(m => m.At).Where((m, i) => i >= most || now - m.At > Window).ToList();
        foreach (var member in gone)
        {
            _parts.Leave(member);
            _articles.Remove(member.Article);
            _slots[member.Slot] = null;
            _free.Push(member.Slot);
        }

        var slots = gone.Select(m => m.Slot).ToHashSet();
        _words.Remove(slots);
        _title.Remove(slots);
        _names.Remove(slots);
        _copies.Remove(slots);
        foreach (var member in _articles.Values)
        {
            member.Forget(slots);
        }

        ForgetWords();
    }

    // What is common now counts for more than what was common last month.
    private void ForgetWords()
    {
        if (_articlesWith.Count <= MostWords)
        {
            return;
        }

        _read /= 2;
        foreach (var (hash, count) in _articlesWith)
        {
            if (count == 1)
            {
                _articlesWith.Remove(hash);
            }
            else
            {
                _articlesWith[hash] = count / 2;
            }
        }
    }

    private (StoryPart Part, double Containment) NearestCopy(StoryText text, DateTimeOffset at)
    {
        var best = (Part: default(StoryPart), Containment: 0.0);
        if (text.Shingles.Length < FewestRuns)
        {
            return best;
        }

        foreach (var (slot, containment) in _copies.Find(text.Shingles))
        {
            var member = _slots[slot]!;
            if ((at - member.At).Duration() <= Window && _copies.Length(slot) >= FewestRuns && containment > best.Containment)
            {
                best = (member.Part, containment);
            }
        }

        return best;
    }

    /// <returns>Good until the next call.</returns>
    private List<Neighbour> Neighbours(StoryText text, DateTimeOffset at)
    {
        if (_likeness.Length < _slots.Count)
        {
            Array.Resize(ref _likeness, 2 * _slots.Count);
            Array.Resize(ref _cover, 2 * _slots.Count);
        }

        _touched.Clear();
        Spread(_words, text.Words, WordShare, covers: true);
        Spread(_title, text.Title, TitleShare, covers: false);
        Spread(_names, text.Names, NameShare, covers: false);
        var own = text.IsSnap ? text.Words.Sum(t => Rarity(t.Hash)) : 0;
        _near.Clear();
        foreach (var slot in _touched)
        {
            var member = _slots[slot]!;
            if (Weigh(member, own, at, _likeness[slot], _cover[slot]) is var likeness && likeness >= Near)
            {
                _near.Add(new Neighbour(slot, (float)likeness));
            }

            _likeness[slot] = 0;
            _cover[slot] = 0;
        }

        return _near;
    }

    private void Spread(TermField field, Term[] terms, double share, bool covers)
    {
        var length = Length(terms);
        var common = Math.Max(MostCommon, _articles.Count / 10);
        foreach (var term in terms)
        {
            var postings = field.Find(term.Hash);
            if (postings.Length > common)
            {
                continue;
            }

            var rarity = Rarity(term.Hash);
            var weight = share * term.Weight * rarity * rarity / length;
            foreach (var posting in postings)
            {
                ref var likeness = ref _likeness[posting.Slot];
                if (likeness == 0)
                {
                    _touched.Add(posting.Slot);
                }

                likeness += weight * posting.Weight;
                _cover[posting.Slot] += covers ? rarity : 0;
            }
        }
    }

    // A headline alone has too few words for a likeness: it belongs to a text that has most of them, soon before or after.
    private static double Weigh(StoryMember other, double own, DateTimeOffset at, double likeness, double cover)
    {
        var apart = (at - other.At).Duration();
        if (apart > Window)
        {
            return 0;
        }

        var snap = own > 0 ? own : other.Rarity;
        if (snap > 0 && apart <= SnapWindow && cover >= Covered * snap)
        {
            likeness = Math.Max(likeness, SnapLikeness * cover / snap);
        }

        return likeness / (1 + (0.5 * (apart / Window)));
    }

    private double Length(Term[] terms)
    {
        var sum = 1e-9;
        foreach (var term in terms)
        {
            var weight = term.Weight * Rarity(term.Hash);
            sum += weight * weight;
        }

        return Math.Sqrt(sum);
    }

    // As if a thousand articles had been read before the first: a rare word is rare from the start.
    private double Rarity(uint hash) =>
        (Kinds.Contains(hash) ? KindFactor : 1) * Math.Log((_read + 1 + Prior) / (_articlesWith.GetValueOrDefault(hash) + 0.5));

    // "Earthquake" tells the kind of event, not which one.
    private static HashSet<uint> ReadKinds()
    {
        var kinds = new HashSet<uint>();
        foreach (var phrase in CatalogueFile.Lines("subjects").SelectMany(fields => CatalogueFile.Words(fields[3])))
        {
            Tokens.Read(phrase, (_, folded) => kinds.Add(WordHash.Of(StopWords.Stem(folded))));
        }

        return kinds;
    }
}
