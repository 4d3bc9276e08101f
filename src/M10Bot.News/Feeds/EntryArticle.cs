using M10Bot.News.Articles;
using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>An entry as an article of its feed's Source.</summary>
internal static class EntryArticle
{
    private const int HeadlineLimit = 300;
    private const int BodyLimit = 200_000;
    private static readonly (string Mark, Urgency Urgency)[] Marks =
    [
        ("FLASH", Urgency.Flash), ("BREAKING NEWS", Urgency.Urgent), ("BREAKING", Urgency.Urgent), ("URGENT", Urgency.Urgent), ("ALERT", Urgency.Urgent),
    ];

    /// <returns>Null for an entry without a headline or any text to make one of.</returns>
    public static Article? Of(Entry entry, Feed feed, FeedDocument document, string uri, Func<string, Topic?> topics, DateTimeOffset now)
    {
        var body = string.Join('\n', MarkupText.PlainParagraphs(entry.Body ?? entry.Summary ?? ""));
        var title = MarkupText.ToPlain(entry.Title ?? "");
        var headline = title.Length > 0 ? title : body.Split('\n')[0];
        if (headline.Length == 0)
        {
            return null;
        }

        var (urgency, rest) = Mark(headline, feed);
        return new Article
        {
            Source = feed.Source,
            Uri = uri,
            Version = 0,
            Headline = Cut(rest, HeadlineLimit),
            Body = Cut(body, BodyLimit),
            Link = entry.Link is { } link && FeedLinks.IsWeb(link) ? link : null,
            Byline = entry.Author is { Length: > 0 and <= 120 } author ? MarkupText.ToPlain(author) : null,
            Credit = feed.Source,
            Published = entry.Published is { } published && published < now ? published : now,
            Language = document.Language is { Length: >= 2 and <= 12 } language ? language : "und",
            Urgency = urgency,
            Origin = ArticleOrigin.Feed,
            Topics = [.. entry.Tags.Select(topics).OfType<Topic>().Distinct().Take(8)],
        };
    }

    // Anyone can write BREAKING; it counts where the admin trusts the feed.
    private static (Urgency Urgency, string Words) Mark(string headline, Feed feed)
    {
        foreach (var (mark, urgency) in Marks)
        {
            if (headline.StartsWith(mark, StringComparison.OrdinalIgnoreCase)
                && headline.Length > mark.Length + 10
                && headline[mark.Length..].TrimStart() is [':' or '-' or '–' or '—' or '|' or '!', ..] rest)
            {
                return (feed.IsTrusted ? urgency : Urgency.Routine, rest[1..].Trim());
            }
        }

        return (Urgency.Routine, headline);
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end];
    }
}
