using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using M10Bot.News.Chat;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Slack;

/// <summary>People type and visit the home tab while the sockets are refreshed, cut and refused, and what Slack sends comes twice, late or not at all.</summary>
internal sealed class SocketTraffic(TimeProvider time, Random random)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<WebSocket, SemaphoreSlim> _open = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _ran = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly List<string> _events = [];
    private int _commands;
    private int _late;

    public string Report => string.Create(
        CultureInfo.InvariantCulture,
        $"{_commands} commands, {_late} of them not acknowledged within 3 s or never brought, {_events.Count} events; {string.Join(", ", _faults.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Value} {f.Key}"))}; run twice {Twice}; events never run {Missed}");

    public int Wrong => Twice + Missed;

    private int Twice => _ran.Count(r => r.Value > 1);

    private int Missed => _events.Count(e => !_ran.ContainsKey(e));

    public CommandReply Run(CommandRequest request)
    {
        _ran.AddOrUpdate(request.Command, 1, (_, n) => n + 1);
        return new CommandReply(Some.Card());
    }

    public void Visit(CommandRequest request) => _ran.AddOrUpdate(request.Caller.Id, 1, (_, n) => n + 1);

    /// <summary>One socket's life as Slack leads it.</summary>
    public async Task ServeAsync(WebSocket socket)
    {
        var (fate, life) = Draw(10, 6);
        if (fate == 0)
        {
            Count("too many websockets");
            await SendAsync(socket, """{"type":"disconnect","reason":"too_many_websockets"}""");
            await CloseAsync(socket);
            return;
        }

        using var sender = new SemaphoreSlim(1, 1);
        await SendAsync(socket, """{"type":"hello","num_connections":1}""");
        _open[socket] = sender;
        var reading = ReadAsync(socket);
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMinutes(2 + life), time));
        if (!reading.IsCompleted && fate < 3)
        {
            Count("sockets cut");
            _open.TryRemove(socket, out _);
            socket.Abort();
        }
        else if (!reading.IsCompleted)
        {
            Count("sockets refreshed");
            await SendAsync(socket, """{"type":"disconnect","reason":"warning"}""");
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(10), time));
            _open.TryRemove(socket, out _);
            await SendAsync(socket, """{"type":"disconnect","reason":"refresh_requested"}""");
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(10), time));
            await CloseAsync(socket);
        }

        _open.TryRemove(socket, out _);
        await reading;
    }

    /// <summary>Speaks until told; then all that is still owed a retry gets it.</summary>
    public async Task SpeakAsync(CancellationToken until)
    {
        var retries = new List<Task>();
        for (var i = 0; !until.IsCancellationRequested; i++)
        {
            retries.Add(i % 2 == 0 ? CommandAsync($"c{i}") : EventAsync($"U{i}"));
            await Task.Delay(Between, time, CancellationToken.None);
        }

        await Task.WhenAll(retries);
    }

    private async Task CommandAsync(string id)
    {
        _commands++;
        var fate = Fate();
        var frame = $$$"""{"envelope_id":"{{{id}}}","type":"slash_commands","accepts_response_payload":true,"payload":{"command":"/m10","text":"{{{id}}}","user_id":"U1","team_id":"T0","channel_id":"C1","trigger_id":"t{{{id}}}","response_url":"https://127.0.0.1/x"}}""";
        if (!await BringAsync(id, frame, fate))
        {
            Interlocked.Increment(ref _late); // a person sees that it failed and types it again
        }
    }

    private async Task EventAsync(string id)
    {
        _events.Add(id);
        var fate = Fate();
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var frame = $$$$"""{"envelope_id":"{{{{id}}}}-{{{{attempt}}}}","type":"events_api","accepts_response_payload":false,"retry_attempt":{{{{attempt}}}},"payload":{"type":"event_callback","team_id":"T0","event_id":"Ev{{{{id}}}}","event_time":1790000000,"event":{"type":"app_home_opened","user":"{{{{id}}}}","channel":"D1","tab":"home"}}}""";
            if (await BringAsync($"{id}-{attempt}", frame, attempt == 0 ? fate : Fault.None))
            {
                return;
            }

            await Task.Delay(Retry, time);
        }
    }

    /// <returns>Whether it was acknowledged in time.</returns>
    private async Task<bool> BringAsync(string id, string frame, Fault fate)
    {
        if (fate is Fault.Lost)
        {
            return false;
        }

        if (fate is Fault.Slow)
        {
            await Task.Delay(TimeSpan.FromSeconds(20), time);
        }

        var sent = await SendToOneAsync(frame);
        if (fate is Fault.Repeated)
        {
            await SendToOneAsync(frame);
        }

        for (var i = 0; sent && i < 30 && !_acknowledged.ContainsKey(id); i++)
        {
            await Task.Delay(AckLimit / 30, time);
        }

        return _acknowledged.ContainsKey(id);
    }

    private async Task<bool> SendToOneAsync(string frame)
    {
        var all = _open.ToArray();
        if (all.Length == 0)
        {
            return false;
        }

        var (socket, sender) = all[Draw(all.Length, 1).First];
        try
        {
            await sender.WaitAsync();
            await SendAsync(socket, frame);
            sender.Release();
            return true;
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or IOException)
        {
            return false;
        }
    }

    private async Task ReadAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                WebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    await CloseAsync(socket);
                    return;
                }

                _acknowledged[Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 64)).Split('"')[3]] = true;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The end of this socket.
        }
    }

    private Fault Fate()
    {
        var fate = Draw(100, 1).First switch { < 5 => Fault.Lost, < 13 => Fault.Repeated, < 18 => Fault.Slow, _ => Fault.None };
        if (fate is not Fault.None)
        {
            Count($"requests {fate.ToString().ToLowerInvariant()}");
        }

        return fate;
    }

    private (int First, int Second) Draw(int first, int second)
    {
        lock (random)
        {
            return (random.Next(first), random.Next(second));
        }
    }

    private void Count(string what) => _faults.AddOrUpdate(what, 1, (_, n) => n + 1);

    private static async Task CloseAsync(WebSocket socket)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or IOException)
        {
            // Closed already.
        }
    }

    private static Task SendAsync(WebSocket socket, string frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private enum Fault
    {
        None,
        Lost,
        Repeated,
        Slow,
    }
}
