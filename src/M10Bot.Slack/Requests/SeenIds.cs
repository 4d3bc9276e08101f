namespace M10Bot.Slack.Requests;

/// <summary>Remembers ids for ten minutes: Slack delivers at least once, its last repeat comes after five.</summary>
internal sealed class SeenIds(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, string Id)> _order = new();
    private readonly Lock _gate = new();

    /// <summary>False for an id that was here before.</summary>
    public bool IsNew(string id)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (oldest.At + Memory <= now || _order.Count >= Most))
            {
                _ids.Remove(_order.Dequeue().Id);
            }

            if (!_ids.Add(id))
            {
                return false;
            }

            _order.Enqueue((now, id));
            return true;
        }
    }
}
