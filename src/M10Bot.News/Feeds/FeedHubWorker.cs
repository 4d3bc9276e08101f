using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>Asks hubs for their pushes, and again before a promise ends.</summary>
internal sealed partial class FeedHubWorker(FeedHubStore store, FeedHubs hubs, IOptions<FeedOptions> options, TimeProvider time, ILogger<FeedHubWorker> logger) : BackgroundService
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public async Task LookAsync(CancellationToken ct)
    {
        foreach (var feed in await store.ClaimAsync(AtOnce, FeedHubs.Patience, ct))
        {
            await hubs.AskAsync(feed, ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!hubs.IsOn || !options.Value.IsPolling)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "Hubs could not be asked; next try in half a minute")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
