namespace M10Bot.News.Feeds;

/// <summary>One URL of a Source that is polled, as its row says.</summary>
public sealed record Feed
{
    public required long Id { get; init; }

    public required string Url { get; init; }

    /// <summary>The publisher's name, as it is credited.</summary>
    public required string Source { get; init; }

    /// <summary><c>offered</c>, <c>polled</c> or <c>off</c>.</summary>
    public required string Standing { get; init; }

    public bool IsTrusted { get; init; }

    public string? Etag { get; init; }

    public string? Modified { get; init; }

    public string? BodyHash { get; init; }

    /// <summary>The last good answer; null until the first, whose entries are taken silently.</summary>
    public DateTimeOffset? Read { get; init; }

    public DateTimeOffset? Checked { get; init; }

    public DateTimeOffset? Changed { get; init; }

    public DateTimeOffset Next { get; init; }

    public TimeSpan Interval { get; init; }

    /// <summary>Step of trouble: 0 is none (<see cref="FeedRhythm.Trouble"/>).</summary>
    public int Level { get; init; }

    /// <summary>In a row.</summary>
    public int Failures { get; init; }

    public bool IsTold { get; init; }

    /// <summary>Until when a hub has promised to push what is new; null where none has.</summary>
    public DateTimeOffset? PushedUntil { get; init; }

    /// <summary>What is wrong, and what to do, in words for an admin.</summary>
    public string? Reason { get; init; }

    public string? Remedy { get; init; }
}

/// <summary>Where a feed's troubles are told: a channel, in the platform's own words.</summary>
public sealed record FeedHome(string Platform, string Workspace, string? Channel);
