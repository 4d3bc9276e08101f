using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Stories;

/// <summary>Reads the articles of the last days into memory when the program starts.</summary>
internal sealed partial class StoryWarmUp(StoryMatcher matcher, TimeProvider time, ILogger<StoryWarmUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await matcher.WarmUpAsync(time.GetUtcNow(), stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The articles of the last days could not be read; the first article that comes will do it")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
