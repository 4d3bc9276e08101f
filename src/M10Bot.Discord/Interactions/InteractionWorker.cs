using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Interactions;

/// <summary>Answers many interactions beside each other, so that a slow command holds up nobody else's 3 s.</summary>
internal sealed partial class InteractionWorker(InteractionQueue queue, InteractionHandler handler, ILogger<InteractionWorker> logger) : BackgroundService
{
    private const int AtOnce = 256;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        queue.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        async (arrival, ct) =>
        {
            try
            {
                await handler.HandleAsync(arrival, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);
            }
        });

    [LoggerMessage(LogLevel.Error, "An interaction could not be handled")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
