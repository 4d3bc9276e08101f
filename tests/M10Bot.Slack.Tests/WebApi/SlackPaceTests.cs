using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Tests.WebApi;

public sealed class SlackPaceTests : IDisposable
{
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_channel_takes_three_at_once_then_one_a_second_and_longer_waits_are_given_back()
    {
        var key = new PaceKey(PaceKind.Channel, "T1", "C1");
        for (var i = 0; i < 3; i++)
        {
            Enter(key).IsCompletedSuccessfully.ShouldBeTrue();
        }

        var fourth = Enter(key);
        var fifth = Enter(key);
        var sixth = Enter(key);

        fourth.IsCompleted.ShouldBeFalse();
        (await SlackRig.Soon(sixth)).ShouldBe(new PaceWait(_rig.Time.GetUtcNow() + TimeSpan.FromSeconds(3), IsWide: false));
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        (await SlackRig.Soon(fourth)).ShouldBeNull();
        fifth.IsCompleted.ShouldBeFalse();
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        (await SlackRig.Soon(fifth)).ShouldBeNull();
    }

    [Fact]
    public void Channels_workspaces_and_methods_do_not_hold_each_other_up()
    {
        var busy = new PaceKey(PaceKind.Channel, "T1", "C1");
        for (var i = 0; i < 3; i++)
        {
            Enter(busy).IsCompleted.ShouldBeTrue();
        }

        Enter(busy with { Channel = "C2" }).IsCompletedSuccessfully.ShouldBeTrue();
        Enter(busy with { Team = "T2" }).IsCompletedSuccessfully.ShouldBeTrue();
        Enter(busy).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_workspace_posts_twenty_at_once_then_five_a_second()
    {
        var key = new PaceKey(PaceKind.Post, "T1");
        Enumerable.Range(0, 20).ShouldAllBe(_ => Enter(key).IsCompletedSuccessfully);
        var waiting = Enumerable.Range(0, 10).Select(_ => Enter(key)).ToList();

        (await SlackRig.Soon(Enter(key))).ShouldBe(new PaceWait(_rig.Time.GetUtcNow() + TimeSpan.FromSeconds(2.2), IsWide: true));
        waiting.ShouldAllBe(w => !w.IsCompleted);
    }

    [Fact]
    public async Task What_is_refused_a_place_in_one_bucket_takes_none_in_the_other()
    {
        PaceKey post = new(PaceKind.Post, "T1"), channel = new(PaceKind.Channel, "T1", "C1");
        _rig.Pace.Freeze([channel], _rig.Time.GetUtcNow() + TimeSpan.FromMinutes(1));

        for (var i = 0; i < 50; i++)
        {
            (await SlackRig.Soon(_rig.Pace.EnterAsync([channel, post], CancellationToken.None).AsTask())).ShouldNotBeNull();
        }

        (await SlackRig.Soon(Enter(post))).ShouldBeNull();
    }

    [Theory]
    [InlineData("Update")]
    [InlineData("Delete")]
    public async Task Edits_and_deletions_take_ten_at_once_then_fifty_a_minute(string kind)
    {
        var key = new PaceKey(Enum.Parse<PaceKind>(kind), "T1");
        Enumerable.Range(0, 10).ShouldAllBe(_ => Enter(key).IsCompletedSuccessfully);
        var eleventh = Enter(key);

        _rig.Time.Advance(TimeSpan.FromSeconds(1.2));

        (await SlackRig.Soon(eleventh)).ShouldBeNull();
    }

    [Fact]
    public async Task A_limit_met_by_one_channel_is_that_channels_and_met_by_two_is_the_workspaces()
    {
        PaceKey post = new(PaceKind.Post, "T1"), one = new(PaceKind.Channel, "T1", "C1"), other = new(PaceKind.Channel, "T1", "C2");
        var until = _rig.Time.GetUtcNow() + TimeSpan.FromSeconds(30);

        _rig.Pace.Freeze([one, post], until).ShouldBeFalse();
        (await SlackRig.Soon(Enter(post))).ShouldBeNull();
        (await SlackRig.Soon(Enter(one))).ShouldBe(new PaceWait(until, IsWide: false));

        _rig.Pace.Freeze([other, post], until).ShouldBeTrue();
        (await SlackRig.Soon(Enter(post))).ShouldBe(new PaceWait(until, IsWide: true));

        _rig.Time.Advance(TimeSpan.FromSeconds(31));
        _rig.Pace.Freeze([one, post], until + TimeSpan.FromSeconds(30)).ShouldBeFalse();
    }

    [Fact]
    public async Task In_no_minute_are_there_more_edits_than_slack_allows_and_the_last_place_is_used()
    {
        var key = new PaceKey(PaceKind.Update, "T1");
        List<DateTimeOffset> starts = [];
        while (starts.Count < 200)
        {
            var entering = Enter(key);
            if (await _rig.Time.StepUntilAsync(entering, most: SlackPace.LongestWait) is { } wait)
            {
                wait.IsWide.ShouldBeTrue();
                _rig.Time.Advance(wait.Until - _rig.Time.GetUtcNow());
                continue;
            }

            starts.Add(_rig.Time.GetUtcNow());
        }

        for (var i = 50; i < starts.Count; i++)
        {
            (starts[i] - starts[i - 50]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60));
        }

        (starts[^1] - starts[0]).ShouldBeInRange(TimeSpan.FromSeconds(228), TimeSpan.FromSeconds(250));
    }

    private Task<PaceWait?> Enter(PaceKey key) => _rig.Pace.EnterAsync([key], CancellationToken.None).AsTask();
}
