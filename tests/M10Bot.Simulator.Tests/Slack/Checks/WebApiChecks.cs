using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>Checks 1 to 8: what every call meets first.</summary>
public sealed class WebApiChecks
{
    [Fact]
    public async Task Check_01_each_wrong_token_has_its_own_word()
    {
        await using var slack = await SlackBench.StartAsync();
        var installed = await Install.RunAsync(slack);
        async Task<string?> Say(string method, string? authorization)
        {
            using var response = await slack.SendAsync(method, null, authorization);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return (await SlackBench.ReadAsync(response)).Error();
        }

        (await Say("chat.shout", "Bearer " + SlackBench.Bot)).ShouldBe("unknown_method");
        (await Say("auth.test", null)).ShouldBe("not_authed");
        (await Say("auth.test", "Bearer xoxb-nobody")).ShouldBe("invalid_auth");
        (await Say("auth.test", "Bearer " + SlackBench.App)).ShouldBe("not_allowed_token_type");
        (await Say("apps.connections.open", "Bearer " + SlackBench.Bot)).ShouldBe("not_allowed_token_type");
        (await Say("apps.connections.open", "Bearer xapp-nobody")).ShouldBe("invalid_auth");
        slack.Host.Slack.IsRotating = true;
        var rotating = await Install.RunAsync(slack);
        slack.Time.Advance(TimeSpan.FromHours(12));
        (await Say("auth.test", "Bearer " + rotating.Token)).ShouldBe("token_expired");
        (await Say("auth.test", "Bearer " + installed.Token)).ShouldBeNull();
        slack.Host.Slack.Newsroom.Uninstall();
        (await Say("auth.test", "Bearer " + SlackBench.Bot)).ShouldBe("account_inactive");
    }

    [Fact]
    public async Task Check_02_a_token_counts_in_the_header_or_a_form_field_only()
    {
        await using var slack = await SlackBench.StartAsync();
        using var query = await slack.SendAsync("auth.test?token=" + SlackBench.Bot, null, null);
        (await SlackBench.ReadAsync(query)).Error().ShouldBe("not_authed");
        using var json = await slack.SendAsync("auth.test", SlackBench.Json($$"""{"token":"{{SlackBench.Bot}}"}"""), null);
        (await SlackBench.ReadAsync(json)).Error().ShouldBe("not_authed");
        using var lower = await slack.SendAsync("auth.test", null, "bearer " + SlackBench.Bot);
        (await SlackBench.ReadAsync(lower)).Error().ShouldBe("not_authed");
        using var form = await slack.SendAsync("apps.connections.open", new FormUrlEncodedContent([KeyValuePair.Create("token", SlackBench.App)]), null);
        (await SlackBench.ReadAsync(form)).Error().ShouldBe("not_authed");
    }

    [Fact]
    public async Task Check_03_the_scope_asked_for_depends_on_method_and_channel()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        room.AddChannel("C0SECRET", "secret", SlackChannelKind.Private, room.BotUser);
        room.Scopes = new HashSet<string>(StringComparer.Ordinal) { "commands", "channels:history", "channels:read" };
        async Task<string?> Needed(string method, params (string, string)[] args)
        {
            var answer = await slack.ReadAsync(method, args);
            answer.Error().ShouldBe("missing_scope");
            answer.GetProperty("provided").GetString().ShouldBe("commands,channels:history,channels:read");
            return answer.GetProperty("needed").GetString();
        }

        (await Needed("chat.postMessage", ("channel", "C0BREAKING"), ("text", "x"))).ShouldBe("chat:write");
        (await Needed("conversations.history", ("channel", "C0SECRET"))).ShouldBe("groups:history");
        (await Needed("conversations.history", ("channel", "D0ADMIN"))).ShouldBe("im:history");
        (await Needed("conversations.info", ("channel", "C0SECRET"))).ShouldBe("groups:read");
        (await Needed("conversations.list", ("types", "public_channel,mpim"))).ShouldBe("mpim:read");
        (await Needed("usergroups.users.list", ("usergroup", "S0DESK"))).ShouldBe("usergroups:read");
        using var response = await slack.SendAsync("auth.test", null);
        response.Headers.GetValues("x-oauth-scopes").ShouldBe(["commands,channels:history,channels:read"]);
    }

    [Theory]
    [InlineData("{", "application/json; charset=utf-8", "invalid_json")]
    [InlineData("[]", "application/json; charset=utf-8", "json_not_object")]
    [InlineData("{}", "application/json; charset=utf-16", "invalid_charset")]
    [InlineData("{}", "text/plain", "invalid_post_type")]
    [InlineData("{}", null, "missing_post_type")]
    public async Task Check_04_a_body_that_cannot_be_read_is_refused(string body, string? type, string error)
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
    public async Task Check_05_JSON_to_a_method_that_reads_forms_counts_for_nothing_and_is_complained_of()
    {
        await using var slack = await SlackBench.StartAsync();
        (await slack.CallAsync("conversations.info", new { channel = "C0BREAKING" })).Error().ShouldBe("channel_not_found");
        slack.Host.Slack.Complaints.ShouldBe(["conversations.info reads forms only and was sent JSON"]);
    }

    [Fact]
    public async Task Check_06_only_a_limit_changes_the_status_and_it_names_whole_seconds()
    {
        await using var slack = await SlackBench.StartAsync();
        using var refused = await slack.SendAsync("chat.postMessage", SlackBench.Json("{}"));
        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        slack.Host.Slack.Limits.PostBurst = 1;
        await slack.PostAsync();
        slack.Time.Advance(TimeSpan.FromMilliseconds(300));
        using var limited = await slack.SendAsync("chat.postMessage", SlackBench.Json("""{"channel":"C0BREAKING","text":"x"}"""));
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.GetValues("Retry-After").ShouldBe(["1"]);
        (await SlackBench.ReadAsync(limited)).Error().ShouldBe("ratelimited");
    }

    [Fact]
    public async Task Check_07_each_method_of_each_workspace_has_its_own_minute()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.AddTeam("T0OTHER", "Other", "xoxb-other");
        for (var i = 0; i < 20; i++)
        {
            (await slack.ReadAsync("conversations.list")).IsOk().ShouldBeTrue();
        }

        (await slack.ReadAsync("conversations.list")).Error().ShouldBe("ratelimited");
        (await slack.ReadAsync("users.conversations")).IsOk().ShouldBeTrue();
        using var other = await slack.SendAsync("conversations.list", null, "Bearer xoxb-other");
        (await SlackBench.ReadAsync(other)).IsOk().ShouldBeTrue();
        slack.Time.Advance(TimeSpan.FromMinutes(1));
        (await slack.ReadAsync("conversations.list")).IsOk().ShouldBeTrue();
    }

    [Fact]
    public async Task Check_07_a_workspace_takes_so_many_posts_a_minute_over_all_its_channels()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Limits.PostsPerMinute = 3;
        await slack.PostAsync();
        await slack.PostAsync(channel: "C0DESK");
        await slack.PostAsync(channel: "C0GENERAL");
        (await slack.CallAsync("chat.postMessage", new { channel = "D0ADMIN", text = "x" })).Error().ShouldBe("ratelimited");
    }

    [Fact]
    public async Task Check_08_a_distributed_app_reads_fifteen_messages_once_a_minute()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Limits.IsLifted = true;
        for (var i = 0; i < 20; i++)
        {
            await slack.PostAsync();
        }

        (slack.Host.Slack.Limits.IsLifted, slack.Host.Slack.Limits.IsDistributed) = (false, true);
        var read = await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"), ("limit", "100"));
        read.GetProperty("messages").GetArrayLength().ShouldBe(15);
        (await slack.ReadAsync("conversations.history", ("channel", "C0DESK"))).Error().ShouldBe("ratelimited");
        slack.Time.Advance(TimeSpan.FromMinutes(1));
        (await slack.ReadAsync("conversations.history", ("channel", "C0DESK"))).IsOk().ShouldBeTrue();
    }

    [Theory]
    [InlineData(SlackFault.Cut)]
    [InlineData(SlackFault.ReplyLost)]
    [InlineData(SlackFault.InternalErrorAfter)]
    [InlineData(SlackFault.UnavailableBefore)]
    [InlineData(SlackFault.UnavailableAfter)]
    [InlineData(SlackFault.Truncated)]
    [InlineData(SlackFault.RateLimited)]
    public async Task Check_28_a_fault_strikes_any_call_once_and_the_edit_is_done_or_not(SlackFault fault)
    {
        await using var slack = await SlackBench.StartAsync();
        var ts = await slack.PostAsync();
        slack.Host.Slack.Faults.Plan(fault, "chat.update");
        var isGood = false;
        try
        {
            isGood = (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "changed" })).IsOk();
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException)
        {
            isGood = false;
        }

        isGood.ShouldBeFalse();
        var isDone = fault is SlackFault.ReplyLost or SlackFault.InternalErrorAfter or SlackFault.UnavailableAfter or SlackFault.Truncated;
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Single().Version.ShouldBe(isDone ? 2 : 1);
        slack.Host.Slack.Faults.Pending.ShouldBe(0);
        (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "changed" })).IsOk().ShouldBeTrue();
    }

    [Fact]
    public async Task Check_28_an_admin_orders_faults_from_the_page_and_nobody_else_does()
    {
        await using var slack = await SlackBench.StartAsync();
        (await slack.ActAsync("fault", new { person = "member", fault = "internal-error" })).Status.ShouldBe(400);
        (await slack.ActAsync("fault", new { person = "admin", fault = "earthquake" })).Status.ShouldBe(400);
        (await slack.ActAsync("fault", new { person = "admin", fault = "internal-error" })).Status.ShouldBe(200);
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x" })).Error().ShouldBe("internal_error");
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Check_50_every_request_stands_in_the_journal_and_what_is_careless_among_the_complaints()
    {
        await using var slack = await SlackBench.StartAsync();
        await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", colour = "red" });
        slack.Host.Journal.Entries.ShouldContain(e => e.Call == "chat.postMessage" && e.Verdict == "ok" && e.At == slack.Time.GetUtcNow());
        slack.Host.Slack.Complaints.ShouldBe(["chat.postMessage does not know the argument colour"]);
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var response = await slack.SendAsync("auth.test", content);
        (await SlackBench.ReadAsync(response)).GetProperty("warning").GetString().ShouldBe("missing_charset");
        slack.Host.Slack.Complaints[^1].ShouldBe("auth.test was warned: missing_charset");
    }

    [Fact]
    public async Task Check_50_a_token_that_looks_real_is_never_taken_and_strangers_are_kept_out()
    {
        var real = "xoxb-" + "123456789012-123456789012-" + new string('a', 24);
        await Should.ThrowAsync<ArgumentException>(() => SimulatorHost.StartAsync(new SimulatorOptions { SlackBotToken = real }, TimeProvider.System, new Random(1), CancellationToken.None));
        await using var slack = await SlackBench.StartAsync();
        using var response = await slack.SendAsync("auth.test", null, "Bearer " + real);
        (await SlackBench.ReadAsync(response)).Error().ShouldBe("invalid_auth");
        slack.Host.Slack.Complaints.ShouldBe(["a token that looks real was sent to the simulator"]);
        slack.Host.Address.ShouldStartWith("http://127.0.0.1:");
        using var http = new HttpClient();
        using var stranger = new HttpRequestMessage(HttpMethod.Get, $"{slack.Host.Address}/slack/oauth/v2/authorize") { Headers = { Host = "evil.example" } };
        (await http.SendAsync(stranger)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Check_49_what_the_manifest_does_not_ask_for_is_not_there()
    {
        Should.Throw<ArgumentException>(() => SlackManifest.Read("""{"display_information":{}}""")).Message.ShouldContain("/display_information/name");
        Should.Throw<ArgumentException>(() => SlackManifest.Read("""{"display_information":{"name":"x"},"oauth_config":{"scopes":{"bot":["chat:shout"]}}}""")).Message.ShouldContain("chat:shout");
        Should.Throw<ArgumentException>(() => SlackManifest.Read("{")).Message.ShouldContain("not JSON");
        SlackManifest.Read(null).Commands.ShouldContain(c => c.Command == "/m10");

        await using var slack = await SlackBench.StartAsync(m =>
        {
            m["oauth_config"]!["scopes"]!["bot"] = new JsonArray("commands");
            m["features"]!["slash_commands"] = new JsonArray();
            m["features"]!["app_home"]!["home_tab_enabled"] = false;
        });
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x" })).Error().ShouldBe("missing_scope");
        (await slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10" })).Status.ShouldBe(400);
        (await slack.CallAsync("views.publish", new { user_id = "U0ADMIN", view = JsonNode.Parse("""{"type":"home","blocks":[]}""") })).Error().ShouldBe("not_enabled");
    }
}
