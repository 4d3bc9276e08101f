using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Ownership;

/// <summary>The keys that this process works on now.</summary>
/// <remarks>At stop they are let go before anything else of the host stops, while all that they need still runs.</remarks>
public sealed partial class OwnedKeys(IEnumerable<KeyWork> works, ILogger<OwnedKeys> logger) : IHostedLifecycleService
{
    private readonly Dictionary<string, KeyWork> _works = works.ToDictionary(w => w.Kind, StringComparer.Ordinal);
    private readonly Dictionary<OwnedKey, Running> _running = [];
    private readonly Lock _gate = new();
    private bool _isClosed;

    /// <summary>What is being worked on.</summary>
    public IReadOnlyList<OwnedKey> Held
    {
        get
        {
            lock (_gate)
            {
                return [.. _running.Keys];
            }
        }
    }

    /// <summary>Starts the key's work, or tells it that there may be more to do.</summary>
    /// <param name="key">Of a kind that has its <see cref="KeyWork"/>.</param>
    /// <param name="run">Completes when the work has ended.</param>
    /// <returns>False where none is taken up any more, for the host stops (<see cref="Close"/>).</returns>
    public bool TryWake(OwnedKey key, out Task run)
    {
        var work = _works[key.Kind];
        lock (_gate)
        {
            if (_isClosed)
            {
                run = Task.CompletedTask;
                return false;
            }

            if (!_running.TryGetValue(key, out var running))
            {
                run = Start(key, work).Run;
                return true;
            }

            run = running.Run;
        }

        work.Wake(key.Name);
        return true;
    }

    /// <summary>Ends the work on a key, if there is any, and returns when another process may begin.</summary>
    public async Task LeaveAsync(OwnedKey key, CancellationToken ct)
    {
        Running? running;
        lock (_gate)
        {
            running = _running.GetValueOrDefault(key);
        }

        if (running is not null)
        {
            await LeaveAsync(running).WaitAsync(ct);
        }
    }

    /// <summary>From here on no key is taken up; what is being worked on goes on until it is left.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        List<Running> all;
        lock (_gate)
        {
            _isClosed = true;
            all = [.. _running.Values];
        }

        await Task.WhenAll(all.Select(LeaveAsync)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task LeaveAsync(Running running)
    {
        await running.Stop.CancelAsync();
        await running.Run;
    }

    // Off the caller's scheduler: a grain's would run all of the work in its one thread.
    private Running Start(OwnedKey key, KeyWork work)
    {
#pragma warning disable CA2000 // it has no timer, and whoever leaves the key may come as the work ends by itself
        var stop = new CancellationTokenSource();
#pragma warning restore CA2000
        var running = new Running(stop);
        running.Run = Task.Run(() => RunAsync(key, work, stop.Token), CancellationToken.None);
        _running.Add(key, running); // the caller holds the gate, so the run cannot have left yet
        return running;
    }

    private async Task RunAsync(OwnedKey key, KeyWork work, CancellationToken ct)
    {
        try
        {
            await work.RunAsync(key.Name, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e, key);
        }
        catch (OperationCanceledException)
        {
            // Let go.
        }

        lock (_gate)
        {
            _running.Remove(key);
        }

        work.Ended(key.Name);
    }

    private sealed class Running(CancellationTokenSource stop)
    {
        public CancellationTokenSource Stop { get; } = stop;

        public Task Run { get; set; } = Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "The work on {Key} ended in a fault; the next wake takes it up again")]
    private static partial void LogFailed(ILogger logger, Exception e, OwnedKey key);
}
