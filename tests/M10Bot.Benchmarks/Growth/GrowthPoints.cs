using System.Diagnostics;
using M10Bot.Benchmarks.Deliveries;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Growth;

/// <summary>Measures the bot's own costs at a few sizes, against a platform that answers at once and sets no limit.</summary>
internal sealed class GrowthPoints(string engine)
{
    private const int Rounds = 3;

    /// <summary>Destinations, and the milliseconds in which one story is owed to all of them.</summary>
    public async Task<IReadOnlyList<(double X, double Y)>> FanOutsAsync(params int[] sizes)
    {
        var points = new List<(double, double)>();
        foreach (var size in sizes)
        {
            await using var bench = await DeliveryBench.CreateAsync(engine, size);
            await bench.OweStoryAsync(); // the first also pays for the compiler
            var times = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                await bench.OweStoryAsync();
                times.Add(clock.Elapsed.TotalMilliseconds);
            }

            points.Add((size, times.Min()));
        }

        return points;
    }

    /// <summary>Lanes with one delivery each: seconds until all are out, and megabytes that they hold then.</summary>
    public async Task<IReadOnlyList<(double Lanes, double Seconds, double Megabytes)>> LanesAsync(params int[] sizes)
    {
        var points = new List<(double, double, double)>();
        foreach (var size in sizes)
        {
            await using var bench = await DeliveryBench.CreateAsync(engine, size);
            await bench.Tables.ExecuteAsync("update destination set lane = 'lane-' || id");
            await bench.OweStoryAsync();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var held = 0.0;
            var platform = new InstantPlatform(size, new LanePace(Rate.None));
            var began = await bench.RunLaneAsync(platform, new DeliveryOptions(), whileRunning: () => held = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1_048_576.0);
            points.Add((size, Stopwatch.GetElapsedTime(began, platform.Starts[^1]).TotalSeconds, held));
        }

        return points;
    }

    /// <summary>One lane: deliveries a second, and bytes in the tables for each.</summary>
    public async Task<(double PerSecond, double Bytes)> OneLaneAsync(int deliveries)
    {
        await using var bench = await DeliveryBench.CreateAsync(engine, deliveries);
        var before = await SizeAsync(bench);
        await bench.OweStoryAsync();
        var platform = new InstantPlatform(deliveries, new LanePace(Rate.None));
        var began = await bench.RunLaneAsync(platform, new DeliveryOptions { InFlight = 64, Window = 256 });
        var perSecond = deliveries / Stopwatch.GetElapsedTime(began, platform.Starts[^1]).TotalSeconds;
        return (perSecond, (await SizeAsync(bench) - before) / (double)deliveries);
    }

    private Task<long> SizeAsync(DeliveryBench bench) => engine is TestDatabase.Sqlite
        ? bench.Tables.ScalarAsync<long>("select (select page_count from pragma_page_count()) * (select page_size from pragma_page_size())")
        : bench.Tables.ScalarAsync<long>("select pg_total_relation_size('delivery')");
}
