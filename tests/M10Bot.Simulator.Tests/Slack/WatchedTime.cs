using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Simulator.Tests.Slack;

/// <summary>A clock that stands still and knows who waits for it: before it is moved on, whoever has to wait must do so.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentQueue<TimeSpan> _made = new();

    /// <summary>How many timers of that length were ever made.</summary>
    public int Made(TimeSpan due) => _made.Count(d => d == due);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _made.Enqueue(dueTime);
        return timer;
    }
}
