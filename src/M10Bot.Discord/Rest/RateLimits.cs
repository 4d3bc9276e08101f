using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace M10Bot.Discord.Rest;

/// <summary>Says when a request may leave: its lane, its server's pause, the global ceiling, and the pauses Discord asked for.</summary>
/// <remarks>Interaction routes don't come here: the global limit doesn't bind them, and each is a lane of its own.</remarks>
internal sealed class RateLimits(DiscordOptions options, TimeProvider time)
{
    // As many lanes are made between two looks at which of them can be forgotten.
    private const int SweepEvery = 4_096;

    // A little more than Discord's second: requests that leave a second apart may arrive closer together.
    private static readonly TimeSpan GlobalPeriod = TimeSpan.FromMilliseconds(1_015);

    private readonly ConcurrentDictionary<RestLane, RateLane> _lanes = new();
    private readonly ConcurrentDictionary<string, TimeSpan> _guildPauses = new(StringComparer.Ordinal);
    private readonly SlidingWindow _global = new(options.GlobalPerSecond, GlobalPeriod);
    private readonly Lock _globalLock = new();
    private TimeSpan _globalPause;
    private int _made;

    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Waits for a start. With a lane the request may leave, and must then be reported to <see cref="Leave"/>.</summary>
    public async ValueTask<Entry> EnterAsync(RestCall call, CancellationToken ct)
    {
        var giveUp = Now + options.LongestWait;
        while (true)
        {
            var lane = LaneOf(call.Lane);
            var step = Look(lane, call, giveUp);
            if (step.Refusal is { } refusal)
            {
                return new Entry(null, refusal);
            }

            if (step.Start is { } start)
            {
                if (start <= Now || await WaitForAsync(start, lane, ct))
                {
                    return new Entry(lane, null);
                }

                Leave(lane, null);
            }
            else if (step.Changed is { } changed)
            {
                await Task.WhenAny(changed, Task.Delay(WholeMilliseconds(step.Recheck), time, ct));
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>The request has ended; <paramref name="headers"/> are null where no answer came.</summary>
    public void Leave(RateLane lane, HttpResponseHeaders? headers)
    {
        lock (lane)
        {
            lane.Leave(Now, headers);
        }
    }

    /// <summary>Nothing of the call's lane leaves until then; where <paramref name="only"/> names a pace, nothing of that.</summary>
    public void PauseLane(RestCall call, TimeSpan wait, OwnPace only = OwnPace.None) => Change(call, lane =>
    {
        if (only == OwnPace.None)
        {
            lane.Pause(Now + wait);
        }
        else
        {
            lane.Pause(only, Now + wait);
        }
    });

    /// <summary>Discord found the channel too busy.</summary>
    public void SlowDown(RestCall call) => Change(call, lane => lane.SlowDown(Now + options.SlowFor));

    /// <summary>Discord found the whole server too busy.</summary>
    public void PauseGuild(string guild, TimeSpan wait) => _guildPauses[guild] = Now + wait;

    public void PauseAll(TimeSpan wait)
    {
        lock (_globalLock)
        {
            _globalPause = Now + wait > _globalPause ? Now + wait : _globalPause;
        }
    }

    private void Change(RestCall call, Action<RateLane> change)
    {
        while (true)
        {
            var lane = LaneOf(call.Lane);
            lock (lane)
            {
                if (!lane.IsForgotten)
                {
                    change(lane);
                    return;
                }
            }
        }
    }

    private RateLane LaneOf(RestLane name)
    {
        if (_lanes.TryGetValue(name, out var known))
        {
            return known;
        }

        var lane = _lanes.GetOrAdd(name, static (_, o) => new RateLane(o), options);
        if (Interlocked.Increment(ref _made) % SweepEvery == 0)
        {
            Sweep();
        }

        return lane;
    }

    private void Sweep()
    {
        var now = Now;
        foreach (var entry in _lanes)
        {
            lock (entry.Value)
            {
                if (entry.Value.TryForget(now))
                {
                    _lanes.TryRemove(entry);
                }
            }
        }
    }

    private Step Look(RateLane lane, RestCall call, TimeSpan giveUp)
    {
        lock (lane)
        {
            if (lane.IsForgotten)
            {
                return default;
            }

            var now = Now;
            var wait = lane.WaitAt(now, call.Pace);
            if (GuildPause(call.Guild, now) is var pause && pause > TimeSpan.Zero && !(wait > pause))
            {
                wait = pause;
            }

            if (wait == TimeSpan.Zero)
            {
                var start = BookGlobal(now, giveUp, out var busy);
                if (start is null)
                {
                    return new Step { Refusal = new(busy, "Discord's limit for the whole bot", Everywhere: true) };
                }

                lane.Enter(start.Value, call.Pace);
                return new Step { Start = start };
            }

            var recheck = wait ?? giveUp - now;
            return recheck <= TimeSpan.Zero || now + recheck > giveUp
                ? new Step { Refusal = new(wait ?? options.LongestWait, "Discord's limit for this channel", Everywhere: false) }
                : new Step { Changed = lane.Changed, Recheck = recheck };
        }
    }

    private TimeSpan GuildPause(string guild, TimeSpan now)
    {
        if (guild.Length == 0 || _guildPauses.IsEmpty || !_guildPauses.TryGetValue(guild, out var until))
        {
            return TimeSpan.Zero;
        }

        if (until <= now)
        {
            _guildPauses.TryRemove(new(guild, until));
        }

        return until - now;
    }

    private TimeSpan? BookGlobal(TimeSpan now, TimeSpan giveUp, out TimeSpan busy)
    {
        lock (_globalLock)
        {
            var earliest = _globalPause > now ? _globalPause : now;
            busy = earliest + _global.WaitAt(earliest) - now;
            return now + busy > giveUp ? null : _global.Book(earliest);
        }
    }

    // A delay cuts fractions off: it would end too early, and for what is left no delay would be one.
    private static TimeSpan WholeMilliseconds(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private async ValueTask<bool> WaitForAsync(TimeSpan start, RateLane lane, CancellationToken ct)
    {
        if (start - Now is var wait && wait > TimeSpan.Zero)
        {
            try
            {
                await Task.Delay(WholeMilliseconds(wait), time, ct);
            }
            catch (OperationCanceledException)
            {
                Leave(lane, null);
                throw;
            }
        }

        // Discord may have asked for a pause meanwhile.
        lock (lane)
        {
            lock (_globalLock)
            {
                return !lane.IsPausedAt(Now) && _globalPause <= Now;
            }
        }
    }

    /// <summary>What is to be done next; of all fields at their default: ask for the lane anew.</summary>
    private readonly record struct Step(RestReply.NotNow? Refusal, TimeSpan? Start, Task? Changed, TimeSpan Recheck);

    /// <param name="Lane">Set where the request may leave.</param>
    /// <param name="Refusal">Set where it may not.</param>
    public readonly record struct Entry(RateLane? Lane, RestReply.NotNow? Refusal);
}
