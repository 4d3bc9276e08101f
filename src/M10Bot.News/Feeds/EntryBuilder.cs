namespace M10Bot.News.Feeds;

/// <summary>Collects what one feed or one entry says, in any vocabulary, and picks what counts.</summary>
/// <remarks>
/// Decided once: feedburner:origLink wins; else the first usable alternate link; else a guid that is a permalink. An id is
/// guid or id, then rdf:about, then dc:identifier. The fullest body wins; the author of the feed is inherited.
/// </remarks>
internal sealed class EntryBuilder
{
    private readonly List<string> _tags = [];
    private readonly List<string> _media = [];

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

    public string? Author { get; set; }

    public string? WeakAuthor { get; set; }

    public DateTimeOffset? Published { get; set; }

    public DateTimeOffset? WeakPublished { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string? Content { get; set; }

    public string? Description { get; set; }

    public string? WeakDescription { get; set; }

    public IReadOnlyList<string> Tags => _tags;

    public string? BestLink => OrigLink ?? Link ?? Permalink ?? WeakLink;

    public string? BestId => Id ?? About ?? Identifier;

    public void AddTag(string? tag)
    {
        if (!string.IsNullOrWhiteSpace(tag) && _tags.Count < 200 && !_tags.Contains(tag, StringComparer.Ordinal))
        {
            _tags.Add(FeedMarkup.Fold(tag));
        }
    }

    public void AddMedia(string? address)
    {
        if (!string.IsNullOrWhiteSpace(address) && _media.Count < 100 && !_media.Contains(address, StringComparer.Ordinal))
        {
            _media.Add(address);
        }
    }

    public Entry Build(string? feedAuthor) => new()
    {
        Id = BestId,
        Title = Title ?? WeakTitle,
        Link = BestLink,
        Author = Author ?? WeakAuthor ?? feedAuthor,
        Published = Published ?? WeakPublished ?? Updated,
        Updated = Updated,
        Body = Content ?? Description ?? WeakDescription,
        Summary = Content is null ? null : Description ?? WeakDescription,
        Tags = _tags,
        Media = _media,
    };
}
