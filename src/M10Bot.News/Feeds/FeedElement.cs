using System.Text;

namespace M10Bot.News.Feeds;

/// <summary>What one leaf element says about the feed or entry it stands in.</summary>
internal readonly ref struct FeedElement(EntryBuilder subject, bool isFeed, FeedAttributes attributes, Captured captured, FeedMapper mapper)
{
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
                subject.Content = Longer(subject.Content, captured.Text);
                break;
            case Vocabulary.Media:
                TakeMedia(local);
                break;
            case Vocabulary.Itunes:
                TakeItunes(local);
                break;
            case Vocabulary.FeedBurner when local == "origlink":
                subject.OrigLink ??= attributes.Resolve(captured.Text);
                break;
            case Vocabulary.Syndication when isFeed:
                mapper.FeedSays(local, captured.Text);
                break;
            case Vocabulary.Xhtml when local is "body" or "div":
                subject.Content ??= NullIfEmpty(captured.Text);
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
                subject.Id ??= NullIfEmpty(captured.Text);
                subject.Permalink ??= attributes["isPermaLink"] is not ("false" or "False" or "FALSE") && IsWeb(captured.Text) ? captured.Text : null;
                break;
            case "id":
                subject.Id ??= NullIfEmpty(captured.Text);
                break;
            case "description" or "subtitle" or "tagline" or "summary" or "info" or "abstract":
                subject.Description ??= NullIfEmpty(Body());
                break;
            case "content" or "body" or "fullitem" or "content_encoded":
                TakeContent();
                break;
            case "author" or "managingeditor" or "contributor" or "creator":
                TakePerson(local);
                break;
            case "category" or "tag" or "keywords":
                subject.AddTag(attributes["term"] ?? attributes["label"] ?? captured.Text);
                break;
            case "pubdate" or "published" or "issued" or "created" or "date":
                subject.Published ??= FeedDates.Read(captured.Text);
                break;
            case "updated" or "modified" or "lastbuilddate" or "lastmod":
                subject.Updated ??= FeedDates.Read(captured.Text);
                break;
            case "enclosure":
                subject.AddMedia(attributes.Resolve(attributes["url"] ?? attributes["href"]));
                break;
            case "loc" when !isFeed:
                subject.Id ??= NullIfEmpty(captured.Text);
                subject.Link ??= NullIfEmpty(captured.Text);
                break;
            case "language" or "ttl" when isFeed:
                mapper.FeedSays(local, captured.Text);
                break;
        }
    }

    private void TakeLink()
    {
        var href = attributes["href"];
        if (href is null)
        {
            subject.Link ??= NullIfEmpty(attributes.Resolve(captured.Text));
            return;
        }

        var link = attributes.Resolve(href);
        var type = attributes["type"];
        switch ((attributes["rel"] ?? "alternate").ToLowerInvariant())
        {
            case "alternate" when type is null || type.Contains("html", StringComparison.OrdinalIgnoreCase):
                subject.Link ??= link;
                break;
            case "alternate":
                subject.WeakLink ??= link;
                break;
            case "enclosure":
                subject.AddMedia(link);
                break;
            case "self" when isFeed && link is not null:
                mapper.FeedSays("self", link);
                break;
            case "hub" when isFeed && link is not null:
                mapper.FeedSays("hub", link);
                break;
            case "related" or "via" or "self":
                subject.WeakLink ??= link;
                break;
        }
    }

    private void TakeContent()
    {
        if (attributes["src"] is { } elsewhere)
        {
            subject.AddMedia(attributes.Resolve(elsewhere));
        }

        subject.Content = Longer(subject.Content, Body());
    }

    private void TakePerson(string local)
    {
        var name = Person();
        if (local == "contributor")
        {
            subject.WeakAuthor ??= name;
        }
        else
        {
            subject.Author ??= name;
        }
    }

    private void TakeDublinCore(string local)
    {
        switch (local)
        {
            case "title":
                subject.WeakTitle ??= NullIfEmpty(Plain());
                break;
            case "creator" or "author":
                subject.Author ??= NullIfEmpty(Plain());
                break;
            case "publisher" or "contributor":
                subject.WeakAuthor ??= NullIfEmpty(Plain());
                break;
            case "subject":
                subject.AddTag(captured.Text);
                break;
            case "date" or "issued" or "created":
                subject.WeakPublished ??= FeedDates.Read(captured.Text);
                break;
            case "modified":
                subject.Updated ??= FeedDates.Read(captured.Text);
                break;
            case "identifier":
                subject.Identifier ??= NullIfEmpty(captured.Text);
                break;
            case "description" or "abstract":
                subject.WeakDescription ??= NullIfEmpty(Body());
                break;
            case "language" when isFeed:
                mapper.FeedSays("language", captured.Text);
                break;
        }
    }

    private void TakeMedia(string local)
    {
        switch (local)
        {
            case "thumbnail" or "player" or "content":
                subject.AddMedia(attributes.Resolve(attributes["url"]));
                break;
            case "category":
                subject.AddTag(captured.Text);
                break;
            case "keywords":
                AddEach(captured.Text);
                break;
            case "description":
                subject.WeakDescription ??= NullIfEmpty(Body());
                break;
            case "title":
                subject.WeakTitle ??= NullIfEmpty(Plain());
                break;
            case "credit":
                subject.WeakAuthor ??= NullIfEmpty(Plain());
                break;
        }
    }

    private void TakeItunes(string local)
    {
        switch (local)
        {
            case "author":
                subject.WeakAuthor ??= NullIfEmpty(Plain());
                break;
            case "image":
                subject.AddMedia(attributes.Resolve(attributes["href"] ?? attributes["url"]));
                break;
            case "category":
                subject.AddTag(attributes["text"]);
                break;
            case "keywords":
                AddEach(captured.Text);
                break;
            case "summary" or "subtitle":
                subject.WeakDescription ??= NullIfEmpty(Body());
                break;
            case "title":
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
                subject.Published ??= FeedDates.Read(captured.Text);
                break;
            case "keywords":
                AddEach(captured.Text);
                break;
            case "loc":
                subject.AddMedia(captured.Text);
                break;
            case "name":
                subject.WeakAuthor ??= NullIfEmpty(Plain());
                break;
        }
    }

    // Atom says what its text is (RFC 4287 §3.1); everywhere else it is HTML that was escaped.
    private bool IsPlainText => attributes["type"] is "text" or "text/plain";

    private string Plain() => IsPlainText && !captured.IsMarkup ? FeedMarkup.Fold(Body()) : FeedMarkup.ToPlain(Body());

    private string Body()
    {
        if (!captured.IsMarkup && string.Equals(attributes["mode"], "base64", StringComparison.OrdinalIgnoreCase))
        {
            return FromBase64(captured.Text);
        }

        return captured.Text;
    }

    private static string FromBase64(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return text;
        }
    }

    // "<name>…</name><email>…</email>" or "mail (name)" or a plain name.
    private string? Person()
    {
        if (!captured.IsMarkup)
        {
            return NullIfEmpty(FeedMarkup.ToPlain(captured.Text));
        }

        string? name = null, mail = null, homepage = null;
        var tokens = new MarkupTokenizer(captured.Text);
        var field = "";
        while (tokens.Next())
        {
            if (tokens.Kind == MarkupKind.Open)
            {
                field = tokens.Name[(tokens.Name.IndexOf(':') + 1)..].ToString().ToLowerInvariant();
            }
            else if (tokens.Kind is MarkupKind.Text or MarkupKind.CData && !tokens.Value.IsWhiteSpace())
            {
                var value = FeedMarkup.ToPlain(tokens.Value.ToString());
                _ = field switch
                {
                    "name" => name ??= value,
                    "email" => mail ??= value,
                    "uri" or "url" or "homepage" => homepage ??= value,
                    _ => name ??= value,
                };
            }
        }

        return name is not null && mail is not null ? $"{name} ({mail})" : name ?? mail ?? homepage;
    }

    private void AddEach(string list)
    {
        foreach (var tag in list.Split([',', ';'], 50, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            subject.AddTag(tag);
        }
    }

    private static string? Longer(string? one, string other) => string.IsNullOrEmpty(other) || one?.Length >= other.Length ? one : other;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static bool IsWeb(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
