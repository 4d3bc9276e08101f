using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Slack.SocketMode;

/// <summary>Socket Mode: tickets, up to ten links, each envelope to one of them.</summary>
public sealed class SlackSockets
{
    private const int Most = 10;
    private static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AckTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(10);
    private readonly SlackCore _core;
    private readonly Lock _lock = new();
    private readonly List<SlackSocket> _links = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tickets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement?>> _unanswered = new(StringComparer.Ordinal);
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _turn;

    internal SlackSockets(SlackCore core) => _core = core;

    /// <summary>How many links take envelopes.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _links.Count(l => l.IsOpen);
            }
        }
    }

    /// <summary>Cuts every link without a word, as a network does.</summary>
    public void Drop()
    {
        foreach (var link in Snapshot())
        {
            link.Abort();
        }
    }

    /// <summary>Says that the links will be renewed in some ten seconds.</summary>
    public void Warn() => SendAll("warning");

    /// <summary>Asks every client to come back on a new link; the old ones end when the client closes, or ten seconds later.</summary>
    public void RequestRefresh()
    {
        var links = Snapshot();
        SendAll("refresh_requested");
        foreach (var link in links)
        {
            link.Drain();
            _ = FinishLaterAsync(link);
        }
    }

    /// <summary>Socket Mode was switched off in the app's settings.</summary>
    public void DisableLink()
    {
        SendAll("link_disabled");
        foreach (var link in Snapshot())
        {
            link.Finish();
        }
    }

    internal string NewTicket()
    {
        var ticket = _core.NewKey();
        _tickets[ticket] = _core.Time.GetUtcNow();
        return ticket;
    }

    /// <summary>Done when a link is open.</summary>
    internal Task WhenOpenAsync()
    {
        lock (_lock)
        {
            return _links.Exists(l => l.IsOpen) ? Task.CompletedTask : _opened.Task;
        }
    }

    internal async Task AcceptAsync(HttpContext context)
    {
        if (_core.Faults.Next("socket") is { Fault: SlackFault.Conflict })
        {
            Refuse(context, StatusCodes.Status409Conflict);
            return;
        }

        if (!_tickets.TryRemove(context.Request.Query["ticket"].ToString(), out var made) || _core.Time.GetUtcNow() - made > TicketLife)
        {
            Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            Refuse(context, StatusCodes.Status400BadRequest);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        using var link = new SlackSocket(socket, Acknowledge);
        var running = link.RunAsync(_core.Stopping);
        Open(link);
        await running;
        lock (_lock)
        {
            _links.Remove(link);
        }

        _core.Journal.Write("slack", "socket", "closed");
    }

    /// <summary>Sends one envelope to one link and waits for its acknowledgement, three seconds at most.</summary>
    internal async Task<SocketAnswer> AskAsync(string type, JsonObject payload, int retry, CancellationToken ct)
    {
        var id = _core.NewKey();
        var envelope = new JsonObject
        {
            ["envelope_id"] = id,
            ["type"] = type,
            ["accepts_response_payload"] = type is not "events_api",
            ["payload"] = payload,
        };
        if (type is "events_api")
        {
            envelope["retry_attempt"] = retry;
            envelope["retry_reason"] = retry > 0 ? "timeout" : "";
        }

        var answer = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _unanswered[id] = answer;
        var deadline = answer.Task.WaitAsync(AckTime, _core.Time, ct);
        try
        {
            if (NextLink() is not { } link || !link.Send(envelope.ToJsonString()))
            {
                answer.TrySetResult(null);
                return new SocketAnswer.NoLink();
            }

            return new SocketAnswer.Acknowledged(await deadline);
        }
        catch (TimeoutException)
        {
            _core.Journal.Write("slack", "socket", "not acknowledged", type);
            return new SocketAnswer.Late();
        }
        finally
        {
            _unanswered.TryRemove(id, out _);
        }
    }

    private void Open(SlackSocket link)
    {
        int count;
        lock (_lock)
        {
            count = _links.Count(l => l.IsOpen) + 1;
            if (count <= Most)
            {
                link.Send(Hello(count));
                _links.Add(link);
                _opened.TrySetResult();
                _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        _core.Journal.Write("slack", "socket", count <= Most ? "hello" : "too_many_websockets");
        if (count > Most)
        {
            link.Send(Disconnect("too_many_websockets"));
            link.Finish();
        }
    }

    private void Acknowledge(byte[] text)
    {
        var json = JsonExtensions.TryParse(text);
        if (json?.Text("envelope_id") is { } id && _unanswered.TryGetValue(id, out var answer))
        {
            answer.TrySetResult(json.Value.Member("payload"));
        }
        else
        {
            _core.Journal.Write("slack", "socket", json is null ? "not JSON" : "unknown acknowledgement");
        }
    }

    private SlackSocket? NextLink()
    {
        lock (_lock)
        {
            var open = _links.FindAll(l => l.IsOpen);
            return open.Count == 0 ? null : open[(int)((uint)_turn++ % open.Count)];
        }
    }

    private List<SlackSocket> Snapshot()
    {
        lock (_lock)
        {
            return [.. _links];
        }
    }

    private void SendAll(string reason)
    {
        foreach (var link in Snapshot())
        {
            link.Send(Disconnect(reason));
        }
    }

    private async Task FinishLaterAsync(SlackSocket link)
    {
        try
        {
            await Task.Delay(Notice, _core.Time, _core.Stopping);
            link.Finish();
        }
        catch (OperationCanceledException)
        {
            link.Finish();
        }
    }

    private void Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        _core.Journal.Write("slack", "socket", status.ToString(CultureInfo.InvariantCulture));
    }

    private static string Hello(int count) => new JsonObject
    {
        ["type"] = "hello",
        ["num_connections"] = count,
        ["connection_info"] = new JsonObject { ["app_id"] = SlackIds.App },
        ["debug_info"] = new JsonObject { ["host"] = "applink-simulated", ["build_number"] = 1, ["approximate_connection_time"] = 18_060 },
    }.ToJsonString();

    private static string Disconnect(string reason) => new JsonObject
    {
        ["type"] = "disconnect",
        ["reason"] = reason,
        ["debug_info"] = new JsonObject { ["host"] = "applink-simulated" },
    }.ToJsonString();
}

/// <summary>What became of an envelope.</summary>
internal abstract record SocketAnswer
{
    private SocketAnswer()
    {
    }

    public sealed record Acknowledged(JsonElement? Payload) : SocketAnswer;

    public sealed record Late : SocketAnswer;

    public sealed record NoLink : SocketAnswer;
}
