using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using M10Bot.News.Feeds;
using Microsoft.Extensions.Logging;

namespace M10Bot.Benchmarks.Feeds;

/// <summary>The whole bot in a process of its own, as the program composes it, with an ear on how late its polls begin. Settings come from the environment.</summary>
internal static class PollingBot
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var warmUp = TimeSpan.FromSeconds(double.Parse(arguments[0], CultureInfo.InvariantCulture));
        var measured = TimeSpan.FromSeconds(double.Parse(arguments[1], CultureInfo.InvariantCulture));
        var late = new ConcurrentQueue<double>();
        using var ear = new MeterListener();
        ear.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == FeedLateness.HistogramName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        ear.SetMeasurementEventCallback<double>((_, seconds, _, _) => late.Enqueue(seconds));
        ear.Start();

        var builder = BotHost.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.AddFeatures(tryOut: null);
        using var host = builder.Build();
        await host.StartAsync();
        await Task.Delay(warmUp);
        late.Clear();
        Console.WriteLine("measuring");
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var highest = 0.0;
        while (clock.Elapsed < measured)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            highest = Math.Max(highest, Resident());
        }

        var sorted = late.Order().ToList();
        double At(double share) => sorted.Count == 0 ? double.NaN : sorted[(int)((sorted.Count - 1) * share)];
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu) / clock.Elapsed;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sorted.Count / clock.Elapsed.TotalSeconds:0.0} polls a second; late p50 {At(0.5):0.00} s, p95 {At(0.95):0.00} s, p99 {At(0.99):0.00} s, most {At(1):0.00} s; memory {Resident():0} MB, highest {highest:0} MB; {used:P0} of one processor"));
        await host.StopAsync();
        return 0;
    }

    private static double Resident() => Environment.WorkingSet / 1_048_576.0;
}
