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
    Views,
    Links,
}

/// <param name="Kind">Which limit.</param>
/// <param name="Team">Limits are per workspace.</param>
/// <param name="Channel">For <see cref="PaceKind.Channel"/>; empty for the others.</param>
internal readonly record struct PaceKey(PaceKind Kind, string Team, string Channel = "");

/// <param name="Until">Not before this.</param>
/// <param name="IsWide">True where it is the whole workspace that waits, not one channel.</param>
internal readonly record struct PaceWait(DateTimeOffset Until, bool IsWide);

/// <summary>Token buckets, one per key, as the generic cell rate algorithm: a bucket is one point in time.</summary>
/// <remarks>Slack publishes the rates and keeps the bursts to itself: docs.slack.dev/apis/web-api/rate-limits.</remarks>
internal sealed class SlackPace(SlackOptions options, TimeProvider time)
{
    /// <summary>Longer waits are the caller's, so that other deliveries of the lane go first.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private const int PruneAbove = 10_000;

    /// <summary>Slack counts edits and deletions by the minute; a second more, for requests do not all take the same time on their way.</summary>
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(61);

    /// <summary>Above this a limit is lifted, and its window need not be kept.</summary>
    private const int MostInWindow = 1_000;

    private readonly Dictionary<PaceKey, Bucket> _buckets = [];
    private readonly Dictionary<string, (string Channel, DateTimeOffset Until)> _limited = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _pruneAt = PruneAbove;

    /// <summary>Takes a place in every bucket and waits for it; null when it may go, else the time to come again.</summary>
    public async ValueTask<PaceWait?> EnterAsync(IReadOnlyList<PaceKey> keys, CancellationToken ct)
    {
        var wait = Take(keys, out var later);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, ct);
        }

        return later;
    }

    /// <summary>Slack said when; nothing of these keys goes before.</summary>
    /// <remarks>
    /// Slack does not say whether a post met the channel's limit or the workspace's. The first is far likelier: only once a
    /// second channel meets a limit in the same time does the workspace wait.
    /// </remarks>
    /// <returns>True where the whole workspace waits.</returns>
    public bool Freeze(IReadOnlyList<PaceKey> keys, DateTimeOffset until)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var channel = keys.FirstOrDefault(k => k.Kind == PaceKind.Channel);
            var isWide = channel == default
                || (_limited.TryGetValue(channel.Team, out var other) && other.Until > now && !string.Equals(other.Channel, channel.Channel, StringComparison.Ordinal));
            if (channel != default)
            {
                _limited[channel.Team] = (channel.Channel, until);
            }

            foreach (var key in keys.Where(k => isWide || k == channel))
            {
                BucketOf(key, now).Freeze(until);
            }

            return isWide;
        }
    }

    private TimeSpan Take(IReadOnlyList<PaceKey> keys, out PaceWait? later)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var (wait, isWide) = (TimeSpan.Zero, false);
            foreach (var key in keys)
            {
                if (BucketOf(key, now).Wait(now) is var its && its > wait)
                {
                    (wait, isWide) = (its, key.Kind != PaceKind.Channel);
                }
            }

            if (wait > LongestWait)
            {
                later = new PaceWait(now + wait, isWide);
                return TimeSpan.Zero;
            }

            foreach (var key in keys)
            {
                BucketOf(key, now).Take(now, wait);
            }

            later = null;
            return wait;
        }
    }

    private Bucket BucketOf(PaceKey key, DateTimeOffset now)
    {
        if (_buckets.TryGetValue(key, out var bucket))
        {
            return bucket;
        }

        if (_buckets.Count >= _pruneAt)
        {
            foreach (var idle in _buckets.Where(b => b.Value.IsIdle(now)).Select(b => b.Key).ToList())
            {
                _buckets.Remove(idle);
            }

            _pruneAt = Math.Max(PruneAbove, 2 * _buckets.Count); // where many are in use, not all of them are looked through for each new one
        }

        var (perSecond, burst) = RateOf(key.Kind);
        var window = key.Kind is PaceKind.Update or PaceKind.Delete && options.UpdatesPerMinute <= MostInWindow ? new DateTimeOffset[options.UpdatesPerMinute] : null;
        return _buckets[key] = new Bucket(TimeSpan.FromSeconds(1 / perSecond), burst, window);
    }

    private (double PerSecond, int Burst) RateOf(PaceKind kind) => kind switch
    {
        PaceKind.Channel => (options.ChannelPerSecond, options.ChannelBurst),
        PaceKind.Post => (options.WorkspacePostsPerSecond, options.WorkspacePostsBurst),
        PaceKind.Update or PaceKind.Delete => (options.UpdatesPerMinute / 60.0, options.UpdatesBurst),
        PaceKind.Links => (5, 20), // "hundreds" a minute

        // Tier 4, 100 a minute, and people wait for what it holds up: after a start many are asked about at once. A burst of
        // half of it and the other half over the minute are never more than the whole within any minute.
        PaceKind.People or PaceKind.Views => (50 / 60.0, 50),
        _ => (50 / 60.0, 10), // tier 3
    };

    /// <param name="interval">Between two in the long run.</param>
    /// <param name="burst">At once after a rest.</param>
    /// <param name="window">When the last so many set out, in a ring: no more of them within a minute. Null where only the pace counts.</param>
    private sealed class Bucket(TimeSpan interval, int burst, DateTimeOffset[]? window)
    {
        private int _next;
        private DateTimeOffset _fullAt = DateTimeOffset.MinValue;
        private DateTimeOffset _frozenUntil = DateTimeOffset.MinValue;

        public TimeSpan Wait(DateTimeOffset now)
        {
            var allowed = _fullAt > now ? _fullAt - (interval * (burst - 1)) : now;
            var from = allowed > _frozenUntil ? allowed : _frozenUntil;
            from = window is not null && window[_next] != default && window[_next] + Minute > from ? window[_next] + Minute : from;
            return from > now ? from - now : TimeSpan.Zero;
        }

        public void Take(DateTimeOffset now, TimeSpan wait)
        {
            _fullAt = (_fullAt > now ? _fullAt : now) + interval;
            if (window is not null)
            {
                window[_next] = now + wait;
                _next = (_next + 1) % window.Length;
            }
        }

        public void Freeze(DateTimeOffset until) => _frozenUntil = until > _frozenUntil ? until : _frozenUntil;

        public bool IsIdle(DateTimeOffset now) => _fullAt <= now && _frozenUntil <= now;
    }
}
