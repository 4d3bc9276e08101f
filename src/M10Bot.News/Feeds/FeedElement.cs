using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>What one leaf element says about the feed or entry it stands in.</summary>
internal readonly ref struct FeedElement(EntryBuilder subject, bool isFeed, FeedAttributes attributes, Captured captured, FeedMapper mapper)
{
    private readonly FeedAttributes _attributes = attributes;
    private readonly Captured _captured = captured;

    public void Take(Vocabulary vocabulary, string local)
    {
        switch (vocabulary)
        {
            case Vocabulary.Feed:
                TakeFeed(local);
                break;
            case Vocabulary.Dc or Vocabulary.DcTerms:
                TakeDublinCore(local);
                break;
            case Vocabulary.Content when local == "encoded":
                subject.Content ??= NullIfEmpty(_captured.Text);
                break;
            case Vocabulary.Media:
                TakeMedia(local);
                break;
            case Vocabulary.Itunes:
                TakeItunes(local);
                break;
            case Vocabulary.FeedBurner when local == "origlink":
                subject.OrigLink ??= _attributes.Resolve(_captured.Text);
                break;
            case Vocabulary.FeedBurner when local == "origenclosurelink":
                subject.AddMedia(_attributes.Resolve(_captured.Text));
                break;
            case Vocabulary.Syndication when isFeed:
                mapper.FeedSays(local, _captured.Text);
                break;
            case Vocabulary.Xhtml when local is "body" or "div":
                subject.Content ??= NullIfEmpty(_captured.Text);
                break;
            case Vocabulary.News or Vocabulary.SitemapImage:
                TakeSitemap(local);
                break;
        }
    }

    private void TakeFeed(string local)
    {
        switch (local)
        {
            case "title":
                subject.Title ??= NullIfEmpty(Plain());
                break;
            case "link":
                TakeLink();
                break;
            case "guid":
                TakeGuid();
                break;
            case "id":
                subject.Id ??= AtomId();
                break;
            case "description" or "subtitle" or "tagline" or "summary" or "info" or "abstract":
                subject.AddDescription(NullIfEmpty(Body()));
                break;
            case "content" or "body" or "fullitem" or "content_encoded":
                TakeContent();
                break;
            case "author" or "managingeditor" or "creator":
                subject.AddAuthor(FeedPerson.Read(_captured), local);
                break;
            case "contributor" or "webmaster":
                subject.AddWeakAuthor(FeedPerson.Read(_captured));
                break;
            case "category" or "tag" or "keywords":
                subject.AddTag(_attributes["term"] ?? _captured.Text);
                subject.AddTag(_attributes["label"]);
                break;
            case "pubdate" or "published":
                subject.Publish(PublishedBy.Published, _captured.Span);
                break;
            case "issued" or "date":
                subject.Publish(PublishedBy.Issued, _captured.Span);
                break;
            case "created":
                subject.Publish(PublishedBy.Created, _captured.Span);
                break;
            case "updated" or "modified" or "lastbuilddate" or "lastmod":
                subject.Updated ??= FeedDates.Read(_captured.Span);
                break;
            case "enclosure":
                subject.AddMedia(_attributes.Resolve(_attributes["url"] ?? _attributes["href"]));
                break;
            case "loc" when !isFeed:
                var address = NullIfEmpty(_captured.Text);
                subject.Id ??= address;
                subject.Link ??= address;
                break;
            case "language" or "ttl" when isFeed:
                mapper.FeedSays(local, _captured.Text);
                break;
        }
    }

    private void TakeGuid()
    {
        var permalink = _attributes["isPermaLink"];
        var isPermalink = string.Equals(permalink, "true", StringComparison.OrdinalIgnoreCase);
        var text = _captured.Text;
        subject.Id ??= NullIfEmpty(isPermalink ? _attributes.Resolve(text) : text);
        if (isPermalink || (permalink is null && FeedLinks.IsWeb(text)))
        {
            subject.Permalink ??= _attributes.Resolve(text);
        }
    }

    // An Atom id is an IRI (RFC 4287 §4.2.6); one written as a path is meant from the base.
    private string? AtomId() => _captured.Text is var text && text.Contains('/', StringComparison.Ordinal) ? _attributes.Resolve(text) : NullIfEmpty(text);

    private void TakeLink()
    {
        var relation = FeedLinks.Relation(_attributes["rel"]);
        if (relation == "alternate" && subject is { Link: not null, WeakLink: not null })
        {
            return;
        }

        var link = _attributes.Resolve(_attributes["href"] ?? _captured.Text);
        if (link is null)
        {
            return;
        }

        switch (relation)
        {
            case "alternate" when FeedLinks.MayBePage(link) && IsPage(_attributes["type"]):
                subject.Link ??= link;
                break;
            case "enclosure":
                subject.AddMedia(link);
                break;
            case "self" or "hub" when isFeed:
                mapper.FeedSays(relation, link);
                break;
            case "alternate" or "related" or "via" or "self" when FeedLinks.MayBePage(link):
                subject.WeakLink ??= link;
                break;
        }
    }

    private static bool IsPage(string? type) => type is null || type.Contains("html", StringComparison.OrdinalIgnoreCase);

    private void TakeContent()
    {
        if (_attributes["src"] is { } elsewhere)
        {
            subject.AddMedia(_attributes.Resolve(elsewhere));
        }

        subject.Content ??= NullIfEmpty(Body());
    }

    private void TakeDublinCore(string local)
    {
        switch (local)
        {
            case "title" when subject.Title is null:
                subject.WeakTitle ??= NullIfEmpty(Plain());
                break;
            case "creator" or "author":
                subject.AddAuthor(NullIfEmpty(Plain()), "dc");
                break;
            case "publisher" or "contributor":
                subject.AddWeakAuthor(NullIfEmpty(Plain()));
                break;
            case "subject":
                subject.AddTag(_captured.Text);
                break;
            case "date" or "issued":
                subject.Publish(PublishedBy.Date, _captured.Span);
                break;
            case "created":
                subject.Publish(PublishedBy.Created, _captured.Span);
                break;
            case "modified":
                subject.Updated ??= FeedDates.Read(_captured.Span);
                break;
            case "identifier":
                subject.Identifier ??= NullIfEmpty(_captured.Text);
                break;
            case "description" or "abstract":
                subject.WeakDescription ??= NullIfEmpty(Body());
                break;
            case "language" when isFeed:
                mapper.FeedSays("language", _captured.Text);
                break;
        }
    }

    private void TakeMedia(string local)
    {
        switch (local)
        {
            case "thumbnail" or "player" or "content":
                subject.AddMedia(_attributes.Resolve(_attributes["url"]));
                break;
            case "category":
                subject.AddTag(_captured.Text);
                break;
            case "keywords":
                AddEach(_captured.Text);
                break;
            case "description":
                subject.WeakDescription ??= NullIfEmpty(Body());
                break;
            case "title" when subject.Title is null:
                subject.WeakTitle ??= NullIfEmpty(Plain());
                break;
            case "credit" when string.Equals(_attributes["role"], "author", StringComparison.OrdinalIgnoreCase):
                subject.AddWeakAuthor(NullIfEmpty(Plain()));
                break;
        }
    }

    private void TakeItunes(string local)
    {
        switch (local)
        {
            case "author":
                subject.AddWeakAuthor(NullIfEmpty(Plain()));
                break;
            case "image":
                subject.AddMedia(_attributes.Resolve(_attributes["href"] ?? _attributes["url"]));
                break;
            case "category":
                subject.AddTag(_attributes["text"]);
                AddInner();
                break;
            case "keywords":
                AddEach(_captured.Text);
                break;
            case "summary" or "subtitle":
                subject.WeakDescription ??= NullIfEmpty(Body());
                break;
            case "title" when subject.Title is null:
                subject.WeakTitle ??= NullIfEmpty(Plain());
                break;
        }
    }

    private void TakeSitemap(string local)
    {
        switch (local)
        {
            case "title" when !isFeed:
                subject.Title ??= NullIfEmpty(Plain());
                break;
            case "publication_date":
                subject.Publish(PublishedBy.Published, _captured.Span);
                break;
            case "keywords":
                AddEach(_captured.Text);
                break;
            case "loc":
                subject.AddMedia(_captured.Text);
                break;
            case "name":
                subject.AddWeakAuthor(NullIfEmpty(Plain()));
                break;
        }
    }

    // Atom says what its text is, and that it is plain where it does not (RFC 4287 §3.1.1); everywhere else it is HTML that was escaped.
    private bool IsPlainText => _attributes["type"] is var type && (type is "text" or "text/plain" || (type is null && mapper.IsAtom));

    private string Plain() => IsPlainText && !_captured.IsMarkup ? MarkupText.Fold(Body()) : MarkupText.ToPlain(Body());

    private string Body()
    {
        if (!_captured.IsMarkup && (FeedBase64.IsMeant(_attributes["type"]) || string.Equals(_attributes["mode"], "base64", StringComparison.OrdinalIgnoreCase)))
        {
            return FeedBase64.Read(_captured.Text);
        }

        // Escaped markup may not hold elements (RFC 4287 §4.1.3.3); some put it in a div all the same.
        return _captured.IsMarkup && _attributes["type"] is "html" or "text/html" && Unwrapped(_captured.Text) is { IsEmpty: false } inner
            ? MarkupEntities.Decode(inner)
            : _captured.Text;
    }

    private static ReadOnlySpan<char> Unwrapped(string markup)
    {
        var tokens = new MarkupTokenizer(markup);
        if (!tokens.Next() || tokens.Kind != MarkupKind.Open || !tokens.Name.EndsWith("div", StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var inner = markup.AsSpan(tokens.After);
        var end = inner.IndexOf('<');
        return end > 0 && inner[end..].StartsWith("</") && inner[end..].IndexOf('>') == inner.Length - end - 1 ? inner[..end].Trim() : default;
    }

    // A category may hold a narrower one.
    private void AddInner()
    {
        var tokens = new MarkupTokenizer(_captured.IsMarkup ? _captured.Text : "");
        while (tokens.Next())
        {
            if (tokens.Kind == MarkupKind.Open)
            {
                subject.AddTag(new FeedAttributes(tokens.Attributes, null)["text"]);
            }
        }
    }

    private void AddEach(string list)
    {
        foreach (var tag in list.Split([',', ';'], 50, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            subject.AddTag(tag);
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
