using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using M10Bot.Simulator.Slack;
using M10Bot.Simulator.Slack.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>Check 40: the app's request URLs.</summary>
public sealed class RequestUrlChecks
{
    private const string Secret = "simulated-signing-secret";

    [Fact]
    public void The_signature_is_the_one_of_Slacks_own_example()
    {
        const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        RequestSignature.Of("8f742231b10e8888abcd99yyyzzz85a5", 1531420618, Encoding.UTF8.GetBytes(Body))
            .ShouldBe("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    [Fact]
    public async Task Check_40_events_commands_and_actions_are_posted_and_signed_over_the_raw_bytes()
    {
        await using var slack = await SlackBench.StartAsync(m => m["settings"]!["socket_mode_enabled"] = false, m => m["settings"]!["event_subscriptions"]!["request_url"] = "https://m10.example.org/slack/events");
        await using var app = await RequestUrlApp.StartAsync();
        slack.Host.Slack.RequestUrls.Use(app.Address);
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        var told = await app.NextAsync();
        told.Headers["X-Slack-Signature"].ShouldBe(Signed(told));
        told.Headers["X-Slack-Request-Timestamp"].ShouldBe(slack.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        JsonDocument.Parse(told.Body).RootElement.GetProperty("event").GetProperty("type").GetString().ShouldBe("app_home_opened");

        app.Answer = (_, context) => context.Response.WriteAsync("At once.");
        var typed = await slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10 A&B" });
        typed.Answer.IsOk().ShouldBeTrue();
        var command = await app.NextAsync();
        command.Headers["X-Slack-Signature"].ShouldBe(Signed(command));
        QueryHelpers.ParseQuery(command.Body)["text"].ToString().ShouldBe("A&amp;B");
        slack.Host.Slack.Newsroom.AllMessages("C0BREAKING").Single().Text.ShouldBe("At once.");

        app.Answer = (_, context) => Task.CompletedTask;
        (await slack.ActAsync("shortcut", new { person = "admin", callback_id = "m10.settings" })).Answer.IsOk().ShouldBeTrue();
        var action = QueryHelpers.ParseQuery((await app.NextAsync()).Body)["payload"].ToString();
        JsonDocument.Parse(action).RootElement.GetProperty("callback_id").GetString().ShouldBe("m10.settings");
    }

    [Theory]
    [InlineData(SlackFault.WrongSignature)]
    [InlineData(SlackFault.OldTimestamp)]
    [InlineData(SlackFault.FutureTimestamp)]
    [InlineData(SlackFault.UpperCaseSignature)]
    [InlineData(SlackFault.MissingSignature)]
    [InlineData(SlackFault.OversizedBody)]
    [InlineData(SlackFault.Repeated)]
    public async Task Check_40_a_request_can_be_wrong_in_every_way_an_app_must_see_through(SlackFault fault)
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.IsSocketMode = false;
        await using var app = await RequestUrlApp.StartAsync();
        slack.Host.Slack.RequestUrls.Use(app.Address);
        slack.Host.Slack.Faults.Plan(fault, "slash_commands");
        await slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10" });
        var request = await app.NextAsync();
        var signature = request.Headers.GetValueOrDefault("X-Slack-Signature");
        var age = slack.Time.GetUtcNow().ToUnixTimeSeconds() - long.Parse(request.Headers["X-Slack-Request-Timestamp"], CultureInfo.InvariantCulture);
        switch (fault)
        {
            case SlackFault.WrongSignature:
                string.Equals(signature, Signed(request), StringComparison.Ordinal).ShouldBeFalse();
                break;
            case SlackFault.OldTimestamp or SlackFault.FutureTimestamp:
                Math.Abs(age).ShouldBe(301);
                signature.ShouldBe(Signed(request));
                break;
            case SlackFault.UpperCaseSignature:
                signature.ShouldBe("v0=" + Signed(request)[3..].ToUpperInvariant());
                break;
            case SlackFault.MissingSignature:
                signature.ShouldBeNull();
                break;
            case SlackFault.OversizedBody:
                request.Body.Length.ShouldBe(8 * 1024 * 1024);
                break;
            default:
                var again = await app.NextAsync();
                (again.Body, again.Headers["X-Slack-Signature"]).ShouldBe((request.Body, signature));
                break;
        }
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("form", true)]
    [InlineData("json", true)]
    [InlineData("nothing", false)]
    public async Task Check_40_a_url_proves_itself_in_three_ways(string way, bool isProven)
    {
        await using var slack = await SlackBench.StartAsync();
        await using var app = await RequestUrlApp.StartAsync();
        slack.Host.Slack.RequestUrls.Use(app.Address);
        app.Answer = (request, context) =>
        {
            var challenge = JsonDocument.Parse(request.Body).RootElement.GetProperty("challenge").GetString();
            return way switch
            {
                "plain" => context.Response.WriteAsync(challenge!),
                "form" => context.Response.WriteAsync("challenge=" + challenge),
                "json" => context.Response.WriteAsJsonAsync(new { challenge }),
                _ => Task.CompletedTask,
            };
        };
        (await slack.Host.Slack.RequestUrls.VerifyAsync(CancellationToken.None)).ShouldBe(isProven);
        var request = await app.NextAsync();
        request.Headers["X-Slack-Signature"].ShouldBe(Signed(request));
    }

    [Fact]
    public async Task Check_40_the_check_of_the_certificate_is_unsigned()
    {
        await using var slack = await SlackBench.StartAsync();
        await using var app = await RequestUrlApp.StartAsync();
        slack.Host.Slack.RequestUrls.Use(app.Address);
        (await slack.Host.Slack.RequestUrls.CheckCertificateAsync(CancellationToken.None)).ShouldBeTrue();
        var request = await app.NextAsync();
        request.Body.ShouldStartWith("ssl_check=1");
        request.Headers.ContainsKey("X-Slack-Signature").ShouldBeFalse();
    }

    [Fact]
    public async Task Check_40_an_event_that_fails_comes_again_with_its_number_and_reason_unless_the_app_forbids_it()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.IsSocketMode = false;
        await using var app = await RequestUrlApp.StartAsync();
        slack.Host.Slack.RequestUrls.Use(app.Address);
        app.Answer = (_, context) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        var first = await app.NextAsync();
        first.Headers.ContainsKey("X-Slack-Retry-Num").ShouldBeFalse();
        var second = await app.NextAsync();
        (second.Headers["X-Slack-Retry-Num"], second.Headers["X-Slack-Retry-Reason"]).ShouldBe(("1", "http_error"));
        app.Answer = (_, context) =>
        {
            context.Response.StatusCode = 500;
            context.Response.Headers["X-Slack-No-Retry"] = "1";
            return Task.CompletedTask;
        };
        await slack.UntilTimerAsync(TimeSpan.FromMinutes(1));
        slack.Time.Advance(TimeSpan.FromMinutes(1));
        (await app.NextAsync()).Headers["X-Slack-Retry-Num"].ShouldBe("2");
        await slack.UntilAsync(() => slack.Host.Journal.Entries.Count(e => e is { Call: "events_api", Verdict: "http_error" }) >= 3);
        slack.Time.Advance(TimeSpan.FromMinutes(10));
        slack.Host.Slack.Newsroom.As("editor").OpenHome();
        (await app.NextAsync()).Body.ShouldContain("U0EDITOR");
    }

    [Fact]
    public async Task Check_40_two_redirects_are_followed_and_a_third_is_not()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.IsSocketMode = false;
        await using var app = await RequestUrlApp.StartAsync();
        slack.Host.Slack.RequestUrls.Use(app.Address);
        var most = 2;
        app.Answer = (request, context) =>
        {
            var hop = request.Path.Length - "/slack/events".Length;
            if (hop < most)
            {
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = request.Path + "x";
            }

            return Task.CompletedTask;
        };
        (await slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10" })).Answer.IsOk().ShouldBeTrue();
        most = 3;
        (await slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10" })).Answer.Error().ShouldBe("dispatch_failed");
    }

    [Fact]
    public async Task Check_40_an_app_that_nearly_always_fails_is_switched_off()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.IsSocketMode = false;
        slack.Host.Slack.RequestUrls.LeastForSwitchOff = 3;
        await using var app = await RequestUrlApp.StartAsync();
        slack.Host.Slack.RequestUrls.Use(app.Address);
        app.Answer = (_, context) =>
        {
            context.Response.StatusCode = 500;
            context.Response.Headers["X-Slack-No-Retry"] = "1";
            return Task.CompletedTask;
        };
        for (var i = 0; i < 3; i++)
        {
            slack.Host.Slack.Newsroom.As("admin").OpenHome();
            await app.NextAsync();
        }

        await slack.UntilAsync(() => slack.Host.Slack.RequestUrls.IsSwitchedOff);
    }

    [Fact]
    public async Task Check_40_nothing_is_ever_posted_beyond_this_machine()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.IsSocketMode = false;
        slack.Host.Slack.RequestUrls.Use(new Uri("http://10.0.0.1/slack/events"));
        (await slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10" })).Answer.Error().ShouldBe("dispatch_failed");
    }

    private static string Signed(AppRequest request)
    {
        var text = $"v0:{request.Headers["X-Slack-Request-Timestamp"]}:{request.Body}";
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));
    }
}
