using System.Diagnostics;
using System.Globalization;
using M10Bot.News.Deliveries;
using M10Bot.News.Ownership;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace M10Bot.Benchmarks.Deliveries;

/// <summary>A fresh database with destinations that all follow everything, and the whole lane on top of it where that is measured.</summary>
internal sealed class DeliveryBench : IAsyncDisposable
{
    private DeliveryBench(TestDatabase test)
    {
        Test = test;
        Tables = new NewsTables(test.Database);
        Deliveries = new DeliveryStore(test.Database, TimeProvider.System);
        Lanes = new LaneStore(test.Database, TimeProvider.System);
        Outcomes = new OutcomeStore(test.Database, TimeProvider.System);
    }

    public TestDatabase Test { get; }

    public NewsTables Tables { get; }

    public DeliveryStore Deliveries { get; }

    public LaneStore Lanes { get; }

    public OutcomeStore Outcomes { get; }

    public static async Task<DeliveryBench> CreateAsync(string engine, int destinations)
    {
        var bench = new DeliveryBench(await TestDatabase.CreateAsync(engine));
        await bench.Tables.ExecuteAsync(
            """
            with recursive n (i) as (select 1 union all select i + 1 from n where i < @destinations)
            insert into destination (platform, workspace, kind, address, lane, added_by, added_ms)
            select 'discord', '81', 'channel', 'c' || i, 'scripted', 'bench', 0 from n
            """,
            new { destinations });
        await bench.Tables.ExecuteAsync(
            "insert into subscription (destination_id, topic, name, created_by, created_ms) select id, 'all', 'all', 'bench', 0 from destination");
        return bench;
    }

    /// <summary>A story breaks and is owed to every destination.</summary>
    public async Task OweStoryAsync() => await Tables.RunAsync(Deliveries, await Tables.StoryAsync("place:ukraine"), DeliveryRank.Routine, Some.Card());

    /// <summary>Runs the worker, its lane and its journal until the platform has enough.</summary>
    /// <returns>When it began.</returns>
    public async Task<long> RunLaneAsync(InstantPlatform platform, DeliveryOptions settings, DeliverySignal? signal = null, Action? whileRunning = null)
    {
        signal ??= new DeliverySignal();
        var options = Options.Create(settings);
        await using var journal = new DeliveryJournal(Outcomes, TimeProvider.System, NullLogger<DeliveryJournal>.Instance);
        var runners = new LaneRunners(Lanes, journal, new CardShelf(Lanes), TimeProvider.System, options, NullLogger<LaneRunner>.Instance);
        var work = new LaneWork(Lanes, runners, signal, [platform], TimeProvider.System, options, NullLogger<LaneWork>.Instance);
        var keys = new OwnedKeys([work], NullLogger<OwnedKeys>.Instance);
        using var worker = new DeliveryWorker(Lanes, new LocalOwner(keys), signal, TimeProvider.System, options, NullLogger<DeliveryWorker>.Instance);
        var began = Stopwatch.GetTimestamp();
        await worker.StartAsync(CancellationToken.None);
        await platform.Enough;
        whileRunning?.Invoke();
        await keys.StoppingAsync(CancellationToken.None);
        await worker.StopAsync(CancellationToken.None);
        return began;
    }

    public async ValueTask DisposeAsync() => await Test.DisposeAsync();

    /// <summary>What a forced write of one page costs here now, and how busy the machine is: without these the figures mean little.</summary>
    public static string Surroundings()
    {
        const int Writes = 200;
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var page = new byte[4096];
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
            var times = Enumerable.Range(0, Writes).Select(_ =>
            {
                var clock = Stopwatch.StartNew();
                file.Write(page);
                file.Flush(flushToDisk: true);
                return clock.Elapsed.TotalMilliseconds;
            }).Order().ToList();
            var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
            return string.Create(CultureInfo.InvariantCulture, $"forced write of a page: median {times[Writes / 2]:F2} ms, 95 % {times[Writes * 95 / 100]:F2} ms; load {load} on {Environment.ProcessorCount} processors");
        }
    }

    /// <summary>Best and median of several rounds, with their unit.</summary>
    public static string Of(IEnumerable<double> rounds, string unit, bool isLessBetter)
    {
        var sorted = (isLessBetter ? rounds.Order() : rounds.OrderDescending()).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"best {sorted[0]:N0}{unit}, median {sorted[sorted.Count / 2]:N0}{unit} of {sorted.Count}");
    }
}
