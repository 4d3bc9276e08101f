using System.Globalization;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Tests.Subscriptions;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("22:00", "07:00", "UTC", "2026-11-02T21:59:59Z", null)]
    [InlineData("22:00", "07:00", "UTC", "2026-11-02T22:00:00Z", "2026-11-03T07:00:00Z")]
    [InlineData("22:00", "07:00", "UTC", "2026-11-03T06:59:00Z", "2026-11-03T07:00:00Z")]
    [InlineData("22:00", "07:00", "UTC", "2026-11-03T07:00:00Z", null)]
    [InlineData("13:00", "14:30", "UTC", "2026-11-03T13:30:00Z", "2026-11-03T14:30:00Z")]
    [InlineData("13:00", "14:30", "UTC", "2026-11-03T12:30:00Z", null)]
    [InlineData("22:00", "07:00", "Europe/Kyiv", "2026-11-02T20:30:00Z", "2026-11-03T05:00:00Z")]
    [InlineData("22:00", "07:00", "Europe/Kyiv", "2026-07-02T19:30:00Z", "2026-07-03T04:00:00Z")]
    [InlineData("22:00", "02:30", "Europe/Berlin", "2027-03-27T23:30:00Z", "2027-03-28T01:30:00Z")] // 02:30 does not exist that night
    [InlineData("22:00", "07:00", "No/Where", "2026-11-02T23:00:00Z", null)]
    public void The_end_is_in_the_zone_of_the_hours(string from, string to, string zone, string now, string? end)
    {
        var hours = new QuietHours(TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture), zone);
        hours.EndOf(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture))
            .ShouldBe(end is null ? null : DateTimeOffset.Parse(end, CultureInfo.InvariantCulture));
    }
}
