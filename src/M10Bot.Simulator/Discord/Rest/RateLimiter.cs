using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>Counts requests per (method, route, major id) and over all routes; knows who came back too early.</summary>
internal sealed class RateLimiter(TimeProvider time, DiscordLimits limits, Breaches breaches)
{
    private const int ManyCounters = 20_000;
    private const int Promised = 50_000;
    private static readonly TimeSpan InvalidWindow = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Route, string Budget, string Major), Counter> _counters = [];
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly Counter _global = new();
    private readonly Queue<DateTimeOffset> _invalid = new();

    public RateRuling Judge(Route route, Call call)
    {
        if (limits.Lifted)
        {
            return RateRuling.Free;
        }

        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (route.NeedsBot && !Take(_global, limits.GlobalPerSecond, TimeSpan.FromSeconds(1), now))
            {
                return new RateRuling(null, RetryAfter: _global.EndsAt - now, Global: true);
            }

            if (route.BudgetOf is null)
            {
                return RateRuling.Free;
            }

            var budget = route.BudgetOf(call);
            var key = ($"{route.Method} {route.Template}", budget.Name, route.Major.Length == 0 ? "" : call[route.Major]);
            var counter = Find(key, now);
            var allowed = Take(counter, budget.Count, budget.Window, now);
            var headers = limits.Misleading
                ? new BucketHeaders(Promised, Promised - counter.Used, now + TimeSpan.FromDays(1), TimeSpan.FromDays(1), Hash("promised"))
                : new BucketHeaders(budget.Count, Math.Max(0, budget.Count - counter.Used), counter.EndsAt, counter.EndsAt - now, Hash(budget.Name));
            return new RateRuling(headers, allowed ? null : counter.EndsAt - now, Global: false);
        }
    }

    /// <summary>Notes an answer that counts towards the shut-out.</summary>
    public void CountInvalid()
    {
        limits.CountInvalid();
        lock (_lock)
        {
            _invalid.Enqueue(time.GetUtcNow());
        }
    }

    /// <summary>True while the address is shut out for too many invalid requests.</summary>
    public bool IsShutOut()
    {
        if (limits.Lifted)
        {
            return false;
        }

        lock (_lock)
        {
            while (_invalid.TryPeek(out var first) && first < time.GetUtcNow() - InvalidWindow)
            {
                _invalid.Dequeue();
            }

            return _invalid.Count >= limits.InvalidPerTenMinutes;
        }
    }

    private bool Take(Counter counter, int count, TimeSpan window, DateTimeOffset now)
    {
        if (now >= counter.EndsAt)
        {
            counter.EndsAt = now + window;
            counter.Used = 0;
            counter.WasRefused = false;
        }

        if (counter.WasRefused)
        {
            limits.CountViolation();
            breaches.Note("a request came before the time that a 429 had named");
        }

        if (counter.Used < count)
        {
            counter.Used++;
            return true;
        }

        counter.WasRefused = true;
        limits.CountRefused();
        return false;
    }

    private Counter Find((string, string, string) key, DateTimeOffset now)
    {
        if (_counters.TryGetValue(key, out var counter))
        {
            return counter;
        }

        if (_counters.Count > ManyCounters)
        {
            foreach (var (old, _) in _counters.Where(c => c.Value.EndsAt < now).ToList())
            {
                _counters.Remove(old);
            }
        }

        return _counters[key] = new Counter();
    }

    private string Hash(string name)
    {
        if (!_hashes.TryGetValue(name, out var hash))
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
            _hashes[name] = hash;
        }

        return hash;
    }

    private sealed class Counter
    {
        public DateTimeOffset EndsAt { get; set; }

        public int Used { get; set; }

        public bool WasRefused { get; set; }
    }
}

internal sealed record BucketHeaders(int Limit, int Remaining, DateTimeOffset Reset, TimeSpan ResetAfter, string Bucket)
{
    public string ResetText => (Reset.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);

    public string ResetAfterText => ResetAfter.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
}

/// <param name="RetryAfter">Null where the request may pass.</param>
internal sealed record RateRuling(BucketHeaders? Headers, TimeSpan? RetryAfter, bool Global)
{
    public static readonly RateRuling Free = new(null, null, Global: false);
}
