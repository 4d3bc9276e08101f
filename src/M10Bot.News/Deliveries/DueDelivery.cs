using M10Bot.News.Chat;

namespace M10Bot.News.Deliveries;

/// <summary>A delivery as its lane claimed it.</summary>
internal sealed record DueDelivery
{
    public required long Id { get; init; }

    public required long BulletinId { get; init; }

    public required long DestinationId { get; init; }

    public required Destination Destination { get; init; }

    public required string Lane { get; init; }

    public required int Rank { get; init; }

    public required long Epoch { get; init; }

    public required long ClaimNo { get; init; }

    public required DeliveryKey Key { get; init; }

    /// <summary>Null where nothing of ours stands there yet.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>When a post left whose end nobody saw.</summary>
    public DateTimeOffset? Attempted { get; init; }

    /// <summary>What that post carried.</summary>
    public int AttemptedVersion { get; init; }

    /// <summary>The destination's back-off level as of the claim.</summary>
    public int Level { get; init; }

    /// <summary>Of the cards at its destination.</summary>
    public string Language { get; init; } = Texts.English;

    /// <summary>Whom the first post pings; null for nobody, and for a message that is put up anew.</summary>
    public string? PingRole { get; init; }

    /// <summary>Its destination is suspended; this one delivery finds out whether it still is.</summary>
    public bool IsTrial { get; init; }

    /// <summary>A message of ours stands there: it is edited or withdrawn.</summary>
    public bool IsEdit => Receipt is not null;

    /// <summary>Edits and withdrawals may simply be repeated; only a post can be in doubt.</summary>
    public bool IsInDoubt => Receipt is null && Attempted is not null;
}

/// <summary>What the row says at the moment its request may leave.</summary>
/// <param name="WantedVersion">The newest wanted.</param>
/// <param name="ClaimUntil">Until when the claim holds.</param>
/// <param name="Recorded">When it was written, as a timestamp of the clock that nobody sets.</param>
internal sealed record Attempt(int WantedVersion, DateTimeOffset ClaimUntil, long Recorded)
{
    /// <summary>How many older bulletins its place did not get; a new message says so.</summary>
    public int LeftOut { get; init; }

    /// <summary>The version that stands there as far as is known; 0 for none.</summary>
    public int ShownVersion { get; init; }
}

/// <summary>One version of a bulletin, ready to be shown.</summary>
internal sealed record ShownCard(Card Card, bool IsWithdrawn)
{
    /// <summary>It says that something else is no longer told there: where nothing of it stands, it is not posted.</summary>
    public bool IsOnlyAnEdit => IsWithdrawn || Card.Kicker?.State is CardState.Merged;
}
