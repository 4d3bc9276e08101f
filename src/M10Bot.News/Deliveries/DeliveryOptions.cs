using System.ComponentModel.DataAnnotations;

namespace M10Bot.News.Deliveries;

/// <summary>Section <c>Deliveries</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Requests of one lane under way at once; each to another destination. Too few, and slow answers hold up the pace.</summary>
    [Range(1, 256)]
    public int InFlight { get; set; } = 32;

    /// <summary>Deliveries a lane holds in memory ahead of its requests.</summary>
    [Range(1, 2000)]
    public int Window { get; set; } = 64;

    /// <summary>Of those, how many may be for one destination in one claim: a slow one must not fill the window.</summary>
    [Range(1, 100)]
    public int PerDestination { get; set; } = 4;

    /// <summary>What a claim allows on top of the platform's own time-out before its attempt counts as in doubt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00")]
    public TimeSpan ClaimMargin { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often due work is looked for when nobody said there is some.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A lane without work for this long gives up its runner.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A place that could not be served gets at most so many of the bulletins that it missed, the newest; what stands there is always put right.</summary>
    [Range(1, 1000)]
    public int MostAfterSilence { get; set; } = 10;

    /// <summary>Of what such a place missed, stories that have not moved for longer than this are left out.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "23:59:59")]
    public TimeSpan OldestAfterSilence { get; set; } = TimeSpan.FromHours(6);

    /// <summary>At stop: how long requests under way may still take.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(10);
}
