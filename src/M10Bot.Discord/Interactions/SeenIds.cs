namespace M10Bot.Discord.Interactions;

/// <summary>The last ids that came by; the gateway may bring one twice.</summary>
internal sealed class SeenIds(int most)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _ids = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>False where it was seen before.</summary>
    public bool Add(ulong id)
    {
        lock (_lock)
        {
            if (!_ids.Add(id))
            {
                return false;
            }

            if (_order.Count == most)
            {
                _ids.Remove(_order.Dequeue());
            }

            _order.Enqueue(id);
            return true;
        }
    }
}
