namespace M10Bot.News.Feeds;

/// <summary>When a feed is asked next.</summary>
public static class FeedRhythm
{
    private const int Newest = 10;
    private const double ChecksPerGap = 4;
    private const double Jitter = 0.1;

    /// <summary>What a feed in trouble waits; good news lowers it one step at a time.</summary>
    public static readonly IReadOnlyList<TimeSpan> Trouble =
    [
        TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    /// <summary>From how often the feed has news: a quarter of the usual gap between its newest entries.</summary>
    /// <param name="document">Null where nothing has changed since the last look.</param>
    /// <param name="quiet">How long it has been silent: it is asked less often once that is longer than its rhythm lets expect. Null where that is not known.</param>
    public static TimeSpan Of(FeedDocument? document, TimeSpan before, TimeSpan? quiet, DateTimeOffset now, FeedOptions options)
    {
        if (document is null)
        {
            var slower = before * 1.25;
            var expected = quiet / ChecksPerGap ?? slower;
            return Within(expected < before ? before : expected < slower ? expected : slower, options.Fastest, options.Slowest);
        }

        var times = document.Entries.Select(e => e.Published ?? e.Updated).OfType<DateTimeOffset>().Where(t => t <= now).OrderDescending().Take(Newest).ToList();
        if (times.Count < 3)
        {
            return Within(before / 2, options.Fastest, options.Slowest);
        }

        var gaps = times.Zip(times.Skip(1), (later, earlier) => later - earlier).Append(now - times[0]).Order().ToList();
        return Within(gaps[gaps.Count / 2] / ChecksPerGap, options.Fastest, options.Slowest);
    }

    /// <param name="wish">What the server or the feed asks for; heeded up to the slowest.</param>
    /// <param name="retryAfter">What a refusing server asks for; heeded up to a day.</param>
    /// <param name="isHot">Its BREAKING is believed, so it is asked at least every <see cref="FeedOptions.Hot"/>.</param>
    public static TimeSpan Wait(TimeSpan interval, TimeSpan? wish, int level, TimeSpan? retryAfter, bool isHot, FeedOptions options, Random random)
    {
        var slowest = isHot && options.Hot < options.Slowest ? options.Hot : options.Slowest;
        var wait = Within(wish > interval ? wish.Value : interval, options.Fastest, slowest);
        var step = Trouble[Math.Clamp(level, 0, Trouble.Count - 1)];
        wait = step > wait ? step : wait;
        wait = retryAfter > wait ? retryAfter.Value : wait;
        wait = wait < Trouble[^1] ? wait : Trouble[^1];
        return wait * (1 + (Jitter * random.NextDouble()));
    }

    private static TimeSpan Within(TimeSpan interval, TimeSpan fastest, TimeSpan slowest)
    {
        var atMost = interval > slowest ? slowest : interval;
        return atMost < fastest ? fastest : atMost;
    }
}
