using System.Globalization;
using System.Net.Http.Headers;

namespace M10Bot.Discord.Rest;

/// <summary>The limit of one route and one major id, learnt from what Discord answers. Every member is called under the lane's own lock.</summary>
/// <remarks>Times are of the monotonic clock: Discord's wall-clock reset times are not used.</remarks>
internal sealed class RateLane(int paceCount)
{
    // One route may alternate between buckets (message deletes do by age), so the tightest one known decides.
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly SlidingWindow _pace = new(paceCount, TimeSpan.FromSeconds(5));
    private TimeSpan _pausedUntil;
    private bool _isKnown;
    private int _inFlight;
    private TaskCompletionSource _changed = New();

    /// <summary>Done when a request of this lane ends; somebody who waits looks again.</summary>
    public Task Changed => _changed.Task;

    public TimeSpan LastUse { get; private set; }

    public bool IsIdle => _inFlight == 0;

    /// <summary>Zero: go. A time: look again then. Null: look again when a request of the lane has ended.</summary>
    public TimeSpan? WaitAt(TimeSpan now, bool isPaced)
    {
        var wait = _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero;
        if (isPaced && _pace.WaitAt(now) is var pace && pace > wait)
        {
            wait = pace;
        }

        var mustSee = !_isKnown && _inFlight > 0;
        foreach (var bucket in _buckets.Values)
        {
            if (bucket.ResetAt <= now)
            {
                mustSee |= _inFlight >= bucket.Limit; // a new window, nothing heard of it yet
            }
            else if (bucket.Remaining <= 0 && bucket.ResetAt - now > wait)
            {
                wait = bucket.ResetAt - now;
            }
        }

        return wait > TimeSpan.Zero ? wait : mustSee ? null : TimeSpan.Zero;
    }

    public void Enter(TimeSpan now, bool isPaced)
    {
        _inFlight++;
        LastUse = now;
        if (isPaced)
        {
            _pace.Book(now);
        }

        foreach (var bucket in _buckets.Values)
        {
            bucket.Remaining--;
        }
    }

    public void Leave(TimeSpan now, HttpResponseHeaders? headers)
    {
        _inFlight--;
        LastUse = now;
        if (headers is not null)
        {
            _isKnown = true;
            Learn(now, headers);
        }

        var changed = _changed;
        _changed = New();
        changed.SetResult();
    }

    public bool IsPausedAt(TimeSpan now) => _pausedUntil > now;

    public void Pause(TimeSpan until) => _pausedUntil = until > _pausedUntil ? until : _pausedUntil;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Learn(TimeSpan now, HttpResponseHeaders headers)
    {
        if (Header(headers, "X-RateLimit-Bucket") is not { } hash
            || Number(headers, "X-RateLimit-Remaining") is not { } remaining
            || ErrorBody.Seconds(Number(headers, "X-RateLimit-Reset-After") ?? double.NaN) is not { } resetAfter)
        {
            return;
        }

        var left = (int)Math.Clamp(remaining, 0, 1_000_000);
        var limit = (int)Math.Clamp(Number(headers, "X-RateLimit-Limit") ?? 1, 1, 1_000_000);
        var resetAt = now + resetAfter;
        if (_buckets.Count >= 8)
        {
            _buckets.Clear(); // no route has so many; a stranger would
        }

        // Answers of one window may arrive out of order: within it only the smaller count is news.
        var isSameWindow = _buckets.TryGetValue(hash, out var bucket)
            && bucket.ResetAt > now
            && (resetAt - bucket.ResetAt).Duration() < TimeSpan.FromMilliseconds(250);
        _buckets[hash] = new Bucket
        {
            Limit = limit,
            Remaining = isSameWindow ? Math.Min(bucket!.Remaining, left) : left - _inFlight,
            ResetAt = isSameWindow && bucket!.ResetAt > resetAt ? bucket.ResetAt : resetAt,
        };
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Header(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private sealed class Bucket
    {
        public required int Limit { get; init; }

        public required int Remaining { get; set; }

        public required TimeSpan ResetAt { get; init; }
    }
}
