using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Requests;
using M10Bot.Simulator.Slack.Workspaces;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Slack.SocketMode;

/// <summary>Socket Mode: tickets, up to ten links, each envelope to one of them.</summary>
public sealed class SlackSockets
{
    private const int Most = 10;
    private const int PieceBytes = 16;
    private static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AckTime = TimeSpan.FromSeconds(3);
    private readonly SlackCore _core;
    private readonly Lock _lock = new();
    private readonly List<SlackSocket> _links = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tickets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement?>> _unanswered = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _held = new();
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
    public void Drop() => Each(l => l.Abort());

    /// <summary>Every link stays open and carries nothing any more: no envelopes, no pongs.</summary>
    public void Freeze() => Each(l => l.Freeze());

    /// <summary>Says that the links will be renewed in some ten seconds.</summary>
    public void Warn() => Each(l => l.Send(SocketWords.Disconnect("warning")));

    /// <summary>Asks every client to come back on a new link; the old ones end when the client closes, or ten seconds later.</summary>
    public void RequestRefresh() => Each(l => _ = SocketLife.RefreshAsync(l, _core));

    /// <summary>Socket Mode was switched off in the app's settings.</summary>
    public void DisableLink() => Each(l =>
    {
        l.Send(SocketWords.Disconnect("link_disabled"));
        l.Finish();
    });

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
        var fault = _core.Faults.Next("socket")?.Fault;
        if (fault is SlackFault.Conflict)
        {
            Refuse(context, StatusCodes.Status409Conflict);
            return;
        }

        var isKnown = _tickets.TryRemove(context.Request.Query["ticket"].ToString(), out var made);
        if (!isKnown || _core.Time.GetUtcNow() - made > TicketLife || !_core.IsSocketMode)
        {
            Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            Refuse(context, StatusCodes.Status400BadRequest);
            return;
        }

        var life = context.Request.Query["debug_reconnects"].ToString() is "true" ? SocketLife.Short : SocketLife.Usual;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        using var link = new SlackSocket(socket, SocketValve.Of(context), Acknowledge);
        await RunAsync(link, life, fault is SlackFault.TooMany ? 0 : Most);
    }

    private async Task RunAsync(SlackSocket link, TimeSpan life, int most)
    {
        var running = link.RunAsync(_core.Stopping);
        var living = Open(link, life, most) ? SocketLife.RunAsync(link, life, _core) : Task.CompletedTask;
        await running;
        await living;
        lock (_lock)
        {
            _links.Remove(link);
        }

        _core.Journal.Write("slack", "socket", "closed");
    }

    /// <summary>Sends one envelope to one link and waits for its acknowledgement, three seconds at most.</summary>
    internal async Task<AppAnswer> AskAsync(string type, JsonObject payload, int retry, string reason, SlackFault? fault, CancellationToken ct)
    {
        var id = _core.NewKey();
        var envelope = SocketWords.Envelope(id, type, payload, retry, reason);
        var answer = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _unanswered[id] = answer;
        var deadline = answer.Task.WaitAsync(AckTime, _core.Time, ct);
        try
        {
            if (!Send(envelope, fault))
            {
                answer.TrySetResult(null);
                return new AppAnswer.NoLink();
            }

            return new AppAnswer.Acknowledged(await deadline);
        }
        catch (TimeoutException)
        {
            return new AppAnswer.Late();
        }
        finally
        {
            _unanswered.TryRemove(id, out _);
        }
    }

    private bool Send(string envelope, SlackFault? fault)
    {
        if (NextLink() is not { } link)
        {
            return false;
        }

        if (fault is SlackFault.OutOfOrder)
        {
            _held.Enqueue(envelope);
            return true;
        }

        if (fault is SlackFault.AfterGarbage)
        {
            link.SendGarbage();
        }

        var isSent = fault is SlackFault.Fragmented ? link.SendInPieces(envelope, PieceBytes) : link.Send(envelope);
        if (fault is SlackFault.Repeated)
        {
            NextLink()?.Send(envelope);
        }

        while (isSent && _held.TryDequeue(out var late))
        {
            link.Send(late);
        }

        return isSent;
    }

    private bool Open(SlackSocket link, TimeSpan life, int most)
    {
        int count;
        lock (_lock)
        {
            count = _links.Count(l => l.IsOpen) + 1;
            if (count <= most)
            {
                link.Send(SocketWords.Hello(count, life));
                _links.Add(link);
                _opened.TrySetResult();
                _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        _core.Journal.Write("slack", "socket", count <= most ? "hello" : "too_many_websockets");
        if (count > most)
        {
            link.Send(SocketWords.Disconnect("too_many_websockets"));
            link.Finish();
        }

        return count <= most;
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

    private void Each(Action<SlackSocket> act)
    {
        List<SlackSocket> links;
        lock (_lock)
        {
            links = [.. _links];
        }

        links.ForEach(act);
    }

    private void Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        _core.Journal.Write("slack", "socket", status.ToString(CultureInfo.InvariantCulture));
    }
}
