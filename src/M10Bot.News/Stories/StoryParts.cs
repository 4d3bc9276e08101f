namespace M10Bot.News.Stories;

/// <summary>Which articles are in which part of which story, and how like a part is to an article or to another part.</summary>
/// <param name="slots">The articles by their slots; the index keeps them.</param>
internal sealed class StoryParts(List<StoryMember?> slots)
{
    private const int UsualSize = 20;
    private const double SizeStep = 40;
    private readonly Dictionary<StoryPart, List<int>> _parts = [];
    private readonly Dictionary<StoryPart, double> _sums = [];

    public int Stories => _parts.Keys.Select(part => part.Story).Distinct().Count();

    public bool IsUsual(StoryPart part) => _parts[part].Count <= UsualSize;

    public void Join(StoryMember member, StoryPart part)
    {
        member.Part = part;
        if (!_parts.TryGetValue(part, out var members))
        {
            _parts.Add(part, members = []);
        }

        members.Add(member.Slot);
    }

    public void Leave(StoryMember member)
    {
        var members = _parts[member.Part];
        members.Remove(member.Slot);
        if (members.Count == 0)
        {
            _parts.Remove(member.Part);
        }
    }

    /// <summary>The part whose articles are most like this one on the average over all of them.</summary>
    /// <param name="near">Those that the article is like.</param>
    public (StoryPart Part, double Score) Nearest(List<Neighbour> near)
    {
        _sums.Clear();
        Sum(near);
        return Best(1);
    }

    /// <summary>Puts the part together with the one most like it, if each of one is like each of the other on the average.</summary>
    /// <remarks>Of two parts the older stays, and what readers have seen stays always.</remarks>
    /// <returns>The articles that are in another part now, and where they were.</returns>
    public IReadOnlyList<(StoryMember Member, StoryPart From)> Merge(StoryPart part, double least)
    {
        _sums.Clear();
        foreach (var slot in _parts[part])
        {
            Sum(slots[slot]!.Near);
        }

        _sums.Remove(part);
        var (other, score) = Best(_parts[part].Count);
        if (score < least || (IsFixed(part) && IsFixed(other)))
        {
            return [];
        }

        var stays = IsFixed(part) || (!IsFixed(other) && part.Part < other.Part);
        var (from, to) = stays ? (other, part) : (part, other);
        var moved = _parts[from].ConvertAll(slot => slots[slot]!);
        foreach (var member in moved)
        {
            Leave(member);
            Join(member, to);
        }

        return moved.ConvertAll(member => (member, from));
    }

    private bool IsFixed(StoryPart part) => _parts[part].Exists(slot => slots[slot]!.IsFixed);

    private void Sum(List<Neighbour> near)
    {
        foreach (var (slot, likeness) in near)
        {
            var part = slots[slot]!.Part;
            if (_parts.ContainsKey(part))
            {
                _sums[part] = _sums.GetValueOrDefault(part) + likeness;
            }
        }
    }

    // A story of many must be nearer still, or forms of words would gather in it.
    private (StoryPart Part, double Score) Best(int joining)
    {
        var best = (Part: default(StoryPart), Score: 0.0);
        foreach (var (part, sum) in _sums)
        {
            var size = _parts[part].Count;
            var score = sum / (joining * size * (1 + (Math.Max(0, size + joining - 1 - UsualSize) / SizeStep)));
            if (score > best.Score || (score == best.Score && part.Part < best.Part.Part))
            {
                best = (part, score);
            }
        }

        return best;
    }
}
