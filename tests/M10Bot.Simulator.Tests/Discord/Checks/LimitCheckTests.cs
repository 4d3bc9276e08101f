using System.Text.Json;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Checks 30 to 39: rate limits and troubles on the way.</summary>
public sealed class LimitCheckTests
{
    [Fact]
    public async Task Check_30_headers_where_there_is_a_bucket_and_none_elsewhere()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Time.Advance(TimeSpan.FromMilliseconds(250));
        var post = await bench.SayAsync("x");
        post.Header("X-RateLimit-Reset-After").ShouldBe("5.000");
        post.Header("X-RateLimit-Reset").ShouldContain(".");
        bench.Discord.World.SetBotPermissions(bench.News, allow: DiscordPermission.ManageWebhooks);
        var hook = await bench.PostAsync($"channels/{bench.News}/webhooks", Check.Json("""{"name":"Desk"}"""));
        hook.Headers.Contains("X-RateLimit-Bucket").ShouldBeFalse();
    }

    [Fact]
    public async Task Check_31_a_shared_hash_is_no_shared_counter_and_deletes_go_by_age()
    {
        await using var bench = await DiscordBench.StartAsync();
        var post = await bench.SayAsync("a");
        var edit = await bench.PatchAsync($"{bench.Messages()}/{post.Id}", Check.Json("""{"content":"b"}"""));
        edit.Header("X-RateLimit-Bucket").ShouldBe(post.Header("X-RateLimit-Bucket"));
        edit.Header("X-RateLimit-Remaining").ShouldBe("4");
        var elsewhere = await bench.PostAsync(bench.Messages(bench.Channel("world")), Check.Json("""{"content":"a"}"""));
        elsewhere.Header("X-RateLimit-Remaining").ShouldBe("4");
        var young = await bench.DeleteAsync($"{bench.Messages()}/{(await bench.SayAsync("young")).Id}");
        var id = (await bench.SayAsync("old")).Id;
        bench.Time.Advance(TimeSpan.FromSeconds(11));
        var old = await bench.DeleteAsync($"{bench.Messages()}/{id}");
        (young.Header("X-RateLimit-Limit"), old.Header("X-RateLimit-Limit")).ShouldBe(("5", "3"));
        string.Equals(young.Header("X-RateLimit-Bucket"), old.Header("X-RateLimit-Bucket"), StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task Check_32_the_sixth_post_in_five_seconds()
    {
        await using var bench = await DiscordBench.StartAsync();
        await FillAsync(bench);
        var refused = await bench.SayAsync("6");
        refused.Status.ShouldBe(429);
        refused.Body.GetProperty("retry_after").GetDouble().ShouldBe(5, 0.01);
        refused.Body.GetProperty("global").GetBoolean().ShouldBeFalse();
        (refused.Header("X-RateLimit-Scope"), refused.Header("Retry-After"), refused.Header("X-RateLimit-Remaining")).ShouldBe(("user", "5", "0"));
    }

    [Fact]
    public async Task Check_33_a_hidden_limit_strikes_though_requests_remain()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.World.SetBotPermissions(bench.News, allow: DiscordPermission.ManageChannels);
        await bench.PatchAsync($"channels/{bench.News}", Check.Json("""{"topic":"1"}"""));
        await bench.PatchAsync($"channels/{bench.News}", Check.Json("""{"topic":"2"}"""));
        var refused = await bench.PatchAsync($"channels/{bench.News}", Check.Json("""{"topic":"3"}"""));
        refused.Status.ShouldBe(429);
        refused.Number("X-RateLimit-Remaining").ShouldBeGreaterThan(0);
        refused.Body.GetProperty("retry_after").GetDouble().ShouldBe(600, 0.01);
        refused.Number("X-RateLimit-Reset-After").ShouldBeLessThan(600);
    }

    [Fact]
    public async Task Check_34_a_shared_limit_says_so_and_does_not_count()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Faults.RateLimit(TimeSpan.FromSeconds(2.5), c => c.IsCreate, scope: "shared");
        var refused = await bench.SayAsync("x");
        (refused["message"], refused.Header("X-RateLimit-Scope")).ShouldBe(("The resource is being rate limited.", "shared"));
        bench.Discord.Limits.InvalidRequests.ShouldBe(0);
    }

    [Fact]
    public async Task Check_35_the_global_limit_spares_interactions()
    {
        await using var bench = await DiscordBench.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            (await bench.GetAsync("users/@me")).Status.ShouldBe(200);
        }

        var refused = await bench.GetAsync("users/@me");
        refused.Status.ShouldBe(429);
        refused.Body.GetProperty("global").GetBoolean().ShouldBeTrue();
        refused.Header("X-RateLimit-Global").ShouldBe("true");
        refused.Headers.Contains("X-RateLimit-Bucket").ShouldBeFalse();
        (await bench.PostAsync("interactions/1/token/callback", Check.Json("""{"type":4}"""))).Code.ShouldBe(10062);
    }

    [Fact]
    public async Task Check_36_coming_back_too_early_is_refused_and_counted()
    {
        await using var bench = await DiscordBench.StartAsync();
        await FillAsync(bench);
        (await bench.SayAsync("6")).Status.ShouldBe(429);
        bench.Discord.Limits.Violations.ShouldBe(0);
        bench.Time.Advance(TimeSpan.FromSeconds(4.9));
        (await bench.SayAsync("too early")).Status.ShouldBe(429);
        bench.Discord.Limits.Violations.ShouldBe(1);
        bench.Time.Advance(TimeSpan.FromSeconds(0.2));
        (await bench.SayAsync("6")).Status.ShouldBe(200);
        bench.Discord.Limits.Violations.ShouldBe(1);
    }

    [Fact]
    public async Task Check_37_too_many_invalid_requests_shut_the_address_out()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Limits.InvalidPerTenMinutes = 3;
        bench.Discord.Faults.RateLimit(TimeSpan.FromSeconds(1), c => c.IsCreate, times: 3, scope: "shared");
        bench.Discord.World.SetBotPermissions(bench.News, deny: DiscordPermission.SendMessages);
        for (var i = 0; i < 6; i++)
        {
            await bench.SayAsync("x"); // three shared ones, which do not count, and three that do
        }

        using var shutOut = await bench.Http.GetAsync("users/@me");
        ((int)shutOut.StatusCode, shutOut.Content.Headers.ContentType!.MediaType).ShouldBe((429, "text/html"));
        bench.Time.Advance(TimeSpan.FromMinutes(11));
        (await bench.GetAsync("users/@me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Check_38_headers_that_promise_too_much()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Limits.Misleading = true;
        var post = await bench.SayAsync("1");
        (post.Header("X-RateLimit-Limit"), post.Header("X-RateLimit-Remaining")).ShouldBe(("50000", "49999"));
        await FillAsync(bench, from: 1);
        (await bench.SayAsync("6")).Status.ShouldBe(429);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Check_39_server_errors_before_and_after_the_deed(int status)
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Faults.FailBefore(status, c => c.IsCreate);
        (await bench.SayAsync("x")).Status.ShouldBe(status);
        bench.Discord.Posts(bench.News).ShouldBeEmpty();
        bench.Discord.Faults.FailAfter(status, c => c.IsCreate);
        (await bench.SayAsync("x")).Status.ShouldBe(status);
        bench.Discord.Posts(bench.News).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Check_39_cut_lost_slow_and_foreign_answers()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Faults.CutConnection(c => c.IsCreate);
        await Should.ThrowAsync<HttpRequestException>(async () => await bench.SayAsync("x"));
        bench.Discord.Posts(bench.News).ShouldBeEmpty();
        bench.Discord.Faults.LoseReply(c => c.IsCreate);
        await Should.ThrowAsync<HttpRequestException>(async () => await bench.SayAsync("x"));
        bench.Discord.Posts(bench.News).Count.ShouldBe(1);
        bench.Discord.Faults.AnswerHtml(200, c => c.IsCreate);
        (await bench.SayAsync("x")).Body.ValueKind.ShouldBe(JsonValueKind.Undefined);
        bench.Discord.Posts(bench.News).Count.ShouldBe(1);

        bench.Discord.Faults.SlowBody(TimeSpan.FromSeconds(30), c => c.IsCreate);
        using var request = new HttpRequestMessage(HttpMethod.Post, bench.Messages()) { Content = DiscordBench.Json("""{"content":"slow"}""") };
        using var response = await bench.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var reading = response.Content.ReadAsStringAsync();
        reading.IsCompleted.ShouldBeFalse();
        while (!reading.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        JsonDocument.Parse(await reading).RootElement.GetProperty("content").GetString().ShouldBe("slow");
    }

    private static async Task FillAsync(DiscordBench bench, int from = 0)
    {
        for (var i = from; i < 5; i++)
        {
            (await bench.SayAsync("x")).Status.ShouldBe(200);
        }
    }
}
