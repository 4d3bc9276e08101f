namespace M10Bot.Discord.Rest;

/// <summary>At most <paramref name="count"/> starts in any stretch of <paramref name="period"/>. The caller locks.</summary>
internal sealed class SlidingWindow(int count, TimeSpan period)
{
    // The oldest start stands at _next; a ring never taken from is "long ago".
    private readonly TimeSpan?[] _starts = new TimeSpan?[count];
    private int _next;

    /// <summary>How long until another start is allowed.</summary>
    public TimeSpan WaitAt(TimeSpan now) =>
        _starts[_next] is { } oldest && oldest + period > now ? oldest + period - now : TimeSpan.Zero;

    /// <summary>Books the next free start, now or later, and says when it is.</summary>
    public TimeSpan Book(TimeSpan now)
    {
        var start = now + WaitAt(now);
        _starts[_next] = start;
        _next = (_next + 1) % _starts.Length;
        return start;
    }
}
