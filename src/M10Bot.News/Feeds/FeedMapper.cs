using System.Globalization;

namespace M10Bot.News.Feeds;

/// <summary>Reads every XML format in one pass over the tokens; what stands where decides what it means.</summary>
internal sealed class FeedMapper(string source, Uri? address)
{
    private const int MostEntries = 10_000;
    private const int MostDepth = 256;
    private readonly FeedNames _names = new();
    private readonly FeedCapture _capture = new(source);
    private readonly Stack<Frame> _open = new();
    private readonly EntryBuilder _feed = new();
    private readonly List<EntryBuilder> _entries = [];
    private readonly List<string> _hubs = [];
    private FeedFormat? _format;
    private EntryBuilder? _entry;
    private string? _language;
    private string? _self;
    private int? _ttlMinutes;
    private string? _period;
    private int _frequency = 1;

    private enum Place
    {
        Root,
        Feed,
        Entry,
        Passed,
        Transparent,
    }

    /// <returns>Null where the text is no feed.</returns>
    public FeedDocument? Map()
    {
        var tokens = new MarkupTokenizer(source);
        var again = false;
        while (again || tokens.Next())
        {
            again = tokens.Kind switch
            {
                MarkupKind.Open => Open(ref tokens),
                MarkupKind.Close => Close(tokens.Name),
                _ => false,
            };
        }

        FinishEntry();
        return _format is { } format ? Document(format) : null;
    }

    private FeedDocument Document(FeedFormat format)
    {
        var author = _feed.Author ?? _feed.WeakAuthor;
        return new FeedDocument
        {
            Format = format,
            Title = _feed.Title ?? _feed.WeakTitle,
            Id = _feed.BestId,
            Description = _feed.Description ?? _feed.WeakDescription ?? _feed.Content,
            Link = _feed.BestLink,
            Author = author,
            Language = _language,
            Updated = _feed.Updated ?? _feed.Published ?? _feed.WeakPublished,
            Tags = _feed.Tags,
            Rhythm = Rhythm(),
            Self = _self,
            Hubs = _hubs,
            Entries = [.. _entries.Select(e => e.Build(author))],
        };
    }

    /// <returns>True where the tokenizer's current token is still to be handled.</returns>
    private bool Open(ref MarkupTokenizer tokens)
    {
        _names.Declare(tokens.Attributes);
        var name = tokens.Name.ToString();
        var attributes = new FeedAttributes(tokens.Attributes.ToString(), BaseOf());
        var vocabulary = _names.Of(tokens.Name, tokens.Attributes, out var localSpan);
        var local = localSpan.ToString().ToLowerInvariant();
        var inner = attributes.Base;
        switch (Structure(vocabulary, local))
        {
            case Place.Entry:
                FinishEntry();
                _entry = new EntryBuilder { About = attributes["rdf:about"] };
                _language ??= attributes["xml:lang"];
                return Enter(name, Place.Entry, inner, tokens.IsEmpty);
            case Place.Feed:
                _language ??= attributes["xml:lang"];
                _feed.About ??= attributes["rdf:about"];
                return Enter(name, Place.Feed, inner, tokens.IsEmpty);
            case Place.Root or Place.Transparent:
                return Enter(name, Place.Transparent, inner, tokens.IsEmpty);
            case Place.Passed:
                return Enter(name, Place.Passed, inner, tokens.IsEmpty);
        }

        if (Here() == Place.Passed || (_format is null && _open.Count == 0))
        {
            return Enter(name, Place.Passed, inner, tokens.IsEmpty);
        }

        var captured = _capture.Take(ref tokens, IsForeign, out var stopped);
        new FeedElement(_entry ?? _feed, _entry is null, attributes, captured, this).Take(vocabulary, local);
        return stopped;
    }

    /// <summary>Null for an element that says something about the feed or the entry it stands in.</summary>
    private Place? Structure(Vocabulary vocabulary, string local)
    {
        if (Here() == Place.Passed)
        {
            return null;
        }

        return (vocabulary, local) switch
        {
            (Vocabulary.Feed, "rss") when _format is null => Root(FeedFormat.Rss, Place.Root),
            (Vocabulary.Rdf or Vocabulary.Feed, "rdf") when _format is null => Root(FeedFormat.Rdf, Place.Root),
            (Vocabulary.Feed, "feed") when _format is null => Root(FeedFormat.Atom, Place.Feed),
            (Vocabulary.Feed, "urlset") when _format is null => Root(FeedFormat.NewsSitemap, Place.Feed),
            (Vocabulary.Feed, "channel") when _entry is null => Root(_format ?? FeedFormat.Rss, Place.Feed),
            (Vocabulary.Feed, "item") when _format is not (null or FeedFormat.NewsSitemap) => Place.Entry,
            (Vocabulary.Feed, "entry") when _format is not (null or FeedFormat.NewsSitemap) => Place.Entry,
            (Vocabulary.Feed, "url") when _format == FeedFormat.NewsSitemap && _entry is null => Place.Entry,
            (Vocabulary.Feed, "image" or "textinput" or "skiphours" or "skipdays" or "cloud") when _format != FeedFormat.NewsSitemap && _entry is null => Place.Passed,
            (Vocabulary.Feed, "source" or "image") when _entry is not null && _format != FeedFormat.NewsSitemap => Place.Passed,
            (Vocabulary.Feed, "items") => Place.Passed,
            (Vocabulary.Media, "group" or "content") or (Vocabulary.News, "news" or "publication") or (Vocabulary.SitemapImage, "image") => Place.Transparent,
            _ => null,
        };
    }

    private Place Root(FeedFormat format, Place place)
    {
        _format ??= format;
        return place;
    }

    private bool Enter(string name, Place place, Uri? inner, bool isEmpty)
    {
        if (!isEmpty && _open.Count < MostDepth)
        {
            _open.Push(new Frame(name, place, inner));
        }
        else if (isEmpty && place == Place.Entry)
        {
            FinishEntry();
        }

        return false;
    }

    // A close tag ends everything opened since its partner; one without a partner is passed over.
    private bool Close(ReadOnlySpan<char> name)
    {
        var depth = 0;
        var found = false;
        foreach (var frame in _open)
        {
            depth++;
            if (name.Equals(frame.Name, StringComparison.OrdinalIgnoreCase))
            {
                found = true;
                break;
            }
        }

        for (; found && depth > 0; depth--)
        {
            if (_open.Pop().Place == Place.Entry)
            {
                FinishEntry();
            }
        }

        return false;
    }

    // Inside a leaf, the tags of the structure around it mean that its own end was forgotten.
    private bool IsForeign(MarkupKind kind, ReadOnlySpan<char> name)
    {
        if (kind == MarkupKind.Open)
        {
            return name.Equals("item", StringComparison.OrdinalIgnoreCase) || name.Equals("entry", StringComparison.OrdinalIgnoreCase);
        }

        foreach (var frame in _open)
        {
            if (name.Equals(frame.Name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void FinishEntry()
    {
        if (_entry is { } entry && _entries.Count < MostEntries)
        {
            _entries.Add(entry);
        }

        _entry = null;
    }

    private Place? Here() => _open.TryPeek(out var frame) ? frame.Place : null;

    private Uri? BaseOf() => _open.TryPeek(out var frame) ? frame.Base : address;

    /// <summary>What only a feed says: its rhythm, where it lives, its language.</summary>
    internal void FeedSays(string what, string value)
    {
        switch (what)
        {
            case "language":
                _language ??= value;
                break;
            case "self":
                _self ??= value;
                break;
            case "hub" when _hubs.Count < 10:
                _hubs.Add(value);
                break;
            case "ttl":
                _ttlMinutes = int.TryParse(value, CultureInfo.InvariantCulture, out var minutes) && minutes > 0 ? minutes : _ttlMinutes;
                break;
            case "updateperiod":
                _period = value.Trim().ToLowerInvariant();
                break;
            case "updatefrequency":
                _frequency = int.TryParse(value, CultureInfo.InvariantCulture, out var frequency) && frequency > 0 ? frequency : _frequency;
                break;
        }
    }

    private TimeSpan? Rhythm()
    {
        TimeSpan? period = _period switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "daily" => TimeSpan.FromDays(1),
            "weekly" => TimeSpan.FromDays(7),
            "monthly" => TimeSpan.FromDays(30),
            "yearly" => TimeSpan.FromDays(365),
            _ => null,
        };
        return _ttlMinutes is { } ttl ? TimeSpan.FromMinutes(Math.Min(ttl, 525_600)) : period / _frequency;
    }

    private readonly record struct Frame(string Name, Place Place, Uri? Base);
}
