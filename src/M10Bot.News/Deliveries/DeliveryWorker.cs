using M10Bot.News.Ownership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Deliveries;

/// <summary>Looks which lanes have work, at each signal and on a slow tick, and wakes their owners.</summary>
internal sealed partial class DeliveryWorker(
    LaneStore store,
    IKeyOwner owner,
    DeliverySignal signal,
    TimeProvider time,
    IOptions<DeliveryOptions> options,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var tick = time.CreateTimer(_ => signal.Wake(), null, options.Value.Tick, options.Value.Tick);
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            await signal.WaitAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            foreach (var lane in await store.LanesWithWorkAsync(ct))
            {
                owner.Wake(LaneKey.Of(lane));
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogLookFailed(logger, e);
        }
    }

    [LoggerMessage(LogLevel.Error, "Could not ask which lanes have work; the next tick tries again")]
    private static partial void LogLookFailed(ILogger logger, Exception e);
}
