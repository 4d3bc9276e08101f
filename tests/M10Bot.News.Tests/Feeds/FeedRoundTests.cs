using M10Bot.News.Feeds;
using System.Net;
using M10Bot.News.Tests.Storage;
using static M10Bot.News.Tests.Feeds.FeedBench;

namespace M10Bot.News.Tests.Feeds;

/// <summary>When and where a feed is asked again: moves, troubles, rests, replicas.</summary>
public sealed class FeedRoundTests
{
    [Theory]
    [OnEveryEngine]
    public async Task That_a_feed_is_not_itself_is_told_once_a_day_where_somebody_said_where(string engine)
    {
        await using var bench = await FeedBench.StartAsync(engine);
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
    public async Task What_has_not_changed_costs_the_publisher_a_304(string engine)
    {
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
        bench.Web.Refuse(Address, HttpStatusCode.TooManyRequests, r => r.Headers.TryAddWithoutValidation("Retry-After", "7200"));
        await bench.PollAsync();

        ((await bench.FeedAsync()).Next - bench.Time.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(2));
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_move_is_stored_where_nothing_has_changed_too(string engine)
    {
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
        await bench.Store.ImportAsync([.. Enumerable.Range(0, 40).Select(i => new OpmlFeed($"https://example.org/{i}", "Example", null))], "U1", TimeSpan.FromMinutes(5), TimeSpan.Zero, CancellationToken.None);
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bench.Store.ClaimAsync(10, TimeSpan.FromMinutes(1), CancellationToken.None)));
        var ids = claims.SelectMany(c => c).Select(f => f.Id).ToList();
        ids.ShouldBeUnique();

        await bench.Store.PutOffAsync([(ids[0], TimeSpan.FromSeconds(3))], CancellationToken.None);
        (await bench.Store.NextDueAsync(CancellationToken.None)).ShouldBe(ids.Count == 41 ? bench.Time.GetUtcNow() + TimeSpan.FromSeconds(3) : bench.Time.GetUtcNow());
        (await bench.Store.FindAsync(ids[0], CancellationToken.None))!.Next.ShouldBe(bench.Time.GetUtcNow() + TimeSpan.FromSeconds(3));
    }
}
