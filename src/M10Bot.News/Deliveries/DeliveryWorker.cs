using System.Collections.Concurrent;
using M10Bot.News.Chat;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Deliveries;

/// <summary>Owns the lanes of this process: starts a runner where there is work and none runs.</summary>
internal sealed partial class DeliveryWorker(
    LaneStore store,
    LaneRunners runners,
    DeliverySignal signal,
    IEnumerable<IChatPlatform> platforms,
    TimeProvider time,
    IOptions<DeliveryOptions> options,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    // A name per start: one that is used again would let a process take another's lane for its own.
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<string, (LaneRunner Runner, Task Run)> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _leaveUntil = new(StringComparer.Ordinal);
    private readonly Dictionary<Platform, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Platform);
    private readonly HashSet<string> _unserved = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var tick = time.CreateTimer(_ => signal.Wake(), null, options.Value.Tick, options.Value.Tick);
        try
        {
            while (true)
            {
                await LookAsync(stoppingToken);
                await signal.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(_running.Values.Select(r => r.Run));
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            foreach (var lane in await store.LanesWithWorkAsync(ct))
            {
                if (_running.TryGetValue(lane, out var running))
                {
                    running.Runner.Wake();
                }
                else if (!_leaveUntil.TryGetValue(lane, out var until) || until <= time.GetUtcNow())
                {
                    await StartAsync(lane, ct);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogLookFailed(logger, e);
        }
    }

    private async Task StartAsync(string lane, CancellationToken ct)
    {
        if (await store.PlatformOfAsync(lane, ct) is not { } name || !_platforms.TryGetValue(name, out var platform))
        {
            if (_unserved.Add(lane))
            {
                LogUnserved(logger, lane);
            }

            return;
        }

        var runner = runners.For(lane, platform);
        var gate = new TaskCompletionSource();
        _running[lane] = (runner, RunAsync(lane, runner, platform, gate.Task, ct));
        gate.SetResult();
    }

    // The gate keeps a run that ends at once from leaving the table before it has entered it.
    private async Task RunAsync(string lane, LaneRunner runner, IChatPlatform platform, Task gate, CancellationToken ct)
    {
        await gate;
        var isFree = false;
        try
        {
            isFree = await runner.RunAsync(_owner, ct);
            if (!isFree)
            {
                _leaveUntil[lane] = time.GetUtcNow() + platform.RequestTimeout + options.Value.ClaimMargin;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogLaneFailed(logger, e, lane);
        }
        catch (OperationCanceledException)
        {
            // Stopped before it had the lane.
        }

        _running.TryRemove(lane, out _);
        if (isFree)
        {
            signal.Wake(); // work that came as it ended would otherwise wait for the tick
        }
    }

    [LoggerMessage(LogLevel.Error, "Could not ask which lanes have work; the next tick tries again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} has deliveries, but its platform is switched off; they wait")]
    private static partial void LogUnserved(ILogger logger, string lane);

    [LoggerMessage(LogLevel.Error, "Lane {Lane} ended in a fault; the next tick takes it up again")]
    private static partial void LogLaneFailed(ILogger logger, Exception e, string lane);
}
