using M10Bot.News.Feeds;
using M10Bot.News.Articles;
using M10Bot.News.Tests.Storage;
using static M10Bot.News.Tests.Feeds.FeedBench;

namespace M10Bot.News.Tests.Feeds;

/// <summary>What becomes of a feed's entries over many polls.</summary>
public sealed class FeedPollTests
{
    [Theory]
    [OnEveryEngine]
    public async Task The_first_reading_is_silent_and_what_is_new_after_it_is_filed_once(string engine)
    {
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
    public async Task Who_dies_while_filing_finds_the_entry_again(string engine)
    {
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
        bench.Web.Put(Address, Rss("one"));
        await bench.PollAsync();
        bench.Web.Put(Address, Rss("two", "one").Replace("02 Nov 2026", "02 Nov 2025", StringComparison.Ordinal));
        await bench.PollAsync();

        bench.Filed.ShouldBeEmpty();
    }

    [Theory]
    [OnEveryEngine]
    public async Task Breaking_counts_where_the_feed_is_trusted(string engine)
    {
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
        await using var bench = await FeedBench.StartAsync(engine);
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
}
