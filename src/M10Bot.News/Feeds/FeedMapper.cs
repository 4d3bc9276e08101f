using System.Globalization;
using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>Reads every XML format in one pass over the tokens; what stands where decides what it means.</summary>
internal sealed class FeedMapper(Uri? address)
{
    public const int MostEntries = 10_000;
    private const int MostHubs = 10;
    private readonly FeedNames _names = new();
    private readonly FeedCapture _capture = new();
    private readonly FeedPath _path = new(address);
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

    public bool IsAtom => _format == FeedFormat.Atom;

    /// <returns>Null where the text is no feed.</returns>
    public FeedDocument? Map(ReadOnlySpan<char> source)
    {
        var tokens = new MarkupTokenizer(source);
        var isHandled = true;
        while (!isHandled || tokens.NextTag())
        {
            isHandled = true;
            if (tokens.Kind == MarkupKind.Open)
            {
                isHandled = Open(ref tokens);
            }
            else if (tokens.Kind == MarkupKind.Close && _path.Leave(source, tokens.Name))
            {
                FinishEntry();
            }
        }

        FinishEntry();
        return _format is { } format ? Document(format) : null;
    }

    private FeedDocument Document(FeedFormat format)
    {
        var author = _feed.BestAuthor;
        return new FeedDocument
        {
            Format = format,
            Title = _feed.BestTitle,
            Id = _feed.BestId,
            Description = _feed.Description ?? _feed.WeakDescription ?? _feed.Content,
            Link = _feed.BestLink,
            Author = author,
            Language = _language,
            Published = _feed.Published,
            Updated = _feed.Updated ?? _feed.Published,
            Tags = _feed.Tags,
            Rhythm = Rhythm(),
            Self = _self,
            Hubs = _hubs,
            Entries = [.. _entries.Select(e => e.Build(author))],
        };
    }

    /// <returns>False where the tokenizer's current token is still to be handled.</returns>
    private bool Open(ref MarkupTokenizer tokens)
    {
        var (vocabulary, local, leaf, isStructure) = _names.Find(tokens.Name, tokens.Attributes);
        var attributes = new FeedAttributes(tokens.Attributes, _path.Base);
        if (isStructure && Structure(vocabulary, local) is { } place)
        {
            Enter(ref tokens, place, vocabulary, local, in attributes);
            return true;
        }

        if (_path.Here == Place.Passed || _format is null)
        {
            Push(ref tokens, Place.Passed, attributes.Base);
            return true;
        }

        var captured = _capture.Take(ref tokens, _path, leaf, out var stopped);
        if (leaf != Leaf.Unwanted)
        {
            new FeedElement(_entry ?? _feed, _entry is null, attributes, captured, this).Take(vocabulary, local);
        }

        return !stopped;
    }

    private void Enter(ref MarkupTokenizer tokens, Place place, Vocabulary vocabulary, string local, in FeedAttributes attributes)
    {
        if (place == Place.Entry && tokens.IsEmpty && _entry is not null)
        {
            return; // a stray <item/> inside an item: neither its end nor another one
        }

        if (place == Place.Entry)
        {
            _path.LeaveEntry();
            FinishEntry();
            _entry = new EntryBuilder { About = attributes["rdf:about"] };
        }
        else if (place == Place.Feed)
        {
            _feed.About ??= attributes["rdf:about"];
        }
        else if (vocabulary == Vocabulary.Media && local == "content")
        {
            (_entry ?? _feed).AddMedia(attributes.Resolve(attributes["url"]));
        }

        if (place is Place.Feed or Place.Entry || _path.IsEmpty)
        {
            _language ??= attributes["xml:lang"];
        }

        Push(ref tokens, place, attributes.Base);
    }

    private void Push(ref MarkupTokenizer tokens, Place place, Uri? inner)
    {
        if (!tokens.IsEmpty)
        {
            _path.Enter(tokens.Source, tokens.Name, place, inner);
        }
        else if (place == Place.Entry)
        {
            FinishEntry();
        }
    }

    /// <summary>Null for an element that says something about the feed or the entry it stands in.</summary>
    private Place? Structure(Vocabulary vocabulary, string local)
    {
        var isSitemap = _format == FeedFormat.NewsSitemap;
        return (vocabulary, local) switch
        {
            (Vocabulary.Feed, "item" or "entry") when _format is not null && !isSitemap => Place.Entry,
            (Vocabulary.Feed, "entry") when _format is null && _path.IsEmpty => Root(FeedFormat.Atom, Place.Entry),
            _ when _path.Here == Place.Passed && _format is not null => null,
            (Vocabulary.Feed, "rss") when _format is null => Root(FeedFormat.Rss, Place.Transparent),
            (Vocabulary.Rdf or Vocabulary.Feed, "rdf") when _format is null => Root(FeedFormat.Rdf, Place.Transparent),
            (Vocabulary.Feed, "feed") when _format is null => Root(FeedFormat.Atom, Place.Feed),
            (Vocabulary.Feed, "urlset") when _format is null => Root(FeedFormat.NewsSitemap, Place.Feed),
            (Vocabulary.Feed, "channel") when _entry is null => Root(_format ?? FeedFormat.Rss, Place.Feed),
            (Vocabulary.Feed, "url") when isSitemap => Place.Entry,
            (Vocabulary.Feed, "image" or "textinput" or "skiphours" or "skipdays" or "cloud" or "source") when !isSitemap && _format is not null => Place.Passed,
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

    private void FinishEntry()
    {
        if (_entry is { } entry && _entries.Count < MostEntries)
        {
            _entries.Add(entry);
        }

        _entry = null;
    }

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
            case "hub" when _hubs.Count < MostHubs:
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
}
