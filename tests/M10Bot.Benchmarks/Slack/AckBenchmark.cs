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

    public static async Task RunAsync(int seconds)
    {
        var options = SlackBenchmark.Lifted();
        options.AppToken = "xapp-1";
        options.Connections = 1;
        await using var world = await SlackWorld.StartAsync(withLanes: false, TimeProvider.System, options, workspaces: 1);
        var done = new TaskCompletionSource<List<double>>();
        world.Fake.OnSocket = async socket => done.TrySetResult(await SpeakAsync(socket, seconds));
        using var worker = new SocketModeWorker(
            world.Web, options, SocketConnector.ConnectAsync, Requests(world).HandleAsync, TimeProvider.System, new Random(7), NullLogger<SocketModeWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        var times = await done.Task;
        await worker.StopAsync(CancellationToken.None);
        var sorted = times.Skip(PerSecond * 2).Order().ToList(); // the first two seconds warm up
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"command to acknowledgement at {PerSecond}/s: p50 {sorted[sorted.Count / 2]:F3} ms, p99 {sorted[sorted.Count * 99 / 100]:F3} ms, n {sorted.Count} (wanted 0.3 and 2.5 ms)"));
    }

    private static SlackRequests Requests(SlackWorld world)
    {
        var reply = new CommandReply(Some.Card());
        var port = new CommandPort
        {
            Parse = text => new CommandCall(text, new Dictionary<string, string>(StringComparer.Ordinal)),
            RunAsync = (_, _) => Task.FromResult(reply),
            SuggestAsync = (_, _, _, _) => Task.FromResult<IReadOnlyList<Suggestion>>([]),
            HomeAsync = (_, _) => Task.FromResult<IReadOnlyList<Card>>([]),
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
        var time = TimeProvider.System;
        var roles = new SlackRoles(world.Web, world.Installs, new SlackGroups(world.Web, time), world.Settings, time);
        var commands = new SlackCommands(port, roles);
        var replies = new SlackReplies(world.Web, world.Settings, NullLogger<SlackReplies>.Instance);
        var home = new SlackHome(commands, replies);
        var messages = new SlackMessages(world.Web, time, NullLogger<SlackMessages>.Instance);
        var uninstall = new SlackUninstall(world.Installs, store: null, NullLogger<SlackUninstall>.Instance);
        return new SlackRequests(
            commands,
            new SlackActions(commands, replies, home, world.Settings, time, NullLogger<SlackActions>.Instance),
            new SlackEvents(world.Installs, uninstall, places, roles, home, commands, messages, world.Settings, NullLogger<SlackEvents>.Instance),
            replies,
            world.Installs,
            world.Settings,
            time,
            NullLogger<SlackRequests>.Instance);
    }

    private static async Task<List<double>> SpeakAsync(WebSocket socket, int seconds)
    {
        var sent = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var times = new List<double>();
        await SendAsync(socket, """{"type":"hello","num_connections":1}""");
        var reading = ReadAsync(socket, sent, times, PerSecond * seconds);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < PerSecond * seconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond) - clock.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            var id = i.ToString(CultureInfo.InvariantCulture);
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
