namespace M10Bot.News.Deliveries;

/// <summary>How far a destination is trusted to take a message now: trouble has levels, and good news lowers them one at a time.</summary>
/// <param name="Level">0 is good; index into the steps. While suspended: how often it was refused in a row.</param>
/// <param name="Until">Nothing is sent before this; null where there is no such time.</param>
internal sealed record Standing(int Level, DateTimeOffset? Until)
{
    public static readonly Standing Good = new(0, null);

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.Zero,
        TimeSpan.Zero,
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
    ];

    // A person has to mend something, and may need days; after the last only an admin's test helps.
    private static readonly TimeSpan[] Tries =
    [
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(2),
        TimeSpan.FromDays(4),
        TimeSpan.FromDays(7),
    ];

    /// <summary>Refused, so many times before this one; <see cref="Until"/> is when it is tried again.</summary>
    public static Standing Suspended(int timesBefore, DateTimeOffset now) =>
        new(timesBefore + 1, timesBefore < Tries.Length ? now + Tries[timesBefore] : null);

    /// <summary>One level worse; rests at least until the platform said, longer where trouble repeats.</summary>
    public Standing Failed(DateTimeOffset now, DateTimeOffset notBefore)
    {
        var level = Math.Min(Level + 1, Steps.Length - 1);
        var step = now + Steps[level];
        return new Standing(level, step > notBefore ? step : notBefore);
    }

    /// <summary>One level better.</summary>
    public Standing Succeeded() => new(Math.Max(0, Level - 1), null);
}
