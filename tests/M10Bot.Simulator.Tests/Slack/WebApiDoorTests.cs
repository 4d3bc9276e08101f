using System.Net;
using System.Text;
using M10Bot.Simulator.Slack;

namespace M10Bot.Simulator.Tests.Slack;

public sealed class WebApiDoorTests
{
    [Theory]
    [InlineData("chat.shout", "Bearer xoxb-simulated", "unknown_method")]
    [InlineData("auth.test", null, "not_authed")]
    [InlineData("auth.test", "bearer xoxb-simulated", "not_authed")]
    [InlineData("auth.test", "Bearer xoxb-other", "invalid_auth")]
    [InlineData("auth.test", "Bearer xapp-simulated", "not_allowed_token_type")]
    [InlineData("apps.connections.open", "Bearer xoxb-simulated", "not_allowed_token_type")]
    public async Task A_wrong_method_or_token_is_refused_with_status_200(string method, string? authorization, string error)
    {
        await using var slack = await SlackBench.StartAsync();
        using var response = await slack.SendAsync(method, null, authorization);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SlackBench.ReadAsync(response)).Error().ShouldBe(error);
        slack.Host.Journal.Entries.ShouldContain(e => e.Call == method && e.Verdict == error);
    }

    [Fact]
    public async Task A_token_in_a_form_field_is_taken_but_not_one_in_a_JSON_body_or_a_query()
    {
        await using var slack = await SlackBench.StartAsync();
        using var form = await slack.SendAsync("auth.test", new FormUrlEncodedContent([KeyValuePair.Create("token", SlackBench.Bot)]), null);
        (await SlackBench.ReadAsync(form)).IsOk().ShouldBeTrue();
        using var json = await slack.SendAsync("auth.test", SlackBench.Json($$"""{"token":"{{SlackBench.Bot}}"}"""), null);
        (await SlackBench.ReadAsync(json)).Error().ShouldBe("not_authed");
        using var query = await slack.SendAsync("auth.test?token=" + SlackBench.Bot, null, null);
        (await SlackBench.ReadAsync(query)).Error().ShouldBe("not_authed");
    }

    [Theory]
    [InlineData("{", "application/json; charset=utf-8", "invalid_json")]
    [InlineData("[]", "application/json; charset=utf-8", "json_not_object")]
    [InlineData("{}", "application/json; charset=utf-16", "invalid_charset")]
    [InlineData("{}", "text/plain", "invalid_post_type")]
    [InlineData("{}", null, "missing_post_type")]
    public async Task A_body_that_cannot_be_read_is_refused(string body, string? type, string error)
    {
        await using var slack = await SlackBench.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await slack.SendAsync("auth.test", content);
        (await SlackBench.ReadAsync(response)).Error().ShouldBe(error);
    }

    [Fact]
    public async Task JSON_without_a_charset_is_warned_of()
    {
        await using var slack = await SlackBench.StartAsync();
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var response = await slack.SendAsync("auth.test", content);
        (await SlackBench.ReadAsync(response)).GetProperty("warning").GetString().ShouldBe("missing_charset");
    }

    [Fact]
    public async Task JSON_sent_to_a_method_that_reads_forms_counts_for_nothing()
    {
        await using var slack = await SlackBench.StartAsync();
        (await slack.CallAsync("conversations.info", new { channel = "C0BREAKING" })).Error().ShouldBe("channel_not_found");
        (await slack.ReadAsync("conversations.info", ("channel", "C0BREAKING"))).GetProperty("channel").GetProperty("name").GetString().ShouldBe("breaking");
    }

    [Fact]
    public async Task A_missing_scope_is_named_and_the_granted_ones_stand_in_the_header()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Newsroom.Scopes = new HashSet<string>(StringComparer.Ordinal) { "commands" };
        using var response = await slack.SendAsync("chat.postMessage", SlackBench.Json("""{"channel":"C0BREAKING","text":"x"}"""));
        var answer = await SlackBench.ReadAsync(response);
        answer.Error().ShouldBe("missing_scope");
        answer.GetProperty("needed").GetString().ShouldBe("chat:write");
        answer.GetProperty("provided").GetString().ShouldBe("commands");
        response.Headers.GetValues("x-oauth-scopes").ShouldBe(["commands"]);
    }

    [Fact]
    public async Task An_uninstalled_app_has_a_dead_token()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Newsroom.Uninstall();
        (await slack.CallAsync("auth.test", new { })).Error().ShouldBe("account_inactive");
    }

    [Fact]
    public async Task A_page_of_another_host_is_kept_out()
    {
        await using var slack = await SlackBench.StartAsync();
        using var http = new HttpClient();
        using var byName = new HttpRequestMessage(HttpMethod.Post, $"{slack.Host.SlackApi}/auth.test") { Headers = { Host = "evil.example" } };
        using var byOrigin = new HttpRequestMessage(HttpMethod.Post, $"{slack.Host.Address}/page/slack/command") { Headers = { { "Origin", "https://evil.example" } } };
        (await http.SendAsync(byName)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.SendAsync(byOrigin)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Updates_have_fifty_calls_a_minute_and_other_methods_go_on()
    {
        await using var slack = await SlackBench.StartAsync();
        var ts = await slack.PostAsync();
        for (var i = 0; i < 50; i++)
        {
            (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "x" })).IsOk().ShouldBeTrue();
        }

        slack.Time.Advance(TimeSpan.FromSeconds(20));
        using var limited = await slack.SendAsync("chat.update", SlackBench.Json($$"""{"channel":"C0BREAKING","ts":"{{ts}}","text":"x"}"""));
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(40));
        (await SlackBench.ReadAsync(limited)).Error().ShouldBe("ratelimited");
        (await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts })).IsOk().ShouldBeTrue();
    }

    [Fact]
    public async Task A_channel_takes_a_burst_and_then_one_post_a_second()
    {
        await using var slack = await SlackBench.StartAsync();
        for (var i = 0; i < slack.Host.Slack.Limits.PostBurst; i++)
        {
            await slack.PostAsync();
        }

        using var limited = await slack.SendAsync("chat.postMessage", SlackBench.Json("""{"channel":"C0BREAKING","text":"x"}"""));
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        await slack.PostAsync(channel: "C0DESK");
        slack.Time.Advance(TimeSpan.FromSeconds(1));
        await slack.PostAsync();
        slack.Host.Slack.Limits.IsLifted = true;
        for (var i = 0; i < 20; i++)
        {
            await slack.PostAsync();
        }
    }

    [Fact]
    public async Task A_distributed_app_reads_history_once_a_minute()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Limits.IsDistributed = true;
        (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"))).IsOk().ShouldBeTrue();
        (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"))).Error().ShouldBe("ratelimited");
    }

    [Theory]
    [InlineData(SlackFault.ReplyLost, 1)]
    [InlineData(SlackFault.InternalErrorAfter, 1)]
    [InlineData(SlackFault.UnavailableAfter, 1)]
    [InlineData(SlackFault.Truncated, 1)]
    [InlineData(SlackFault.UnavailableBefore, 0)]
    [InlineData(SlackFault.Cut, 0)]
    [InlineData(SlackFault.RateLimited, 0)]
    public async Task A_planned_fault_strikes_once_and_the_post_is_there_or_not(SlackFault fault, int posts)
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Faults.Plan(fault, "chat.postMessage");
        var isGood = false;
        try
        {
            using var response = await slack.SendAsync("chat.postMessage", SlackBench.Json("""{"channel":"C0BREAKING","text":"x","metadata":{"event_type":"a","event_payload":{"delivery_key":"k1"}}}"""));
            isGood = response.StatusCode == HttpStatusCode.OK && (await SlackBench.ReadAsync(response)).IsOk();
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException)
        {
            isGood = false;
        }

        isGood.ShouldBeFalse();
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Count.ShouldBe(posts);
        slack.Host.Slack.Newsroom.CountsByDeliveryKey().GetValueOrDefault("k1").ShouldBe(posts);
        await slack.PostAsync();
    }

    [Fact]
    public async Task A_slow_answer_waits_for_the_clock()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Faults.Plan(SlackFault.Slow, _ => true, wait: TimeSpan.FromSeconds(20));
        var call = slack.CallAsync("auth.test", new { });
        while (!slack.Host.Journal.Entries.Any(e => e.Verdict.Contains("Slow", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        call.IsCompleted.ShouldBeFalse();
        while (!call.IsCompleted)
        {
            slack.Time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        (await call).IsOk().ShouldBeTrue();
    }
}
