using M10Bot.News.Feeds;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Feeds;

public sealed class FeedHostStoreTests
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 14, 0, 0, TimeSpan.Zero));

    [Theory]
    [OnEveryEngine]
    public async Task Two_replicas_ask_one_host_in_turns(string engine)
    {
        await using var data = await TestDatabase.CreateAsync(engine);
        var (one, other) = (new FeedHostStore(data.Database, _time), new FeedHostStore(data.Open(), _time));

        (await one.TakeAsync(["a.example.org", "b.example.org"], Spacing, default)).ShouldBeEmpty("nobody was there");
        var waits = await other.TakeAsync(["b.example.org", "c.example.org"], Spacing, default);
        if (!data.Database.Dialect.IsShared)
        {
            waits.ShouldBeEmpty("one process alone works on SQLite");
            return;
        }

        waits.ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, TimeSpan>("b.example.org", Spacing));
        _time.Advance(Spacing / 4);
        (await one.TakeAsync(["c.example.org"], Spacing, default))["c.example.org"].ShouldBe(Spacing * 0.75, "the other has taken it, whoever else was turned away with it");
        _time.Advance(Spacing * 0.75);
        (await other.TakeAsync(["b.example.org"], Spacing, default)).ShouldBeEmpty("its turn has come");
        (await one.TakeAsync(["b.example.org"], Spacing, default)).ShouldNotBeEmpty();
        (await one.TakeAsync(["b.example.org"], TimeSpan.Zero, default)).ShouldBeEmpty("no spacing is asked for");

        _time.Advance(TimeSpan.FromDays(2));
        (await one.ForgetAsync(_time.GetUtcNow().AddDays(-1), default)).ShouldBe(3);
    }

    [Theory]
    [OnEveryEngine]
    public async Task However_many_come_at_once_each_host_is_given_to_one(string engine)
    {
        await using var data = await TestDatabase.CreateAsync(engine);
        if (!data.Database.Dialect.IsShared)
        {
            return;
        }

        string[] hosts = [.. Enumerable.Range(0, 40).Select(i => $"h{i}.example.org")];
        var replicas = Enumerable.Range(0, 6).Select(_ => new FeedHostStore(data.Open(), _time)).ToList();
        for (var round = 0; round < 5; round++)
        {
            var taken = await Task.WhenAll(replicas.Select((replica, i) => Task.Run(async () =>
            {
                var asked = i % 2 == 0 ? hosts : [.. hosts.Reverse()];
                var others = await replica.TakeAsync(asked, Spacing, default);
                return asked.Where(h => !others.ContainsKey(h)).ToList();
            })));

            taken.SelectMany(t => t).Order(StringComparer.Ordinal).ShouldBe(hosts.Order(StringComparer.Ordinal));
            _time.Advance(Spacing);
        }
    }
}
