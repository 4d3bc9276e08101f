using System.Diagnostics;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Deliveries;

/// <summary>One story to 2,000 channels of a platform that allows 50 a second and answers after 60 to 100 ms: how much longer than the pace it takes.</summary>
internal static class OverheadBenchmark
{
    private const int Channels = 2_000;
    private const double PerSecond = 50;

    public static async Task<int> RunAsync(string[] arguments)
    {
        foreach (var engine in arguments.Length > 0 ? arguments : [.. TestDatabase.Engines])
        {
            Console.WriteLine($"{engine}: {DeliveryBench.Surroundings()}");
            await using var bench = await DeliveryBench.CreateAsync(engine, Channels);
            await bench.OweStoryAsync();
            var random = new Random(1);
            var platform = new InstantPlatform(
                Channels, new LanePace(new Rate(PerSecond, Burst: 2)), () => TimeSpan.FromMilliseconds(60 + (40 * random.NextDouble())));
            var began = await bench.RunLaneAsync(platform, new DeliveryOptions());
            var least = (Channels - 1) / PerSecond;
            var took = Stopwatch.GetElapsedTime(platform.Starts[0], platform.Starts[^1]).TotalSeconds;
            var start = Stopwatch.GetElapsedTime(began, platform.Starts[0]).TotalSeconds;
            Console.WriteLine($"{engine}: first of {Channels:N0} after {start * 1000:N0} ms, last {took:F2} s after it; the pace allows {least:F2} s; overhead {(took - least) / least:P2}; at most {MostInASecond(platform.Starts)} in any second");
        }

        return 0;
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
