using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>Checks 46 to 48: channels and installs come and go.</summary>
public sealed class InstallChecks
{
    [Fact]
    public async Task Check_46_every_change_of_a_channel_is_told_with_its_own_event()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var room = slack.Host.Slack.Newsroom;
        async Task<JsonElement> Told(Action change)
        {
            change();
            var envelope = await line.NextAsync();
            await line.AckAsync(envelope);
            return envelope.GetProperty("payload").GetProperty("event");
        }

        static string? Type(JsonElement told) => told.GetProperty("type").GetString();
        var joined = await Told(() => room.Invite("C0GENERAL", "U0ADMIN"));
        (Type(joined), joined.GetProperty("user").GetString(), joined.GetProperty("inviter").GetString()).ShouldBe(("member_joined_channel", room.BotUser, "U0ADMIN"));
        Type(await Told(() => room.Kick("C0GENERAL", "U0ADMIN"))).ShouldBe("channel_left");
        Type(await Told(() => room.Leave("C0DESK", room.BotUser))).ShouldBe("member_left_channel");
        Type(await Told(() => room.Archive("C0GENERAL"))).ShouldBe("channel_archive");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0GENERAL", text = "x" })).Error().ShouldBe("is_archived");
        Type(await Told(() => room.Unarchive("C0GENERAL"))).ShouldBe("channel_unarchive");
        (await Told(() => room.Rename("C0GENERAL", "everyone"))).GetProperty("channel").GetProperty("name").GetString().ShouldBe("everyone");
        (await Told(() => room.ChangeId("C0GENERAL", "C0MOVED"))).GetProperty("new_channel_id").GetString().ShouldBe("C0MOVED");
        Type(await Told(() => room.Delete("C0MOVED"))).ShouldBe("channel_deleted");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0MOVED", text = "x" })).Error().ShouldBe("channel_not_found");
        room.AddChannel("C0SECRET", "secret", SlackChannelKind.Private, room.BotUser);
        Type(await Told(() => room.Archive("C0SECRET"))).ShouldBe("group_archive");
        Type(await Told(() => room.RenameTeam("M10"))).ShouldBe("team_rename");
        Type(await Told(() => room.SetGroup(new SlackUserGroup("S0DESK", "desk", "Desk", ["U0ADMIN"])))).ShouldBe("subteam_members_changed");
        (await slack.ReadAsync("usergroups.users.list", ("usergroup", "S0DESK"))).GetProperty("users")[0].GetString().ShouldBe("U0ADMIN");
        (await slack.ReadAsync("usergroups.users.list", ("usergroup", "S0NONE"))).Error().ShouldBe("no_such_subteam");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_46_an_uninstall_kills_the_tokens_at_once_and_may_be_told_after_a_newer_install(bool revokedFirst)
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var room = slack.Host.Slack.Newsroom;
        var old = (await Install.RunAsync(slack)).Token;
        var when = slack.Time.GetUtcNow();
        room.Uninstall(isTold: false);
        (await CallAsync(slack, "auth.test", old)).Error().ShouldBe("account_inactive");
        slack.Time.Advance(TimeSpan.FromMinutes(5));
        var renewed = (await Install.RunAsync(slack)).Token;
        (await CallAsync(slack, "auth.test", renewed)).IsOk().ShouldBeTrue();
        (await CallAsync(slack, "auth.test", old)).Error().ShouldBe("account_inactive");
        room.TellUninstalled(when, revokedFirst);
        var told = new[] { await line.NextAsync(), await line.NextAsync() };
        told.Select(e => e.GetProperty("payload").GetProperty("event").GetProperty("type").GetString()).ShouldBe(["tokens_revoked", "app_uninstalled"], ignoreOrder: true);
        told.ShouldAllBe(e => e.GetProperty("payload").GetProperty("event_time").GetInt64() == when.ToUnixTimeSeconds());
        told.Single(e => e.GetProperty("payload").GetProperty("event").GetProperty("type").GetString() == "tokens_revoked")
            .GetProperty("payload").GetProperty("event").GetProperty("tokens").GetProperty("bot")[0].GetString().ShouldBe(room.BotUser);
    }

    [Fact]
    public async Task Check_46_revoking_a_rotating_token_ends_that_one_and_the_last_one_ends_the_install()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.IsRotating = true;
        var other = slack.Host.Slack.AddTeamWithoutApp("T0OTHER", "Other");
        other.AddPerson(new SlackPerson("admin", "U0ADMIN", "Ada Admin", "admin"));
        var first = await Install.RunAsync(slack, "T0OTHER");
        var second = (await Install.AccessAsync(slack, ("grant_type", "refresh_token"), ("refresh_token", first.Answer.GetProperty("refresh_token").GetString()!))).GetProperty("access_token").GetString()!;
        (await CallAsync(slack, "auth.revoke", first.Token, ("test", "1"))).GetProperty("revoked").GetBoolean().ShouldBeFalse();
        (await CallAsync(slack, "auth.revoke", first.Token)).GetProperty("revoked").GetBoolean().ShouldBeTrue();
        (await CallAsync(slack, "auth.test", first.Token)).Error().ShouldBe("account_inactive");
        (await CallAsync(slack, "auth.test", second)).IsOk().ShouldBeTrue();
        using var line = await slack.ConnectAsync();
        (await CallAsync(slack, "apps.uninstall", second, ("client_id", "10.10"), ("client_secret", "wrong"))).Error().ShouldBe("bad_client_secret");
        (await CallAsync(slack, "auth.revoke", second)).GetProperty("revoked").GetBoolean().ShouldBeTrue();
        (await line.NextAsync()).GetProperty("payload").GetProperty("team_id").GetString().ShouldBe("T0OTHER");
    }

    [Fact]
    public async Task Check_47_consent_gives_a_code_that_works_once_within_ten_minutes_for_the_same_redirect()
    {
        await using var slack = await SlackBench.StartAsync();
        var query = await Install.AllowAsync(slack);
        query["state"].ShouldBe("s-1");
        (await Install.AccessAsync(slack, ("code", query["code"]), ("redirect_uri", "https://other.example"))).Error().ShouldBe("bad_redirect_uri");
        var taken = await Install.AccessAsync(slack, ("code", query["code"]), ("redirect_uri", Install.Redirect));
        taken.GetProperty("app_id").GetString().ShouldBe("A0M10BOT");
        taken.GetProperty("team").GetProperty("id").GetString().ShouldBe("T0M10NEWS");
        taken.GetProperty("authed_user").GetProperty("id").GetString().ShouldBe("U0ADMIN");
        taken.GetProperty("is_enterprise_install").GetBoolean().ShouldBeFalse();
        taken.TryGetProperty("expires_in", out _).ShouldBeFalse();
        (await Install.AccessAsync(slack, ("code", query["code"]), ("redirect_uri", Install.Redirect))).Error().ShouldBe("code_already_used");
        (await Install.AccessAsync(slack, ("code", "nonsense"))).Error().ShouldBe("invalid_code");
        var late = await Install.AllowAsync(slack);
        slack.Time.Advance(TimeSpan.FromMinutes(11));
        (await Install.AccessAsync(slack, ("code", late["code"]), ("redirect_uri", Install.Redirect))).Error().ShouldBe("invalid_code");
        (await Install.AllowAsync(slack, answer: "cancel"))["error"].ShouldBe("access_denied");
        (await slack.ReadAsync("oauth.v2.access", ("client_id", "1.1"))).Error().ShouldBe("invalid_client_id");
        (await Install.AccessAsync(slack, ("grant_type", "password"))).Error().ShouldBe("invalid_grant_type");
    }

    [Theory]
    [InlineData("https://m10.example.org/slack/oauth/callback", true)]
    [InlineData("https://m10.example.org/slack/oauth2", false)]
    [InlineData("https://m10.example.org/slack/oauth#x", false)]
    [InlineData("https://evil.example/slack/oauth", false)]
    [InlineData("http://m10.example.org/slack/oauth", false)]
    public async Task Check_47_the_browser_is_sent_back_to_a_configured_address_or_below_it(string redirect, bool isAllowed)
    {
        await using var slack = await SlackBench.StartAsync();
        using var response = await Install.PostAsync(slack, "T0M10NEWS", "allow", redirect, "commands");
        response.StatusCode.ShouldBe(isAllowed ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest);
        using var scope = await Install.PostAsync(slack, "T0M10NEWS", "allow", Install.Redirect, "admin");
        scope.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Check_47_tokens_rotate_one_refresh_each_and_two_at_most()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.IsRotating = true;
        var first = await Install.RunAsync(slack);
        first.Answer.GetProperty("expires_in").GetInt32().ShouldBe(43_200);
        async Task<JsonElement> Refresh(JsonElement of) => await Install.AccessAsync(slack, ("grant_type", "refresh_token"), ("refresh_token", of.GetProperty("refresh_token").GetString()!));
        static string Token(JsonElement of) => of.GetProperty("access_token").GetString()!;
        var second = await Refresh(first.Answer);
        Token(await Refresh(first.Answer)).ShouldBe(Token(second));
        slack.Time.Advance(TimeSpan.FromMinutes(2));
        (await Refresh(first.Answer)).Error().ShouldBe("invalid_refresh_token");
        (await CallAsync(slack, "auth.test", first.Token)).IsOk().ShouldBeTrue();
        var third = await Refresh(second);
        (await CallAsync(slack, "auth.test", first.Token)).Error().ShouldBe("token_expired");
        (await CallAsync(slack, "auth.test", Token(second))).IsOk().ShouldBeTrue();
        slack.Time.Advance(TimeSpan.FromHours(12));
        (await CallAsync(slack, "auth.test", Token(third))).Error().ShouldBe("token_expired");
    }

    [Fact]
    public async Task Check_47_a_token_for_ever_is_exchanged_for_one_that_rotates()
    {
        await using var slack = await SlackBench.StartAsync();
        var (token, _) = await Install.RunAsync(slack);
        async Task<JsonElement> Exchange() => await slack.ReadAsync("oauth.v2.exchange", ("client_id", "10.10"), ("client_secret", "simulated-client-secret"), ("token", token));
        (await Exchange()).Error().ShouldBe("token_rotation_not_enabled");
        slack.Host.Slack.IsRotating = true;
        (await Exchange()).GetProperty("expires_in").GetInt32().ShouldBe(43_200);
        (await CallAsync(slack, "auth.test", token)).Error().ShouldBe("account_inactive");
        (await Exchange()).Error().ShouldBe("invalid_auth");
    }

    [Fact]
    public async Task Check_47_an_organisations_install_names_no_team_and_works_where_it_was_added()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var room = slack.Host.Slack.Newsroom;
        var org = slack.Host.Slack.AddOrganisation("E0ORG", "M10 Group");
        org.Take(room);
        var (token, answer) = await Install.RunAsync(slack, "E0ORG");
        answer.GetProperty("team").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("enterprise").GetProperty("id").GetString().ShouldBe("E0ORG");
        answer.GetProperty("is_enterprise_install").GetBoolean().ShouldBeTrue();
        (await CallAsync(slack, "chat.postMessage", token, ("channel", "C0BREAKING"), ("text", "x"))).Error().ShouldBe("team_access_not_granted");
        org.Grant(room);
        var granted = await line.NextAsync();
        granted.GetProperty("payload").GetProperty("event").GetProperty("type").GetString().ShouldBe("team_access_granted");
        await line.AckAsync(granted);
        (await CallAsync(slack, "chat.postMessage", token, ("channel", "C0BREAKING"), ("text", "x"))).IsOk().ShouldBeTrue();
        (await CallAsync(slack, "auth.teams.list", token)).GetProperty("teams")[0].GetProperty("id").GetString().ShouldBe(room.Id);
        var shortcut = room.As("admin").ShortcutAsync("m10.settings", CancellationToken.None);
        var envelope = await line.NextAsync();
        envelope.GetProperty("payload").GetProperty("team").ValueKind.ShouldBe(JsonValueKind.Null);
        envelope.GetProperty("payload").GetProperty("enterprise").GetProperty("id").GetString().ShouldBe("E0ORG");
        await line.AckAsync(envelope);
        await shortcut;
        org.Withdraw(room);
        (await CallAsync(slack, "chat.postMessage", token, ("channel", "C0BREAKING"), ("text", "x"))).Error().ShouldBe("team_access_not_granted");
    }

    [Fact]
    public async Task Check_48_the_same_ids_in_two_workspaces_are_two_channels()
    {
        await using var slack = await SlackBench.StartAsync();
        var other = slack.Host.Slack.AddTeam("T0OTHER", "Other", "xoxb-other");
        other.AddPerson(new SlackPerson("admin", "U0ADMIN", "Somebody Else", "member"));
        other.AddChannel("C0BREAKING", "not-breaking", SlackChannelKind.Public, other.BotUser);
        var mine = await slack.PostAsync();
        (await CallAsync(slack, "chat.update", "xoxb-other", ("channel", "C0BREAKING"), ("ts", mine), ("text", "x"))).Error().ShouldBe("message_not_found");
        (await CallAsync(slack, "chat.postMessage", "xoxb-other", ("channel", "C0BREAKING"), ("text", "theirs"))).IsOk().ShouldBeTrue();
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Single().Text.ShouldBe("Hello");
        other.Posts("C0BREAKING").Single().Text.ShouldBe("theirs");
    }

    [Fact]
    public async Task Check_48_a_stranger_of_a_shared_channel_presses_a_button()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var room = slack.Host.Slack.Newsroom;
        room.AddPerson(new SlackPerson("stranger", "U0STRANGE", "Stranger", "member") { HomeTeam = "T0ELSEWHERE" });
        room.Share("C0BREAKING");
        (await slack.ReadAsync("conversations.info", ("channel", "C0BREAKING"))).GetProperty("channel").GetProperty("is_ext_shared").GetBoolean().ShouldBeTrue();
        var button = JsonNode.Parse("""[{"type":"actions","block_id":"a","elements":[{"type":"button","action_id":"b","text":{"type":"plain_text","text":"x"}}]}]""");
        var ts = (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = button })).GetProperty("ts").GetString()!;
        var pressed = room.As("stranger").PressAsync("C0BREAKING", ts, "a", "b", null, CancellationToken.None);
        var envelope = await line.NextAsync();
        envelope.GetProperty("payload").GetProperty("user").GetProperty("team_id").GetString().ShouldBe("T0ELSEWHERE");
        envelope.GetProperty("payload").GetProperty("team").GetProperty("id").GetString().ShouldBe("T0M10NEWS");
        await line.AckAsync(envelope);
        (await pressed).IsFine.ShouldBeTrue();
    }

    private static async Task<JsonElement> CallAsync(SlackBench slack, string method, string token, params (string Name, string Value)[] args)
    {
        using var response = await slack.SendAsync(method, new FormUrlEncodedContent(args.Select(a => KeyValuePair.Create(a.Name, a.Value))), "Bearer " + token);
        return await SlackBench.ReadAsync(response);
    }
}
