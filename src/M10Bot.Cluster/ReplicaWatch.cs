using M10Bot.News.Deliveries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Cluster;

/// <summary>When replicas come or go, has the lanes looked after at once instead of at the next tick.</summary>
internal sealed partial class ReplicaWatch(IClusterMembershipService membership, DeliverySignal signal, ILogger<ReplicaWatch> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var before = "";
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var active = string.Join(", ", snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress.Endpoint.ToString()).Order(StringComparer.Ordinal));
            if (!string.Equals(active, before, StringComparison.Ordinal))
            {
                before = active;
                LogReplicas(logger, active);
            }

            signal.Wake();
        }
    }

    [LoggerMessage(LogLevel.Information, "Replicas: {Active}")]
    private static partial void LogReplicas(ILogger logger, string active);
}
