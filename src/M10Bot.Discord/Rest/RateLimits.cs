using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace M10Bot.Discord.Rest;

/// <summary>Says when a request may leave: its lane, the global ceiling, and the pauses Discord asked for.</summary>
/// <remarks>Interaction routes don't come here: the global limit doesn't bind them, and each is a lane of its own.</remarks>
internal sealed class RateLimits(DiscordOptions options, TimeProvider time)
{
    /// <summary>A longer wait is the scheduler's, so that no worker stands still for it.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private const int MostLanes = 20_000;

    private readonly ConcurrentDictionary<RestLane, RateLane> _lanes = new();
    private readonly SlidingWindow _global = new(options.GlobalPerSecond, TimeSpan.FromSeconds(1));
    private readonly Lock _globalLock = new();
    private TimeSpan _globalPause;

    public TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Waits for a start. Null when the request may leave; it must then be reported to <see cref="Leave"/>.</summary>
    public async ValueTask<RestReply.NotNow?> EnterAsync(RestCall call, CancellationToken ct)
    {
        var giveUp = Now + LongestWait;
        while (true)
        {
            var lane = LaneOf(call.Lane);
            var step = Look(lane, call, giveUp);
            if (step.Refusal is { } refusal)
            {
                return refusal;
            }

            if (step.Start is not { } start)
            {
                await Task.WhenAny(step.Changed, Task.Delay(step.Recheck, time, ct));
                ct.ThrowIfCancellationRequested();
                continue;
            }

            if (await WaitForAsync(start, lane, ct))
            {
                return null;
            }

            Leave(call.Lane, null);
        }
    }

    /// <summary>The request has ended; <paramref name="headers"/> are null where no answer came.</summary>
    public void Leave(RestLane name, HttpResponseHeaders? headers)
    {
        var lane = LaneOf(name);
        lock (lane)
        {
            lane.Leave(Now, headers);
        }
    }

    public void PauseLane(RestLane name, TimeSpan wait)
    {
        var lane = LaneOf(name);
        lock (lane)
        {
            lane.Pause(Now + wait);
        }
    }

    public void PauseAll(TimeSpan wait)
    {
        lock (_globalLock)
        {
            _globalPause = Now + wait > _globalPause ? Now + wait : _globalPause;
        }
    }

    private RateLane LaneOf(RestLane name)
    {
        var lane = _lanes.GetOrAdd(name, static (_, count) => new RateLane(count), options.ChannelPer5Seconds);
        if (_lanes.Count > MostLanes)
        {
            foreach (var (other, old) in _lanes)
            {
                if (old.IsIdle && old != lane && Now - old.LastUse > TimeSpan.FromMinutes(1))
                {
                    _lanes.TryRemove(other, out _);
                }
            }
        }

        return lane;
    }

    private Step Look(RateLane lane, RestCall call, TimeSpan giveUp)
    {
        lock (lane)
        {
            var now = Now;
            var wait = lane.WaitAt(now, call.IsPaced);
            if (wait == TimeSpan.Zero)
            {
                var start = BookGlobal(now, giveUp, out var busy);
                if (start is null)
                {
                    return new Step { Refusal = new(busy, "Discord's limit for the whole bot", Everywhere: true) };
                }

                lane.Enter(start.Value, call.IsPaced);
                return new Step { Start = start };
            }

            var recheck = wait ?? giveUp - now;
            return recheck <= TimeSpan.Zero || now + recheck > giveUp
                ? new Step { Refusal = new(wait ?? LongestWait, "Discord's limit for this channel", Everywhere: false) }
                : new Step { Changed = lane.Changed, Recheck = recheck };
        }
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

    private async ValueTask<bool> WaitForAsync(TimeSpan start, RateLane lane, CancellationToken ct)
    {
        if (start - Now is var wait && wait > TimeSpan.Zero)
        {
            try
            {
                await Task.Delay(wait, time, ct);
            }
            catch (OperationCanceledException)
            {
                lock (lane)
                {
                    lane.Leave(Now, null);
                }

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

    private readonly struct Step
    {
        public Step()
        {
        }

        public RestReply.NotNow? Refusal { get; init; }

        public TimeSpan? Start { get; init; }

        public Task Changed { get; init; } = Task.CompletedTask;

        public TimeSpan Recheck { get; init; }
    }
}
