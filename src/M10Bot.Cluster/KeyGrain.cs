using M10Bot.News.Ownership;
using Orleans.Runtime.Placement;

namespace M10Bot.Cluster;

/// <summary>Stands for one key: Orleans keeps at most one of it among the replicas.</summary>
internal interface IKeyGrain : IGrainWithStringKey
{
    /// <returns>False where its replica is stopping and takes up nothing more.</returns>
    Task<bool> WakeAsync();

    /// <summary>Its work is left, and begins again at that replica.</summary>
    Task MoveAsync(SiloAddress to);
}

/// <summary>Where it lives, the key's ordinary work runs; it does none itself.</summary>
internal sealed class KeyGrain(OwnedKeys keys) : Grain, IKeyGrain
{
    private Task? _run;

    private OwnedKey Key => OwnedKey.Parse(this.GetPrimaryKeyString());

    public Task<bool> WakeAsync()
    {
        if (!keys.TryWake(Key, out var run))
        {
            DeactivateOnIdle(); // the next wake finds it another place
            return Task.FromResult(false);
        }

        if (run != _run)
        {
            _run = run;
            _ = LeaveAfterAsync(run);
        }

        return Task.FromResult(true);
    }

    public Task MoveAsync(SiloAddress to)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, to);
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        await keys.LeaveAsync(Key, cancellationToken);

    // Work that has ended frees its key, so that the next wake places it anew: a replica that joined gets its share.
    private async Task LeaveAfterAsync(Task run)
    {
        await run;
        if (run == _run)
        {
            DeactivateOnIdle();
        }
    }
}
