namespace M10Bot.News.Deliveries;

/// <summary>How a destination stands, for a status card.</summary>
public sealed record DestinationStatus
{
    /// <summary><c>good</c>, <c>resting</c> or <c>suspended</c>.</summary>
    public string Standing { get; init; } = "good";

    /// <summary>What the platform said; null when all is well.</summary>
    public string? Reason { get; init; }

    /// <summary>What an admin must do; null where nothing.</summary>
    public string? Remedy { get; init; }

    /// <summary>While resting: until when.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Owed and not yet shown, those that wait for a person included.</summary>
    public int Waiting { get; init; }

    /// <summary>Of those, how many wait until the suspension ends.</summary>
    public int Refused { get; init; }

    /// <summary>Of those, how many a person must decide.</summary>
    public int InDoubt { get; init; }

    public int Shown { get; init; }

    public DateTimeOffset? LastShown { get; init; }
}

/// <summary>A lane's load.</summary>
public sealed record LaneStatus
{
    public string Lane { get; init; } = "";

    public int Waiting { get; init; }

    /// <summary>When the longest waiting one was asked for.</summary>
    public DateTimeOffset Oldest { get; init; }
}

/// <summary>A delivery that only a person can settle.</summary>
public sealed record DoubtfulDelivery
{
    public long Id { get; init; }

    public long BulletinId { get; init; }

    /// <summary><c>discord/81/channel/42</c>.</summary>
    public string Destination { get; init; } = "";

    public string? Note { get; init; }

    public DateTimeOffset Attempted { get; init; }
}
