using M10Bot.News.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Desk;

/// <summary>When the next embargo ends, as far as this process knows.</summary>
internal sealed class EmbargoAlarm
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public void NotLaterThan(DateTimeOffset until)
    {
        lock (_lock)
        {
            _next = until < _next ? until : _next;
        }
    }

    public void Set(DateTimeOffset next)
    {
        lock (_lock)
        {
            _next = next;
        }
    }

    public bool IsDue(DateTimeOffset now)
    {
        lock (_lock)
        {
            return now >= _next;
        }
    }
}

/// <summary>Frees what was under embargo, within a second of its time.</summary>
internal sealed partial class EmbargoClock(NewsDesk desk, Database database, EmbargoAlarm alarm, TimeProvider time, ILogger<EmbargoClock> logger)
    : BackgroundService
{
    // Another replica may have filed it: the table is asked again at least this often.
    private static readonly TimeSpan LongestBlindness = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            if (alarm.IsDue(time.GetUtcNow()))
            {
                await TickAsync(stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TickAsync(CancellationToken ct)
    {
        try
        {
            alarm.Set(time.GetUtcNow() + LongestBlindness);
            await desk.ReleaseAsync(ct);
            if (await database.ReadAsync(RulingStore.NextReleaseAsync, ct) is { } next)
            {
                alarm.NotLaterThan(next);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            alarm.NotLaterThan(time.GetUtcNow() + AfterFault);
            LogFailed(logger, e, AfterFault);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The embargoes could not be looked through; the next look is in {Pause}")]
    private static partial void LogFailed(ILogger logger, Exception exception, TimeSpan pause);
}
