using System.Diagnostics;
using System.Globalization;
using M10Bot.News.Feeds;
using M10Bot.Tests.Scenarios;

namespace M10Bot.Benchmarks.Feeds;

/// <summary>Thousands of feeds at an interval of 60 s: does the bot keep the rhythm, and what does it cost?</summary>
internal static class PollingBenchmark
{
    private const int Interval = 60;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var minutes = double.Parse(Argument(arguments, "--minutes") ?? "10", CultureInfo.InvariantCulture);
        foreach (var feeds in (Argument(arguments, "--feeds") ?? "1000,10000").Split(',').Select(int.Parse))
        {
            await RunAsync(feeds, minutes);
        }

        return 0;
    }

    private static async Task RunAsync(int feeds, double minutes)
    {
        await using var chats = await Chats.StartAsync();
        await using var publisher = await Publisher.StartAsync(feeds);
        var settings = new Dictionary<string, string?>(chats.Settings, StringComparer.Ordinal)
        {
            ["Feeds:Fastest"] = TimeSpan.FromSeconds(Interval).ToString(),
            ["Feeds:Slowest"] = TimeSpan.FromSeconds(Interval).ToString(),
        };
        foreach (var (host, i) in publisher.Hosts.Select((host, i) => (host, i)))
        {
            settings[$"Feeds:InnerHosts:{i}"] = host;
        }

        var list = Path.Combine(chats.WireFolder, "..", "feeds.opml");
        for (var part = 0; part * Opml.Most < feeds; part++) // a list has a limit; the harness has more feeds
        {
            await File.WriteAllBytesAsync(list, Opml.Write(publisher.Feeds.Skip(part * Opml.Most).Take(Opml.Most).Select(f => new OpmlFeed(f, "Publisher", null)), DateTimeOffset.UtcNow));
            await RunAsync("M10Bot.dll", ["feeds", "import", list], settings, _ => { });
        }

        // The first readings, all of them 30 KB, spread over the time of an import; then as long again until the rhythm stands.
        var warmUp = (Math.Min(feeds, Opml.Most) * 0.05) + (2 * Interval);
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{feeds:N0} feeds every {Interval} s for {minutes} minutes after {warmUp:0} s to warm up; load {load}"));
        await RunAsync(
            "M10Bot.Benchmarks.dll",
            ["polling-bot", warmUp.ToString(CultureInfo.InvariantCulture), (minutes * 60).ToString(CultureInfo.InvariantCulture)],
            settings,
            line =>
            {
                var (asked, unchanged, bytes) = publisher.Take();
                Console.WriteLine(line == "measuring" ? $"  warmed up: {asked:N0} requests" : $"  {line}");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {asked:N0} requests, {(double)unchanged / Math.Max(1, asked):P1} not modified, {bytes / (double)Math.Max(1, asked - unchanged) / 1024:0.0} KB each of the others"));
            });
    }

    private static async Task RunAsync(string program, string[] arguments, Dictionary<string, string?> settings, Action<string> said)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, program)))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said(line);
        }

        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}.");
        }
    }

    private static string? Argument(string[] arguments, string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
