using System.Diagnostics.Metrics;
using M10Bot.News.Doors;
using M10Bot.News.Feeds;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Tests.Feeds;

public sealed class FeedPollerTests
{
    private const string Address = "https://example.org/rss";
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_feed_that_stands_alone_keeps_its_rhythm()
    {
        await using var data = await TestDatabase.CreateAsync();
        await using var metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var time = new WatchedTime(new DateTimeOffset(2026, 11, 2, 14, 0, 0, TimeSpan.Zero));
        using var asked = new SemaphoreSlim(0);
        var web = new FakeWeb();
        web.Answer(Address, _ =>
        {
            asked.Release();
            return new HttpResponseMessage(System.Net.HttpStatusCode.NotModified);
        });
        var options = Options.Create(new FeedOptions { Fastest = Rhythm, Slowest = Rhythm });
        using var client = new FeedClient(options.Value, time, web);
        using var alarm = new FeedAlarm();
        var store = new FeedStore(data.Database, time);
        await store.ImportAsync([new OpmlFeed(Address, "Example", null)], "U1", Rhythm, TimeSpan.Zero, default);
        using var poller = new FeedPoller(
            store, new FeedHostStore(data.Database, time), Poll(client, store, data, options, time), alarm, new FeedLateness(metrics.GetRequiredService<IMeterFactory>()), options, time, NullLogger<FeedPoller>.Instance);
        await poller.StartAsync(default);

        // Longer rests than its rhythm are not let pass: a poller that slept through it would sleep for good.
        for (var poll = 0; poll < 3; poll++)
        {
            await time.StepUntilAsync(asked.WaitAsync(), most: Rhythm);
        }

        await poller.StopAsync(default);
        (time.GetUtcNow() - time.Start).ShouldBeGreaterThanOrEqualTo(Rhythm * 2);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_host_that_another_replica_has_just_asked_is_left_alone_for_its_time(string engine)
    {
        await using var data = await TestDatabase.CreateAsync(engine);
        if (!data.Database.Dialect.IsShared)
        {
            return; // one process alone works on SQLite
        }

        await using var metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var time = new WatchedTime(new DateTimeOffset(2026, 11, 2, 14, 0, 0, TimeSpan.Zero));
        using var asked = new SemaphoreSlim(0);
        var askedAt = DateTimeOffset.MinValue;
        var web = new FakeWeb();
        web.Answer(Address, _ =>
        {
            askedAt = time.GetUtcNow();
            asked.Release();
            return new HttpResponseMessage(System.Net.HttpStatusCode.NotModified);
        });
        var options = Options.Create(new FeedOptions { HostSpacing = TimeSpan.FromSeconds(2) });
        using var client = new FeedClient(options.Value, time, web);
        using var alarm = new FeedAlarm();
        var store = new FeedStore(data.Database, time);
        await store.ImportAsync([new OpmlFeed(Address, "Example", null)], "U1", TimeSpan.FromHours(1), TimeSpan.Zero, default);
        var free = time.GetUtcNow() + options.Value.HostSpacing;
        await new FeedHostStore(data.Open(), time).TakeAsync(["example.org"], options.Value.HostSpacing, default);
        using var poller = new FeedPoller(
            store, new FeedHostStore(data.Database, time), Poll(client, store, data, options, time), alarm, new FeedLateness(metrics.GetRequiredService<IMeterFactory>()), options, time, NullLogger<FeedPoller>.Instance);

        await poller.StartAsync(default);
        await time.StepUntilAsync(asked.WaitAsync(), most: options.Value.HostSpacing);
        await poller.StopAsync(default);
        askedAt.ShouldBeGreaterThanOrEqualTo(free);
    }

    private static FeedPoll Poll(FeedClient client, FeedStore store, TestDatabase data, IOptions<FeedOptions> options, TimeProvider time) => new(
        client,
        store,
        new FeedEntries(store, new FeedCategoryStore(data.Database, time), new FeedSink((_, _, _) => Task.CompletedTask), new FeedTopics(_ => null), time, NullLogger<FeedEntries>.Instance),
        new FeedHubs(new FeedHubStore(data.Database, time), client, options, Options.Create(new WebOptions()), NullLogger<FeedHubs>.Instance),
        new FeedTrouble((_, _, _) => Task.CompletedTask),
        options,
        time,
        new Random(7),
        NullLogger<FeedPoll>.Instance);
}
