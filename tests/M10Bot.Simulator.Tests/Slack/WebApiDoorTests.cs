using System.Net;
using M10Bot.Simulator.Slack;

namespace M10Bot.Simulator.Tests.Slack;

public sealed class WebApiDoorTests
{
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
