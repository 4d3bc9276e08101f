using System.Net;
using M10Bot.News.Chat;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

public sealed class FeedCommandsTests : IAsyncLifetime
{
    private const string Page = """
        <html><head><title>Example</title><link rel="alternate" type="application/rss+xml" href="/news.xml"><link rel=alternate type=application/atom+xml href="/sport.atom"></head></html>
        """;

    private const string Rss = """
        <rss version="2.0"><channel><title>Example &lt;b&gt;News&lt;/b&gt; @everyone</title><link>https://example.org/</link>
        <item><guid>1</guid><title>Harbour closed</title><link>https://example.org/1</link></item>
        <item><guid>2</guid><title>Budget passed</title><link>javascript:alert(1)</link></item>
        <item><guid>3</guid><title>Bridge opens</title></item><item><guid>4</guid><title>Fourth</title></item></channel></rss>
        """;

    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task A_site_shows_its_feed_with_three_entries_and_nothing_is_polled_before_a_yes(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Web.Put("https://example.org/", Page, "text/html");
        _newsroom.Web.Put("https://example.org/news.xml", Rss);

        var reply = await _newsroom.SayAsync("feed add example.org", Role.Admin);

        reply.Card.Headline.ShouldBe("Is this the feed of Example News @everyone?");
        reply.Card.Link.ShouldBe("https://example.org/news.xml");
        reply.Card.Items.Select(i => (i.Text, i.Link)).ShouldBe([("Harbour closed", "https://example.org/1"), ("Budget passed", null), ("Bridge opens", null)]);
        reply.Card.Lines.ShouldContain("The page names another: https://example.org/sport.atom", StringComparer.Ordinal);
        (await _newsroom.SayAsync("feeds", Role.Admin)).Card.Headline.ShouldBe("No feed is polled");

        (await _newsroom.PressAsync(reply, "Poll it", Role.Admin)).Card.Headline.ShouldBe("Example News @everyone is polled from now on");
        (await _newsroom.SayAsync("feeds", Role.Admin)).Card.Headline.ShouldBe("1 feed is polled");
        (await _newsroom.SayAsync("feed add https://example.org/news.xml", Role.Admin)).Card.Headline.ShouldBe("Example News @everyone is polled already");
        (await _newsroom.ScalarAsync<string>("select told_platform || told_workspace || told_channel || is_trusted from feed")).ShouldBe("slackT1C10");
    }

    [Fact]
    public async Task Where_a_page_names_no_feed_the_usual_places_are_looked_at()
    {
        _newsroom = await Newsroom.OpenAsync();
        _newsroom.Web.Put("https://example.org/", "<html><body>Hello</body></html>", "text/html");
        _newsroom.Web.Put("https://example.org/rss.xml", Rss);

        (await _newsroom.SayAsync("feed add example.org", Role.Admin)).Card.Link.ShouldBe("https://example.org/rss.xml");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_category_means_what_an_admin_says(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Web.Put("https://example.org/news.xml", Rss);
        await _newsroom.PressAsync(await _newsroom.SayAsync("feed add https://example.org/news.xml", Role.Admin), "Poll it", Role.Admin);
        (await _newsroom.SayAsync("feed map 1", Role.Admin)).Card.Headline.ShouldContain("was seen yet");

        (await _newsroom.SayAsync("feed map 1 Frontline topic: ukraine", Role.Admin)).Card.Headline.ShouldContain("“Frontline” of Example News @everyone means Ukraine");
        (await _newsroom.SayAsync("feed map 1 NATO topic: nothing", Role.Admin)).Card.Headline.ShouldContain("means nothing");
        (await _newsroom.SayAsync("feed map 1 World topic: qqqqzzzz", Role.Admin)).Card.Headline.ShouldContain("qqqqzzzz");

        var list = (await _newsroom.SayAsync("feed map 1", Role.Admin)).Card;
        list.Headline.ShouldStartWith("2 categories of Example News");
        list.Items.Select(i => (i.Text, i.Detail)).ShouldBe([("Frontline", "Ukraine"), ("NATO", "left out")], ignoreOrder: true);
        (await _newsroom.SayAsync("feed map 1 nato topic: name", Role.Admin)).Card.Headline.ShouldContain("by its name");
        var typo = (await _newsroom.SayAsync("feed map 1 Frontlime topic: nato", Role.Admin)).Card;
        typo.Headline.ShouldBe("“Frontlime” is not mapped");
        typo.Lines[0].ShouldStartWith("Did you mean “Frontline”?");
        (await _newsroom.SayAsync("feed map 1 frontline", Role.Admin)).Card.Headline.ShouldContain("Ukraine");
        (await _newsroom.SayAsync("feed map 7", Role.Admin)).Card.Headline.ShouldContain("There is no feed");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_feed_is_stopped_and_the_stop_can_be_undone(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Web.Put("https://example.org/news.xml", Rss);
        var look = await _newsroom.SayAsync("feed add https://example.org/news.xml", Role.Admin);
        await _newsroom.PressAsync(look, "Poll and trust it", Role.Admin);

        var stopped = await _newsroom.SayAsync("feed stop 1", Role.Admin);
        stopped.Card.Headline.ShouldBe("Example News @everyone is polled no more");
        (await _newsroom.SayAsync("feed stop 1", Role.Admin)).Card.Headline.ShouldBe("Example News @everyone is not polled");
        (await _newsroom.SayAsync("feeds", Role.Admin)).Card.Items.ShouldHaveSingleItem().Detail!.ShouldStartWith("stopped: an admin stopped it");

        await _newsroom.PressAsync(stopped, "Undo", Role.Admin);
        (await _newsroom.ScalarAsync<string>("select standing || is_trusted from feed")).ShouldBe("polled1");
        (await _newsroom.SayAsync("feed stop 99", Role.Admin)).Card.Headline.ShouldBe("There is no feed “99”");
    }

    [Theory]
    [OnEveryEngine]
    public async Task Trouble_is_shown_first_with_what_to_do(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Web.Put("https://example.org/news.xml", Rss);
        await _newsroom.PressAsync(await _newsroom.SayAsync("feed add https://example.org/news.xml", Role.Admin), "Poll it", Role.Admin);
        await _newsroom.ExecuteAsync("update feed set level = 2, failures = 6, reason = 'the server answers 404 (not found)', remedy = 'Look for the new address.', checked_ms = 1");

        var card = (await _newsroom.SayAsync("feeds", Role.Admin)).Card;

        card.Headline.ShouldBe("1 feed of 1 in trouble");
        card.Items.ShouldHaveSingleItem().Detail!.ShouldStartWith("the server answers 404 (not found). Look for the new address.");
        card.Actions.ShouldHaveSingleItem().Label.ShouldBe("Try 1 again");
    }

    [Theory]
    [InlineData("feed add nonsense", "It is no address")]
    [InlineData("feed add https://example.org/none", "The server answers 404 (not found)")]
    [InlineData("feed add https://example.org/teapot", "The server answers 418. ")]
    [InlineData("feed add https://example.org/plain", "The page names no feed")]
    [InlineData("feed add file:///etc/passwd", "It is no web address")]
    public async Task What_is_no_feed_is_said_with_what_to_do(string line, string reason)
    {
        _newsroom = await Newsroom.OpenAsync();
        _newsroom.Web.Refuse("https://example.org/none", HttpStatusCode.NotFound);
        _newsroom.Web.Refuse("https://example.org/teapot", (HttpStatusCode)418);
        _newsroom.Web.Put("https://example.org/plain", "<html><body>Hello</body></html>", "text/html");

        (await _newsroom.SayAsync(line, Role.Admin)).Card.Lines.ShouldHaveSingleItem().ShouldStartWith(reason);
        (await _newsroom.ScalarAsync<long>("select count(*) from feed")).ShouldBe(0);
    }

    [Theory]
    [InlineData("feed add inner.example.org", true)]
    [InlineData("feed add https://inner.example.org", false)]
    [InlineData("feed import inner.example.org", true)]
    public async Task Who_left_the_scheme_out_is_told_of_the_other_one(string line, bool isHinted)
    {
        _newsroom = await Newsroom.OpenAsync();
        _newsroom.Web.Answer("https://inner.example.org/", _ => throw new HttpRequestException("no TLS", new System.Security.Authentication.AuthenticationException()));

        var said = (await _newsroom.SayAsync(line, Role.Admin)).Card.Lines.ShouldHaveSingleItem();

        said.ShouldStartWith("Its certificate is not in order.");
        said.EndsWith("type http:// before its address.", StringComparison.Ordinal).ShouldBe(isHinted);
    }

    [Fact]
    public async Task Feeds_are_an_admins_affair()
    {
        _newsroom = await Newsroom.OpenAsync();

        foreach (var line in new[] { "feeds", "feed add example.org", "feed start 1", "feed stop 1" })
        {
            (await _newsroom.SayAsync(line, Role.Editor)).Card.Headline.ShouldContain("for admins");
        }

        _newsroom.Web.Requests.ShouldBeEmpty();
    }
}
