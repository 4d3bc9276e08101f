using M10Bot.News.Deliveries;
using M10Bot.News.Ownership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Cluster;

/// <summary>When a replica goes, has its lanes taken up at once instead of at the next tick; when one joins, gives it its share.</summary>
internal sealed partial class ReplicaWatch(
    IClusterMembershipService membership, ILocalSiloDetails self, IGrainFactory grains, OwnedKeys keys, DeliverySignal signal, TimeProvider time, ILogger<ReplicaWatch> logger)
    : BackgroundService
{
    // Orleans offers a newcomer as a place only when it has learnt what it can run, a moment after it joined.
    private const int Offers = 3;
    private static readonly TimeSpan BetweenOffers = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> before = [];
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            HashSet<SiloAddress> active = [.. snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress)];
            if (!active.SetEquals(before))
            {
                LogReplicas(logger, string.Join(", ", active.Select(a => a.Endpoint.ToString()).Order(StringComparer.Ordinal)));
                foreach (var replica in active.Except(before).Where(a => before.Count > 0 && !a.Equals(self.SiloAddress)))
                {
                    _ = ShareAsync(replica, active, stoppingToken);
                }

                before = active;
            }

            signal.Wake();
        }
    }

    private async Task ShareAsync(SiloAddress replica, HashSet<SiloAddress> active, CancellationToken ct)
    {
        for (var offer = 1; offer <= Offers; offer++)
        {
            foreach (var key in keys.Held.Where(k => Shares.IsOf(k, replica, active)))
            {
                try
                {
                    LogShared(logger, key, replica.Endpoint.ToString());
                    await grains.GetGrain<IKeyGrain>(key.ToString()).MoveAsync(replica);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LogKept(logger, key, e.GetType().Name);
                }
            }

            await Task.Delay(BetweenOffers, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Information, "Replicas: {Active}")]
    private static partial void LogReplicas(ILogger logger, string active);

    [LoggerMessage(LogLevel.Information, "{Key} goes over to {Replica}, which has joined")]
    private static partial void LogShared(ILogger logger, OwnedKey key, string replica);

    [LoggerMessage(LogLevel.Warning, "{Key} could not go over ({Fault}); it stays where it is")]
    private static partial void LogKept(ILogger logger, OwnedKey key, string fault);
}
