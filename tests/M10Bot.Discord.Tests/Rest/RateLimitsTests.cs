using M10Bot.Discord.Rest;
using M10Bot.Discord.Tests.Support;

namespace M10Bot.Discord.Tests.Rest;

public class RateLimitsTests
{
    private readonly Bench _bench = new();

    [Fact]
    public async Task The_sixth_post_of_a_channel_in_five_seconds_is_put_off_and_another_channels_is_not()
    {
        for (var i = 0; i < 5; i++)
        {
            (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.Done>();
        }

        var late = (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>();
        late.Wait.ShouldBe(TimeSpan.FromSeconds(5));
        late.Everywhere.ShouldBeFalse();
        (await _bench.SendAsync(Bench.Post("43"))).ShouldBeOfType<RestReply.Done>();
        _bench.Advance(TimeSpan.FromSeconds(5));
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task Edits_are_paced_apart_from_posts()
    {
        for (var i = 0; i < 5; i++)
        {
            await _bench.SendAsync(Bench.Post());
        }

        (await _bench.SendAsync(RestCall.EditMessage("42", "1", "{}"u8.ToArray()))).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task A_spent_bucket_is_waited_for_by_the_time_that_passes_and_not_by_the_clock_on_the_wall()
    {
        _bench.Discord.Answer(200, "{}", ScriptedDiscord.Bucket(5, 0, 1.5)).Answer(200, "{}");
        await _bench.SendAsync(Bench.Post());
        var second = _bench.SendAsync(Bench.Post());
        _bench.Advance(TimeSpan.FromSeconds(1.4));
        _bench.Discord.Requests.Count.ShouldBe(1);
        (await _bench.PassAsync(second)).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task The_tightest_of_a_lanes_buckets_decides()
    {
        _bench.Discord
            .Answer(200, "{}", ScriptedDiscord.Bucket(5, 0, 30, "slow"))
            .Answer(200, "{}", ScriptedDiscord.Bucket(5, 4, 1, "fast"));
        await _bench.SendAsync(Bench.Post());
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_lane_that_is_not_known_yet_has_one_request_under_way()
    {
        var first = new TaskCompletionSource<HttpResponseMessage>();
        _bench.Discord.Answer(_ => first.Task).Answer(200, "{}");
        var one = _bench.SendAsync(Bench.Post());
        var two = _bench.SendAsync(Bench.Post());
        _bench.Discord.Requests.Count.ShouldBe(1);
        first.SetResult(ScriptedDiscord.Json(200, "{}", ScriptedDiscord.Bucket(5, 4, 5)));
        await Task.WhenAll(one, two).WaitAsync(Bench.Patience);
        _bench.Discord.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_short_429_is_waited_out_as_long_as_its_body_says()
    {
        _bench.Discord
            .Answer(429, """{"retry_after":1.2,"global":false}""", [("Retry-After", "60"), .. ScriptedDiscord.Bucket(5, 4, 0.1)])
            .Answer(200, "{}");
        var sending = _bench.SendAsync(Bench.Post());
        _bench.Advance(TimeSpan.FromSeconds(1.2));
        _bench.Discord.Requests.Count.ShouldBe(1, "the body's time and a little more");
        (await _bench.PassAsync(sending)).ShouldBeOfType<RestReply.Done>();
        _bench.Discord.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_long_429_blocks_its_lane_and_no_worker()
    {
        _bench.Discord.Answer(429, """{"retry_after":60.5,"global":false,"code":20028}""").Answer(200, "{}");
        var limited = (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>();
        limited.Wait.ShouldBeInRange(TimeSpan.FromSeconds(60.5), TimeSpan.FromSeconds(61));
        limited.Why.ShouldContain("channel's own limit");
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>();
        _bench.Discord.Requests.Count.ShouldBe(1);
        (await _bench.SendAsync(Bench.Post("43"))).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task A_global_429_pauses_every_lane_but_interactions()
    {
        _bench.Discord.Answer(429, """{"retry_after":20,"global":true}""", ("X-RateLimit-Global", "true")).Answer(200, "{}");
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>().Everywhere.ShouldBeTrue();
        (await _bench.SendAsync(Bench.Post("43"))).ShouldBeOfType<RestReply.NotNow>().Everywhere.ShouldBeTrue();
        (await _bench.SendAsync(RestCall.Callback("5", "t", "{}"u8.ToArray()))).ShouldBeOfType<RestReply.Done>();
        _bench.Advance(TimeSpan.FromSeconds(20.5));
        (await _bench.SendAsync(Bench.Post("43"))).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task No_second_has_more_requests_than_the_ceiling()
    {
        var times = new List<DateTimeOffset>();
        _bench.Discord.Answer(_ =>
        {
            lock (times)
            {
                times.Add(_bench.Time.GetUtcNow());
            }

            return Task.FromResult(ScriptedDiscord.Json(200, "{}"));
        });
        var all = Task.WhenAll(Enumerable.Range(1, 130).Select(i => _bench.SendAsync(Bench.Post($"{i}"))));
        times.Count.ShouldBe(45);
        (await _bench.PassAsync(all)).ShouldAllBe(r => r is RestReply.Done || (r is RestReply.NotNow && ((RestReply.NotNow)r).Everywhere));
        times.Count.ShouldBe(90, "what would wait for more than two seconds is put off");
        times.ShouldAllBe(t => times.Count(other => other >= t && other < t + TimeSpan.FromSeconds(1)) <= 45);
    }

    [Fact]
    public async Task Edits_of_old_messages_have_a_pace_of_their_own_and_count_among_all_edits()
    {
        for (var i = 0; i < 3; i++)
        {
            (await _bench.SendAsync(OldEdit())).ShouldBeOfType<RestReply.Done>();
        }

        (await _bench.SendAsync(OldEdit())).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBe(TimeSpan.FromSeconds(6));
        (await _bench.SendAsync(Edit())).ShouldBeOfType<RestReply.Done>();
        (await _bench.SendAsync(Edit())).ShouldBeOfType<RestReply.Done>();
        (await _bench.SendAsync(Edit())).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_discord_says_of_old_messages_holds_up_no_fresh_one()
    {
        _bench.Discord.Answer(429, """{"retry_after":60,"global":false,"code":30046}""").Answer(200, "{}");
        (await _bench.SendAsync(OldEdit())).ShouldBeOfType<RestReply.NotNow>().Why.ShouldContain("older messages");
        (await _bench.SendAsync(OldEdit())).ShouldBeOfType<RestReply.NotNow>();
        _bench.Discord.Requests.Count.ShouldBe(1);
        (await _bench.SendAsync(Edit())).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task Ten_announcements_an_hour_are_published_in_a_channel()
    {
        for (var i = 0; i < 10; i++)
        {
            (await _bench.SendAsync(RestCall.Crosspost("42", $"{i}"))).ShouldBeOfType<RestReply.Done>();
        }

        (await _bench.SendAsync(RestCall.Crosspost("42", "11"))).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBe(TimeSpan.FromHours(1));
        (await _bench.SendAsync(RestCall.Crosspost("43", "11"))).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task Direct_messages_are_opened_slowly_and_after_a_warning_not_at_all_for_a_while()
    {
        var bench = new Bench(new DiscordOptions { Token = "t", ApiBase = "http://127.0.0.1:9", DirectOpensPerMinute = 2 });
        bench.Discord.Answer(200, "{}").Answer(200, "{}").Answer(429, """{"code":40003,"retry_after":1}""").Answer(200, "{}");
        await bench.SendAsync(RestCall.OpenDirect("{}"u8.ToArray()));
        await bench.SendAsync(RestCall.OpenDirect("{}"u8.ToArray()));
        (await bench.SendAsync(RestCall.OpenDirect("{}"u8.ToArray()))).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBe(TimeSpan.FromMinutes(1));
        bench.Advance(TimeSpan.FromMinutes(1));
        (await bench.SendAsync(RestCall.OpenDirect("{}"u8.ToArray()))).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBeGreaterThan(TimeSpan.FromMinutes(5));
        bench.Advance(TimeSpan.FromMinutes(4));
        (await bench.SendAsync(RestCall.OpenDirect("{}"u8.ToArray()))).ShouldBeOfType<RestReply.NotNow>();
        bench.Discord.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_channel_that_discord_finds_too_busy_gets_one_message_in_five_seconds_for_a_while()
    {
        _bench.Discord.Answer(429, """{"retry_after":3,"code":20028}""").Answer(200, "{}");
        await _bench.SendAsync(Bench.Post());
        _bench.Advance(TimeSpan.FromSeconds(5));
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.Done>();
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBe(TimeSpan.FromSeconds(5));
        _bench.Advance(TimeSpan.FromMinutes(10));
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.Done>();
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task A_server_that_discord_finds_too_busy_pauses_in_all_its_channels()
    {
        _bench.Discord.Answer(429, """{"retry_after":30,"code":20029}""").Answer(200, "{}");
        await _bench.SendAsync(Bench.Post() with { Guild = "81" });
        (await _bench.SendAsync(Bench.Post("43") with { Guild = "81" })).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBeGreaterThan(TimeSpan.FromSeconds(29));
        (await _bench.SendAsync(Bench.Post("44") with { Guild = "82" })).ShouldBeOfType<RestReply.Done>();
        _bench.Advance(TimeSpan.FromSeconds(31));
        (await _bench.SendAsync(Bench.Post("43") with { Guild = "81" })).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task A_limit_that_others_use_up_is_told_apart()
    {
        _bench.Discord.Answer(429, """{"retry_after":30,"global":false}""", ("X-RateLimit-Scope", "shared"));
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>().Why.ShouldContain("others");
    }

    [Fact]
    public async Task Headers_that_tell_of_a_far_larger_limit_do_not_lift_the_bots_own_pace()
    {
        _bench.Discord.Answer(200, "{}", ScriptedDiscord.Bucket(50_000, 49_999, 86_400));
        for (var i = 0; i < 5; i++)
        {
            (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.Done>();
        }

        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>();
    }

    [Fact]
    public async Task A_lane_is_forgotten_only_when_nothing_of_it_matters_any_more()
    {
        var options = new DiscordOptions { CrosspostsPerHour = 1 };
        var lane = new RateLane(options);
        lane.Enter(TimeSpan.FromMinutes(1), OwnPace.Crosspost);
        lane.TryForget(TimeSpan.FromHours(9)).ShouldBeFalse("a request is under way");
        lane.Leave(TimeSpan.FromMinutes(1), null);
        lane.TryForget(TimeSpan.FromMinutes(60)).ShouldBeFalse("the hour is not over");
        lane.TryForget(TimeSpan.FromMinutes(61)).ShouldBeTrue();
        lane.IsForgotten.ShouldBeTrue();

        // However many channels there are: those of long ago make room, and their limits are kept where they still count.
        _bench.Discord.Answer(200, "{}");
        await _bench.SendAsync(RestCall.Crosspost("42", "1"));
        for (var i = 0; i < 9_000; i++)
        {
            _bench.Advance(TimeSpan.FromMilliseconds(100));
            await _bench.SendAsync(RestCall.GetChannel($"{i}"));
        }

        _bench.Discord.Requests.Count.ShouldBe(9_001);
    }

    [Fact]
    public void A_window_books_starts_in_order_and_never_too_many()
    {
        var window = new SlidingWindow(2, TimeSpan.FromSeconds(1));
        Enumerable.Range(0, 5).Select(_ => window.Book(TimeSpan.FromSeconds(10)).TotalSeconds).ShouldBe([10, 10, 11, 11, 12]);
        window.WaitAt(TimeSpan.FromSeconds(12)).ShouldBe(TimeSpan.Zero);
    }

    private static RestCall Edit() => RestCall.EditMessage("42", "1", "{}"u8.ToArray());

    private static RestCall OldEdit() => RestCall.EditMessage("42", "1", "{}"u8.ToArray(), OwnPace.OldEdit);
}
