using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using M10Bot.Benchmarks.Crash;
using M10Bot.News.Chat;
using M10Bot.News.Storage;
using M10Bot.Simulator;
using M10Bot.Simulator.Discord;
using M10Bot.Testing;
using M10Bot.Tests.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace M10Bot.Benchmarks.Discord;

/// <summary>A stretch of life with everything that can go wrong going wrong, on a clock that bot and simulator share and that runs some twenty times too fast.</summary>
internal sealed class LifeBenchmark(SimulatorHost simulator, SimulatedClock clock, string wire)
{
    private const int Channels = 20;
    private const int ForEver = int.MaxValue;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NewStory = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan MostToFinish = TimeSpan.FromMinutes(30);

    private readonly Random _random = new(1);
    private readonly HashSet<string> _corrected = new(StringComparer.Ordinal);
    private int _stories;
    private int _files;
    private int _troubles;

    public static async Task<int> RunAsync(int minutes)
    {
        var clock = new SimulatedClock(TimeProvider.System);
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), clock, new Random(1), CancellationToken.None);
        using var folder = new TemporaryFolder();
        var connection = folder.Settings["Storage:ConnectionString"]!;
        var channels = await FillAsync(simulator, connection);
        var faults = new FaultLog();
        var builder = BotHost.CreateBuilder([]);
        builder.Logging.ClearProviders().AddProvider(faults);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(folder.Settings, StringComparer.Ordinal)
        {
            ["Discord:Token"] = new SimulatorOptions().DiscordToken,
            ["Discord:ApiBase"] = simulator.DiscordApi,
        });
        builder.AddFeatures(tryOut: null);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        using var host = builder.Build();
        await host.StartAsync();
        var life = new LifeBenchmark(simulator, clock, folder.Settings["Wire:Folder"]!);
        life.PlanFaults();
        await life.LiveAsync(TimeSpan.FromMinutes(minutes));
        var waiting = await life.FinishAsync(host.Services.GetRequiredService<Database>());
        await host.StopAsync();
        return life.Report(channels, faults, waiting, minutes);
    }

    private static async Task<List<string>> FillAsync(SimulatorHost simulator, string connection)
    {
        await using var database = new Database(StorageRegistration.DialectFor(connection));
        await database.MigrateAsync(CancellationToken.None);
        var tables = new NewsTables(database);
        var (world, channels) = (simulator.Discord.World, new List<string>());
        for (var i = 0; i < Channels; i++)
        {
            channels.Add(world.AddChannel(world.MainGuildId, $"life-{i}"));
            await tables.DestinationAsync(new Destination(Platform.Discord, world.MainGuildId, DestinationKind.Channel, channels[i]), "discord", "all");
        }

        return channels;
    }

    private void PlanFaults()
    {
        var chance = new Random(2);
        var faults = simulator.Discord.Faults;
        faults.CutConnection(Share(0.02), ForEver);
        faults.FailBefore(500, Share(0.01), ForEver);
        faults.FailBefore(503, Share(0.01), ForEver);
        faults.LoseReply(Share(0.02), ForEver);
        faults.FailAfter(502, Share(0.02), ForEver);
        faults.FailAfter(504, Share(0.01), ForEver);
        faults.AnswerHtml(502, Share(0.01), ForEver);
        faults.AnswerHtml(200, Share(0.005), ForEver);
        faults.SlowReply(TimeSpan.FromSeconds(3), Share(0.02), ForEver);
        faults.SlowReply(TimeSpan.FromSeconds(20), Share(0.01), ForEver);
        faults.SlowBody(TimeSpan.FromSeconds(15), Share(0.01), ForEver);
        faults.RateLimit(TimeSpan.FromSeconds(1.5), Share(0.02), ForEver);
        faults.RateLimit(TimeSpan.FromSeconds(8), Share(0.01), ForEver, "shared");
        faults.RateLimit(TimeSpan.FromSeconds(5), Share(0.003), ForEver, "global");

        Func<DiscordCall, bool> Share(double share) => call => (call.IsCreate || call.IsEdit) && chance.NextDouble() < share;
    }

    private async Task LiveAsync(TimeSpan lasting)
    {
        var (end, story, trouble) = (clock.GetUtcNow() + lasting, clock.GetUtcNow() + NewStory, clock.GetUtcNow() + Trouble);
        for (var now = clock.GetUtcNow(); now < end; now = clock.GetUtcNow())
        {
            if (now >= story)
            {
                story = now + NewStory;
                await DropAsync();
            }

            if (now >= trouble)
            {
                trouble = now + Trouble;
                Strike();
            }

            await PassAsync();
        }
    }

    private async Task DropAsync()
    {
        await WholeFile.DropAsync(wire, $"article-{_files++:D6}.txt", CrashArticles.Report(_stories++));
        if (_stories % 4 == 0 && _random.Next(_stories) is var old && _corrected.Add(CrashArticles.Spell(old)))
        {
            await WholeFile.DropAsync(wire, $"article-{_files++:D6}.txt", CrashArticles.Correction(old));
        }
    }

    // The gateway's part of the menu, one thing after the other.
    private void Strike()
    {
        var (gateway, faults) = (simulator.Discord.Gateway, simulator.Discord.Faults);
        switch (_troubles++ % 9)
        {
            case 0:
                gateway.CutAll();
                break;
            case 1:
                gateway.CloseAll(4000);
                break;
            case 2:
                gateway.AskToReconnect();
                break;
            case 3:
                gateway.InvalidateSessions(resumable: true);
                break;
            case 4:
                gateway.InvalidateSessions(resumable: false);
                break;
            case 5:
                gateway.IsMute = true;
                break;
            case 6:
                gateway.IsMute = true; // long enough for two heartbeats
                break;
            case 7:
                gateway.IsMute = false;
                gateway.SplitsFrames = !gateway.SplitsFrames;
                faults.DuplicateDispatch("GUILD_CREATE");
                gateway.CloseAll(4009);
                break;
            default:
                faults.LoseDispatch("GUILD_CREATE");
                gateway.RefuseHello();
                gateway.CutAll();
                break;
        }
    }

    private async Task<long> FinishAsync(Database database)
    {
        simulator.Discord.Faults.Clear();
        simulator.Discord.Gateway.IsMute = false;
        for (var end = clock.GetUtcNow() + MostToFinish; ;)
        {
            var waiting = await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from delivery where state in ('due', 'claimed')"), CancellationToken.None);
            var all = await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("select count(*) from delivery"), CancellationToken.None);
            if ((waiting == 0 && all == (long)_stories * Channels) || clock.GetUtcNow() > end)
            {
                return waiting + ((long)_stories * Channels) - all;
            }

            for (var i = 0; i < 5; i++)
            {
                await PassAsync();
            }
        }
    }

    private async Task PassAsync()
    {
        await Task.Delay(45);
        clock.Advance(Step);
    }

    private int Report(List<string> channels, FaultLog faults, long waiting, int minutes)
    {
        var messages = channels.SelectMany(c => simulator.Discord.Posts(c).Where(p => !p.IsDeleted).Select(p => (c, p.Json)));
        var count = CrashCount.Of("Discord", messages, _corrected, new CrashOptions { Deliveries = _stories * Channels, Channels = Channels });
        var gateway = simulator.Discord.Gateway;
        Console.WriteLine($"{minutes} minutes, {_stories} stories to {Channels} channels, {simulator.Discord.Faults.Struck:N0} faults and {_troubles} troubles of the gateway ({gateway.Resumes} resumes, {gateway.Identifies} sign-ins)");
        Console.WriteLine("| owed | shown | lost | twice | stale | waiting | requests before a limit was over | faults logged |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {count.Owed:N0} | {count.Shown:N0} | {count.Lost} | {count.Twice} | {count.Stale} | {waiting} | {simulator.Discord.Limits.Violations} | {faults.Count} |"));
        foreach (var line in faults.Lines.Take(5))
        {
            Console.WriteLine($"  {line}");
        }

        return count is { Lost: 0, Twice: 0, Stale: 0 } && faults.Count == 0 && waiting == 0 ? 0 : 1;
    }

    /// <summary>Keeps what no part of the bot should ever log: an exception.</summary>
    private sealed class FaultLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public int Count => _lines.Count;

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                _lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
