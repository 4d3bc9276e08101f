namespace M10Bot.Slack.WebApi;

/// <summary>What shares one of Slack's limits.</summary>
internal enum PaceKind
{
    Channel,
    Post,
    Update,
    Delete,
    History,
    Rooms,
    People,
}

/// <param name="Kind">Which limit.</param>
/// <param name="Team">Limits are per workspace.</param>
/// <param name="Channel">For <see cref="PaceKind.Channel"/>; empty for the others.</param>
internal readonly record struct PaceKey(PaceKind Kind, string Team, string Channel = "");

/// <summary>Token buckets, one per key, as the generic cell rate algorithm: a bucket is one point in time.</summary>
/// <remarks>Slack publishes the rates and keeps the bursts to itself: docs.slack.dev/apis/web-api/rate-limits.</remarks>
internal sealed class SlackPace(SlackOptions options, TimeProvider time)
{
    /// <summary>Longer waits are the caller's, so that other deliveries of the lane go first.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private const int PruneAbove = 10_000;

    private readonly Dictionary<PaceKey, Bucket> _buckets = [];
    private readonly Lock _gate = new();

    /// <summary>Takes a place in every bucket and waits for it; null when it may go, else the time to come again.</summary>
    public async Task<DateTimeOffset?> EnterAsync(IReadOnlyList<PaceKey> keys, CancellationToken ct)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            wait = keys.Select(k => BucketOf(k, now).Wait(now)).DefaultIfEmpty(TimeSpan.Zero).Max();
            if (wait > LongestWait)
            {
                return now + wait;
            }

            foreach (var key in keys)
            {
                BucketOf(key, now).Take(now);
            }
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, ct);
        }

        return null;
    }

    /// <summary>Slack said when; nothing of these keys goes before.</summary>
    public void Freeze(IReadOnlyList<PaceKey> keys, DateTimeOffset until)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var key in keys)
            {
                BucketOf(key, now).Freeze(until);
            }
        }
    }

    private Bucket BucketOf(PaceKey key, DateTimeOffset now)
    {
        if (_buckets.TryGetValue(key, out var bucket))
        {
            return bucket;
        }

        if (_buckets.Count >= PruneAbove)
        {
            foreach (var idle in _buckets.Where(b => b.Value.IsIdle(now)).Select(b => b.Key).ToList())
            {
                _buckets.Remove(idle);
            }
        }

        var (perSecond, burst) = RateOf(key.Kind);
        return _buckets[key] = new Bucket(TimeSpan.FromSeconds(1 / perSecond), burst);
    }

    private (double PerSecond, int Burst) RateOf(PaceKind kind) => kind switch
    {
        PaceKind.Channel => (options.ChannelPerSecond, options.ChannelBurst),
        PaceKind.Post => (options.WorkspacePostsPerSecond, options.WorkspacePostsBurst),
        PaceKind.Update or PaceKind.Delete => (options.UpdatesPerMinute / 60.0, options.UpdatesBurst),
        PaceKind.People => (100 / 60.0, 20), // tier 4
        _ => (50 / 60.0, 10), // tier 3
    };

    private sealed class Bucket(TimeSpan interval, int burst)
    {
        private DateTimeOffset _fullAt = DateTimeOffset.MinValue;
        private DateTimeOffset _frozenUntil = DateTimeOffset.MinValue;

        public TimeSpan Wait(DateTimeOffset now)
        {
            var allowed = _fullAt > now ? _fullAt - (interval * (burst - 1)) : now;
            var from = allowed > _frozenUntil ? allowed : _frozenUntil;
            return from > now ? from - now : TimeSpan.Zero;
        }

        public void Take(DateTimeOffset now) => _fullAt = (_fullAt > now ? _fullAt : now) + interval;

        public void Freeze(DateTimeOffset until) => _frozenUntil = until > _frozenUntil ? until : _frozenUntil;

        public bool IsIdle(DateTimeOffset now) => _fullAt <= now && _frozenUntil <= now;
    }
}
