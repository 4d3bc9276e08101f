using System.Diagnostics;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Deliveries;

/// <summary>
/// One story to 2,000 channels of a platform that allows 50 a second and answers after 60 to 100 ms: how much longer than the pace it
/// takes; and how many places a flash that breaks half-way waits behind the routine.
/// </summary>
internal static class OverheadBenchmark
{
    private const int Channels = 2_000;
    private const double PerSecond = 50;
    private const string Flash = "A flash";

    public static async Task<int> RunAsync(string[] arguments)
    {
        foreach (var engine in arguments.Length > 0 ? arguments : [.. TestDatabase.Engines])
        {
            Console.WriteLine($"{engine}: {DeliveryBench.Surroundings()}");
            await using var bench = await DeliveryBench.CreateAsync(engine, Channels);
            await bench.Tables.ExecuteAsync("update subscription set topic = 'place:ukraine'");
            await bench.Tables.DestinationAsync(Some.Channel("hot"), "scripted", "place:chile");
            var flash = await bench.Tables.StoryAsync("place:chile");
            await bench.OweStoryAsync();
            var random = new Random(1);
            var platform = new InstantPlatform(
                Channels + 1, new LanePace(new Rate(PerSecond, Burst: 2)), () => TimeSpan.FromMilliseconds(60 + (40 * random.NextDouble())))
            {
                Marked = Flash,
            };
            var signal = new DeliverySignal();
            var breaking = BreakAsync(bench, platform, flash, signal);
            var began = await bench.RunLaneAsync(platform, new DeliveryOptions(), signal);
            var (owedAt, behind) = await breaking;
            var least = Channels / PerSecond;
            var took = Stopwatch.GetElapsedTime(platform.Starts[0], platform.Starts[^1]).TotalSeconds;
            var start = Stopwatch.GetElapsedTime(began, platform.Starts[0]).TotalSeconds;
            Console.WriteLine($"{engine}: first of {Channels + 1:N0} after {start * 1000:N0} ms, last {took:F2} s after it; the pace allows {least:F2} s; overhead {(took - least) / least:P2}; at most {MostInASecond(platform.Starts)} in any second");
            Console.WriteLine($"{engine}: a flash half-way set out {Stopwatch.GetElapsedTime(owedAt, platform.Starts[platform.MarkedAs - 1]).TotalMilliseconds:N0} ms after its commit, behind {platform.MarkedAs - 1 - behind} of the routine that had not set out then; a place is {1000 / PerSecond:N0} ms");
        }

        return 0;
    }

    /// <returns>When the flash was committed, and how many had set out by then.</returns>
    private static async Task<(long At, int Behind)> BreakAsync(DeliveryBench bench, InstantPlatform platform, long story, DeliverySignal signal)
    {
        while (platform.Count < Channels / 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        await bench.Tables.RunAsync(bench.Deliveries, story, DeliveryRank.Flash, Some.Card(Flash));
        var at = (Stopwatch.GetTimestamp(), platform.Count);
        signal.Wake();
        return at;
    }

    private static int MostInASecond(IReadOnlyList<long> starts)
    {
        var (most, oldest) = (0, 0);
        for (var i = 0; i < starts.Count; i++)
        {
            while (starts[i] - starts[oldest] >= Stopwatch.Frequency)
            {
                oldest++;
            }

            most = Math.Max(most, i - oldest + 1);
        }

        return most;
    }
}
