using System.Globalization;
using System.Net.Http.Headers;

namespace M10Bot.Discord.Rest;

/// <summary>The limit of one route and one major id, learnt from what Discord answers. Every member is called under the lane's own lock.</summary>
/// <remarks>Times are of the monotonic clock: Discord's wall-clock reset times are not used.</remarks>
internal sealed class RateLane(DiscordOptions options)
{
    // No route has so many buckets; a stranger in Discord's place would.
    private const int MostBuckets = 8;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    // One route may alternate between buckets (message deletes do by age), so the tightest one known decides.
    private readonly List<Bucket> _buckets = [];
    private readonly OwnPaces _own = new(options);
    private TimeSpan _pausedUntil;
    private TimeSpan _lastUse;
    private bool _isKnown;
    private int _inFlight;
    private TaskCompletionSource? _changed;

    /// <summary>Done when a request of this lane ends; somebody who waits looks again.</summary>
    public Task Changed => (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>No longer in the book of lanes; whoever still holds it asks for the lane anew.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>Zero: go. A time: look again then. Null: look again when a request of the lane has ended.</summary>
    public TimeSpan? WaitAt(TimeSpan now, OwnPace pace)
    {
        var wait = _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero;
        if (pace != OwnPace.None && _own.WaitAt(now, pace) is var own && own > wait)
        {
            wait = own;
        }

        var mustSee = !_isKnown && _inFlight > 0;
        foreach (var bucket in _buckets)
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

    public void Enter(TimeSpan now, OwnPace pace)
    {
        _inFlight++;
        _lastUse = now;
        _own.Book(now, pace);
        foreach (var bucket in _buckets)
        {
            bucket.Remaining--;
        }
    }

    public void Leave(TimeSpan now, HttpResponseHeaders? headers)
    {
        _inFlight--;
        _lastUse = now;
        if (headers is not null)
        {
            _isKnown = true;
            Learn(now, headers);
        }

        if (_changed is { } waiting)
        {
            _changed = null;
            waiting.SetResult();
        }
    }

    public bool IsPausedAt(TimeSpan now) => _pausedUntil > now;

    public void Pause(TimeSpan until) => _pausedUntil = until > _pausedUntil ? until : _pausedUntil;

    /// <inheritdoc cref="OwnPaces.Pause"/>
    public void Pause(OwnPace which, TimeSpan until) => _own.Pause(which, until);

    /// <inheritdoc cref="OwnPaces.SlowDown"/>
    public void SlowDown(TimeSpan until) => _own.SlowDown(until);

    /// <summary>True where nothing of it matters any more; it is then forgotten for good.</summary>
    public bool TryForget(TimeSpan now)
    {
        IsForgotten |= _inFlight == 0 && !IsPausedAt(now) && now - _lastUse > Rest && _own.IsEmptyAt(now) && _buckets.TrueForAll(b => b.ResetAt <= now);
        return IsForgotten;
    }

    private void Learn(TimeSpan now, HttpResponseHeaders headers)
    {
        if (Header(headers, "X-RateLimit-Bucket") is not { } hash
            || Number(headers, "X-RateLimit-Remaining") is not { } remaining
            || ErrorBody.Seconds(Number(headers, "X-RateLimit-Reset-After") ?? double.NaN) is not { } resetAfter)
        {
            return;
        }

        var left = (int)Math.Clamp(remaining, 0, 1_000_000);
        var resetAt = now + resetAfter;
        var bucket = BucketOf(hash);
        bucket.Limit = (int)Math.Clamp(Number(headers, "X-RateLimit-Limit") ?? 1, 1, 1_000_000);

        // Answers of one window may arrive out of order: within it only the smaller count is news.
        if (bucket.ResetAt > now && (resetAt - bucket.ResetAt).Duration() < TimeSpan.FromMilliseconds(250))
        {
            bucket.Remaining = Math.Min(bucket.Remaining, left);
            bucket.ResetAt = bucket.ResetAt > resetAt ? bucket.ResetAt : resetAt;
        }
        else
        {
            bucket.Remaining = left - _inFlight;
            bucket.ResetAt = resetAt;
        }
    }

    private Bucket BucketOf(string hash)
    {
        foreach (var bucket in _buckets)
        {
            if (string.Equals(bucket.Hash, hash, StringComparison.Ordinal))
            {
                return bucket;
            }
        }

        if (_buckets.Count == MostBuckets)
        {
            _buckets.Clear();
        }

        var made = new Bucket(hash);
        _buckets.Add(made);
        return made;
    }

    private static string? Header(HttpResponseHeaders headers, string name)
    {
        if (headers.NonValidated.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                return value;
            }
        }

        return null;
    }

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Header(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private sealed class Bucket(string hash)
    {
        public string Hash => hash;

        public int Limit { get; set; }

        public int Remaining { get; set; }

        public TimeSpan ResetAt { get; set; }
    }
}
