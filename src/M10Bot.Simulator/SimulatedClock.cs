namespace M10Bot.Simulator;

/// <summary>The machine's clock, which can be moved on by order: what waits is due at once when its time has come so.</summary>
public sealed class SimulatedClock(TimeProvider real) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<MovedTimer> _timers = [];
    private TimeSpan _ahead;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Ahead();

    public override long GetTimestamp() => real.GetElapsedTime(0, real.GetTimestamp()).Ticks + Ahead().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on. There is no way back.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        MovedTimer[] waiting;
        lock (_lock)
        {
            _ahead += by;
            waiting = [.. _timers];
        }

        foreach (var timer in waiting)
        {
            timer.Moved(by);
        }
    }

    private TimeSpan Ahead()
    {
        lock (_lock)
        {
            return _ahead;
        }
    }

    /// <summary>Waits on the real clock for what is left; a move shortens that.</summary>
    private sealed class MovedTimer : ITimer
    {
        private readonly SimulatedClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _real;
        private readonly Lock _own = new();
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private long _due;
        private bool _waits;

        public MovedTimer(SimulatedClock clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _real = clock.Real.CreateTimer(_ => Ring(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_own)
            {
                _period = period;
                _waits = dueTime != Timeout.InfiniteTimeSpan;
                _due = _clock.GetTimestamp() + dueTime.Ticks;
                Keep(_waits);
                return _real.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }

        public void Moved(TimeSpan by)
        {
            lock (_own)
            {
                if (_waits && by > TimeSpan.Zero)
                {
                    _real.Change(Left(), Timeout.InfiniteTimeSpan);
                }
            }
        }

        public void Dispose()
        {
            Keep(waits: false);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Keep(waits: false);
            return _real.DisposeAsync();
        }

        private void Ring()
        {
            lock (_own)
            {
                if (!_waits)
                {
                    return;
                }

                if (Left() > TimeSpan.Zero)
                {
                    _real.Change(Left(), Timeout.InfiniteTimeSpan); // the real timer came a little early
                    return;
                }

                _waits = _period > TimeSpan.Zero;
                if (_waits)
                {
                    _due = _clock.GetTimestamp() + _period.Ticks;
                    _real.Change(_period, Timeout.InfiniteTimeSpan);
                }

                Keep(_waits);
            }

            _callback(_state);
        }

        private TimeSpan Left() => TimeSpan.FromTicks(Math.Max(0, _due - _clock.GetTimestamp()));

        private void Keep(bool waits)
        {
            lock (_clock._lock)
            {
                _ = waits ? _clock._timers.Add(this) : _clock._timers.Remove(this);
            }
        }
    }

    private TimeProvider Real => real;
}
