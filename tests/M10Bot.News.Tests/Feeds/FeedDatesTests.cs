using System.Globalization;
using M10Bot.News.Feeds;

namespace M10Bot.News.Tests.Feeds;

public sealed class FeedDatesTests
{
    [Theory]
    [InlineData("Tue, 03 Mar 2026 19:04:09 GMT", "2026-03-03T19:04:09Z")]
    [InlineData("Tue, 3 Mar 2026 19:04:09 +0100", "2026-03-03T18:04:09Z")]
    [InlineData("3 Mar 26 19:04 EST", "2026-03-04T00:04:00Z")]
    [InlineData("Tuesday, March 3, 2026 7:04 PM", "2026-03-03T19:04:00Z")]
    [InlineData("Tue Mar  3 19:04:09 2026", "2026-03-03T19:04:09Z")]
    [InlineData("2026-03-03T19:04:09.25-05:30", "2026-03-04T00:34:09.25Z")]
    [InlineData("2026-03-03 19:04:09", "2026-03-03T19:04:09Z")]
    [InlineData("2026-03-03", "2026-03-03T00:00:00Z")]
    [InlineData("2026-03", "2026-03-01T00:00:00Z")]
    [InlineData("20260303", "2026-03-03T00:00:00Z")]
    [InlineData("2026-03-03T24:00:00Z", "2026-03-04T00:00:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")]
    [InlineData("1772564649", "2026-03-03T19:04:09Z")]
    [InlineData("mar, 03 déc 2026 19:04:09 CET", "2026-12-03T18:04:09Z")]
    [InlineData("3 марта 2026 10:00 MSK", "2026-03-03T07:00:00Z")]
    public void A_time_is_read_however_it_is_written(string text, string expected) =>
        FeedDates.Read(text).ShouldBe(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-03")]
    [InlineData("2026-02-30")]
    [InlineData("9999-12-31T24:00:00-01:00")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("99:99:99")]
    public void What_is_no_time_is_none(string? text) => FeedDates.Read(text).ShouldBeNull();

    /// <remarks>The usual ways are read at fixed places, everything else wherever it stands; both must come to the same.</remarks>
    [Fact]
    public void What_is_read_quickly_is_what_would_be_read_slowly()
    {
        string[] forms = ["ddd, dd MMM yyyy HH:mm:ss", "ddd, d MMM yyyy HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"];
        string[] zones = [" GMT", " UTC", " Z", " +0530", " -0700", "Z", "+02:00", "-09:30", "+0200", " EST", "", ".5Z", " PM"];
        var random = new Random(11);
        var quick = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var time = new DateTime(1960, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.NextInt64(3_500_000_000));
            foreach (var text in forms.SelectMany(f => zones.Select(z => time.ToString(f, CultureInfo.InvariantCulture) + z)))
            {
                var broken = text.Remove(random.Next(text.Length), 1);
                foreach (var written in new[] { text, text[..random.Next(text.Length)], broken, broken.Insert(random.Next(broken.Length), "9") })
                {
                    var read = FeedDatesUsual.Read(written);
                    quick += read is null ? 0 : 1;
                    (read ?? FeedDates.ReadAny(written)).ShouldBe(FeedDates.ReadAny(written), written);
                }
            }
        }

        quick.ShouldBeGreaterThan(20_000);
    }
}
