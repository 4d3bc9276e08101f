namespace M10Bot.Discord.Rest;

/// <summary>At most <paramref name="count"/> starts in any stretch of <paramref name="period"/>. The caller locks.</summary>
internal sealed class SlidingWindow(int count, TimeSpan period)
{
    // Oldest first. It grows only as far as it is used: there are many channels, and most are seldom posted to.
    private readonly Queue<TimeSpan> _starts = new();

    /// <summary>How long until another start is allowed.</summary>
    public TimeSpan WaitAt(TimeSpan now)
    {
        while (_starts.TryPeek(out var oldest) && oldest + period <= now)
        {
            _starts.Dequeue();
        }

        return _starts.Count < count ? TimeSpan.Zero : _starts.Peek() + period - now;
    }

    /// <summary>Books the next free start, now or later, and says when it is.</summary>
    public TimeSpan Book(TimeSpan now)
    {
        var start = now + WaitAt(now);
        if (_starts.Count == count)
        {
            _starts.Dequeue();
        }

        _starts.Enqueue(start);
        return start;
    }
}
