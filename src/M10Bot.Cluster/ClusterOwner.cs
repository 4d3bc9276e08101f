using M10Bot.News.Ownership;
using Microsoft.Extensions.Logging;

namespace M10Bot.Cluster;

/// <summary>Finds or makes a key's owner among the replicas.</summary>
internal sealed partial class ClusterOwner(IGrainFactory grains, ILogger<ClusterOwner> logger) : IKeyOwner
{
    private readonly Dictionary<OwnedKey, bool> _asking = [];
    private readonly Lock _gate = new();

    // One question per key at a time: one that hangs at a dying replica must not gather others behind it.
    public void Wake(OwnedKey key)
    {
        lock (_gate)
        {
            if (!_asking.TryAdd(key, false))
            {
                _asking[key] = true;
                return;
            }
        }

        _ = Task.Run(() => AskAsync(key));
    }

    private async Task AskAsync(OwnedKey key)
    {
        do
        {
            try
            {
                await grains.GetGrain<IKeyGrain>(key.ToString()).WakeAsync();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogUnasked(logger, key, e.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                // The replica it went to is stopping.
            }
        }
        while (IsAskedAgain(key));
    }

    // A wake that came meanwhile may have come too late for the question under way.
    private bool IsAskedAgain(OwnedKey key)
    {
        lock (_gate)
        {
            if (_asking.Remove(key, out var again) && again)
            {
                _asking[key] = false;
                return true;
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The owner of {Key} could not be reached ({Fault}); the next tick asks again")]
    private static partial void LogUnasked(ILogger logger, OwnedKey key, string fault);
}
