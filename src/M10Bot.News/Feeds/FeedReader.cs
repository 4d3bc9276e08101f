namespace M10Bot.News.Feeds;

/// <summary>Reads a feed document of any format: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, Google news sitemaps.</summary>
/// <remarks>One pass, no DOM, no DTD; never throws for what stands in the document and always ends. Decisions: docs/feeds.md.</remarks>
public static class FeedReader
{
    private const string Blanks = " \t\r\n\uFEFF\0";

    /// <param name="body">As it came, decompressed.</param>
    /// <param name="contentType">The HTTP header, for its charset; null where there is none.</param>
    /// <param name="address">Where it came from: what relative links are resolved against.</param>
    public static FeedReading Read(ReadOnlySpan<byte> body, string? contentType, Uri? address)
    {
        using var text = FeedText.Decode(body, contentType);
        var start = text.Span.TrimStart(Blanks);
        if (start.IsEmpty)
        {
            return new FeedReading.NotAFeed("it is empty");
        }

        var document = start[0] == '{' ? JsonFeedMapper.Map(text.Memory[^start.Length..], address) : new FeedMapper(address).Map(start);
        if (document is not null)
        {
            return new FeedReading.Read(document);
        }

        return new FeedReading.NotAFeed(start.Contains("<html", StringComparison.OrdinalIgnoreCase)
            ? "it is a web page; look there for the address of its feed"
            : "it is in no format that feeds are written in");
    }
}
