namespace M10Bot.News.Feeds;

/// <summary>A feed as it was read, whatever its format. Texts are plain unless they say markup; times are UTC.</summary>
public sealed record FeedDocument
{
    /// <summary>Which format it was recognised as.</summary>
    public required FeedFormat Format { get; init; }

    public string? Title { get; init; }

    public string? Id { get; init; }

    /// <summary>What the feed says it is about; may hold markup.</summary>
    public string? Description { get; init; }

    /// <summary>The site's page, absolute where a base was known.</summary>
    public string? Link { get; init; }

    public string? Author { get; init; }

    public string? Language { get; init; }

    public DateTimeOffset? Published { get; init; }

    /// <summary>As the feed says; else when it was published.</summary>
    public DateTimeOffset? Updated { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the feed says of its own rhythm: <c>ttl</c> or <c>sy:updatePeriod</c>; null where it says nothing.</summary>
    public TimeSpan? Rhythm { get; init; }

    /// <summary>Where the feed says it lives (<c>rel="self"</c>) and its WebSub hubs (<c>rel="hub"</c>).</summary>
    public string? Self { get; init; }

    public IReadOnlyList<string> Hubs { get; init; } = [];

    /// <summary>In the feed's order.</summary>
    public IReadOnlyList<Entry> Entries { get; init; } = [];
}

public enum FeedFormat
{
    Rss,
    Rdf,
    Atom,
    Json,
    NewsSitemap,
}

/// <summary>One item as it stands in a feed document, before it is understood.</summary>
public sealed record Entry
{
    public string? Id { get; init; }

    public string? Title { get; init; }

    public string? Link { get; init; }

    public string? Author { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>The fullest text the feed gives, as HTML or plain text. Outside markup: never shown as it is.</summary>
    public string? Body { get; init; }

    /// <summary>The short text, where the feed gives one beside the body.</summary>
    public string? Summary { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Addresses of enclosures, images, audio and video.</summary>
    public IReadOnlyList<string> Media { get; init; } = [];
}

/// <summary>What reading a document came to. Reading never throws for what stands in the document.</summary>
public abstract record FeedReading
{
    private FeedReading()
    {
    }

    public sealed record Read(FeedDocument Document) : FeedReading;

    /// <param name="Reason">In words for an admin: what it is instead.</param>
    public sealed record NotAFeed(string Reason) : FeedReading;
}
