using System.Net;
using System.Net.Sockets;

namespace M10Bot.Tests.Scenarios;

/// <summary>A publisher's feed, from an admin's command to both chats, through the whole bot.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly HttpListener _publisher = new();
    private readonly string _address;
    private volatile string? _feed;
    private int _asked;

    public FeedTests()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _publisher.Prefixes.Add(_address);
        _publisher.Start();
        _ = Task.Run(ServeAsync);
    }

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
        _feed = Rss(("old", "An old story that nobody is to be sent", "It stood there before."));

        (await chats.SlackCommandAsync("admin", $"/m10 feed add {_address}rss")).ShouldContain("An old story that nobody is to be sent");
        (await chats.DiscordCommandAsync("admin", "feed start", ("feed", "1"))).ShouldContain("is polled from now on");
        var asked = Volatile.Read(ref _asked);
        await chats.UntilAsync(() => Volatile.Read(ref _asked) > asked + 1, "the first reading");

        _feed = Rss(("new", "Port of Riga closed after a fire", "Firefighters from Estonia joined the effort, the port authority of Riga in Latvia said on Sunday."), ("old", "An old story that nobody is to be sent", "It stood there before."));
        await chats.UntilAsync(() => Shown(chats, "Port of Riga closed after a fire"), "the new entry");
        _feed = Rss(("new", "Port of Riga open again after a fire", "Firefighters from Estonia have left, the port authority of Riga in Latvia said on Sunday evening."), ("old", "An old story that nobody is to be sent", "It stood there before."));
        await chats.UntilAsync(() => Shown(chats, "Port of Riga open again after a fire"), "the edited entry, in the same message");

        // Somebody else has got hold of the feed: the card stays as it is, and the channel where the feed was started is told.
        _feed = Rss(("new", "Port of Riga sold to a casino", "Win now: the port authority of Riga in Latvia gives away everything it has, it said on Monday."), ("old", "An old story that nobody is to be sent", "It stood there before."))
            .Replace("https://example.org/new", "https://casino.example/new", StringComparison.Ordinal);
        await chats.UntilAsync(() => chats.DiscordPosts().Any(p => Chats.TextOf(p).Contains("The feed of Baltic Post is not itself", StringComparison.Ordinal)), "the suspicion, told where the feed was started");
        var told = chats.DiscordPosts().Select(p => Chats.TextOf(p)).Single(t => t.Contains("is not itself", StringComparison.Ordinal));
        told.ShouldContain("has moved from example");
        Chats.TextOf(chats.SlackPosts().ShouldHaveSingleItem()).ShouldContain("Port of Riga open again after a fire");

        (await chats.SlackCommandAsync("admin", "/m10 feeds")).ShouldContain("1 feed is polled");
        _feed = null;
        await chats.UntilAsync(() => chats.DiscordPosts().Any(p => Chats.TextOf(p).Contains("cannot be read", StringComparison.Ordinal)), "the trouble, told where the feed was started");
        chats.SlackPosts().Count.ShouldBe(1);
    }

    public void Dispose() => _publisher.Close();

    private static bool Shown(Chats chats, string headline) =>
        chats.DiscordPosts() is [var one] && chats.SlackPosts() is [var other]
        && Chats.TextOf(one).Contains(headline, StringComparison.Ordinal) && Chats.TextOf(other).Contains(headline, StringComparison.Ordinal);

    private static string Rss(params (string Id, string Title, string Text)[] entries) =>
        $"""
        <rss version="2.0"><channel><title>Baltic Post</title><link>https://example.org/</link>
        {string.Concat(entries.Select(e => $"<item><guid>{e.Id}</guid><title>{e.Title}</title><link>https://example.org/{e.Id}</link><description>{e.Text}</description></item>"))}
        </channel></rss>
        """;

    private async Task ServeAsync()
    {
        while (_publisher.IsListening)
        {
            var context = await _publisher.GetContextAsync();
            if (_feed is { } feed)
            {
                context.Response.ContentType = "application/rss+xml";
                await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(feed));
            }
            else
            {
                context.Response.StatusCode = 404;
            }

            context.Response.Close();
            Interlocked.Increment(ref _asked);
        }
    }
}
