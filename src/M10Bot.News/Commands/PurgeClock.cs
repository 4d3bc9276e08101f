using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Commands;

/// <summary>Deletes the data of workspaces that removed the bot, once their grace is over.</summary>
internal sealed partial class PurgeClock(DepartureStore departures, IOptions<RetentionOptions> options, TimeProvider time, ILogger<PurgeClock> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                while (await departures.PurgeOneAsync(TimeSpan.FromDays(options.Value.PurgeAfterDays), stoppingToken) is { } workspace)
                {
                    LogPurged(logger, workspace);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Information, "{Workspace} removed the bot and its grace is over: its channels, subscriptions and receipts are deleted")]
    private static partial void LogPurged(ILogger logger, string workspace);

    [LoggerMessage(LogLevel.Error, "What workspaces left behind could not be deleted; tried again in an hour")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
