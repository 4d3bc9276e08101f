using M10Bot.News.Ownership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Placement;

namespace M10Bot.Cluster;

/// <summary>Hands over what this replica works on while it is still one of the replicas, so that a rolling restart makes no gap.</summary>
/// <remarks>Without it the keys would be free only when the process has left, near its end, and taken up at the tick after that.</remarks>
internal sealed partial class ReplicaFarewell(
    IClusterMembershipService membership, ILocalSiloDetails self, IGrainFactory grains, OwnedKeys keys, TimeProvider time, ILogger<ReplicaFarewell> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan BetweenAsks = TimeSpan.FromMilliseconds(25);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        keys.Close();
        SiloAddress[] others =
        [
            .. membership.CurrentSnapshot.Members.Values.Where(m => m.Status == SiloStatus.Active && !m.SiloAddress.Equals(self.SiloAddress)).Select(m => m.SiloAddress),
        ];
        if (others.Length > 0)
        {
            await Task.WhenAll(keys.Held.Select(key => HandOverAsync(key, Shares.Of(key, others), cancellationToken)));
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task HandOverAsync(OwnedKey key, SiloAddress to, CancellationToken ct)
    {
        try
        {
            await keys.LeaveAsync(key, ct);
            var grain = grains.GetGrain<IKeyGrain>(key.ToString());
            RequestContext.Set(IPlacementDirector.PlacementHintKey, to);
            while (!await grain.WakeAsync().WaitAsync(ct))
            {
                await Task.Delay(BetweenAsks, time, ct); // it has not left this replica yet
            }

            LogHandedOver(logger, key, to.Endpoint.ToString());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogKept(logger, key, e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Key} is handed over to {Replica}; this one stops")]
    private static partial void LogHandedOver(ILogger logger, OwnedKey key, string replica);

    [LoggerMessage(LogLevel.Warning, "{Key} could not be handed over ({Fault}); it goes over when this replica has left")]
    private static partial void LogKept(ILogger logger, OwnedKey key, string fault);
}
