using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Deliveries;

/// <summary>Has suspended destinations tried again when their time comes, so that one that works again is served without a person.</summary>
internal sealed partial class SuspensionClock(SuspensionStore store, DeliverySignal signal, TimeProvider time, ILogger<SuspensionClock> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            if (await store.TryAsync(ct) is > 0 and var count)
            {
                LogTried(logger, count);
                signal.Wake();
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e, Tick);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} suspended destinations are tried again")]
    private static partial void LogTried(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "The suspended destinations could not be looked through; next look in {Pause}")]
    private static partial void LogFailed(ILogger logger, Exception e, TimeSpan pause);
}
