using M10Bot.Slack.Requests;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Slack.Tests.Requests;

public sealed class SeenIdsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void An_id_is_known_for_ten_minutes()
    {
        var seen = new SeenIds(_time);
        seen.IsNew("a").ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(9.9));
        seen.IsNew("a").ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(0.2));
        seen.IsNew("a").ShouldBeTrue();
    }

    [Fact]
    public void The_memory_is_bounded_and_forgets_the_oldest_first()
    {
        var seen = new SeenIds(_time);
        for (var i = 0; i < 10_001; i++)
        {
            seen.IsNew($"id{i}").ShouldBeTrue();
        }

        seen.IsNew("id10000").ShouldBeFalse();
        seen.IsNew("id0").ShouldBeTrue();
    }
}
