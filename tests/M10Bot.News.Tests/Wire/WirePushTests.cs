using System.Text;
using System.Text.Json.Nodes;
using M10Bot.News.Reading;
using M10Bot.News.Tests.Storage;
using M10Bot.News.Wire;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Wire;

public sealed class WirePushTests
{
    private const string Secret = "a secret of twenty-four characters";
    private const string Older = "the secret that is on its way out";
    private const string Item = """{"uri":"urn:a","version":"1","headlines":[{"value":"Harbour of Alba closed"}]}""";

    [Theory]
    [OnEveryEngine]
    public async Task Each_item_is_answered_and_nothing_comes_twice(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        var two = $$"""[{{Item}},{"uri":"urn:b","type":"video","headlines":[{"value":"A film"}]}]""";

        var (status, items) = await bench.PushAsync(two);
        status.ShouldBe(200);
        items.Select(i => (string?)i!["result"]).ShouldBe(["filed", "refused"]);
        ((long?)items[0]!["story"], (string?)items[0]!["verdict"], (string?)items[0]!["reasons"]![0]).ShouldBe((1, "run", "it is news"));
        ((string?)items[1]!["uri"], (string?)items[1]!["reason"]).ShouldBe(("urn:b", "It is of type video. Send items of type text or composite."));

        (await bench.PushAsync(two)).Items.Select(i => (string?)i!["result"]).ShouldBe(["repeat", "refused"]);
        (await bench.PushAsync("""{"items":[{"uri":"urn:a","version":"2","headlines":[{"value":"Harbour of Alba open"}]}]}""")).Items.Select(i => (string?)i!["result"]).ShouldBe(["filed"]);
        bench.Filed.Select(i => i.Article.Headline).ShouldBe(["Harbour of Alba closed", "Harbour of Alba open"]);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Where_versions_are_no_numbers_the_later_one_stays(string engine)
    {
        await using var bench = await Bench.StartAsync(engine);
        var item = (string made) => $$"""{"uri":"urn:a","versioncreated":"{{made}}","headlines":[{"value":"Of {{made}}"}]}""";

        (await bench.PushAsync(item("2026-11-26T09:00:00Z"))).Items.Single()!["result"]!.GetValue<string>().ShouldBe("filed");
        (await bench.PushAsync(item("2026-11-26T08:00:00Z"))).Items.Single()!["result"]!.GetValue<string>().ShouldBe("repeat");
        (await bench.PushAsync(item("2026-11-26T10:00:00Z"))).Items.Single()!["result"]!.GetValue<string>().ShouldBe("filed");
    }

    [Fact]
    public async Task Two_secrets_are_valid_while_they_are_changed_and_nothing_else_is()
    {
        await using var bench = await Bench.StartAsync();

        (await bench.PushAsync(Item, secret: Older)).Status.ShouldBe(200);
        (await bench.PushAsync(Item, secret: "a secret that nobody was ever given")).Status.ShouldBe(401);
        (await bench.PushAsync(Item, sender: null)).Status.ShouldBe(200, "there is only one");
        (await bench.PushAsync(Item, sender: "somebody")).Status.ShouldBe(401);
        (await bench.PushAsync(Item, age: TimeSpan.FromMinutes(5))).Status.ShouldBe(200);
        (await bench.PushAsync(Item, age: TimeSpan.FromMinutes(6))).Status.ShouldBe(401);
        (await bench.PushAsync(Item, age: TimeSpan.FromMinutes(-6))).Status.ShouldBe(401);
        (await bench.PushAsync(Item, sent: Item + " ")).Status.ShouldBe(401, "the body is not the one that was signed");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("soon", "00")]
    [InlineData("99999999999999999999", "00")]
    [InlineData("999999999999999", "00")]
    [InlineData("1795694400", "zz")]
    [InlineData("1795694400", null)]
    public void A_push_that_is_not_signed_is_refused(string? time, string? signature) =>
        WireSignature.Refusal([Secret], time, signature, "{}"u8, DateTimeOffset.FromUnixTimeSeconds(1795694400), TimeSpan.FromMinutes(5)).ShouldNotBeNull();

    [Fact]
    public void The_signature_is_what_openssl_makes_of_it() =>
        // printf '1795694400.{}' | openssl dgst -sha256 -hmac 'a secret of twenty-four characters'
        WireSignature.Of(Secret, "1795694400", "{}"u8).ShouldBe("88de754e134920d07161b4ee96eb0627dd1a157663bc9aaba698cabcf42ae168");

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "no ninjs item")]
    [InlineData("7", "no ninjs item")]
    public async Task What_is_no_document_of_items_is_refused_as_a_whole(string body, string reason)
    {
        await using var bench = await Bench.StartAsync();

        var answer = await bench.TakeAsync(body);

        (answer.Status, answer.Json).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(400), a => a.Json.ShouldContain(reason));
    }

    [Fact]
    public async Task A_deep_or_a_long_document_is_refused()
    {
        await using var bench = await Bench.StartAsync();

        (await bench.TakeAsync(new string('[', 100_000))).Status.ShouldBe(400);
        (await bench.TakeAsync($"[{string.Join(',', Enumerable.Repeat(Item, 101))}]")).Json.ShouldContain("at most 100");
    }

    [Fact]
    public async Task Without_a_sender_the_wire_is_closed()
    {
        await using var bench = await Bench.StartAsync();
        bench.Options.Senders.Clear();

        (await bench.PushAsync(Item)).Status.ShouldBe(403);
    }

    [Fact]
    public void A_sender_that_is_half_set_up_is_named()
    {
        new WireSender { Name = "desk", Source = "M10News", Secrets = { Secret } }.Fault(0).ShouldBeNull();
        new WireSender { Name = "desk", Source = "M10News", Secrets = { "short" } }.Fault(1).ShouldBe("Wire:Senders:1:Secrets holds one that is shorter than 24 characters. Make one with: openssl rand -hex 32");
        new WireSender { Name = "desk", Source = "M10News" }.Fault(0)!.ShouldContain("Secrets must hold one secret");
        new WireSender { Name = "desk", Source = "M10News", Secrets = { Secret, Older, Secret } }.Fault(0)!.ShouldContain("or two");
        new WireSender { Name = "desk", Source = "M10News", Secrets = { Secret }, Urgency = { ["0"] = 1 } }.Fault(0)!.ShouldContain("Urgency takes 1 to 9");
        new WireSender { Name = "the desk", Source = "M10News", Secrets = { Secret } }.Fault(0)!.ShouldContain(":Name");
    }

    private sealed class Bench : IAsyncDisposable
    {
        private readonly TestDatabase _data;
        private readonly WirePush _push;

        private Bench(TestDatabase data)
        {
            _data = data;
            Options.Senders.Add(new WireSender { Name = "desk", Source = "M10News", Secrets = { Secret, Older } });
            var options = Microsoft.Extensions.Options.Options.Create(Options);
            _push = new WirePush(options, new WireNinjs(options, new WireSink(FileAsync), TopicCatalogue.Default, Time), Time, NullLogger<WirePush>.Instance);
        }

        public WireOptions Options { get; } = new();

        public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

        public List<WireItem> Filed { get; } = [];

        public static async Task<Bench> StartAsync(string engine = TestDatabase.Sqlite) => new(await TestDatabase.CreateAsync(engine));

        public Task<PushAnswer> TakeAsync(string body) => TakeAsync(body, Secret, "desk", TimeSpan.Zero, body);

        public async Task<(int Status, JsonArray Items)> PushAsync(string body, string secret = Secret, string? sender = "desk", TimeSpan age = default, string? sent = null)
        {
            var answer = await TakeAsync(body, secret, sender, age, sent ?? body);
            return (answer.Status, JsonNode.Parse(answer.Json)!["items"]?.AsArray() ?? []);
        }

        public ValueTask DisposeAsync() => _data.DisposeAsync();

        private Task<PushAnswer> TakeAsync(string body, string secret, string? sender, TimeSpan age, string sent)
        {
            var time = (Time.GetUtcNow() - age).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            return _push.TakeAsync(sender, time, WireSignature.Of(secret, time, Encoding.UTF8.GetBytes(body)), Encoding.UTF8.GetBytes(sent), CancellationToken.None);
        }

        private async Task<WireResult> FileAsync(WireItem item, CancellationToken ct)
        {
            if (!await _data.Database.WriteAsync(tx => WireStore.AddAsync(tx, item, Time.GetUtcNow(), ct), ct))
            {
                return new WireResult.Repeat(null);
            }

            Filed.Add(item);
            return new WireResult.Filed(new WireRuling(Filed.Count, "new", "run", ["it is news"]));
        }
    }
}
