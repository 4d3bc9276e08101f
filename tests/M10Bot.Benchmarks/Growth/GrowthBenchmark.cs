using System.Globalization;
using M10Bot.Benchmarks.Deliveries;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Growth;

/// <summary>Measures the bot's own costs at a few sizes, fits a line to each, and says what binds from 1 workspace to 100,000 (docs/scaling.md).</summary>
internal static class GrowthBenchmark
{
    private const double DiscordPerSecond = 45;
    private const double IdleMegabytes = 80;
    private const double RequestKilobytes = 4;
    private const double StoriesADay = 300;

    private static readonly int[] Workspaces = [1, 100, 1_000, 10_000, 100_000];

    public static async Task<int> RunAsync(string[] arguments)
    {
        foreach (var engine in arguments.Length > 0 ? arguments : [.. TestDatabase.Engines])
        {
            Console.WriteLine($"{engine}: {DeliveryBench.Surroundings()}");
            var points = new GrowthPoints(engine);
            var fanOuts = await points.FanOutsAsync(1_000, 10_000, 100_000);
            var lanes = await points.LanesAsync(50, 500, 2_000);
            var (perSecond, bytes) = await points.OneLaneAsync(10_000);
            Print(engine, fanOuts, lanes, perSecond, bytes);
        }

        return 0;
    }

    private static void Print(
        string engine, IReadOnlyList<(double X, double Y)> fanOuts, IReadOnlyList<(double Lanes, double Seconds, double Megabytes)> lanes, double perSecond, double bytes)
    {
        var seconds = lanes.Select(l => (l.Lanes, l.Seconds)).ToList();
        var memory = lanes.Select(l => (l.Lanes, Math.Max(l.Megabytes, 0.01))).ToList();
        var (fanOut, lane, held) = (Line.Through(fanOuts), Line.Through(seconds), Line.Through(memory));
        Say($"{engine}: a story is owed to {List(fanOuts, "ms")}: {fanOut.Start:F1} ms + {fanOut.Each * 1000:F2} ms for each 1,000; worst miss {fanOut.WorstMiss(fanOuts):P0}");
        Say($"{engine}: lanes with one delivery each: {List(seconds, "s")}: {lane.Start:F2} s + {lane.Each * 1000:F2} s for each 1,000; worst miss {lane.WorstMiss(seconds):P0}");
        Say($"{engine}: memory while they run: {List(memory, "MB")}: {held.Each * 1024:F1} KB a lane");
        Say($"{engine}: one lane: {perSecond:N0} deliveries a second, {bytes:N0} bytes in the tables for each");
        Console.WriteLine("| workspaces | owed, ms | Discord, one token: last message after s | Slack, one app: last message after s | binds | memory MB | tables, GB a day | network, Mbit/s in that time |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var count in Workspaces)
        {
            var own = count / perSecond;
            var discord = Math.Max(count / DiscordPerSecond, own);
            var slack = Math.Max(lane.At(count), 0.1);
            var binds = discord > own ? "Discord's limit" : "the database";
            Say($"| {count:N0} | {fanOut.At(count):N0} | {discord:N1} | {slack:N1} | {binds}; {(count < 50 ? "nothing" : "the database")} | {IdleMegabytes + (held.Each * count):N0} | {StoriesADay * count * bytes / 1e9:N2} | {count * RequestKilobytes * 8 / 1000 / Math.Max(1, slack):N1} |");
        }
    }

    private static string List(IEnumerable<(double X, double Y)> points, string unit) =>
        string.Join(", ", points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:N0} in {p.Y:0.##} {unit}")));

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
