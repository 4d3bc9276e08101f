namespace M10Bot.Discord.Rest;

/// <summary>Counts refused requests (401, 403, 429) over ten minutes: Discord bans an address at 10,000 of them.</summary>
internal sealed class InvalidRequests(TimeProvider time)
{
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly int[] _slots = new int[20];
    private long _slot = -1;
    private int _sum;

    /// <summary>Adds one and says how many there are.</summary>
    public int Add()
    {
        lock (_lock)
        {
            Turn();
            _slots[_slot % _slots.Length]++;
            return ++_sum;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                Turn();
                return _sum;
            }
        }
    }

    private void Turn()
    {
        var now = time.GetElapsedTime(0).Ticks / Slot.Ticks;
        for (var gone = Math.Max(_slot, now - _slots.Length); gone < now; gone++)
        {
            ref var old = ref _slots[(gone + 1) % _slots.Length];
            _sum -= old;
            old = 0;
        }

        _slot = now;
    }
}
