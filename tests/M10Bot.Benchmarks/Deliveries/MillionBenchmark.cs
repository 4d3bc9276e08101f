using System.Diagnostics;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Deliveries;

/// <summary>A million deliveries through the whole lane, a hundred thousand at a time: what stays in memory after each.</summary>
internal static class MillionBenchmark
{
    private const int Destinations = 100_000;
    private const int Stories = 10;

    public static async Task<int> RunAsync(string[] arguments)
    {
        foreach (var engine in arguments.Length > 0 ? arguments : [.. TestDatabase.Engines])
        {
            await using var bench = await DeliveryBench.CreateAsync(engine, Destinations);
            for (var story = 1; story <= Stories; story++)
            {
                await bench.OweStoryAsync();
                var platform = new InstantPlatform(Destinations, new LanePace(Rate.None));
                var began = await bench.RunLaneAsync(platform, new DeliveryOptions { InFlight = 64, Window = 256 });
                var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
                var kept = GC.GetTotalMemory(forceFullCollection: true);
                Console.WriteLine($"{engine}: {story * Destinations:N0} delivered; {Destinations / took:N0}/s; {kept / 1048576.0:F1} MB managed, {Environment.WorkingSet / 1048576:N0} MB in all");
            }
        }

        return 0;
    }
}
