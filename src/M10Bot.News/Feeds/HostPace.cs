namespace M10Bot.News.Feeds;

/// <summary>So many fetches at once to one host, and so much time between the starts of two, in this process; between replicas see <see cref="FeedHostStore"/>.</summary>
internal sealed class HostPace(FeedOptions options, TimeProvider time)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null: go on, and <see cref="Leave"/> afterwards. Else how long to wait; those that are turned away one after the other get places one after the other.</returns>
    public TimeSpan? Enter(string host)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!_hosts.TryGetValue(host, out var state))
            {
                _hosts[host] = state = new Host();
            }

            if (state.Running < options.PerHost && state.FreeAt <= now)
            {
                state.Running++;
                state.TurnedAway = 0;
                state.FreeAt = now + options.HostSpacing;
                return null;
            }

            var free = state.FreeAt > now ? state.FreeAt - now : TimeSpan.Zero;
            var wait = free + (options.HostSpacing * state.TurnedAway++);
            return wait > LeastWait ? wait : LeastWait;
        }
    }

    /// <summary>Gives an entry back that another replica was faster at.</summary>
    /// <param name="free">When the host is free again.</param>
    /// <returns>How long to wait.</returns>
    public TimeSpan TurnAway(string host, TimeSpan free)
    {
        lock (_lock)
        {
            var state = _hosts[host];
            state.Running--;
            state.FreeAt = time.GetUtcNow() + free;
            state.TurnedAway = 1;
            return free > LeastWait ? free : LeastWait;
        }
    }

    public void Leave(string host)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _hosts[host].Running--;
            if (_hosts.Count > MostRemembered)
            {
                foreach (var idle in _hosts.Where(h => h.Value.Running == 0 && h.Value.FreeAt <= now).Select(h => h.Key).ToList())
                {
                    _hosts.Remove(idle);
                }
            }
        }
    }

    private sealed class Host
    {
        public int Running { get; set; }

        public DateTimeOffset FreeAt { get; set; }

        public int TurnedAway { get; set; }
    }
}
