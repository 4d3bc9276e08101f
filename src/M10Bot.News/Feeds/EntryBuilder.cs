using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>Collects what one feed or one entry says, in any vocabulary, and picks what counts.</summary>
/// <remarks>
/// Decided once (docs/feeds.md): feedburner:origLink wins; else the first usable alternate link; else a guid that is a
/// permalink. An id is guid or id, then rdf:about, then dc:identifier. The author of the feed is inherited.
/// </remarks>
internal sealed class EntryBuilder
{
    private const int MostTags = 200;
    private const int MostMedia = 100;
    private const int LongestAuthor = 400;
    private List<string>? _tags;
    private List<string>? _media;
    private string? _authorElement;
    private string? _author;
    private string? _weakAuthor;
    private PublishedBy _publishedBy;

    public string? Title { get; set; }

    public string? WeakTitle { get; set; }

    public string? Id { get; set; }

    public string? About { get; set; }

    public string? Identifier { get; set; }

    public string? OrigLink { get; set; }

    public string? Link { get; set; }

    /// <summary>A link that is not said to be a page: used where there is none better.</summary>
    public string? WeakLink { get; set; }

    public string? Permalink { get; set; }

    public DateTimeOffset? Published { get; private set; }

    public DateTimeOffset? Updated { get; set; }

    public string? Content { get; set; }

    public string? Description { get; private set; }

    /// <summary>A second short text: RSS has description and summary.</summary>
    public string? OtherDescription { get; private set; }

    public string? WeakDescription { get; set; }

    public IReadOnlyList<string> Tags => _tags ?? [];

    public string? BestTitle => Title ?? WeakTitle;

    public string? BestLink => Page(OrigLink) ?? Page(Link) ?? Page(Permalink) ?? Page(WeakLink);

    public string? BestId => Id ?? About ?? Identifier;

    public string? BestAuthor => _author ?? _weakAuthor;

    public void AddDescription(string? text)
    {
        if (Description is null)
        {
            Description = text;
        }
        else
        {
            OtherDescription ??= text;
        }
    }

    /// <summary>Several authors are joined where one element names them; the same person in another vocabulary is not a second one.</summary>
    public void AddAuthor(string? name, string element)
    {
        if (name is null || (_authorElement is not null && _authorElement != element))
        {
            return;
        }

        _authorElement = element;
        if (_author is null)
        {
            _author = name;
        }
        else if (!_author.Contains(name, StringComparison.OrdinalIgnoreCase) && _author.Length + name.Length < LongestAuthor)
        {
            _author = $"{_author}, {name}";
        }
    }

    /// <summary>Who is named only as a helper or an owner: used where there is no author.</summary>
    public void AddWeakAuthor(string? name) => _weakAuthor ??= name;

    /// <summary>The strongest kind of date wins; of one kind the first that can be read.</summary>
    public void Publish(PublishedBy by, ReadOnlySpan<char> text)
    {
        if (by > _publishedBy && FeedDates.Read(text) is { } time)
        {
            (Published, _publishedBy) = (time, by);
        }
    }

    public void AddTag(string? tag)
    {
        if (!string.IsNullOrWhiteSpace(tag) && (_tags?.Count ?? 0) < MostTags && MarkupText.Fold(tag) is var folded && _tags?.Contains(folded) != true)
        {
            (_tags ??= []).Add(folded);
        }
    }

    public void AddMedia(string? address)
    {
        if (!string.IsNullOrWhiteSpace(address) && (_media?.Count ?? 0) < MostMedia && _media?.Contains(address) != true)
        {
            (_media ??= []).Add(address);
        }
    }

    public Entry Build(string? feedAuthor)
    {
        var (body, summary) = Texts();
        return new Entry
        {
            Id = BestId,
            Title = BestTitle,
            Link = BestLink,
            Author = BestAuthor ?? feedAuthor,
            Published = Published ?? Updated,
            Updated = Updated,
            Body = body,
            Summary = summary,
            Tags = Tags,
            Media = _media ?? (IReadOnlyList<string>)[],
        };
    }

    private static string? Page(string? link) => link is not null && FeedLinks.MayBePage(link) ? link : null;

    private (string? Body, string? Summary) Texts()
    {
        if (Content is not null)
        {
            return (Content, Description ?? WeakDescription);
        }

        if (OtherDescription is not null)
        {
            return OtherDescription.Length > Description!.Length ? (OtherDescription, Description) : (Description, OtherDescription);
        }

        return (Description ?? WeakDescription, null);
    }
}

/// <summary>Which element says when it was published, the weakest first.</summary>
internal enum PublishedBy
{
    Nothing,

    /// <summary>Atom 0.3 and Dublin Core: when it was made, which may be long before.</summary>
    Created,

    /// <summary>Dublin Core's date beside an RSS or Atom date.</summary>
    Date,
    Issued,
    Published,
}
