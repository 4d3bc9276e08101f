namespace M10Bot.News.Feeds;

/// <summary>What part of a feed an open element is.</summary>
internal enum Place
{
    Feed,
    Entry,

    /// <summary>What stands inside is not about the feed or the entry.</summary>
    Passed,

    /// <summary>What stands inside counts as if it stood outside.</summary>
    Transparent,
}

/// <summary>The structural elements that are open, outermost first.</summary>
internal sealed class FeedPath(Uri? address)
{
    // Feeds nest six deep; what is deeper is not there to be read.
    private const int MostDepth = 64;
    private readonly Stack<Frame> _open = new();

    public Place? Here => _open.TryPeek(out var frame) ? frame.Place : null;

    public Uri? Base => _open.TryPeek(out var frame) ? frame.Base : address;

    public bool IsEmpty => _open.Count == 0;

    public void Enter(ReadOnlySpan<char> source, ReadOnlySpan<char> name, Place place, Uri? inner)
    {
        if (_open.Count < MostDepth && source.Overlaps(name, out var start))
        {
            _open.Push(new Frame(start, name.Length, place, inner));
        }
    }

    /// <summary>Closes the innermost entry and all that is open in it, if one is open.</summary>
    public void LeaveEntry()
    {
        var depth = 0;
        foreach (var frame in _open)
        {
            depth++;
            if (frame.Place == Place.Entry)
            {
                Pop(depth);
                return;
            }
        }
    }

    /// <summary>A close tag ends everything opened since its partner; one without a partner is passed over.</summary>
    /// <returns>True where an entry ended.</returns>
    public bool Leave(ReadOnlySpan<char> source, ReadOnlySpan<char> name)
    {
        var depth = 0;
        var isEntry = false;
        foreach (var frame in _open)
        {
            depth++;
            isEntry |= frame.Place == Place.Entry;
            if (frame.IsNamed(source, name))
            {
                Pop(depth);
                return isEntry;
            }
        }

        return false;
    }

    public bool Holds(ReadOnlySpan<char> source, ReadOnlySpan<char> name)
    {
        foreach (var frame in _open)
        {
            if (frame.IsNamed(source, name))
            {
                return true;
            }
        }

        return false;
    }

    private void Pop(int count)
    {
        for (; count > 0; count--)
        {
            _open.Pop();
        }
    }

    /// <param name="Start">Where its name stands in the source: names are compared, never copied.</param>
    private readonly record struct Frame(int Start, int Length, Place Place, Uri? Base)
    {
        public bool IsNamed(ReadOnlySpan<char> source, ReadOnlySpan<char> name) =>
            name.Length == Length && name.Equals(source.Slice(Start, Length), StringComparison.OrdinalIgnoreCase);
    }
}
