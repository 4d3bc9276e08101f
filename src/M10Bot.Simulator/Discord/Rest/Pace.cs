namespace M10Bot.Simulator.Discord.Rest;

/// <summary>So many of a kind in a sliding window, by key; for the limits that no header tells.</summary>
internal sealed class Pace(Func<int> count, TimeSpan window)
{
    public Pace(int count, TimeSpan window)
        : this(() => count, window)
    {
    }

    private readonly Dictionary<string, Queue<DateTimeOffset>> _taken = new(StringComparer.Ordinal);

    /// <summary>Null and one taken, or how long until one is free.</summary>
    public TimeSpan? Wait(string key, DateTimeOffset now)
    {
        if (!_taken.TryGetValue(key, out var taken))
        {
            _taken[key] = taken = new Queue<DateTimeOffset>();
        }

        while (taken.TryPeek(out var first) && now - first >= window)
        {
            taken.Dequeue();
        }

        if (taken.Count >= count())
        {
            return taken.Peek() + window - now;
        }

        taken.Enqueue(now);
        return null;
    }
}
