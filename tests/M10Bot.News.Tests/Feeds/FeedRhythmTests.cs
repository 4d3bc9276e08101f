using M10Bot.News.Feeds;

namespace M10Bot.News.Tests.Feeds;

public sealed class FeedRhythmTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 14, 0, 0, TimeSpan.Zero);
    private static readonly FeedOptions Options = new();

    [Theory]
    [InlineData(1, 30)] // a live wire: the fastest
    [InlineData(20, 300)]
    [InlineData(600, 1800)] // a slow blog: the slowest
    public void A_feed_is_asked_four_times_in_its_usual_gap(int minutesBetween, int seconds) =>
        FeedRhythm.Of(Document(minutesBetween), TimeSpan.FromMinutes(5), null, Now, Options).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Where_nothing_changes_it_is_asked_ever_less_often_up_to_the_slowest()
    {
        var interval = Options.Fastest;
        for (var i = 0; i < 50; i++)
        {
            var next = FeedRhythm.Of(null, interval, null, Now, Options);
            next.ShouldBeGreaterThanOrEqualTo(interval);
            interval = next;
        }

        interval.ShouldBe(Options.Slowest);
    }

    [Theory]
    [InlineData(100, 60, 100)] // silent for less than its usual gap
    [InlineData(100, 400, 100)]
    [InlineData(100, 440, 110)] // a quarter of the silence
    [InlineData(100, 9000, 125)] // a step at a time
    public void A_feed_is_asked_less_often_once_it_is_silent_for_longer_than_usual(int before, int quiet, int next) =>
        FeedRhythm.Of(null, TimeSpan.FromSeconds(before), TimeSpan.FromSeconds(quiet), Now, Options).ShouldBe(TimeSpan.FromSeconds(next));

    [Theory]
    [InlineData(1800, 3600, 0, 60)] // neither its rhythm nor its wish makes it wait longer
    [InlineData(10, null, 0, 30)]
    [InlineData(45, null, 0, 45)]
    [InlineData(45, null, 3, 900)] // trouble does
    public void A_hot_feed_is_asked_every_30_to_60_seconds(int interval, int? wish, int level, int least) =>
        FeedRhythm.Wait(TimeSpan.FromSeconds(interval), Seconds(wish), level, null, isHot: true, Options, new Random(1)).ShouldBeInRange(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(least * 1.1));

    [Theory]
    [InlineData(60, null, 0, null, 60)]
    [InlineData(60, 600, 0, null, 600)] // what the server asks for
    [InlineData(60, 360_000, 0, null, 1800)] // within bounds
    [InlineData(60, null, 1, null, 60)]
    [InlineData(60, null, 3, null, 900)]
    [InlineData(60, null, 99, null, 86_400)]
    [InlineData(60, null, 1, 7200, 7200)]
    [InlineData(60, null, 1, 9_000_000, 86_400)]
    public void The_wait_heeds_the_server_the_trouble_and_the_bounds(int interval, int? wish, int level, int? retryAfter, int least)
    {
        var wait = FeedRhythm.Wait(Seconds(interval)!.Value, Seconds(wish), level, Seconds(retryAfter), isHot: false, Options, new Random(1));

        wait.ShouldBeInRange(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(least * 1.1));
    }

    private static TimeSpan? Seconds(int? count) => count is { } c ? TimeSpan.FromSeconds(c) : null;

    private static FeedDocument Document(int minutesBetween) => new()
    {
        Format = FeedFormat.Rss,
        Entries = [.. Enumerable.Range(1, 12).Select(i => new Entry { Published = Now.AddMinutes(-i * minutesBetween) })],
    };
}
