using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.Slack;
using M10Bot.Slack.SocketMode;
using M10Bot.Testing;
using Microsoft.Extensions.Logging;

namespace M10Bot.Benchmarks.Slack;

/// <summary>An hour of a newsroom's life on a faster clock while Slack fails in every way it can; then the books are checked.</summary>
internal static class HourBenchmark
{
    private const int Workspaces = 3;
    private const int Channels = 15;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(40);

    public static async Task<int> RunAsync(int minutes, int speed)
    {
        var time = new ScaledTime(speed);
        var options = new SlackOptions { AppToken = "xapp-1", Connections = 2 };
        await using var world = await SlackWorld.StartAsync(withLanes: true, time, options, Workspaces);
        await world.ChannelsAsync(Workspaces, Channels);
        var random = new Random(11);
        var faults = 0;
        world.Fake.EditsPerMinute = 50;
        world.Fake.Fault = method => Draw(random, method, ref faults);
        var unseen = 0;
        TaskScheduler.UnobservedTaskException += (_, _) => Interlocked.Increment(ref unseen);
        var log = new ErrorLog<LaneRunner>();
        var socketLog = new ErrorLog<SocketModeWorker>();
        var traffic = new SocketTraffic(time, new Random(5));
        world.Fake.OnSocket = traffic.ServeAsync;
        using var sockets = new SocketModeWorker(
            world.Web, options, SocketConnector.ConnectAsync, AckBenchmark.Requests(world, traffic.Run, traffic.Visit).HandleAsync, time, new Random(3), socketLog);
        await sockets.StartAsync(CancellationToken.None);
        using var talk = new CancellationTokenSource();
        var speaking = traffic.SpeakAsync(talk.Token);
        var signal = new DeliverySignal();
        List<long> stories = [];
        HashSet<long> killed = [];
        await world.DeliverAsync(signal, log, async () =>
        {
            for (var at = TimeSpan.Zero; at < TimeSpan.FromMinutes(minutes); at += Between)
            {
                await ActAsync(world, random, stories, killed);
                signal.Wake();
                await Task.Delay(Between, time);
            }

            world.Fake.Fault = _ => FakeFault.None;
            await talk.CancelAsync();
            await speaking;
            await world.UntilQuietAsync();
        });
        await sockets.StopAsync(CancellationToken.None);
        Console.WriteLine($"over sockets: {traffic.Report}");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return await CheckAsync(world, stories, killed, faults, log.Count + socketLog.Count + unseen + traffic.Wrong, minutes, speed);
    }

    private static async Task ActAsync(SlackWorld world, Random random, List<long> stories, HashSet<long> killed)
    {
        var open = stories.Where(s => !killed.Contains(s)).ToList();
        switch (open.Count == 0 ? 0 : random.Next(10))
        {
            case < 5:
                var story = await world.Tables.StoryAsync("place:ukraine");
                stories.Add(story);
                await world.Tables.RunAsync(world.Deliveries, story, random.Next(3) == 0 ? DeliveryRank.Flash : DeliveryRank.Urgent, Some.Card("First", CardState.Flash));
                break;
            case < 8:
                await world.Tables.RunAsync(world.Deliveries, open[random.Next(open.Count)], DeliveryRank.Correction, Some.Card("Corrected", CardState.Corrected, version: 2));
                break;
            default:
                var dead = open[random.Next(open.Count)];
                killed.Add(dead);
                await world.Tables.RunAsync(world.Deliveries, dead, DeliveryRank.Kill, Some.Card("Withdrawn", CardState.Withdrawn, version: 3));
                break;
        }
    }

    private static FakeFault Draw(Random random, string method, ref int faults)
    {
        if (method is not ("chat.postMessage" or "chat.update" or "conversations.history"))
        {
            return FakeFault.None;
        }

        int drawn;
        lock (random)
        {
            drawn = random.Next(100);
        }

        var fault = drawn switch
        {
            < 3 => FakeFault.DropAfter,
            < 6 => FakeFault.ErrorAfter,
            < 9 => FakeFault.DropBefore,
            < 12 => FakeFault.Outage,
            < 14 => FakeFault.Limited,
            < 16 => FakeFault.Slow,
            _ => FakeFault.None,
        };
        if (fault != FakeFault.None)
        {
            Interlocked.Increment(ref faults);
        }

        return fault;
    }

    private static async Task<int> CheckAsync(
        SlackWorld world, List<long> stories, HashSet<long> killed, int faults, int unhandled, int minutes, int speed)
    {
        var states = await world.Tables.StatesAsync();
        var twice = world.Fake.Messages.GroupBy(m => (m.Token, m.Channel, m.Key)).Count(g => g.Count() > 1);
        var behind = await world.Tables.ScalarAsync<long>(
            "select count(*) from delivery d join bulletin b on b.id = d.bulletin_id where d.state = 'done' and d.shown_version <> b.version");
        var wrong = await world.Tables.ScalarAsync<long>("select count(*) from delivery where state not in ('done', 'dropped', 'doubt')");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes at {speed} times the speed: {stories.Count} stories, {killed.Count} killed, {world.Fake.Requests:N0} requests, {faults:N0} faults; {string.Join(", ", states.Select(s => $"{s.Value:N0} {s.Key}"))}; twice {twice}; done but behind {behind}; ended otherwise {wrong}; unhandled {unhandled}"));
        return twice + behind + wrong + unhandled == 0 ? 0 : 1;
    }

    private sealed class ErrorLog<T> : ILogger<T>
    {
        private int _count;

        public int Count => _count;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref _count);
            Console.Error.WriteLine(formatter(state, exception));
        }
    }
}
