using System.Net;
using M10Bot.News.Chat;
using M10Bot.News.Doors;
using M10Bot.News.Feeds;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

/// <summary>Lists of feeds, in and out by chat.</summary>
public sealed class FeedListCommandsTests : IAsyncLifetime
{
    private const string List = """
        <opml version="2.0"><body><outline text="World"><outline text="One" xmlUrl="https://one.example.org/rss"/><outline text="Two @everyone" xmlUrl="https://two.example.org/rss"/></outline>
        <outline text="Inner" xmlUrl="https://ten.example.org:22/rss"/><outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>
        """;

    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task A_list_comes_in_from_an_address_and_what_became_of_it_is_said(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Web.Put("https://example.org/list.opml", List, "text/x-opml");
        await _newsroom.Feeds.ImportAsync([new OpmlFeed("https://one.example.org/rss", "One", null)], "U9", TimeSpan.FromMinutes(5), TimeSpan.Zero, default);

        var reply = await _newsroom.SayAsync("feed import example.org/list.opml", Role.Admin);

        reply.Card.Headline.ShouldBe("1 new feed is polled");
        reply.Card.Lines.ShouldBe(
        [
            "What stands there now is not sent, what comes from now on is. “feeds” shows those that cannot be read.",
            "1 was here before and stays as it is.",
            "2 addresses are not ones that the bot fetches:",
        ]);
        reply.Card.Items.Select(i => i.Text).ShouldBe(["“javascript:alert(1)”", "“https://ten.example.org:22/rss”"]);
        (await _newsroom.SayAsync("feed import https://example.org/list.opml", Role.Admin)).Card.Headline.ShouldBe("No feed of the list is new");
        (await _newsroom.ScalarAsync<long>("select count(*) from feed where standing = 'polled' and read_ms is null")).ShouldBe(2, "read silently first");
        (await _newsroom.ScalarAsync<long>("select count(*) from feed where told_channel is not null")).ShouldBe(0, "a long list with dead feeds floods no channel");
    }

    [Theory]
    [InlineData("https://example.org/none", "No list at", "The server answers 404 (not found)")]
    [InlineData("https://example.org/page", "No feed stands there", "It must be OPML")]
    [InlineData("http://", "No list at", "It is no address")]
    [InlineData("ftp://example.org/list", "No list at", "It is no web address")]
    [InlineData("https://name:secret@example.org/list", "No list at", "A name or password")]
    public async Task What_is_no_list_is_said_with_what_to_do(string address, string headline, string line)
    {
        _newsroom = await Newsroom.OpenAsync();
        _newsroom.Web.Refuse("https://example.org/none", HttpStatusCode.NotFound);
        _newsroom.Web.Put("https://example.org/page", "<html><body>Hello</body></html>", "text/html");

        var reply = await _newsroom.SayAsync($"feed import {address}", Role.Admin);

        reply.Card.Headline.ShouldStartWith(headline);
        reply.Card.Lines[0].ShouldStartWith(line);
    }

    [Fact]
    public async Task Of_too_long_a_list_the_rest_is_left_and_that_is_said()
    {
        _newsroom = await Newsroom.OpenAsync();
        _newsroom.Web.Put("https://example.org/long", string.Concat(Enumerable.Range(0, Opml.Most + 1).Select(i => $"<outline xmlUrl='https://example.org/{i}'/>")));

        var card = (await _newsroom.SayAsync("feed import https://example.org/long", Role.Admin)).Card;

        card.Headline.ShouldBe("5000 new feeds are polled");
        card.Lines.ShouldContain(line => line.Contains("longer than 5000 feeds", StringComparison.Ordinal));
        (await _newsroom.ScalarAsync<long>("select count(*) from feed")).ShouldBe(Opml.Most);
    }

    [Theory]
    [OnEveryEngine]
    public async Task The_list_goes_out_by_a_link_that_ends(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        (_newsroom.Doors.Address, _newsroom.Doors.PublicAddress) = ("http://127.0.0.1:8080", "https://bot.example.org/");
        await _newsroom.Feeds.ImportAsync([new OpmlFeed("https://one.example.org/rss", "One & only", null)], "U9", TimeSpan.FromMinutes(5), TimeSpan.Zero, default);

        var link = new Uri((await _newsroom.SayAsync("feed export", Role.Admin)).Card.Actions.ShouldHaveSingleItem().Link!);

        link.GetLeftPart(UriPartial.Path).ShouldBe("https://bot.example.org/feeds/list.opml");
        var key = link.Query["?key=".Length..];
        var reply = await OpenAsync(key);
        reply.Status.ShouldBe(200);
        Opml.Read(reply.Body.Span).Feeds.ShouldHaveSingleItem().Source.ShouldBe("One & only");
        (await _newsroom.ScalarAsync<string>("select key_hash from feed_list_link")).ShouldNotContain(key);
        (await OpenAsync(key[..^1] + (key[^1] == '0' ? '1' : '0'))).Status.ShouldBe(404);
        (await OpenAsync("")).Status.ShouldBe(404);
        _newsroom.Time.Advance(TimeSpan.FromMinutes(16));
        (await OpenAsync(key)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Where_nobody_can_reach_the_bot_the_list_stands_in_the_answer()
    {
        _newsroom = await Newsroom.OpenAsync();
        (await _newsroom.SayAsync("feed export", Role.Admin)).Card.Headline.ShouldBe("No feed is polled");
        await _newsroom.Feeds.ImportAsync(
            [.. Enumerable.Range(0, 30).Select(i => new OpmlFeed($"https://example.org/{i}", $"Feed {i:00}", null))], "U9", TimeSpan.FromMinutes(5), TimeSpan.Zero, default);

        var card = (await _newsroom.SayAsync("feed export", Role.Admin)).Card;

        card.Headline.ShouldBe("30 feeds are polled");
        card.Lines[0].ShouldBe("The first 20 are listed.");
        card.Items.Select(i => i.Link).ShouldBe(Enumerable.Range(0, 20).Select(i => $"https://example.org/{i}"));
        card.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_are_an_admins_affair()
    {
        _newsroom = await Newsroom.OpenAsync();

        (await _newsroom.SayAsync("feed import https://example.org/list", Role.Editor)).Card.Headline.ShouldContain("for admins");
        (await _newsroom.SayAsync("feed export", Role.Editor)).Card.Headline.ShouldContain("for admins");
        _newsroom.Web.Requests.ShouldBeEmpty();
    }

    private Task<DoorReply> OpenAsync(string key) => _newsroom.ListDoor.OpenAsync(
        new DoorRequest("GET", "/feeds/list.opml", new Dictionary<string, string>(StringComparer.Ordinal) { ["key"] = key }, new Dictionary<string, string>(StringComparer.Ordinal), default), default);
}
