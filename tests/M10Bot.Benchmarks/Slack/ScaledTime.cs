namespace M10Bot.Benchmarks.Slack;

/// <summary>The machine's clock, so many times faster.</summary>
internal sealed class ScaledTime(double speed) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _began = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shrunk(dueTime), Shrunk(period));

    private TimeSpan Elapsed => System.GetElapsedTime(_began) * speed;

    // Rounded up: a timer must not fire before its time.
    private TimeSpan Shrunk(TimeSpan span) => span <= TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds / speed));
}
