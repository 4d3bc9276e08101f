namespace M10Bot.News.Subscriptions;

/// <summary>When and how much a destination takes.</summary>
/// <param name="Quiet">Null where it is never quiet.</param>
/// <param name="DailyMost">New stories in 24 hours, 1 to 200; null where there is no limit.</param>
public sealed record Pace(QuietHours? Quiet, int? DailyMost)
{
    public static readonly Pace Free = new(null, null);
}

/// <param name="From">When it begins, in <paramref name="Zone"/>.</param>
/// <param name="To">When it ends, the next day where it lies before <paramref name="From"/>.</param>
/// <param name="Zone">IANA name, <c>Europe/Kyiv</c>.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, string Zone)
{
    /// <summary>When the hours that <paramref name="now"/> lies in end; null outside of them, and where this machine does not know the zone.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset now)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone))
        {
            return null;
        }

        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        var isQuiet = From < To ? time >= From && time < To : time >= From || time < To;
        if (!isQuiet)
        {
            return null;
        }

        var end = local.Date + To.ToTimeSpan() + (time < To ? TimeSpan.Zero : TimeSpan.FromDays(1));
        if (zone.IsInvalidTime(end))
        {
            end += TimeSpan.FromHours(1); // the hour that the clocks leave out in spring
        }

        return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }
}
