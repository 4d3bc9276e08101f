namespace M10Bot.News.Chat;

/// <summary>
/// Until when what is sent for a delivery may leave, however many requests it takes: no body leaves after it (<see cref="SentContent"/>),
/// so that an owner who was frozen or held up between two of them can't send what the next owner has taken over.
/// </summary>
/// <remarks>It belongs to the asynchronous flow that set it and to all that this one calls.</remarks>
public static class SendFence
{
    private static readonly AsyncLocal<Limit?> Flow = new();

    /// <summary>True once the time is over; false where no fence was set.</summary>
    public static bool IsPassed => Flow.Value is { } limit && limit.Time.GetElapsedTime(limit.Since) >= limit.Within;

    /// <param name="time">Whose clock counts.</param>
    /// <param name="since">From when, as <see cref="TimeProvider.GetTimestamp"/> tells.</param>
    /// <param name="within">How long after that.</param>
    public static void Set(TimeProvider time, long since, TimeSpan within) => Flow.Value = new Limit(time, since, within);

    private sealed record Limit(TimeProvider Time, long Since, TimeSpan Within);
}
