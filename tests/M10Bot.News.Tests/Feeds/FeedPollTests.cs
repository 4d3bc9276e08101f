using M10Bot.News.Feeds;
using System.Net;
using M10Bot.News.Articles;
using M10Bot.News.Doors;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Feeds;

/// <summary>One feed over many polls, on both engines, without a network.</summary>
public sealed class FeedPollTests
{
    private const string Address = "https://example.org/rss";

    [Theory]
    [OnEveryEngine]
    public async Task The_first_reading_is_silent_and_what_is_new_after_it_is_filed_once(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one", "two"));
        await bench.PollAsync();
        bench.Filed.ShouldBeEmpty();

        bench.Web.Put(Address, Rss("three", "one", "two"));
        await bench.PollAsync();
        await bench.PollAsync();

        var article = bench.Filed.ShouldHaveSingleItem();
        (article.Headline, article.Source, article.Origin, article.Urgency, article.Version).ShouldBe(("Headline of three", "Example", ArticleOrigin.Feed, Urgency.Routine, 0));
        article.Body.ShouldBe("First paragraph of three.\nSecond paragraph.");
        article.Link.ShouldBe("https://example.org/three");
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_edited_entry_is_a_new_version_of_the_same_article_and_a_redated_one_is_nothing(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one").Replace("First paragraph of two", "Corrected paragraph of two", StringComparison.Ordinal));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one").Replace("First paragraph of two", "Corrected paragraph of two", StringComparison.Ordinal).Replace("02 Nov", "03 Nov", StringComparison.Ordinal));
        await bench.PollAsync();

        bench.Filed.Count.ShouldBe(2);
        bench.Filed[1].Uri.ShouldBe(bench.Filed[0].Uri);
        bench.Filed[1].Body.ShouldStartWith("Corrected");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_category_means_what_an_admin_says_else_what_its_name_says_and_each_is_noted(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        var feed = (await bench.Store.ListAsync(1, default)).Single().Id;
        await bench.Categories.MapAsync(feed, "front line", "the war", default);
        await bench.Categories.MapAsync(feed, "Tug of war", "", default);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "three", "four", "one")
            .Replace("<title>Headline of two", "<category>Front Line</category><title>Headline of two", StringComparison.Ordinal)
            .Replace("<title>Headline of three", "<category>Tug of War</category><category>Gardening</category><title>Headline of three", StringComparison.Ordinal)
            .Replace("<title>Headline of four", "<category>War</category><title>Headline of four", StringComparison.Ordinal));
        await bench.PollAsync();

        bench.Filed.Where(a => a.Topics.Count > 0).Select(a => a.Headline).ShouldBe(["Headline of two", "Headline of four"], ignoreOrder: true);
        (await bench.Categories.OfAsync(feed, default)).Select(c => (c.Category, c.Topic))
            .ShouldBe([("front line", "the war"), ("Tug of war", ""), ("Gardening", null), ("War", null)], ignoreOrder: true);
    }

    [Theory]
    [OnEveryEngine]
    public async Task That_a_feed_is_not_itself_is_told_once_a_day_where_somebody_said_where(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        var feed = (await bench.Store.ListAsync(1, default)).Single().Id;
        await bench.Store.StartAsync(feed, isTrusted: false, new FeedHome("discord", "81", null), default);
        (await bench.Store.SuspectAsync(feed, default)).ShouldBeNull();
        await bench.Store.StartAsync(feed, isTrusted: false, new FeedHome("discord", "81", "82"), default);

        (await bench.Store.SuspectAsync(feed, default))!.Value.Home.ShouldBe(new FeedHome("discord", "81", "82"));
        bench.Time.Advance(TimeSpan.FromHours(23));
        (await bench.Store.SuspectAsync(feed, default)).ShouldBeNull();
        bench.Time.Advance(TimeSpan.FromHours(1));
        (await bench.Store.SuspectAsync(feed, default))!.Value.Feed.Id.ShouldBe(feed);
        (await bench.Store.SuspectAsync(feed + 1, default)).ShouldBeNull();
    }

    [Theory]
    [OnEveryEngine]
    public async Task Who_dies_while_filing_finds_the_entry_again(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one"));
        bench.DiesAtFiling = true;
        await Should.ThrowAsync<InvalidOperationException>(bench.PollAsync);
        bench.DiesAtFiling = false;

        await bench.PollAsync();

        bench.Filed.ShouldHaveSingleItem().Headline.ShouldBe("Headline of two");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_feed_that_changes_all_its_ids_floods_nobody(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"n{i}")];
        bench.Web.Put(Address, Rss(names));
        await bench.PollAsync();

        bench.Web.Put(Address, Rss([.. Enumerable.Range(0, 20).Select(i => $"other{i}")]));
        await bench.PollAsync();
        bench.Filed.ShouldBeEmpty();

        bench.Web.Put(Address, Rss([.. Enumerable.Range(0, 30).Select(i => $"more{i}"), "other1", "other2"]));
        await bench.PollAsync();
        bench.Filed.Count.ShouldBe(12);
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_is_old_is_taken_silently(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one").Replace("02 Nov 2026", "02 Nov 2025", StringComparison.Ordinal));
        await bench.PollAsync();

        bench.Filed.ShouldBeEmpty();
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_has_not_changed_costs_the_publisher_a_304(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"), etag: "\"a\"");
        await bench.PollAsync();
        await bench.PollAsync();

        bench.Web.Requests[1].Headers.IfNoneMatch.ToString().ShouldBe("\"a\"");
        var feed = await bench.FeedAsync();
        (feed.Level, feed.Failures, feed.Reason).ShouldBe((0, 0, null));
        feed.Next.ShouldBeGreaterThan(bench.Time.GetUtcNow());
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_move_for_good_is_stored_and_a_passing_one_is_not(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Redirect(Address, HttpStatusCode.Found, "/passing");
        bench.Web.Put("https://example.org/passing", Rss("one"));
        await bench.PollAsync();
        (await bench.FeedAsync()).Url.ShouldBe(Address);

        bench.Web.Redirect(Address, HttpStatusCode.MovedPermanently, "https://news.example.org/rss");
        bench.Web.Put("https://news.example.org/rss", Rss("two", "one"));
        await bench.PollAsync();

        (await bench.FeedAsync()).Url.ShouldBe("https://news.example.org/rss");
        bench.Filed.ShouldHaveSingleItem();
    }

    [Theory]
    [OnEveryEngine]
    public async Task Trouble_rises_in_steps_is_told_once_and_good_news_lowers_it_one_step_at_a_time(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Refuse(Address, HttpStatusCode.NotFound);
        for (var i = 0; i < 7; i++)
        {
            await bench.PollAsync();
        }

        var feed = await bench.FeedAsync();
        (feed.Level, feed.Failures, feed.Reason).ShouldBe((7, 7, "the server answers 404 (not found)"));
        bench.Told.ShouldHaveSingleItem().Failures.ShouldBe(5);
        (feed.Next - bench.Time.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(FeedRhythm.Trouble[7]);

        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        feed = await bench.FeedAsync();
        (feed.Level, feed.Failures).ShouldBe((6, 0));

        for (var i = 0; i < 6; i++)
        {
            bench.Told.Count.ShouldBe(1, "it is not over yet");
            await bench.PollAsync();
        }

        bench.Told.Count.ShouldBe(2);
        (bench.Told[1].Level, bench.Told[1].Reason).ShouldBe((0, null), "its end is told too");
        await bench.PollAsync();
        bench.Told.Count.ShouldBe(2);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_feed_that_is_gone_is_stopped_and_said_so_at_once(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Refuse(Address, HttpStatusCode.Gone);
        await bench.PollAsync();

        (await bench.FeedAsync()).Standing.ShouldBe("off");
        bench.Told.ShouldHaveSingleItem().Standing.ShouldBe("off");
        (await bench.Store.ClaimAsync(10, TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_server_that_asks_for_rest_gets_it(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Refuse(Address, HttpStatusCode.TooManyRequests, r => r.Headers.TryAddWithoutValidation("Retry-After", "7200"));
        await bench.PollAsync();

        ((await bench.FeedAsync()).Next - bench.Time.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(2));
    }

    [Theory]
    [OnEveryEngine]
    public async Task Breaking_counts_where_the_feed_is_trusted(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one").Replace("Headline of two", "BREAKING: Headline of two", StringComparison.Ordinal));
        await bench.PollAsync();
        await bench.Store.StartAsync((await bench.FeedAsync()).Id, isTrusted: true, new FeedHome("slack", "T1", "C1"), CancellationToken.None);
        bench.Web.Put(Address, Rss("three", "two", "one").Replace("Headline of t", "BREAKING: Headline of t", StringComparison.Ordinal));
        await bench.PollAsync();

        bench.Filed.Select(a => (a.Headline, a.Urgency)).ShouldBe([("Headline of two", Urgency.Routine), ("Headline of three", Urgency.Urgent)]);
    }

    [Theory]
    [OnEveryEngine]
    public async Task After_a_long_silence_only_the_last_of_it_is_news(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Time.Advance(TimeSpan.FromHours(9)); // the bot was down
        string[] missed = [.. Enumerable.Range(0, 8).Select(i => $"missed{i}")];
        bench.Web.Put(Address, Rss(["latest", .. missed, "one"]).Replace("/latest</link><pubDate>Mon, 02 Nov 2026 13:30:00", "/latest</link><pubDate>Mon, 02 Nov 2026 22:50:00", StringComparison.Ordinal));
        await bench.PollAsync();

        bench.Filed.ShouldHaveSingleItem().Headline.ShouldBe("Headline of latest");
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_edit_of_what_nobody_was_sent_is_no_news_and_an_edit_of_everything_is_a_new_make_up(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        string[] names = [.. Enumerable.Range(0, 8).Select(i => $"n{i}")];
        bench.Web.Put(Address, Rss(["one"]));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss(["one"]).Replace("First paragraph", "Edited paragraph", StringComparison.Ordinal));
        await bench.PollAsync();
        bench.Filed.ShouldBeEmpty();

        bench.Web.Put(Address, Rss([.. names, "one"]));
        await bench.PollAsync();
        bench.Filed.Count.ShouldBe(8);
        bench.Web.Put(Address, Rss([.. names, "one"]).Replace("Second paragraph", "Sponsored by nobody", StringComparison.Ordinal));
        await bench.PollAsync();
        bench.Filed.Count.ShouldBe(8);
        bench.Web.Put(Address, Rss([.. names, "one"]).Replace("Second paragraph", "Sponsored by nobody", StringComparison.Ordinal).Replace("First paragraph of n3", "Corrected paragraph of n3", StringComparison.Ordinal));
        await bench.PollAsync();
        bench.Filed[8].Uri.ShouldBe(bench.Filed.First(a => a.Headline == "Headline of n3").Uri);
        bench.Filed.Count.ShouldBe(9);
    }

    [Theory]
    [OnEveryEngine]
    public async Task One_entry_twice_in_a_document_is_one_article(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "two", "one"));
        await bench.PollAsync();

        bench.Filed.ShouldHaveSingleItem();
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_retitled_entry_is_a_new_version_and_one_with_a_new_id_is_nothing(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one").Replace("<guid>two", "<guid>another-id", StringComparison.Ordinal));
        await bench.PollAsync();
        bench.Filed.ShouldHaveSingleItem();

        bench.Web.Put(Address, Rss("two", "one").Replace("Headline of two", "Sharper headline of two", StringComparison.Ordinal));
        await bench.PollAsync();
        bench.Filed.Count.ShouldBe(2);
        bench.Filed[1].Uri.ShouldBe(bench.Filed[0].Uri);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_move_is_stored_where_nothing_has_changed_too(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"), etag: "\"a\"");
        await bench.PollAsync();
        bench.Web.Redirect(Address, HttpStatusCode.PermanentRedirect, "https://news.example.org/rss");
        bench.Web.Put("https://news.example.org/rss", Rss("one"), etag: "\"a\"");
        await bench.PollAsync();

        (await bench.FeedAsync()).Url.ShouldBe("https://news.example.org/rss");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_move_to_where_another_feed_is_polled_ends_this_one_and_a_feed_that_is_not_polled_gives_way(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        var offered = await bench.Store.OfferAsync("https://news.example.org/rss", "Example", null, "U1", TimeSpan.FromHours(5), CancellationToken.None);
        bench.Web.Redirect(Address, HttpStatusCode.MovedPermanently, "https://news.example.org/rss");
        bench.Web.Put("https://news.example.org/rss", Rss("one"));
        await bench.PollAsync();
        (await bench.FeedAsync()).Url.ShouldBe("https://news.example.org/rss");
        (await bench.Store.FindAsync(offered.Id, CancellationToken.None))!.Url.ShouldBe(Address);

        var third = await bench.Store.OfferAsync("https://third.example.org/rss", "Third", null, "U1", TimeSpan.FromHours(5), CancellationToken.None);
        await bench.Store.StartAsync(third.Id, isTrusted: false, new FeedHome("slack", "T1", "C1"), CancellationToken.None);
        (await bench.Store.ClaimAsync(1, TimeSpan.FromDays(30), CancellationToken.None)).ShouldHaveSingleItem().Id.ShouldBe(third.Id);
        bench.Web.Redirect("https://news.example.org/rss", HttpStatusCode.MovedPermanently, "https://third.example.org/rss");
        bench.Web.Put("https://third.example.org/rss", Rss("one", "two"));
        await bench.PollAsync();

        var feed = await bench.FeedAsync();
        (feed.Standing, feed.Reason).ShouldBe(("off", $"it has moved for good to where feed {third.Id} is polled already"));
        bench.Told.ShouldHaveSingleItem();
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_trusted_feed_is_asked_every_minute_whatever_it_asks_for_itself(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one").Replace("<title>Example", "<ttl>60</ttl><title>Example", StringComparison.Ordinal), with: r => r.Headers.TryAddWithoutValidation("Cache-Control", "max-age=3600"));
        await bench.PollAsync();
        ((await bench.FeedAsync()).Next - bench.Time.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(30));

        await bench.Store.StartAsync(1, isTrusted: true, new FeedHome("slack", "T1", "C1"), CancellationToken.None);
        await bench.PollAsync();

        ((await bench.FeedAsync()).Next - bench.Time.GetUtcNow()).ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(66));
    }

    [Theory]
    [OnEveryEngine]
    public async Task Two_replicas_never_claim_one_feed_and_a_feed_put_off_is_due_later(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        await bench.Store.ImportAsync([.. Enumerable.Range(0, 40).Select(i => new OpmlFeed($"https://example.org/{i}", "Example", null))], "U1", TimeSpan.FromMinutes(5), TimeSpan.Zero, CancellationToken.None);
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bench.Store.ClaimAsync(10, TimeSpan.FromMinutes(1), CancellationToken.None)));
        var ids = claims.SelectMany(c => c).Select(f => f.Id).ToList();
        ids.ShouldBeUnique();

        await bench.Store.PutOffAsync([(ids[0], TimeSpan.FromSeconds(3))], CancellationToken.None);
        (await bench.Store.NextDueAsync(CancellationToken.None)).ShouldBe(ids.Count == 41 ? bench.Time.GetUtcNow() + TimeSpan.FromSeconds(3) : bench.Time.GetUtcNow());
        (await bench.Store.FindAsync(ids[0], CancellationToken.None))!.Next.ShouldBe(bench.Time.GetUtcNow() + TimeSpan.FromSeconds(3));
    }

    private static string Rss(params string[] names) =>
        $"""
        <rss version="2.0"><channel><title>Example</title><link>https://example.org/</link>
        {string.Concat(names.Select(name => $"""
            <item><guid>{name}</guid><title>Headline of {name}</title><link>https://example.org/{name}</link><pubDate>Mon, 02 Nov 2026 13:30:00 GMT</pubDate>
            <description>&lt;p&gt;First paragraph of {name}.&lt;/p&gt;&lt;p&gt;Second paragraph.&lt;/p&gt;</description></item>
            """))}
        </channel></rss>
        """;

    private sealed class Bench : IAsyncDisposable
    {
        private static readonly Topic War = new("medtop:16000000", "war", TopicKind.Subject);
        private readonly TestDatabase _data;
        private readonly FeedClient _client;
        private readonly FeedPoll _poll;

        private Bench(TestDatabase data)
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

        public static async Task<Bench> StartAsync(string engine)
        {
            var bench = new Bench(await TestDatabase.CreateAsync(engine));
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
}
