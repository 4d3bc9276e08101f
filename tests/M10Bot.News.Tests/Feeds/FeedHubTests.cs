using System.Data.Common;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Articles;
using M10Bot.News.Doors;
using M10Bot.News.Feeds;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Feeds;

/// <summary>WebSub (w3.org/TR/websub) from the feed that offers a hub to the article that it pushed.</summary>
public sealed class FeedHubTests
{
    private const string Address = "https://example.org/rss";
    private const string Hub = "https://hub.example.net/";

    [Theory]
    [OnEveryEngine]
    public async Task A_feed_that_offers_a_hub_is_pushed_and_its_articles_come_once(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        await bench.SubscribeAsync();

        bench.Form["hub.mode"].ShouldBe("subscribe");
        bench.Form["hub.topic"].ShouldBe("https://example.org/self");
        bench.Form["hub.callback"].ShouldStartWith("https://bot.example.net/feeds/push?feed=1&key=");
        (await bench.ConfirmAsync("subscribe")).ShouldBe((200, "a challenge"));

        (await bench.PushAsync(Rss("two"))).ShouldBe(202);
        (await bench.PushAsync(Rss("two"))).ShouldBe(202);
        bench.Filed.ShouldHaveSingleItem().Headline.ShouldBe("Headline of two");
        bench.Web.Put(Address, Rss("two", "one"));
        await bench.PollAsync();
        bench.Filed.ShouldHaveSingleItem();
        ((await bench.FeedAsync()).Next - bench.Time.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(30), "the hub pushes: polling is the fallback");
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public async Task Every_signature_that_hubs_use_is_checked(string method)
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        await bench.ConfirmAsync("subscribe");

        (await bench.PushAsync(Rss("forged"), method, secret: "another secret")).ShouldBe(202, "a forger is not told");
        bench.Filed.ShouldBeEmpty();
        (await bench.PushAsync(Rss("two"), method)).ShouldBe(202);
        bench.Filed.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256=")]
    [InlineData("sha256=00")]
    [InlineData("sha256=zz")]
    [InlineData("md5=d41d8cd98f00b204e9800998ecf8427e")]
    public async Task A_push_without_a_right_signature_counts_for_nothing(string? signature)
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        await bench.ConfirmAsync("subscribe");

        (await bench.SendAsync(Rss("two"), signature)).ShouldBe(202);

        bench.Filed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_else_can_confirm_or_push()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();

        (await bench.ConfirmAsync("subscribe", topic: "https://example.org/other")).Status.ShouldBe(404);
        (await bench.ConfirmAsync("subscribe", key: new string('0', 32))).Status.ShouldBe(404);
        (await bench.ConfirmAsync("unsubscribe")).Status.ShouldBe(404, "it is wanted");
        (await bench.FeedAsync()).PushedUntil.ShouldBeNull();
        (await bench.ConfirmAsync("subscribe")).Status.ShouldBe(200);
        (await bench.FeedAsync()).PushedUntil.ShouldBe(bench.Time.GetUtcNow() + TimeSpan.FromHours(10));

        await bench.Store.StopAsync(1, default);
        (await bench.PushAsync(Rss("two"))).ShouldBe(410);
        (await bench.ConfirmAsync("unsubscribe")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task It_is_asked_again_before_the_promise_ends_and_after_a_refusal()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        await bench.ConfirmAsync("subscribe");
        bench.Time.Advance(TimeSpan.FromHours(7));
        (await bench.AskAsync()).ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromHours(1.1));
        (await bench.AskAsync()).ShouldBeTrue();

        (await bench.ConfirmAsync("denied")).Status.ShouldBe(200);
        (await bench.FeedAsync()).PushedUntil.ShouldBeNull();
        bench.Time.Advance(TimeSpan.FromHours(23));
        (await bench.AskAsync()).ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromHours(1.1));
        bench.Web.Refuse(Hub, HttpStatusCode.InternalServerError);
        (await bench.AskAsync()).ShouldBeTrue();
        bench.Time.Advance(TimeSpan.FromHours(1.1));
        (await bench.AskAsync()).ShouldBeTrue("a fault of the hub is no refusal for a day");
    }

    [Fact]
    public async Task What_the_hub_has_not_pushed_the_poll_finds_and_the_hub_is_asked_anew()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        await bench.ConfirmAsync("subscribe");
        bench.Web.Put(Address, Rss("two", "one"));
        await bench.PollAsync();

        bench.Filed.ShouldHaveSingleItem();
        (await bench.FeedAsync()).PushedUntil.ShouldBeNull();
        (await bench.AskAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_push_of_more_than_can_be_news_or_of_no_feed_has_the_feed_polled_at_once()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        await bench.ConfirmAsync("subscribe");

        await bench.PushAsync(Rss("a", "b", "c", "d", "e"));
        bench.Filed.ShouldBeEmpty();
        (await bench.FeedAsync()).Next.ShouldBe(bench.Time.GetUtcNow());
        await bench.PollAsync();
        await bench.PushAsync("no feed");
        (await bench.FeedAsync()).Next.ShouldBe(bench.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_hub_on_the_inside_is_not_asked_and_the_header_names_one_too()
    {
        await using var bench = await Bench.StartAsync(hub: "http://hub.inner:9000/");
        (await bench.AskAsync()).ShouldBeFalse();

        bench.Web.Put(Address, Rss("two", "one"), with: r => r.Headers.TryAddWithoutValidation("Link", $"<{Hub}>; rel=\"hub\", <https://example.org/by-header>; rel=self"));
        await bench.PollAsync();
        (await bench.AskAsync()).ShouldBeTrue();
        bench.Form["hub.topic"].ShouldBe("https://example.org/by-header");
    }

    private static string Rss(params string[] names) => Rss(Hub, names);

    private static string Rss(string hub, string[] names) =>
        $"""
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Example</title><atom:link rel="self" href="https://example.org/self"/><atom:link rel="hub" href="{hub}"/>
        {string.Concat(names.Select(name => $"<item><guid>{name}</guid><title>Headline of {name}</title><link>https://example.org/{name}</link><description>The text of {name}.</description></item>"))}
        </channel></rss>
        """;

    private sealed class Bench : IAsyncDisposable
    {
        private readonly TestDatabase _data;
        private readonly FeedClient _client;
        private readonly FeedPoll _poll;
        private readonly FeedHubs _hubs;
        private readonly FeedHubWorker _worker;
        private readonly FeedHubDoor _door;

        private Bench(TestDatabase data)
        {
            _data = data;
            var options = new FeedOptions { HubSecret = "a secret of twenty-four characters", Slowest = TimeSpan.FromMinutes(30) };
            var wrapped = Options.Create(options);
            Store = new FeedStore(data.Database, Time);
            _client = new FeedClient(options, Time, Web);
            var store = new FeedHubStore(data.Database, Time);
            _hubs = new FeedHubs(store, _client, wrapped, Options.Create(new WebOptions { PublicAddress = "https://bot.example.net/" }), NullLogger<FeedHubs>.Instance);
            var entries = new FeedEntries(Store, new FeedCategoryStore(data.Database, Time), new FeedSink(FileAsync), new FeedTopics(_ => null), Time, NullLogger<FeedEntries>.Instance);
            _poll = new FeedPoll(_client, Store, entries, _hubs, new FeedTrouble((_, _, _) => Task.CompletedTask), wrapped, Time, new Random(7), NullLogger<FeedPoll>.Instance);
            _worker = new FeedHubWorker(store, _hubs, wrapped, Time, NullLogger<FeedHubWorker>.Instance);
            _door = new FeedHubDoor(store, _hubs, new FeedPush(Store, entries, _alarm), wrapped, NullLogger<FeedHubDoor>.Instance);
            Web.Answer(Hub, request =>
            {
                Form = request.Content!.ReadAsStringAsync().GetAwaiter().GetResult().Split('&').Select(p => p.Split('=')).ToDictionary(p => WebUtility.UrlDecode(p[0]), p => WebUtility.UrlDecode(p[1]), StringComparer.Ordinal);
                return new HttpResponseMessage(HttpStatusCode.Accepted);
            });
        }

        private readonly FeedAlarm _alarm = new();

        public FakeWeb Web { get; } = new();

        public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 2, 14, 0, 0, TimeSpan.Zero));

        public FeedStore Store { get; }

        public List<Article> Filed { get; } = [];

        public Dictionary<string, string> Form { get; private set; } = [];

        public static async Task<Bench> StartAsync(string engine = TestDatabase.Sqlite, string hub = Hub)
        {
            var bench = new Bench(await TestDatabase.CreateAsync(engine));
            var feed = await bench.Store.OfferAsync(Address, "Example", null, "U1", TimeSpan.FromMinutes(5), default);
            await bench.Store.StartAsync(feed.Id, isTrusted: false, new FeedHome("slack", "T1", "C1"), default);
            bench.Web.Put(Address, Rss(hub, ["one"]));
            await bench.PollAsync();
            return bench;
        }

        public async Task<Feed> FeedAsync() => (await Store.FindAsync(1, default))!;

        public async Task PollAsync()
        {
            var wait = (await FeedAsync()).Next - Time.GetUtcNow();
            Time.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            await _poll.RunAsync((await Store.ClaimAsync(10, TimeSpan.FromMinutes(1), default)).ShouldHaveSingleItem(), default);
        }

        public async Task SubscribeAsync() => (await AskAsync()).ShouldBeTrue();

        /// <summary>Whether the worker had something to ask a hub.</summary>
        public async Task<bool> AskAsync()
        {
            var before = Web.Requests.Count;
            await _worker.LookAsync(default);
            return Web.Requests.Count > before;
        }

        public async Task<(int Status, string Body)> ConfirmAsync(string mode, string topic = "https://example.org/self", string? key = null)
        {
            var query = Callback(key);
            query["hub.mode"] = mode;
            query["hub.topic"] = topic;
            query["hub.challenge"] = "a challenge";
            query["hub.lease_seconds"] = "36000";
            var reply = await _door.OpenAsync(new DoorRequest("GET", FeedHubs.Path, query, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), default), default);
            return (reply.Status, Encoding.UTF8.GetString(reply.Body.Span));
        }

        public Task<int> PushAsync(string body, string method = "sha256", string? secret = null)
        {
            var key = Encoding.UTF8.GetBytes(secret ?? Form["hub.secret"]);
            var bytes = Encoding.UTF8.GetBytes(body);
#pragma warning disable CA5350 // as hubs do
            var hash = method switch
            {
                "sha1" => HMACSHA1.HashData(key, bytes),
                "sha256" => HMACSHA256.HashData(key, bytes),
                "sha384" => HMACSHA384.HashData(key, bytes),
                _ => HMACSHA512.HashData(key, bytes),
            };
#pragma warning restore CA5350
            return SendAsync(body, $"{method}={Convert.ToHexStringLower(hash)}");
        }

        public async Task<int> SendAsync(string body, string? signature)
        {
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/rss+xml" };
            if (signature is not null)
            {
                headers["X-Hub-Signature"] = signature;
            }

            return (await _door.OpenAsync(new DoorRequest("POST", FeedHubs.Path, Callback(null), headers, Encoding.UTF8.GetBytes(body)), default)).Status;
        }

        public async ValueTask DisposeAsync()
        {
            _worker.Dispose();
            _alarm.Dispose();
            _client.Dispose();
            await _data.DisposeAsync();
        }

        private Dictionary<string, string> Callback(string? key)
        {
            var query = new Uri(_hubs.Callback(1)).Query.TrimStart('?').Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
            query["key"] = key ?? query["key"];
            return query;
        }

        private async Task FileAsync(Article article, Func<DbTransaction, Task<bool>> known, CancellationToken ct)
        {
            if (await _data.Database.WriteAsync(known, ct))
            {
                Filed.Add(article);
            }
        }
    }
}
