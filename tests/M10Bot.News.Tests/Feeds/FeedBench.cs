using M10Bot.News.Feeds;
using M10Bot.News.Articles;
using M10Bot.News.Doors;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Feeds;

/// <summary>One feed of one source, on a real database and without a network.</summary>
internal sealed class FeedBench : IAsyncDisposable
{
    public const string Address = "https://example.org/rss";

    private static readonly Topic War = new("medtop:16000000", "war", TopicKind.Subject);
    private readonly TestDatabase _data;
    private readonly FeedClient _client;
    private readonly FeedPoll _poll;

    private FeedBench(TestDatabase data)
    {
        _data = data;
        var options = new FeedOptions();
        Store = new FeedStore(data.Database, Time);
        Categories = new FeedCategoryStore(data.Database, Time);
        _client = new FeedClient(options, Time, Web);
        Hubs = new FeedHubStore(data.Database, Time);
        var hubs = new FeedHubs(Hubs, _client, Options.Create(options), Options.Create(new WebOptions()), NullLogger<FeedHubs>.Instance);
        _poll = new FeedPoll(
            _client,
            Store,
            new FeedEntries(Store, Categories, new FeedSink(FileAsync), new FeedTopics(words => words.Contains("war", StringComparison.OrdinalIgnoreCase) ? War : null), Time, NullLogger<FeedEntries>.Instance),
            hubs,
            new FeedTrouble((feed, _, _) =>
            {
                Told.Add(feed);
                return Task.CompletedTask;
            }),
            Options.Create(options),
            Time,
            new Random(7),
            NullLogger<FeedPoll>.Instance);
    }

    public FakeWeb Web { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 2, 14, 0, 0, TimeSpan.Zero));

    public FeedStore Store { get; }

    public FeedCategoryStore Categories { get; }

    public FeedHubStore Hubs { get; }

    public List<Article> Filed { get; } = [];

    public List<Feed> Told { get; } = [];

    public bool DiesAtFiling { get; set; }

    public static async Task<FeedBench> StartAsync(string engine)
    {
        var bench = new FeedBench(await TestDatabase.CreateAsync(engine));
        var feed = await bench.Store.OfferAsync(Address, "Example", null, "U1", TimeSpan.FromMinutes(5), CancellationToken.None);
        await bench.Store.StartAsync(feed.Id, isTrusted: false, new FeedHome("slack", "T1", "C1"), CancellationToken.None);
        return bench;
    }

    public async Task<Feed> FeedAsync() => (await Store.FindAsync(1, CancellationToken.None))!;

    /// <summary>Waits until the feed is due, as the poller does, and polls it.</summary>
    public async Task PollAsync()
    {
        var wait = (await FeedAsync()).Next - Time.GetUtcNow();
        Time.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        var feed = (await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldHaveSingleItem();
        (await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldBeEmpty("a claimed feed is nobody else's");
        await _poll.RunAsync(feed, CancellationToken.None);
    }

    /// <summary>A feed's document with these entries, of half an hour ago.</summary>
    public static string Rss(params string[] names) =>
        $"""
        <rss version="2.0"><channel><title>Example</title><link>https://example.org/</link>
        {string.Concat(names.Select(name => $"""
            <item><guid>{name}</guid><title>Headline of {name}</title><link>https://example.org/{name}</link><pubDate>Mon, 02 Nov 2026 13:30:00 GMT</pubDate>
            <description>&lt;p&gt;First paragraph of {name}.&lt;/p&gt;&lt;p&gt;Second paragraph.&lt;/p&gt;</description></item>
            """))}
        </channel></rss>
        """;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _data.DisposeAsync();
    }

    private async Task FileAsync(Article article, Func<System.Data.Common.DbTransaction, Task<bool>> known, CancellationToken ct)
    {
        var isNew = false;
        await _data.Database.WriteAsync(
            async tx =>
            {
                isNew = await known(tx);
                return DiesAtFiling ? throw new InvalidOperationException("killed before the commit") : true;
            },
            ct);
        if (isNew)
        {
            Filed.Add(article);
        }
    }
}
