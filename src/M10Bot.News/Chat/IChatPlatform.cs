namespace M10Bot.News.Chat;

/// <summary>A chat service that cards can be shown on. One instance per platform; safe for concurrent use.</summary>
/// <remarks>
/// Network faults become outcomes here, once, at the adapter's edge: no method throws for what the platform or the
/// network does. Only <see cref="OperationCanceledException"/> for the caller's own token passes through, and then the
/// attempt counts as in doubt. Every request has a time-out of at most <see cref="RequestTimeout"/>.
/// </remarks>
public interface IChatPlatform
{
    Platform Platform { get; }

    /// <summary>The longest a single request may take before it is reported in doubt.</summary>
    TimeSpan RequestTimeout { get; }

    /// <summary>How fast one lane may send. A lane hands over no more than that: what waits here can't be overtaken any more.</summary>
    LanePace Pace { get; }

    /// <summary>The key of what shares one rate limit with this destination: <c>discord</c>, <c>slack/T123</c>.</summary>
    string LaneOf(Destination destination);

    /// <summary>Puts a new message up. <paramref name="key"/> makes a repeat recognisable to the platform.</summary>
    Task<PostOutcome> PostAsync(Destination to, Card card, DeliveryKey key, CancellationToken ct);

    /// <summary>Replaces the message's content. Harmless to repeat. Never pings.</summary>
    Task<PostOutcome> EditAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct);

    /// <summary>Puts the withdrawn card in the message's place: headline, points, link and image go.</summary>
    Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct);

    /// <summary>Asks the platform what became of a post attempted at <paramref name="attempted"/> whose end nobody saw.</summary>
    Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct);

    /// <summary>The receipt of a message that a person points at with its link, once it is known to stand there and to be the bot's own.</summary>
    /// <param name="to">Where the message has to stand: in this very channel, thread or direct message.</param>
    /// <param name="key">The delivery it has to be of, as far as the platform tells.</param>
    /// <param name="link">As the platform's own “copy link” gives it; outside text.</param>
    /// <param name="ct">Stops it.</param>
    Task<LinkOutcome> ReceiptOfAsync(Destination to, DeliveryKey key, string link, CancellationToken ct);
}

/// <summary>The limit that all deliveries of a lane share. Narrower ones, as of one channel, stay the adapter's own.</summary>
/// <param name="Posts">Of new messages, and of edits too where <paramref name="Edits"/> is null.</param>
/// <param name="Edits">Of edits and withdrawals, where the platform counts them apart.</param>
public sealed record LanePace(Rate Posts, Rate? Edits = null);

/// <param name="PerSecond">In the long run.</param>
/// <param name="Burst">How many may go at once after a rest; 2 at least, lest a late timer cost a place.</param>
public sealed record Rate(double PerSecond, int Burst)
{
    /// <summary>No limit.</summary>
    public static readonly Rate None = new(double.PositiveInfinity, 1);
}

/// <summary>Names one delivery for good: the same bulletin for the same destination, whatever the version.</summary>
/// <param name="Value">Opaque, at most 24 characters of <c>[A-Za-z0-9_-]</c> (Discord's nonce allows 25).</param>
public sealed record DeliveryKey(string Value);
