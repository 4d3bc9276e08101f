using System.Collections.Concurrent;

namespace M10Bot.News.Deliveries;

/// <summary>The standings of a lane's destinations while they are not good; the table has them too.</summary>
internal sealed class Standings
{
    private readonly ConcurrentDictionary<long, Standing> _troubled = new();
    private readonly ConcurrentDictionary<long, string> _flawed = new();

    public Standing Failed(DueDelivery delivery, DateTimeOffset now, DateTimeOffset notBefore) =>
        _troubled[delivery.DestinationId] = Of(delivery).Failed(now, notBefore);

    /// <param name="delivery">What was shown.</param>
    /// <param name="flaw">What is not as it could be, and an admin can mend.</param>
    /// <returns>Null where it was as good before: nothing to write.</returns>
    public Standing? Succeeded(DueDelivery delivery, string? flaw)
    {
        var before = Of(delivery);
        var isNews = flaw is null ? _flawed.TryRemove(delivery.DestinationId, out _) : _flawed.TryAdd(delivery.DestinationId, flaw);
        if (before.Level == 0)
        {
            return isNews ? before : null;
        }

        var after = before.Succeeded();
        if (after.Level == 0)
        {
            _troubled.TryRemove(delivery.DestinationId, out _);
        }
        else
        {
            _troubled[delivery.DestinationId] = after;
        }

        return after;
    }

    private Standing Of(DueDelivery delivery) =>
        _troubled.TryGetValue(delivery.DestinationId, out var known) ? known : new Standing(delivery.Level, null);
}
