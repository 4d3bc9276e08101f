using M10Bot.News.Chat;

namespace M10Bot.News.Deliveries;

/// <summary>How a claim ended; what the journal writes.</summary>
internal sealed record DeliveryEnd(DueDelivery Delivery, EndKind Kind)
{
    public int Version { get; init; }

    public Receipt? Receipt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public string? Note { get; init; }

    /// <inheritdoc cref="PostOutcome.Posted.Still"/>
    public bool IsStale { get; init; }

    /// <summary>The destination's new standing; null leaves it.</summary>
    public StandingChange? Standing { get; init; }

    /// <summary>True where the whole lane waits until <see cref="NotBefore"/>.</summary>
    public bool HoldsLane { get; init; }

    /// <summary>With <see cref="HoldsLane"/>: posts wait and edits do not, or the other way round.</summary>
    public bool HoldsOnlyItsKind { get; init; }

    /// <summary>True where a post may still stand there unseen: whatever this claim came to, the next one must settle that first.</summary>
    public bool KeepsDoubt => Kind switch
    {
        EndKind.Doubtful or EndKind.Unknowable => true,
        EndKind.Released or EndKind.Refused => Delivery.IsInDoubt,
        _ => false,
    };
}

/// <param name="Standing">Level and rest.</param>
/// <param name="Reason">Why it rests or is suspended, or what could be better; null when all is well.</param>
/// <param name="Remedy">What an admin must do; set means suspended.</param>
internal sealed record StandingChange(Standing Standing, string? Reason = null, string? Remedy = null)
{
    public bool IsSuspended => Remedy is not null;

    /// <summary>A suspended destination took a message: all that waited for it is due again.</summary>
    public bool EndsSuspension { get; init; }

    public string Word => IsSuspended ? "suspended" : Standing.Until is null || EndsSuspension ? "good" : "resting";
}

internal enum EndKind
{
    /// <summary>The version stands there.</summary>
    Shown,

    /// <summary>The version stands there, and something that belongs to it is still to be done by one more edit.</summary>
    Lacking,

    /// <summary>Nothing was sent; due again.</summary>
    Released,

    /// <summary>Sent, its end unknown; to be settled.</summary>
    Doubtful,

    /// <summary>The platform can't tell; a person decides.</summary>
    Unknowable,

    /// <summary>The destination can't be served.</summary>
    Refused,

    /// <summary>The platform does not accept this version there; a later one is tried again.</summary>
    Declined,

    /// <summary>A moderator removed the message.</summary>
    Gone,

    /// <summary>Withdrawn before it was ever shown.</summary>
    Dropped,
}
