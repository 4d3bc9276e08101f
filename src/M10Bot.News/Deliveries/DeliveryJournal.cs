using Microsoft.Extensions.Logging;

namespace M10Bot.News.Deliveries;

/// <summary>Makes attempts and ends durable, as many as have gathered in one commit.</summary>
/// <remarks>It outlives faults of the database: what was handed in is tried until it is written or the program stops.</remarks>
internal sealed partial class DeliveryJournal : IAsyncDisposable
{
    private const int MostInOneCommit = 200;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly OutcomeStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly List<Note> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;

    public DeliveryJournal(OutcomeStore store, TimeProvider time, ILogger<DeliveryJournal> logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        _stopping = _stop.Token; // outlives its source
    }

    /// <summary>Durable before it returns: from here on the request may be on its way.</summary>
    /// <returns>Null where the claim is lost; nothing may leave.</returns>
    public Task<Attempt?> AttemptAsync(DueDelivery delivery, TimeSpan lasts) => WriteAsync(new Note(delivery, lasts, null));

    /// <summary>Durable when it returns.</summary>
    public Task EndAsync(DeliveryEnd end) => WriteAsync(new Note(end.Delivery, TimeSpan.Zero, end));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _writing;
        _stop.Dispose();
    }

    private Task<Attempt?> WriteAsync(Note note)
    {
        lock (_gate)
        {
            _waiting.Add(note);
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteAllAsync, CancellationToken.None);
            }
        }

        return note.Written.Task;
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            await WriteBatchAsync(batch);
        }
    }

    private List<Note> Take()
    {
        lock (_gate)
        {
            var batch = _waiting.Take(MostInOneCommit).ToList();
            _waiting.RemoveRange(0, batch.Count);
            _isWriting = batch.Count > 0;
            return batch;
        }
    }

    private async Task WriteBatchAsync(List<Note> batch)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            try
            {
                var attempts = await _store.WriteAsync(
                    [.. batch.Where(n => n.End is null).Select(n => (n.Delivery, n.Lasts))], [.. batch.Where(n => n.End is not null).Select(n => n.End!)], _stopping);
                foreach (var note in batch)
                {
                    note.Written.SetResult(attempts.GetValueOrDefault((note.Delivery.Id, note.Delivery.ClaimNo)));
                }

                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(_logger, e, batch.Count, pause);
            }
            catch (OperationCanceledException)
            {
                batch.ForEach(n => n.Written.SetCanceled());
                return;
            }

            await Task.Delay(pause, _time, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Count} outcomes could not be written; next try in {Pause}")]
    private static partial void LogFailed(ILogger logger, Exception e, int count, TimeSpan pause);

    private sealed record Note(DueDelivery Delivery, TimeSpan Lasts, DeliveryEnd? End)
    {
        public TaskCompletionSource<Attempt?> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
