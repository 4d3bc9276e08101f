namespace M10Bot.Tests.Scenarios;

/// <summary>A publisher's feed, from an admin's command to both chats, through the whole bot.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly Publisher _publisher = new();

    [Fact]
    public async Task What_a_publisher_writes_is_one_living_message_in_both_chats()
    {
        var chats = await Chats.StartAsync(); // ends with the bot
        await using var bot = await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.Settings, StringComparer.Ordinal)
        {
            ["Feeds:InnerHosts:0"] = "127.0.0.1",
            ["Feeds:Fastest"] = "00:00:01",
            ["Feeds:Slowest"] = "00:00:01",
            ["Feeds:TellAfter"] = "1",
        });
        await chats.OpenChannelsAsync();
        _publisher.Feed = Publisher.Rss("", ("old", "An old story that nobody is to be sent", "It stood there before."));

        (await chats.SlackCommandAsync("admin", $"/m10 feed add {_publisher.Address}rss")).ShouldContain("An old story that nobody is to be sent");
        (await chats.DiscordCommandAsync("admin", "feed start", ("feed", "1"))).ShouldContain("is polled from now on");
        var asked = _publisher.Asked;
        await chats.UntilAsync(() => _publisher.Asked > asked + 1, "the first reading");

        _publisher.Feed = Publisher.Rss("", ("new", "Port of Riga closed after a fire", "Firefighters from Estonia joined the effort, the port authority of Riga in Latvia said on Sunday."), ("old", "An old story that nobody is to be sent", "It stood there before."));
        await chats.UntilAsync(() => Shown(chats, "Port of Riga closed after a fire"), "the new entry");
        _publisher.Feed = Publisher.Rss("", ("new", "Port of Riga open again after a fire", "Firefighters from Estonia have left, the port authority of Riga in Latvia said on Sunday evening."), ("old", "An old story that nobody is to be sent", "It stood there before."));
        await chats.UntilAsync(() => Shown(chats, "Port of Riga open again after a fire"), "the edited entry, in the same message");

        // Somebody else has got hold of the feed: the card stays as it is, and the channel where the feed was started is told.
        _publisher.Feed = Publisher.Rss("", ("new", "Port of Riga sold to a casino", "Win now: the port authority of Riga in Latvia gives away everything it has, it said on Monday."), ("old", "An old story that nobody is to be sent", "It stood there before."))
            .Replace("https://example.org/new", "https://casino.example/new", StringComparison.Ordinal);
        await chats.UntilAsync(() => chats.DiscordPosts().Any(p => Chats.TextOf(p).Contains("The feed of Baltic Post is not itself", StringComparison.Ordinal)), "the suspicion, told where the feed was started");
        var told = chats.DiscordPosts().Select(p => Chats.TextOf(p)).Single(t => t.Contains("is not itself", StringComparison.Ordinal));
        told.ShouldContain("has moved from example");
        Chats.TextOf(chats.SlackPosts().ShouldHaveSingleItem()).ShouldContain("Port of Riga open again after a fire");

        (await chats.SlackCommandAsync("admin", "/m10 feeds")).ShouldContain("1 feed is polled");
        _publisher.Feed = null;
        await chats.UntilAsync(() => chats.DiscordPosts().Any(p => Chats.TextOf(p).Contains("cannot be read", StringComparison.Ordinal)), "the trouble, told where the feed was started");
        chats.SlackPosts().Count.ShouldBe(1);

        _publisher.Feed = Publisher.Rss("");
        _publisher.List = $"""<opml><body><outline text="Here" xmlUrl="{_publisher.Address}rss"/><outline text="Sport" xmlUrl="{_publisher.Address}sport"/><outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>""";
        (await chats.DiscordCommandAsync("admin", "feed import", ("address", $"{_publisher.Address}list.opml"))).ShouldContain("1 new feed is polled");
        (await chats.SlackCommandAsync("admin", "/m10 feed export")).ShouldContain($"{_publisher.Address}sport");
    }

    public void Dispose() => _publisher.Dispose();

    private static bool Shown(Chats chats, string headline) =>
        chats.DiscordPosts() is [var one] && chats.SlackPosts() is [var other]
        && Chats.TextOf(one).Contains(headline, StringComparison.Ordinal) && Chats.TextOf(other).Contains(headline, StringComparison.Ordinal);
}
