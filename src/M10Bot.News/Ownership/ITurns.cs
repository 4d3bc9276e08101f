namespace M10Bot.News.Ownership;

/// <summary>Gives out turns to what may begin only every so often, among all processes that share the work.</summary>
public interface ITurns
{
    /// <summary>Books the next turn; a turn that was booked and not used is lost.</summary>
    /// <param name="name">What waits in one line.</param>
    /// <param name="spacing">From one turn to the next.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How long until it comes.</returns>
    Task<TimeSpan> BookAsync(string name, TimeSpan spacing, CancellationToken ct);
}

/// <summary>One machine: the lines stand in this process alone.</summary>
public sealed class LocalTurns(TimeProvider time) : ITurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TimeSpan> _free = new(StringComparer.Ordinal);

    public Task<TimeSpan> BookAsync(string name, TimeSpan spacing, CancellationToken ct)
    {
        lock (_lock)
        {
            var now = time.GetElapsedTime(0);
            var start = _free.GetValueOrDefault(name) is var free && free > now ? free : now;
            _free[name] = start + spacing;
            return Task.FromResult(start - now);
        }
    }
}
