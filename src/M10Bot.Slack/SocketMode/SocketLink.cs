using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.SocketMode;

/// <summary>Why a socket needs a successor.</summary>
internal enum LinkEnd
{
    /// <summary>Slack announced the end; the old socket still works for a moment.</summary>
    Refresh,

    /// <summary>Gone without notice.</summary>
    Lost,

    /// <summary>Slack counts more sockets than it allows.</summary>
    TooMany,

    /// <summary>Socket Mode was switched off.</summary>
    Disabled,
}

/// <summary>One socket: reads frames, acknowledges on the same socket, one sender at a time.</summary>
internal sealed partial class SocketLink : IDisposable
{
    private const int LargestMessage = 4 * 1024 * 1024;
    private const int MostInFlight = 200;
    private static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(3);

    private readonly WebSocket _socket;
    private readonly HandleEnvelope _handle;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;
    private readonly Task _reading;
    private readonly TaskCompletionSource _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LinkEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _sender = new(1, 1);
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _inFlight = [];

    private SocketLink(WebSocket socket, HandleEnvelope handle, TimeProvider time, ILogger logger, CancellationToken ct)
    {
        _socket = socket;
        _handle = handle;
        _time = time;
        _logger = logger;
        _stopping = ct;
        _reading = ReadAsync();
    }

    /// <summary>Slack greeted us; only now does the socket count.</summary>
    public Task Hello => _hello.Task;

    /// <summary>Completes when a successor is needed.</summary>
    public Task<LinkEnd> End => _end.Task;

    /// <summary>Takes the socket over and reads it to its end; <paramref name="ct"/> stops the work its envelopes started.</summary>
    public static SocketLink Start(WebSocket socket, HandleEnvelope handle, TimeProvider time, ILogger logger, CancellationToken ct) =>
        new(socket, handle, time, logger, ct);

    /// <summary>Reads until the socket ends; never throws for what the other side does.</summary>
    private async Task ReadAsync()
    {
        try
        {
            while (await ReceiveAsync() is { } message)
            {
                if (message.Length > 0)
                {
                    Take(message);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // A link found half open ends as a cancelled read.
            LogBroken(_logger, e.GetType().Name);
        }
        finally
        {
            _end.TrySetResult(LinkEnd.Lost);
            _hello.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>Lets what is in flight acknowledge, closes in good order, and drops the socket after its time.</summary>
    public async Task RetireAsync(CancellationToken ct)
    {
        Task[] open;
        lock (_gate)
        {
            open = [.. _inFlight];
        }

        using var limit = new CancellationTokenSource(AckLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await Task.WhenAll(open).WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            LogUnfinished(_logger, open.Count(t => !t.IsCompleted));
        }

        await CloseAsync(either.Token);
        using var last = new CancellationTokenSource(AckLimit, _time);
        try
        {
            await _reading.WaitAsync(last.Token);
        }
        catch (OperationCanceledException)
        {
            LogAbandoned(_logger);
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sender.Dispose();
    }

    private async Task CloseAsync(CancellationToken ct)
    {
        try
        {
            await _sender.WaitAsync(ct);
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, ct);
            }
            finally
            {
                _sender.Release();
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            _socket.Abort();
        }
    }

    /// <summary>A whole message; empty for what is not text; null at the end.</summary>
    private async Task<byte[]?> ReceiveAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var message = new ArrayBufferWriter<byte>();
            while (true)
            {
                var frame = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (frame.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                message.Write(buffer.AsSpan(0, frame.Count));
                if (message.WrittenCount > LargestMessage)
                {
                    LogTooLarge(_logger);
                    _socket.Abort();
                    return null;
                }

                if (frame.EndOfMessage)
                {
                    return frame.MessageType == WebSocketMessageType.Text ? message.WrittenSpan.ToArray() : [];
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Take(byte[] message)
    {
        var envelope = Parse(message);
        switch (envelope?.Type)
        {
            case "hello":
                _hello.TrySetResult();
                break;
            case "disconnect":
                LogDisconnect(_logger, envelope.Reason ?? "no reason");
                _end.TrySetResult(envelope.Reason switch
                {
                    "link_disabled" => LinkEnd.Disabled,
                    "too_many_websockets" => LinkEnd.TooMany,
                    _ => LinkEnd.Refresh,
                });
                break;
            case not null when envelope.EnvelopeId is { Length: > 0 and <= 200 }:
                Start(envelope);
                break;
            default:
                LogIgnored(_logger);
                break;
        }
    }

    /// <summary>Off the reading loop: a slow command must not hold up the next acknowledgement.</summary>
    private void Start(Envelope envelope)
    {
        lock (_gate)
        {
            if (_inFlight.Count >= MostInFlight)
            {
                LogFlooded(_logger); // Slack delivers events again; a person sees that the command failed
                return;
            }

            var work = Task.Run(() => RunAsync(envelope, _stopping), CancellationToken.None);
            _inFlight.Add(work);
            _ = work.ContinueWith(Finished, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Finished(Task work)
    {
        lock (_gate)
        {
            _inFlight.Remove(work);
        }
    }

    private async Task RunAsync(Envelope envelope, CancellationToken ct)
    {
        try
        {
            await _handle(envelope, (payload, token) => SendAsync(new Acknowledgement(envelope.EnvelopeId!, payload), token), ct);
        }
        catch (OperationCanceledException)
        {
            LogUnfinished(_logger, 1);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(_logger, e, envelope.Type!);
        }
    }

    private async Task<bool> SendAsync(Acknowledgement acknowledgement, CancellationToken ct)
    {
        var frame = JsonSerializer.SerializeToUtf8Bytes(acknowledgement, SlackJson.Default.Acknowledgement);
        try
        {
            await _sender.WaitAsync(ct);
            try
            {
                await _socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, ct);
                return true;
            }
            finally
            {
                _sender.Release();
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            LogUnacknowledged(_logger, e.GetType().Name);
            return false;
        }
    }

    private static Envelope? Parse(byte[] message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, SlackJson.Default.Envelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Slack ends a socket: {Reason}")]
    private static partial void LogDisconnect(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "A Slack socket broke: {Kind}")]
    private static partial void LogBroken(ILogger logger, string kind);

    [LoggerMessage(LogLevel.Debug, "A retired Slack socket did not close in time and is dropped")]
    private static partial void LogAbandoned(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "A Slack socket sent more than is allowed in one message; it is dropped")]
    private static partial void LogTooLarge(ILogger logger);

    [LoggerMessage(LogLevel.Debug, "A frame from Slack was not understood and is ignored")]
    private static partial void LogIgnored(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Too many requests from Slack at once; one is not acknowledged")]
    private static partial void LogFlooded(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "{Count} requests from Slack were unfinished when their socket closed")]
    private static partial void LogUnfinished(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "An acknowledgement could not be sent: {Kind}")]
    private static partial void LogUnacknowledged(ILogger logger, string kind);

    [LoggerMessage(LogLevel.Error, "A request of type {Type} from Slack failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string type);
}
