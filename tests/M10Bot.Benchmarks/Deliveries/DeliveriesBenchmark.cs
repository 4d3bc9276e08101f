using System.Diagnostics;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Ownership;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace M10Bot.Benchmarks.Deliveries;

/// <summary>
/// Fan-out, and claim + complete, durable. SQLite writes to the temporary folder; PostgreSQL needs <c>M10BOT_TEST_POSTGRES</c>
/// (<c>DURABLE=1 tests/postgres.sh run …</c>, else it does not wait for the disk).
/// </summary>
internal static class DeliveriesBenchmark
{
    private const int Destinations = 100_000;
    private const int Rounds = 5;
    private const int Batch = 50;
    private const int Batches = 400;

    public static async Task<int> RunAsync(string[] arguments)
    {
        foreach (var engine in arguments.Length > 0 ? arguments : [.. TestDatabase.Engines])
        {
            await using var test = await TestDatabase.CreateAsync(engine);
            var tables = new NewsTables(test.Database);
            var deliveries = new DeliveryStore(test.Database, TimeProvider.System);
            await FillAsync(tables);
            await FanOutAsync(engine, tables, deliveries);
            await ClaimAndCompleteAsync(engine, test);
            await RunLaneAsync(engine, test, tables, deliveries);
        }

        return 0;
    }

    private static async Task FillAsync(NewsTables tables)
    {
        await tables.ExecuteAsync(
            """
            with recursive n (i) as (select 1 union all select i + 1 from n where i < @count)
            insert into destination (platform, workspace, kind, address, lane, added_by, added_ms)
            select 'discord', '81', 'channel', 'c' || i, 'scripted', 'bench', 0 from n
            """,
            new { count = Destinations });
        await tables.ExecuteAsync(
            "insert into subscription (destination_id, topic, name, created_by, created_ms) select id, 'all', 'all', 'bench', 0 from destination");
    }

    private static async Task FanOutAsync(string engine, NewsTables tables, DeliveryStore deliveries)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var story = await tables.StoryAsync("place:ukraine");
            await MeasureAsync($"{engine}: fan-out of {Destinations:N0}, commit included", () =>
                tables.RunAsync(deliveries, story, DeliveryRank.Routine, Some.Card()));
            await MeasureAsync($"{engine}: a correction for all of them", () =>
                tables.RunAsync(deliveries, story, DeliveryRank.Correction, Some.Card(version: 2)));
        }
    }

    private static async Task ClaimAndCompleteAsync(string engine, TestDatabase test)
    {
        var lanes = new LaneStore(test.Database, TimeProvider.System);
        var outcomes = new OutcomeStore(test.Database, TimeProvider.System);
        var (epoch, _) = await lanes.TakeOverAsync("scripted", "bench", CancellationToken.None);
        var lasts = TimeSpan.FromMinutes(1);
        foreach (var writesAttempts in new[] { false, true })
        {
            var done = 0;
            var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            for (var i = 0; i < Batches; i++)
            {
                var held = (await lanes.ClaimAsync(new LaneClaim("scripted", epoch, i + 1, Batch, 4, [], lasts), CancellationToken.None))!;
                if (writesAttempts)
                {
                    await outcomes.WriteAsync([.. held.Select(d => (d, lasts))], [], CancellationToken.None);
                }

                await outcomes.WriteAsync(
                    [], [.. held.Select(d => new DeliveryEnd(d, EndKind.Shown) { Version = 2, Receipt = new Receipt("c", "m") })], CancellationToken.None);
                done += held.Count;
            }

            Say($"{engine}: claim{(writesAttempts ? " + attempt" : "")} + complete, batches of {Batch}: {done / clock.Elapsed.TotalSeconds:N0}/s; by this process's own processor time {done / (Environment.CpuUsage.TotalTime - processor).TotalSeconds:N0}/s");
        }
    }

    // The whole lane against a platform that answers at once: what the engine itself costs.
    private static async Task RunLaneAsync(string engine, TestDatabase test, NewsTables tables, DeliveryStore deliveries)
    {
        await tables.ExecuteAsync("update delivery set state = 'done' where state <> 'done'");
        var story = await tables.StoryAsync("place:ukraine");
        await tables.RunAsync(deliveries, story, DeliveryRank.Routine, Some.Card());
        var platform = new InstantPlatform(10_000);
        var options = Options.Create(new DeliveryOptions { InFlight = 64, Window = 256 });
        var lanes = new LaneStore(test.Database, TimeProvider.System);
        await using var journal = new DeliveryJournal(
            new OutcomeStore(test.Database, TimeProvider.System), TimeProvider.System, NullLogger<DeliveryJournal>.Instance);
        var runners = new LaneRunners(lanes, journal, new CardShelf(lanes), TimeProvider.System, options, NullLogger<LaneRunner>.Instance);
        var signal = new DeliverySignal();
        var work = new LaneWork(lanes, runners, signal, [platform], TimeProvider.System, options, NullLogger<LaneWork>.Instance);
        var keys = new OwnedKeys([work], NullLogger<OwnedKeys>.Instance);
        using var worker = new DeliveryWorker(
            lanes, new LocalOwner(keys), signal, TimeProvider.System, options, NullLogger<DeliveryWorker>.Instance);
        var clock = Stopwatch.StartNew();
        await worker.StartAsync(CancellationToken.None);
        await platform.Enough;
        Say($"{engine}: whole lane, 64 in flight, platform answers at once: {10_000 / clock.Elapsed.TotalSeconds:N0}/s");
        await keys.StoppingAsync(CancellationToken.None);
        await worker.StopAsync(CancellationToken.None);
    }

    private static async Task MeasureAsync(string what, Func<Task> act)
    {
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await act();
        Say($"{what}: {clock.ElapsedMilliseconds:N0} ms; processor time {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:N0} ms");
    }

    private static void Say(string line) => Console.WriteLine(line);

    private sealed class InstantPlatform(int enough) : IChatPlatform
    {
        private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task Enough => _enough.Task;

        public Platform Platform => Platform.Discord;

        public TimeSpan RequestTimeout => TimeSpan.FromSeconds(10);

        public string LaneOf(Destination destination) => "scripted";

        public Task<PostOutcome> PostAsync(Destination to, Card card, DeliveryKey key, CancellationToken ct)
        {
            var number = Interlocked.Increment(ref _count);
            if (number == enough)
            {
                _enough.SetResult();
            }

            return Task.FromResult<PostOutcome>(new PostOutcome.Posted(new Receipt(to.Address, $"m{number}")));
        }

        public Task<PostOutcome> EditAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
            PostAsync(to, card, key, ct);

        public Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
            PostAsync(to, card, key, ct);

        public Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct) =>
            Task.FromResult<SettleOutcome>(new SettleOutcome.SafeToRepeat());
    }
}
