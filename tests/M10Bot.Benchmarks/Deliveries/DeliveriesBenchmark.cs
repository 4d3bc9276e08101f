using System.Diagnostics;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.Testing;

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
    private const int Batches = 200;

    public static async Task<int> RunAsync(string[] arguments)
    {
        foreach (var engine in arguments.Length > 0 ? arguments : [.. TestDatabase.Engines])
        {
            Console.WriteLine($"{engine}: {DeliveryBench.Surroundings()}");
            await using var bench = await DeliveryBench.CreateAsync(engine, Destinations);
            await FanOutAsync(engine, bench);
            await ClaimAndCompleteAsync(engine, bench, writesAttempts: false);
            await ClaimAndCompleteAsync(engine, bench, writesAttempts: true);
            await LaneAsync(engine, bench);
            Console.WriteLine($"{engine}: {DeliveryBench.Surroundings()}");
        }

        return 0;
    }

    // One story more than is counted: the first also pays for the compiler.
    private static async Task FanOutAsync(string engine, DeliveryBench bench)
    {
        var (first, corrections) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var story = await bench.Tables.StoryAsync("place:ukraine");
            first.Add(await MeasureAsync(() => bench.Tables.RunAsync(bench.Deliveries, story, DeliveryRank.Routine, Some.Card())));
            corrections.Add(await MeasureAsync(() => bench.Tables.RunAsync(bench.Deliveries, story, DeliveryRank.Correction, Some.Card(version: 2))));
        }

        Console.WriteLine($"{engine}: fan-out of {Destinations:N0}, commit included: {DeliveryBench.Of(first.Skip(1), " ms", isLessBetter: true)}");
        Console.WriteLine($"{engine}: a correction for all of them: {DeliveryBench.Of(corrections.Skip(1), " ms", isLessBetter: true)}");
    }

    private static async Task ClaimAndCompleteAsync(string engine, DeliveryBench bench, bool writesAttempts)
    {
        var (epoch, _) = await bench.Lanes.TakeOverAsync("scripted", "bench", CancellationToken.None);
        var lasts = TimeSpan.FromMinutes(1);
        var (walls, processors, claims) = (new List<double>(), new List<double>(), 0);
        for (var round = 0; round <= Rounds; round++)
        {
            var (clock, processor, done) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0);
            for (var i = 0; i < Batches; i++)
            {
                var held = (await bench.Lanes.ClaimAsync(new LaneClaim("scripted", epoch, ++claims, Batch, 4, [], lasts), CancellationToken.None))!;
                if (writesAttempts)
                {
                    await bench.Outcomes.WriteAsync([.. held.Select(d => (d, lasts))], [], CancellationToken.None);
                }

                await bench.Outcomes.WriteAsync(
                    [], [.. held.Select(d => new DeliveryEnd(d, EndKind.Shown) { Version = 2, Receipt = new Receipt("c", "m") })], CancellationToken.None);
                done += held.Count;
            }

            walls.Add(done / clock.Elapsed.TotalSeconds);
            processors.Add(done / (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        }

        var what = $"claim{(writesAttempts ? " + attempt" : "")} + complete, batches of {Batch}";
        Console.WriteLine($"{engine}: {what}: {DeliveryBench.Of(walls.Skip(1), "/s", isLessBetter: false)}; by this process's processor time {DeliveryBench.Of(processors.Skip(1), "/s", isLessBetter: false)}");
    }

    // The whole lane against a platform that answers at once: what the engine itself costs.
    private static async Task LaneAsync(string engine, DeliveryBench bench)
    {
        const int Enough = 20_000;
        await bench.Tables.ExecuteAsync("update delivery set state = 'done' where state <> 'done'");
        await bench.OweStoryAsync();
        var platform = new InstantPlatform(Enough, new LanePace(Rate.None));
        var began = await bench.RunLaneAsync(platform, new DeliveryOptions { InFlight = 64, Window = 256 });
        Console.WriteLine($"{engine}: whole lane, 64 in flight, platform answers at once: {Enough / Stopwatch.GetElapsedTime(began, platform.Starts[^1]).TotalSeconds:N0}/s");
    }

    private static async Task<double> MeasureAsync(Func<Task> act)
    {
        var clock = Stopwatch.StartNew();
        await act();
        return clock.Elapsed.TotalMilliseconds;
    }
}
