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
    private readonly Frame[] _open = new Frame[MostDepth];
    private int _depth;

    public Place? Here => _depth > 0 ? _open[_depth - 1].Place : null;

    public Uri? Base => _depth > 0 ? _open[_depth - 1].Base : address;

    public bool IsEmpty => _depth == 0;

    public void Enter(ReadOnlySpan<char> source, ReadOnlySpan<char> name, Place place, Uri? inner)
    {
        if (_depth < MostDepth && source.Overlaps(name, out var start))
        {
            _open[_depth++] = new Frame(start, name.Length, place, inner);
        }
    }

    /// <summary>Closes the innermost entry and all that is open in it, if one is open.</summary>
    public void LeaveEntry()
    {
        var at = Array.FindLastIndex(_open, Math.Max(_depth - 1, 0), _depth, f => f.Place == Place.Entry);
        _depth = at < 0 ? _depth : at;
    }

    /// <summary>A close tag ends everything opened since its partner; one without a partner is passed over.</summary>
    /// <returns>True where an entry ended.</returns>
    public bool Leave(ReadOnlySpan<char> source, ReadOnlySpan<char> name)
    {
        var at = Find(source, name);
        if (at < 0)
        {
            return false;
        }

        var isEntry = Array.FindIndex(_open, at, _depth - at, f => f.Place == Place.Entry) >= 0;
        _depth = at;
        return isEntry;
    }

    public bool Holds(ReadOnlySpan<char> source, ReadOnlySpan<char> name) => Find(source, name) >= 0;

    private int Find(ReadOnlySpan<char> source, ReadOnlySpan<char> name)
    {
        for (var i = _depth - 1; i >= 0; i--)
        {
            var (start, length) = (_open[i].Start, _open[i].Length);
            if (length == name.Length && name.Equals(source.Slice(start, length), StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <param name="Start">Where its name stands in the source: names are compared, never copied.</param>
    private readonly record struct Frame(int Start, int Length, Place Place, Uri? Base);
}
