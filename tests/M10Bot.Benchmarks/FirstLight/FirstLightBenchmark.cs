using System.Diagnostics;
using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace M10Bot.Benchmarks.FirstLight;

/// <summary>How fast an article is a headline, how fast a command is answered, how long the start takes and how much memory the bot holds.</summary>
internal static class FirstLightBenchmark
{
    private const int Articles = 100;
    private const int Rounds = 2_000;
    private const int Starts = 7;

    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, load average {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
        var chats = await Chats.StartAsync();
        chats.LiftLimits();
        await using (var bot = await RunningBot.StartAsync(chats, chats.FastSettings))
        {
            await chats.OpenChannelsAsync();
            await ArticlesAsync(bot);
            await CommandsAsync(bot);
        }

        await StartsAsync("try-out, simulator in the process", new Dictionary<string, string?>(StringComparer.Ordinal) { ["TryOut:Samples"] = "false" });
        return await RunStartsAsync();
    }

    /// <summary>Start and idle memory alone, as with real platforms; what is set in the environment (<c>DOTNET_…</c>) is the bot's too.</summary>
    public static async Task<int> RunStartsAsync()
    {
        await using var real = await Chats.StartAsync();
        await StartsAsync("as with real platforms (simulator in another process)", real.FastSettings);
        return 0;
    }

    // The settle time is a setting: what counts is from then on.
    private static async Task ArticlesAsync(RunningBot bot)
    {
        var settle = TimeSpan.FromMilliseconds(200);
        var times = new List<double>();
        for (var i = 0; i < Articles; i++)
        {
            var watch = Stopwatch.StartNew();
            await bot.DropAsync(Text(i));
            while (bot.Chats.DiscordCount <= i || bot.Chats.SlackCount <= i)
            {
                await Task.Delay(1);
            }

            times.Add(watch.Elapsed.TotalMilliseconds - settle.TotalMilliseconds);
        }

        Print("article file settled → in Discord and in Slack", times);
    }

    private static async Task CommandsAsync(RunningBot bot)
    {
        var dispatcher = bot.Host.Services.GetRequiredService<CommandDispatcher>();
        foreach (var (name, arguments) in new (string, Dictionary<string, string>)[]
        {
            ("help", []),
            ("latest", []),
            ("latest", new(StringComparer.Ordinal) { ["topic"] = "Latvia", ["count"] = "10" }),
            ("summary", new(StringComparer.Ordinal) { ["story"] = "7" }),
            ("summary", new(StringComparer.Ordinal) { ["story"] = "harbour reopens storm" }),
            ("topics", []),
            ("subscriptions", []),
            ("why", new(StringComparer.Ordinal) { ["story"] = "7" }),
            ("status", []),
        })
        {
            var request = new CommandRequest
            {
                Platform = Platform.Slack,
                Workspace = bot.Chats.Simulator.Slack.View()["team"]!["id"]!.GetValue<string>(),
                Channel = bot.Chats.Simulator.Slack.View()["channels"]![0]!["id"]!.GetValue<string>(),
                Caller = new Caller("U0ADMIN", Role.Admin),
                Command = name,
                Arguments = arguments,
            };
            var times = new List<double>();
            for (var i = 0; i < Rounds; i++)
            {
                var watch = Stopwatch.StartNew();
                await dispatcher.RunAsync(request, CancellationToken.None);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            Print($"command {name} {string.Join(' ', arguments.Values)}", times.Skip(Rounds / 10));
        }
    }

    private static async Task StartsAsync(string what, Dictionary<string, string?> settings)
    {
        var ready = new List<double>();
        var memory = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            using var folder = new TemporaryFolder();
            var all = new Dictionary<string, string?>(folder.Settings, StringComparer.Ordinal);
            foreach (var (key, value) in settings.Where(s => !s.Key.StartsWith("Storage", StringComparison.Ordinal) && !s.Key.StartsWith("Wire", StringComparison.Ordinal)))
            {
                all[key] = value;
            }

            var watch = Stopwatch.StartNew();
            await using var bot = BotProcess.Start(all);
            await bot.ReadyAsync();
            ready.Add(watch.Elapsed.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(30)); // idle: the last of the start is given back some ten seconds after it, later under load
            memory.Add(bot.ResidentMegabytes);
        }

        Print($"start → ready, {what}", ready);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| idle resident memory, {what} | median {Median(memory):0} MB | highest {memory.Max():0} MB | {memory.Count} |"));
    }

    private static void Print(string what, IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | p50 {Median(sorted):0.0##} ms | p99 {sorted[(int)((sorted.Count - 1) * 0.99)]:0.0##} ms | {sorted.Count} |"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    // Words that differ from article to article: alike texts would be one story.
    private static string Text(int number)
    {
        var random = new Random(number);
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word(random)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Slug: harbour-{number}

            Harbour {Word(random)} reopens after {Words(4)}
            The harbour in Latvia reopened on Monday, {Words(12)}, its master said.
            {Words(3)} repaired {Words(11)}.
            Schools {Words(14)}.
            {Words(2)} told reporters that {Words(16)}.
            Editing by M10News International Desk | Contact: international@m10news.com
            """);
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26))));
}
