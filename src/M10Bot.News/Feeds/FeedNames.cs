namespace M10Bot.News.Feeds;

/// <summary>The vocabularies feeds mix, matched loosely: by the address a prefix stands for, else by the prefix itself.</summary>
internal enum Vocabulary
{
    /// <summary>RSS in all its versions, Atom, RDF's own items, or no namespace at all: told apart by where an element stands.</summary>
    Feed,
    Dc,
    DcTerms,
    Content,
    Media,
    Itunes,
    FeedBurner,
    Syndication,
    Xhtml,
    Rdf,
    News,
    SitemapImage,
    Other,
}

/// <summary>What the prefixes of one document stand for.</summary>
internal sealed class FeedNames
{
    private const int Remembered = 64;
    private readonly Dictionary<string, Vocabulary> _prefixes = new(StringComparer.OrdinalIgnoreCase);

    // A feed has a dozen names and uses them a thousand times.
    private readonly (string? Written, FeedName Means)[] _remembered = new (string?, FeedName)[Remembered];

    /// <summary>What a tag's name means, its own declarations taken in.</summary>
    /// <param name="name">As written, with its prefix.</param>
    public FeedName Find(ReadOnlySpan<char> name, ReadOnlySpan<char> attributes)
    {
        if (FeedAttributes.MayDeclare(attributes) && attributes.Contains("xmlns", StringComparison.OrdinalIgnoreCase))
        {
            Declare(attributes);
            Array.Clear(_remembered);
            return Understand(name, attributes);
        }

        var hash = (uint)(((((name[0] * 31) + name[^1]) * 31) + name[name.Length / 2]) * 31) + (uint)name.Length;
        ref var place = ref _remembered[hash % Remembered];
        if (name.SequenceEqual(place.Written))
        {
            return place.Means;
        }

        if (place.Written is not null)
        {
            place = ref _remembered[(hash + 1) % Remembered]; // two names meet: the second has the next place
            if (name.SequenceEqual(place.Written))
            {
                return place.Means;
            }
        }

        var means = Understand(name, default);
        if (means.Word.Length > 0)
        {
            place = (name.ToString(), means);
        }

        return means;
    }

    private FeedName Understand(ReadOnlySpan<char> name, ReadOnlySpan<char> attributes)
    {
        var vocabulary = Of(name, attributes, out var local);
        var (word, leaf) = FeedWords.Find(local);
        return new FeedName(vocabulary, word, vocabulary == Vocabulary.Other ? Leaf.Unwanted : leaf, FeedWords.IsStructure(word));
    }

    private void Declare(ReadOnlySpan<char> attributes)
    {
        var rest = attributes;
        for (var i = 0; i < 100 && FeedAttributes.Take(ref rest, out var name, out var value); i++)
        {
            if (name.StartsWith("xmlns:", StringComparison.OrdinalIgnoreCase) && name.Length is > 6 and < 40)
            {
                var stands = OfAddress(value);
                _prefixes[name[6..].ToString()] = stands == Vocabulary.Other ? OfPrefix(name[6..]) : stands;
            }
        }
    }

    /// <param name="name">As written, with its prefix.</param>
    /// <param name="local">Without it.</param>
    /// <param name="attributes">A default namespace declared on the element itself counts for it.</param>
    private Vocabulary Of(ReadOnlySpan<char> name, ReadOnlySpan<char> attributes, out ReadOnlySpan<char> local)
    {
        var colon = name.IndexOf(':');
        local = name[(colon + 1)..];
        if (colon > 0)
        {
            var prefix = name[..colon];
            return _prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out var declared) ? declared : OfPrefix(prefix);
        }

        return OwnDefault(attributes) is { } own && !(own == Vocabulary.Other && IsRoot(local))
            ? own
            : Vocabulary.Feed;
    }

    // A root says what it is by its name; its namespace is often misspelt.
    private static bool IsRoot(ReadOnlySpan<char> local) => Is(local, "rss") || Is(local, "feed") || Is(local, "rdf") || Is(local, "urlset") || Is(local, "channel");

    private static Vocabulary? OwnDefault(ReadOnlySpan<char> attributes)
    {
        var rest = attributes;
        for (var i = 0; i < 100 && FeedAttributes.Take(ref rest, out var name, out var value); i++)
        {
            if (name.Equals("xmlns", StringComparison.OrdinalIgnoreCase))
            {
                return OfAddress(value);
            }
        }

        return null;
    }

    private static Vocabulary OfAddress(ReadOnlySpan<char> address) => address switch
    {
        _ when Has(address, "purl.org/dc/terms") => Vocabulary.DcTerms,
        _ when Has(address, "purl.org/dc/") => Vocabulary.Dc,
        _ when Has(address, "rss/1.0/modules/content") => Vocabulary.Content,
        _ when Has(address, "search.yahoo.com/mrss") || Has(address, "media-rss") => Vocabulary.Media,
        _ when Has(address, "itunes.") => Vocabulary.Itunes,
        _ when Has(address, "feedburner.org") => Vocabulary.FeedBurner,
        _ when Has(address, "modules/syndication") => Vocabulary.Syndication,
        _ when Has(address, "1999/xhtml") => Vocabulary.Xhtml,
        _ when Has(address, "22-rdf-syntax-ns") => Vocabulary.Rdf,
        _ when Has(address, "sitemap-news") => Vocabulary.News,
        _ when Has(address, "sitemap-image") => Vocabulary.SitemapImage,
        _ when Has(address, "w3.org/2005/atom") || Has(address, "purl.org/atom") || Has(address, "purl.org/rss")
            || Has(address, "netscape.com") || Has(address, "backend.userland.com") || Has(address, "sitemaps.org") || Has(address, "channel.netscape") => Vocabulary.Feed,
        _ => Vocabulary.Other,
    };

    private static Vocabulary OfPrefix(ReadOnlySpan<char> prefix) => prefix switch
    {
        _ when Is(prefix, "dc") => Vocabulary.Dc,
        _ when Is(prefix, "dcterms") => Vocabulary.DcTerms,
        _ when Is(prefix, "content") => Vocabulary.Content,
        _ when Is(prefix, "media") => Vocabulary.Media,
        _ when Is(prefix, "itunes") => Vocabulary.Itunes,
        _ when Is(prefix, "feedburner") => Vocabulary.FeedBurner,
        _ when Is(prefix, "sy") => Vocabulary.Syndication,
        _ when Is(prefix, "xhtml") => Vocabulary.Xhtml,
        _ when Is(prefix, "rdf") => Vocabulary.Rdf,
        _ when Is(prefix, "news") => Vocabulary.News,
        _ when Is(prefix, "image") => Vocabulary.SitemapImage,
        _ when Is(prefix, "atom") || Is(prefix, "atom10") || Is(prefix, "atom03") || Is(prefix, "rss") || Is(prefix, "a") || Is(prefix, "a10") => Vocabulary.Feed,
        _ => Vocabulary.Other,
    };

    private static bool Has(ReadOnlySpan<char> text, ReadOnlySpan<char> part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool Is(ReadOnlySpan<char> text, ReadOnlySpan<char> other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What the name of a tag means.</summary>
/// <param name="Word">In lower case, without prefix; empty where it means nothing.</param>
/// <param name="Leaf">What such an element holds.</param>
/// <param name="IsStructure">It may be a part of the feed rather than something that is said of one.</param>
internal readonly record struct FeedName(Vocabulary Vocabulary, string Word, Leaf Leaf, bool IsStructure);
