using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Tests.Discord;

public sealed class DiscordFaultTests
{
    [Fact]
    public async Task A_lost_reply_leaves_the_message_and_its_nonce_finds_it_again()
    {
        await using var bench = await DiscordBench.StartAsync();
        var body = new JsonObject { ["content"] = "Quake", ["nonce"] = "n", ["enforce_nonce"] = true };
        bench.Discord.Faults.LoseReply(c => c.IsCreate);
        await Should.ThrowAsync<HttpRequestException>(async () => await bench.SayAsync(body));
        bench.Discord.Posts(bench.News).Count.ShouldBe(1);
        (await bench.SayAsync(body)).Id.ShouldBe(bench.Discord.Posts(bench.News).Single().Id);
        bench.Discord.Faults.Struck.ShouldBe(1);
    }

    [Fact]
    public async Task A_cut_connection_leaves_nothing()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Faults.CutConnection(c => c.IsCreate);
        await Should.ThrowAsync<HttpRequestException>(async () => await bench.SayAsync("x"));
        bench.Discord.Posts(bench.News).ShouldBeEmpty();
    }

    [Fact]
    public async Task Server_errors_strike_before_or_after_the_deed_as_often_as_ordered()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Faults.FailBefore(503, c => c.IsCreate, times: 2);
        (await bench.SayAsync("x")).Status.ShouldBe(503);
        (await bench.SayAsync("x")).Status.ShouldBe(503);
        bench.Discord.Posts(bench.News).ShouldBeEmpty();
        bench.Discord.Faults.FailAfter(502, c => c.IsCreate);
        (await bench.SayAsync("x")).Status.ShouldBe(502);
        bench.Discord.Posts(bench.News).Count.ShouldBe(1);
        (await bench.SayAsync("y")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_ordered_rate_limit_comes_though_requests_remain_and_a_shared_one_does_not_count()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Faults.RateLimit(TimeSpan.FromSeconds(7.5), c => c.IsCreate, scope: "shared");
        var reply = await bench.SayAsync("x");
        reply.Status.ShouldBe(429);
        reply.Body.GetProperty("retry_after").GetDouble().ShouldBe(7.5);
        reply.Header("Retry-After").ShouldBe("8");
        bench.Discord.Limits.InvalidRequests.ShouldBe(0);
    }

    [Fact]
    public async Task A_slow_reply_comes_when_its_time_has_come_and_the_deed_is_done_at_once()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (gateway, _) = await GatewayClient.ReadyAsync(bench, intents: 1 << 9);
        await using var owned = gateway;
        bench.Discord.Faults.SlowReply(TimeSpan.FromSeconds(30), c => c.IsCreate);
        var slow = bench.SayAsync("x");
        await gateway.EventAsync("MESSAGE_CREATE");
        var start = bench.Time.GetUtcNow();
        while (!slow.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (bench.Time.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
        (await slow.WaitAsync(DiscordBench.Patience)).Status.ShouldBe(200);
    }
}
