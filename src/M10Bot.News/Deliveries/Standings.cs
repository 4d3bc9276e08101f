using System.Collections.Concurrent;

namespace M10Bot.News.Deliveries;

/// <summary>The standings of a lane's destinations while they are not good; the table has them too.</summary>
internal sealed class Standings
{
    private readonly ConcurrentDictionary<long, Standing> _troubled = new();

    public Standing Failed(DueDelivery delivery, DateTimeOffset now, DateTimeOffset notBefore) =>
        _troubled[delivery.DestinationId] = Of(delivery).Failed(now, notBefore);

    /// <returns>Null where it was good before: nothing to write.</returns>
    public Standing? Succeeded(DueDelivery delivery)
    {
        var before = Of(delivery);
        if (before.Level == 0)
        {
            return null;
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
