namespace M10Bot.News.Feeds;

/// <summary>What a fetch came to.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <param name="From">Where it came from in the end.</param>
    /// <param name="MovedTo">The new address, where every step of the way was a permanent redirect.</param>
    /// <param name="FreshFor">What Cache-Control or Expires asks for.</param>
    public sealed record Fetched(byte[] Body, string? ContentType, string? Etag, string? Modified, Uri From, Uri? MovedTo, TimeSpan? FreshFor) : FetchResult
    {
        /// <summary>What the <c>Link</c> header names (WebSub §4): hubs, and the address that they know the feed by.</summary>
        public IReadOnlyList<(string Relation, string Address)> Links { get; init; } = [];
    }

    /// <param name="MovedTo">As above.</param>
    public sealed record NotModified(Uri? MovedTo, TimeSpan? FreshFor) : FetchResult;

    /// <param name="Reason">What is wrong, in words for an admin.</param>
    /// <param name="Remedy">What to do.</param>
    /// <param name="IsFinal">There is no sense in asking again.</param>
    /// <param name="IsUnreached">No connection came about.</param>
    public sealed record Failed(string Reason, string Remedy, TimeSpan? RetryAfter = null, bool IsFinal = false, bool IsUnreached = false) : FetchResult;
}
