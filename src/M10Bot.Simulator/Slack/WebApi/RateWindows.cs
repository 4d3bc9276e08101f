namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>Counts calls: a minute's window per method and workspace, one post a second per channel.</summary>
internal sealed class RateWindows(SlackLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Team, string Method), Window> _windows = [];
    private readonly Dictionary<(string Team, string Channel), Bucket> _buckets = [];

    /// <returns>Whole seconds to wait, or null where the call may pass.</returns>
    public int? Refuse(string team, SlackMethod method, string? channel)
    {
        if (limits.IsLifted)
        {
            return null;
        }

        var now = time.GetUtcNow();
        lock (_lock)
        {
            var isPost = method.Name is "chat.postMessage";
            var most = isPost ? limits.PostsPerMinute
                : limits.IsDistributed && method.Name is ("conversations.history" or "conversations.replies") ? 1
                : method.PerMinute;
            if (!_windows.TryGetValue((team, method.Name), out var window) || now - window.Start >= Minute)
            {
                window = new Window(now, 0);
            }

            if (window.Count >= most)
            {
                return Seconds(window.Start + Minute - now);
            }

            if (isPost && TakeFromBucket(team, channel ?? "", now) is { } wait)
            {
                return wait;
            }

            _windows[(team, method.Name)] = window with { Count = window.Count + 1 };
            return null;
        }
    }

    private int? TakeFromBucket(string team, string channel, DateTimeOffset now)
    {
        var bucket = _buckets.TryGetValue((team, channel), out var known) ? known : new Bucket(now, limits.PostBurst);
        var tokens = Math.Min(limits.PostBurst, bucket.Tokens + (now - bucket.At).TotalSeconds);
        if (tokens < 1)
        {
            _buckets[(team, channel)] = new Bucket(now, tokens);
            return Seconds(TimeSpan.FromSeconds(1 - tokens));
        }

        _buckets[(team, channel)] = new Bucket(now, tokens - 1);
        return null;
    }

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    private sealed record Window(DateTimeOffset Start, int Count);

    private sealed record Bucket(DateTimeOffset At, double Tokens);
}
