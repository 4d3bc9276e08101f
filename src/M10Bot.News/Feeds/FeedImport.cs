using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>Takes a list of feeds (<see cref="Opml"/>) and begins to poll those that are new.</summary>
public sealed class FeedImport(FeedStore store, FeedAlarm alarm, IOptions<FeedOptions> options)
{
    // The first readings of a long list are spread.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <param name="by">Who brings it.</param>
    public async Task<FeedImported> RunAsync(ReadOnlyMemory<byte> file, string by, CancellationToken ct)
    {
        var list = Opml.Read(file.Span);
        var may = list.Feeds.ToLookup(f => NetworkGuard.Refusal(new Uri(f.Url), options.Value) is null);
        OpmlFeed[] feeds = [.. may[true]];
        var added = feeds.Length == 0 ? 0 : await store.ImportAsync(feeds, by, options.Value.Fastest * 10, Between, ct);
        alarm.Ring();
        return new FeedImported(added, feeds.Length - added, [.. list.Refused, .. may[false].Select(f => f.Url)], list.IsCut);
    }
}

/// <summary>What became of a list.</summary>
/// <param name="Known">Were here before and stay as they are.</param>
/// <param name="Refused">Addresses that the bot does not fetch.</param>
/// <param name="IsCut">What comes after the first <see cref="Opml.Most"/> was left.</param>
public sealed record FeedImported(int Added, int Known, IReadOnlyList<string> Refused, bool IsCut)
{
    /// <summary>False where it was no list at all.</summary>
    public bool IsList => Added + Known + Refused.Count > 0;
}
