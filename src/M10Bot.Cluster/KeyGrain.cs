using M10Bot.News.Ownership;
using Orleans.Runtime.Placement;

namespace M10Bot.Cluster;

/// <summary>Stands for one key: Orleans keeps at most one of it among the replicas.</summary>
internal interface IKeyGrain : IGrainWithStringKey
{
    Task WakeAsync();

    /// <summary>Its work is left, and begins again at that replica.</summary>
    Task MoveAsync(SiloAddress to);
}

/// <summary>Where it lives, the key's ordinary work runs; it does none itself.</summary>
internal sealed class KeyGrain(OwnedKeys keys) : Grain, IKeyGrain
{
    private Task? _run;

    private OwnedKey Key => OwnedKey.Parse(this.GetPrimaryKeyString());

    public Task WakeAsync()
    {
        if (!keys.TryWake(Key, out var run))
        {
            DeactivateOnIdle(); // this replica is stopping
        }
        else if (run != _run)
        {
            _run = run;
            _ = LeaveAfterAsync(run);
        }

        return Task.CompletedTask;
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
