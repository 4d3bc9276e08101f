using M10Bot.News.Feeds;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Feeds;

public sealed class HostPaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void One_host_is_asked_one_after_the_other_and_so_many_at_once()
    {
        var pace = new HostPace(new FeedOptions { PerHost = 2, HostSpacing = TimeSpan.FromSeconds(1) }, _time);

        pace.Enter("a").ShouldBeNull();
        pace.Enter("b").ShouldBeNull("another host is another matter");
        pace.Enter("a").ShouldBe(TimeSpan.FromSeconds(1));
        pace.Enter("a").ShouldBe(TimeSpan.FromSeconds(2), "who is turned away next comes next");
        _time.Advance(TimeSpan.FromSeconds(1));
        pace.Enter("a").ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(5));
        pace.Enter("A").ShouldNotBeNull("two are under way");
        pace.Leave("a");
        pace.Enter("a").ShouldBeNull();
    }

    [Fact]
    public void Who_finds_another_replica_there_waits_for_its_end()
    {
        var pace = new HostPace(new FeedOptions { PerHost = 1, HostSpacing = TimeSpan.FromSeconds(1) }, _time);
        pace.Enter("a").ShouldBeNull();

        pace.TurnAway("a", TimeSpan.FromSeconds(3)).ShouldBe(TimeSpan.FromSeconds(3));
        pace.Enter("a").ShouldBe(TimeSpan.FromSeconds(4), "behind the one that was turned away");
        _time.Advance(TimeSpan.FromSeconds(3));
        pace.Enter("a").ShouldBeNull("its place was given back");
    }

    [Fact]
    public void Without_spacing_only_the_number_counts()
    {
        var pace = new HostPace(new FeedOptions { PerHost = 3, HostSpacing = TimeSpan.Zero }, _time);

        Enumerable.Range(0, 5).Count(_ => pace.Enter("a") is null).ShouldBe(3);
    }
}
