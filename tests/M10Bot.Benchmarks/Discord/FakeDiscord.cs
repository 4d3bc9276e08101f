using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Benchmarks.Discord;

/// <summary>
/// As little of Discord as a load needs, so that the client is measured and not the server. It runs in a process of its own
/// (verb <c>discord-server</c>), takes messages, counts them, and asks commands over its gateway at a given rate.
/// </summary>
internal sealed class FakeDiscord(int guilds, int channels)
{
    private readonly ConcurrentDictionary<string, int> _posts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<long> _times = new();
    private readonly ConcurrentDictionary<string, long> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<double> _answered = new();
    private readonly Lock _lock = new();
    private FakeGateway? _gateway;
    private int _ceiling;
    private long _window;
    private int _inWindow;
    private int _limited;
    private int _ids;

    public static Task<int> ServeAsync(string[] arguments)
    {
        var numbers = arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToArray();
        return ServerProcess.ServeAsync(new FakeDiscord(numbers[0], numbers[1]).AnswerAsync);
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["gateway", ..] => GatewayAsync(context),
            ["control", "reset", var ceiling] => ResetAsync(context, int.Parse(ceiling, CultureInfo.InvariantCulture)),
            ["control", "counts"] => JsonAsync(context, 200, Counts()),
            ["control", "ask", var command, var rate, var count] => AskAsync(context, command, int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture)),
            ["control", "usable"] => JsonAsync(context, 200, _gateway?.Usable ?? "{}"),
            [_, _, "channels", var channel, "messages", ..] => MessageAsync(context, channel),
            [_, _, "interactions", var id, ..] => CallbackAsync(context, id),
            [_, _, "gateway", "bot"] => JsonAsync(context, 200, $$$"""{"url":"ws://{{{context.Request.Host}}}/gateway","shards":1,"session_start_limit":{"total":1000,"remaining":1000,"reset_after":0,"max_concurrency":1}}"""),
            [_, _, "channels", var channel] => JsonAsync(context, 200, $$"""{"id":"{{channel}}","type":0}"""),
            [_, _, "users", "@me"] => JsonAsync(context, 200, """{"id":"9"}"""),
            _ => JsonAsync(context, 200, "[]"),
        };
    }

    // The message as it was sent, with an id: what a client looks at.
    private async Task MessageAsync(HttpContext context, string channel)
    {
        var body = new byte[context.Request.ContentLength ?? 0];
        await context.Request.Body.ReadExactlyAsync(body);
        if (IsOver())
        {
            Interlocked.Increment(ref _limited);
            await JsonAsync(context, 429, """{"message":"You are being rate limited.","retry_after":0.5,"global":true}""");
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            _posts.AddOrUpdate(channel, 1, static (_, count) => count + 1);
            _times.Enqueue(Stopwatch.GetTimestamp());
        }

        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{(Interlocked.Increment(ref _ids) + 1_400_000_000_000L) << 22}}","channel_id":"{{channel}}","""));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = head.Length + body.Length - 1;
        await context.Response.Body.WriteAsync(head);
        await context.Response.Body.WriteAsync(body.AsMemory(1));
    }

    // As Discord does: so many from the first one on, for a second.
    private bool IsOver()
    {
        if (_ceiling == 0)
        {
            return false;
        }

        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(_window, now) >= TimeSpan.FromSeconds(1))
            {
                (_window, _inWindow) = (now, 0);
            }

            return ++_inWindow > _ceiling;
        }
    }

    private async Task CallbackAsync(HttpContext context, string id)
    {
        var now = Stopwatch.GetTimestamp();
        if (_asked.TryRemove(id, out var asked))
        {
            _answered.Enqueue(Stopwatch.GetElapsedTime(asked, now).TotalMilliseconds);
        }

        _gateway?.Answered(id, now);
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.StatusCode = 204;
    }

    private async Task GatewayAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await using var gateway = new FakeGateway(socket, guilds, channels);
        _gateway = gateway;
        await gateway.RunAsync(context.RequestAborted);
    }

    private async Task AskAsync(HttpContext context, string command, int rate, int count)
    {
        _asked.Clear();
        _answered.Clear();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due);
            }

            var id = FakeGateway.NewId(i);
            _asked[id] = Stopwatch.GetTimestamp();
            await _gateway!.AskAsync(id, command);
        }

        for (var i = 0; i < 300 && !_asked.IsEmpty; i++)
        {
            await Task.Delay(10);
        }

        var sorted = _answered.Order().ToList();
        await JsonAsync(context, 200, JsonSerializer.Serialize(new { asked = count, answered = sorted.Count, p50 = At(sorted, 0.5), p99 = At(sorted, 0.99), most = At(sorted, 1) }));
    }

    private Task ResetAsync(HttpContext context, int ceiling)
    {
        _posts.Clear();
        _times.Clear();
        (_ceiling, _limited) = (ceiling, 0);
        return JsonAsync(context, 200, "{}");
    }

    private string Counts()
    {
        var times = _times.Order().ToList();
        var most = 0;
        for (int first = 0, last = 0; last < times.Count; last++)
        {
            while (Stopwatch.GetElapsedTime(times[first], times[last]) >= TimeSpan.FromSeconds(1))
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return JsonSerializer.Serialize(new
        {
            posts = times.Count,
            channels = _posts.Count,
            twice = _posts.Values.Count(c => c > 1),
            limited = _limited,
            seconds = times.Count > 1 ? Stopwatch.GetElapsedTime(times[0], times[^1]).TotalSeconds : 0,
            mostInOneSecond = most,
        });
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * share)];

    private static Task JsonAsync(HttpContext context, int status, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
