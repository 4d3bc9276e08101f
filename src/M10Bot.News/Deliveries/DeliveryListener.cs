using M10Bot.News.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Deliveries;

/// <summary>Hears what other processes on this database owe, and passes it on as this process's own signal.</summary>
internal sealed partial class DeliveryListener(Database database, DeliverySignal signal, TimeProvider time, ILogger<DeliveryListener> logger)
    : BackgroundService
{
    /// <summary>What <see cref="SqlDialect.Notify"/> tells when something is owed.</summary>
    public const string Owed = "m10bot_owed";

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await database.Dialect.ListenAsync(Owed, signal.Wake, stoppingToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogDeaf(logger, e.GetType().Name, AfterFault);
            }

            await Task.Delay(AfterFault, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other replicas are not heard ({Fault}); the slow tick stands in, next try in {Pause}")]
    private static partial void LogDeaf(ILogger logger, string fault, TimeSpan pause);
}
