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
        await Task.WhenAll(one, two).WaitAsync(TimeSpan.FromSeconds(10));
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
        _bench.Discord.Answer(429, """{"retry_after":60.5,"global":false,"code":30046}""").Answer(200, "{}");
        var limited = (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.NotNow>();
        limited.Wait.ShouldBeInRange(TimeSpan.FromSeconds(60.5), TimeSpan.FromSeconds(61));
        limited.Why.ShouldContain("older messages");
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
        times.Count.ShouldBeGreaterThan(100);
        times.ShouldAllBe(t => times.Count(other => other >= t && other < t + TimeSpan.FromSeconds(1)) <= 45);
    }

    [Fact]
    public void A_window_books_starts_in_order_and_never_too_many()
    {
        var window = new SlidingWindow(2, TimeSpan.FromSeconds(1));
        Enumerable.Range(0, 5).Select(_ => window.Book(TimeSpan.FromSeconds(10)).TotalSeconds).ShouldBe([10, 10, 11, 11, 12]);
        window.WaitAt(TimeSpan.FromSeconds(12)).ShouldBe(TimeSpan.Zero);
    }
}
