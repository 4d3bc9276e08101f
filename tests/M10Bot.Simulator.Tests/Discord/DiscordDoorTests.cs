using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Tests.Discord;

public sealed class DiscordDoorTests
{
    [Fact]
    public async Task An_unknown_route_is_not_found_and_a_wrong_method_not_allowed()
    {
        await using var bench = await DiscordBench.StartAsync();
        var unknown = await bench.GetAsync("no/such/route");
        unknown.Status.ShouldBe(404);
        unknown["message"].ShouldBe("404: Not Found");
        unknown.Code.ShouldBe(0);
        (await bench.DeleteAsync("users/@me")).Status.ShouldBe(405);
        (await bench.GetAsync($"{bench.Host.Address}/api/v6/users/@me")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_wrong_token_is_unauthorized_and_counted()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", "another");
        var reply = await bench.GetAsync("users/@me");
        reply.Status.ShouldBe(401);
        reply["message"].ShouldBe("401: Unauthorized");
        bench.Discord.Limits.InvalidRequests.ShouldBe(1);
    }

    [Fact]
    public async Task A_user_agent_that_is_no_bot_is_blocked()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Http.DefaultRequestHeaders.UserAgent.Clear();
        bench.Http.DefaultRequestHeaders.UserAgent.ParseAdd("curl/8");
        var reply = await bench.GetAsync("users/@me");
        (reply.Status, reply.Code).ShouldBe((403, 40333));
    }

    [Fact]
    public async Task Broken_json_and_other_content_types_are_refused()
    {
        await using var bench = await DiscordBench.StartAsync();
        var path = $"channels/{bench.News}/messages";
        using var broken = DiscordBench.Json("{\"content\":");
        (await Reply.OfAsync(await bench.Http.PostAsync(path, broken))).Code.ShouldBe(50109);
        using var plain = new StringContent("content=x");
        (await Reply.OfAsync(await bench.Http.PostAsync(path, plain))).ErrorAt("").ShouldBe("CONTENT_TYPE_INVALID");
    }

    [Fact]
    public async Task Too_many_invalid_requests_shut_the_address_out_for_a_while()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Limits.InvalidPerTenMinutes = 2;
        bench.Discord.World.SetBotPermissions(bench.News, deny: DiscordPermission.SendMessages);
        await bench.SayAsync("one");
        await bench.SayAsync("two");
        var shutOut = await bench.GetAsync("users/@me");
        shutOut.Status.ShouldBe(429);
        shutOut.Body.ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Undefined);
        bench.Time.Advance(TimeSpan.FromMinutes(11));
        (await bench.GetAsync("users/@me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_sixth_post_in_five_seconds_waits_and_an_early_return_is_a_violation()
    {
        await using var bench = await DiscordBench.StartAsync();
        var first = await bench.SayAsync("1");
        first.Header("X-RateLimit-Limit").ShouldBe("5");
        first.Header("X-RateLimit-Remaining").ShouldBe("4");
        for (var i = 2; i <= 5; i++)
        {
            (await bench.SayAsync("more")).Status.ShouldBe(200);
        }

        bench.Time.Advance(TimeSpan.FromSeconds(2));
        var refused = await bench.SayAsync("6");
        refused.Status.ShouldBe(429);
        refused.Body.GetProperty("retry_after").GetDouble().ShouldBe(3, 0.01);
        refused.Body.GetProperty("global").GetBoolean().ShouldBeFalse();
        refused.Header("X-RateLimit-Scope").ShouldBe("user");
        bench.Discord.Limits.Violations.ShouldBe(0);
        (await bench.SayAsync("too early")).Status.ShouldBe(429);
        bench.Discord.Limits.Violations.ShouldBe(1);
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        (await bench.SayAsync("6")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Posts_and_edits_share_the_hash_and_not_the_counter()
    {
        await using var bench = await DiscordBench.StartAsync();
        var post = await bench.SayAsync("a");
        var edit = await bench.PatchAsync($"channels/{bench.News}/messages/{post.Id}", new JsonObject { ["content"] = "b" });
        edit.Header("X-RateLimit-Bucket").ShouldBe(post.Header("X-RateLimit-Bucket"));
        edit.Header("X-RateLimit-Remaining").ShouldBe("4");
    }

    [Fact]
    public async Task The_fifty_first_request_in_a_second_meets_the_global_limit()
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
    }

    [Fact]
    public async Task With_the_limits_lifted_nothing_waits()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Limits.Lifted = true;
        for (var i = 0; i < 60; i++)
        {
            (await bench.SayAsync("x")).Status.ShouldBe(200);
        }

        bench.Discord.Posts(bench.News).Count.ShouldBe(60);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_act_as_a_person()
    {
        await using var bench = await DiscordBench.StartAsync();
        var body = new JsonObject { ["person"] = "admin", ["channel"] = bench.News, ["name"] = "latest" };
        (await bench.PageAsync("command", body, hostHeader: "evil.example")).Status.ShouldBe(403);
        using var crossSite = new HttpRequestMessage(HttpMethod.Post, $"{bench.Host.Address}/page/discord/command") { Content = DiscordBench.Json(body.ToJsonString()) };
        crossSite.Headers.Add("Origin", "https://evil.example");
        (await Reply.OfAsync(await bench.Http.SendAsync(crossSite))).Status.ShouldBe(403);
        var own = await bench.PageAsync("command", body);
        own.Status.ShouldBe(400);
        own["error"].ShouldBe("There is no command /latest.");
    }

    [Fact]
    public async Task The_journal_names_the_call_and_never_a_token()
    {
        await using var bench = await DiscordBench.StartAsync();
        await bench.PostAsync("interactions/1/secret/callback", new JsonObject { ["type"] = 4 });
        var entry = bench.Host.Journal.Entries.Single();
        (entry.Call, entry.Verdict, entry.Detail).ShouldBe(("POST interactions/{id}/{token}/callback", "404", "10062"));
    }
}
