using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Testing;

/// <summary>
/// A clock that stands still and knows who waits for it. It is moved only to a moment that somebody waits for, and only once
/// somebody does: however late a thread gets its turn, no more time passes than the code under test has asked for.
/// </summary>
public sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>Real time after which a test has waited in vain.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly HashSet<WatchedTimer> _armed = [];
    private readonly List<TimeSpan> _made = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>How many timers of that length were ever made.</summary>
    public int Made(TimeSpan due)
    {
        lock (_gate)
        {
            return _made.Count(d => d == due);
        }
    }

    /// <summary>Waits until somebody waits for a time from <paramref name="least"/> to <paramref name="most"/>, and lets just that time pass.</summary>
    public async Task<TimeSpan> StepAsync(TimeSpan least, TimeSpan most)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var (next, changed) = Look(least, most);
            if (next is { } step)
            {
                AdvanceApart(step);
                return step;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    /// <summary>Step by step to whatever somebody waits for, up to <paramref name="most"/> away, until <paramref name="end"/> is done.</summary>
    /// <remarks>
    /// What is further away, such as the time limit of a request, never comes, however long the end takes. Where something nearer
    /// comes again and again, more time than needed may pass: <see cref="StepAsync"/> is for tests that count it.
    /// </remarks>
    public async Task<T> StepUntilAsync<T>(Task<T> end, TimeSpan most)
    {
        await StepUntilAsync((Task)end, most);
        return await end;
    }

    /// <inheritdoc cref="StepUntilAsync{T}"/>
    public async Task StepUntilAsync(Task end, TimeSpan most)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!end.IsCompleted)
        {
            var (next, changed) = Look(TimeSpan.Zero, most);
            if (next is { } step)
            {
                AdvanceApart(step);
                await SettledAsync(end);
                continue;
            }

            await Task.WhenAny(end, changed).WaitAsync(limit.Token);
        }

        await end;
    }

    /// <summary>Lets time pass, and what waited for it go on within this call where it can: on one thread, however busy the machine is.</summary>
    public void AdvanceApart(TimeSpan step) => Apart(() =>
    {
        Advance(step);
        return true;
    });

    /// <summary>Runs <paramref name="work"/> outside xunit's context, so that what it waits for goes on where the waiting ends.</summary>
    public static T Apart<T>(Func<T> work)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, callback, state);
        lock (_gate)
        {
            _made.Add(dueTime);
        }

        timer.Start(base.CreateTimer(_ => timer.Ring(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), dueTime, period);
        return timer;
    }

    /// <summary>Whoever the time has woken gets on before more of it passes, for some waits come again and again.</summary>
    private static async Task SettledAsync(Task end)
    {
        for (var turn = 0; !end.IsCompleted && (turn < 20 || (turn < 2_000 && ThreadPool.PendingWorkItemCount > 0)); turn++)
        {
            await Task.Yield();
        }
    }

    private (TimeSpan? Next, Task Changed) Look(TimeSpan least, TimeSpan most)
    {
        lock (_gate)
        {
            var now = GetUtcNow();
            var steps = _armed.Select(t => t.Due - now).Where(d => d >= least && d <= most).ToList();
            return (steps.Count == 0 ? null : steps.Min(), _changed.Task);
        }
    }

    /// <summary>What happens to timers happens one at a time, so that nobody is counted who does not wait any more.</summary>
    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class WatchedTimer(WatchedTime time, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? _inner;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private int _settings;

        public DateTimeOffset Due { get; private set; }

        public void Start(ITimer inner, TimeSpan dueTime, TimeSpan period)
        {
            _inner = inner;
            Change(dueTime, period);
        }

        public void Ring()
        {
            time.Change(() =>
            {
                _settings++;
                Due += _period;
                _ = _period > TimeSpan.Zero ? time._armed.Add(this) : time._armed.Remove(this);
            });
            callback(state);
        }

        /// <summary>Counted only once it is truly set: else the clock could be moved past a timer that does not run yet.</summary>
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = 0;
            time.Change(() =>
            {
                setting = ++_settings;
                _period = period;
                Due = time.GetUtcNow() + dueTime;
                time._armed.Remove(this);
            });
            var isSet = _inner!.Change(dueTime, period);
            time.Change(() => _ = setting == _settings && dueTime >= TimeSpan.Zero && time._armed.Add(this));
            return isSet;
        }

        public void Dispose()
        {
            Forget();
            _inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Forget();
            return _inner!.DisposeAsync();
        }

        private void Forget() => time.Change(() =>
        {
            _settings++;
            time._armed.Remove(this);
        });
    }
}
