using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Desk;

/// <summary>Looks every second for stories whose summary a model may write; ends at once where none is configured.</summary>
internal sealed partial class SummaryClock(SummaryDesk desk, TimeProvider time, ILogger<SummaryClock> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!desk.IsOn)
        {
            return;
        }

        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await desk.RoundAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The summaries could not be looked through; the next look is in a second")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
