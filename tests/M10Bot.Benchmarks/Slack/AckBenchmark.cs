using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using M10Bot.News.Chat;
using M10Bot.Slack;
using M10Bot.Slack.Requests;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.Workspaces;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Benchmarks.Slack;

/// <summary>From a command's frame leaving Slack to its acknowledgement, answer included, arriving there: 200 a second over one socket.</summary>
internal static class AckBenchmark
{
    private const int PerSecond = 200;

    private const int WarmUpSeconds = 10; // the first calls of everything are compiled, and compiled again once they prove to be hot
    private const double Wanted = 2.5;

    private static int _runs;

    /// <summary>Beside the bot's socket a second one, whose other end sends back a short frame and does nothing else: both meet the same machine at the same time.</summary>
    public static async Task RunAsync(int seconds)
    {
        var options = new SlackOptions
        {
            BotToken = "",
            ChannelPerSecond = 1000,
            ChannelBurst = 1000,
            WorkspacePostsPerSecond = 10_000,
            WorkspacePostsBurst = 10_000,
        };
        options.AppToken = "xapp-1";
        options.Connections = 1;
        await using var world = await SlackWorld.StartAsync(withLanes: false, TimeProvider.System, options, workspaces: 1);
        var (bot, echo) = (new TaskCompletionSource<WebSocket>(), new TaskCompletionSource<WebSocket>());
        var end = new TaskCompletionSource();
        world.Fake.OnSocket = socket =>
        {
            (bot.TrySetResult(socket) ? null : echo)?.TrySetResult(socket);
            return end.Task;
        };
        using var worker = new SocketModeWorker(
            world.Web, options, SocketConnector.ConnectAsync, Requests(world).HandleAsync, TimeProvider.System, new Random(7), NullLogger<SocketModeWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        var botSide = await bot.Task;
        await SendAsync(botSide, """{"type":"hello","num_connections":1}""");
        var echoing = EchoAsync(new Uri($"{world.Fake.Api.AbsoluteUri.Replace("http", "ws", StringComparison.Ordinal)}/link"));
        var echoSide = await echo.Task;
        await Task.WhenAll(SpeakAsync(botSide, WarmUpSeconds, 0), SpeakAsync(echoSide, WarmUpSeconds, 0.5));
        var (collections, pauses, compiled, allocated) = (GC.CollectionCount(0), GC.GetTotalPauseDuration(), System.Runtime.JitInfo.GetCompiledMethodCount(), GC.GetTotalAllocatedBytes());
        var both = await Task.WhenAll(SpeakAsync(botSide, seconds, 0), SpeakAsync(echoSide, seconds, 0.5));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"meanwhile: {GC.CollectionCount(0) - collections} collections, paused {(GC.GetTotalPauseDuration() - pauses).TotalMilliseconds:F1} ms in all, {System.Runtime.JitInfo.GetCompiledMethodCount() - compiled} methods compiled, {(GC.GetTotalAllocatedBytes() - allocated) / (double)both[0].Count / 1024:F1} KB a command with all that it takes on Slack's side"));
        var (mine, bare) = (Report("command to acknowledgement", both[0]), Report("a bare echo beside it", both[1]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the bot over the echo: p50 x {mine.P50 / bare.P50:F2}, p99 x {mine.P99 / bare.P99:F2} (wanted 0.3 and {Wanted} ms)"));
        await echoSide.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
        end.TrySetResult();
        await echoing;
        await worker.StopAsync(CancellationToken.None);
    }

    private static (double P50, double P99) Report(string what, List<double> times)
    {
        var sorted = times.Order().ToList();
        var (p50, p99) = (sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} at {PerSecond}/s after {WarmUpSeconds} s of warming up: p50 {p50:F3} ms, p99 {p99:F3} ms, worst {sorted[^1]:F1} ms, over {Wanted} ms {times.Count(t => t > Wanted)} of {times.Count}"));
        return (p50, p99);
    }

    private static async Task EchoAsync(Uri address)
    {
        using var owned = await SocketConnector.ConnectAsync(address, CancellationToken.None);
        var buffer = new byte[16 * 1024];
        while (await owned.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } frame)
        {
            var id = Encoding.UTF8.GetString(buffer, 0, Math.Min(frame.Count, 64)).Split('"')[3];
            await SendAsync(owned, $$"""{"envelope_id":"{{id}}"}""");
        }
    }

    private static SlackRequests Requests(SlackWorld world)
    {
        var reply = new CommandReply(Some.Card());
        return Requests(world, _ => reply, _ => { });
    }

    /// <param name="run">Runs a command; what was typed is its name.</param>
    /// <param name="home">Hears of a visit to the home tab.</param>
    public static SlackRequests Requests(SlackWorld world, Func<CommandRequest, CommandReply> run, Action<CommandRequest> home)
    {
        var port = new CommandPort
        {
            Parse = text => new CommandCall(text, new Dictionary<string, string>(StringComparer.Ordinal)),
            RunAsync = (request, _) => Task.FromResult(run(request)),
            SuggestAsync = (_, _, _, _) => Task.FromResult<IReadOnlyList<Suggestion>>([]),
            HomeAsync = (request, _) =>
            {
                home(request);
                return Task.FromResult<IReadOnlyList<Card>>([]);
            },
            IsRestricted = _ => false,
        };
        Task Nothing() => Task.CompletedTask;
        var places = new PlacePort
        {
            SuspendAsync = (_, _, _, _) => Nothing(),
            ResumeAsync = (_, _) => Nothing(),
            CloseAsync = (_, _) => Nothing(),
            MoveAsync = (_, _, _) => Nothing(),
            ForgetAsync = (_, _) => Nothing(),
        };
        var time = world.Time;
        var roles = new SlackRoles(world.Web, world.Installs, new SlackGroups(world.Web, time), world.Settings, time);
        var commands = new SlackCommands(port, roles);
        var replies = new SlackReplies(world.Web, world.Settings, NullLogger<SlackReplies>.Instance);
        var page = new SlackHome(commands, replies);
        var messages = new SlackMessages(world.Web, time, NullLogger<SlackMessages>.Instance);
        var uninstall = new SlackUninstall(world.Installs, store: null, NullLogger<SlackUninstall>.Instance);
        return new SlackRequests(
            commands,
            new SlackActions(commands, replies, page, world.Settings, time, NullLogger<SlackActions>.Instance),
            new SlackEvents(world.Installs, uninstall, places, roles, page, commands, messages, world.Settings, NullLogger<SlackEvents>.Instance),
            replies,
            world.Installs,
            world.Settings,
            time,
            NullLogger<SlackRequests>.Instance);
    }

    /// <param name="phase">How far into each interval it sends, so that the two sockets take turns.</param>
    private static async Task<List<double>> SpeakAsync(WebSocket socket, int seconds, double phase)
    {
        var sent = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var times = new List<double>();
        var run = Interlocked.Increment(ref _runs);
        var reading = ReadAsync(socket, sent, times, PerSecond * seconds);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < PerSecond * seconds; i++)
        {
            var due = TimeSpan.FromSeconds((i + phase) / PerSecond) - clock.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"{run}-{i}");
            var frame = $$$"""{"envelope_id":"{{{id}}}","type":"slash_commands","accepts_response_payload":true,"payload":{"command":"/m10","text":"latest","user_id":"U{{{i % 50}}}","team_id":"T0","channel_id":"C1","trigger_id":"t{{{id}}}","response_url":"https://hooks.slack.com/x"}}""";
            sent[id] = Stopwatch.GetTimestamp();
            await SendAsync(socket, frame);
        }

        await reading;
        return times;
    }

    private static async Task ReadAsync(WebSocket socket, ConcurrentDictionary<string, long> sent, List<double> times, int count)
    {
        var buffer = new byte[64 * 1024];
        while (times.Count < count)
        {
            var length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), CancellationToken.None);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            var now = Stopwatch.GetTimestamp();
            var text = Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 64));
            var id = text.Split('"')[3];
            times.Add(Stopwatch.GetElapsedTime(sent[id], now).TotalMilliseconds);
        }
    }

    private static Task SendAsync(WebSocket socket, string frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
