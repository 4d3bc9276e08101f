using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>Checks 29 to 37: views, buttons, selects, response URLs and commands.</summary>
public sealed class InteractionChecks
{
    private const string Modal = """
        {"type":"modal","callback_id":"m10.settings","notify_on_close":true,"title":{"type":"plain_text","text":"Settings"},"submit":{"type":"plain_text","text":"Save"},
         "blocks":[
          {"type":"input","block_id":"topic","label":{"type":"plain_text","text":"Topic"},"element":{"type":"external_select","action_id":"t","min_query_length":2}},
          {"type":"input","block_id":"note","optional":true,"label":{"type":"plain_text","text":"Note"},"element":{"type":"plain_text_input","action_id":"n"}}]}
        """;

    private const string Button = """[{"type":"actions","block_id":"a1","elements":[{"type":"button","action_id":"mute","value":"t:42","text":{"type":"plain_text","text":"Mute"}}]}]""";

    [Fact]
    public async Task Check_29_a_trigger_id_works_once_within_three_seconds_for_its_own_app()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var trigger = await line.TriggerAsync(slack);
        (await OpenAsync(slack, trigger)).IsOk().ShouldBeTrue();
        (await OpenAsync(slack, trigger)).Error().ShouldBe("exchanged_trigger_id");
        (await OpenAsync(slack, "1.2.x")).Error().ShouldBe("invalid_trigger_id");
        var late = await line.TriggerAsync(slack);
        slack.Time.Advance(TimeSpan.FromSeconds(4));
        (await OpenAsync(slack, late)).Error().ShouldBe("expired_trigger_id");
        slack.Host.Slack.AddTeam("T0OTHER", "Other", "xoxb-other");
        var foreign = await line.TriggerAsync(slack);
        using var other = await slack.SendAsync("views.open", SlackBench.Json(JsonSerializer.Serialize(new { trigger_id = foreign, view = JsonNode.Parse(Modal) })), "Bearer xoxb-other");
        (await SlackBench.ReadAsync(other)).Error().ShouldBe("invalid_trigger_id");
    }

    [Fact]
    public async Task Check_30_views_have_limits_a_stack_a_hash_and_their_own_fields()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        async Task<JsonElement> Open(string method, Action<JsonObject> change)
        {
            var view = JsonNode.Parse(Modal)!.AsObject();
            change(view);
            return await slack.CallAsync(method, new { trigger_id = await line.TriggerAsync(slack), view });
        }

        (await Open("views.push", _ => { })).Error().ShouldBe("not_found");
        (await Open("views.open", v => v.Remove("submit"))).Error().ShouldBe("invalid_arguments");
        (await Open("views.open", v => v["title"]!["text"] = new string('x', 25))).Error().ShouldBe("invalid_arguments");
        (await Open("views.open", v => v["blocks"] = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => JsonNode.Parse("""{"type":"divider"}"""))]))).Error().ShouldBe("invalid_arguments");
        (await Open("views.open", v => v["blocks"]![1]!["element"]!["placeholder"] = new string('x', 250_000))).Error().ShouldBe("view_too_large");
        var opened = (await Open("views.open", v => v["external_id"] = "e1")).GetProperty("view");
        (await Open("views.push", v => v["external_id"] = "e1")).Error().ShouldBe("duplicate_external_id");
        (await Open("views.push", _ => { })).IsOk().ShouldBeTrue();
        (await Open("views.push", _ => { })).IsOk().ShouldBeTrue();
        (await Open("views.push", _ => { })).Error().ShouldBe("push_limit_reached");
        var update = new { external_id = "e1", hash = opened.GetProperty("hash").GetString(), view = JsonNode.Parse(Modal) };
        (await slack.CallAsync("views.update", update)).IsOk().ShouldBeTrue();
        (await slack.CallAsync("views.update", new { view_id = opened.GetProperty("id").GetString(), update.hash, update.view })).Error().ShouldBe("hash_conflict");
        (await slack.CallAsync("views.update", new { view_id = "V9", update.view })).Error().ShouldBe("not_found");
        (await slack.CallAsync("views.publish", new { user_id = "U0ADMIN", update.view })).Error().ShouldBe("invalid_arguments");
        (await slack.CallAsync("views.publish", new { user_id = "U0ADMIN", view = JsonNode.Parse("""{"type":"home","title":{"type":"plain_text","text":"x"},"blocks":[]}""") })).Error().ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task Check_30_without_a_home_tab_nothing_is_published()
    {
        await using var slack = await SlackBench.StartAsync(m => m["features"]!["app_home"]!["home_tab_enabled"] = false);
        (await slack.CallAsync("views.publish", new { user_id = "U0ADMIN", view = JsonNode.Parse("""{"type":"home","blocks":[]}""") })).Error().ShouldBe("not_enabled");
    }

    [Fact]
    public async Task Check_31_typed_values_outlive_an_update_only_where_the_ids_stay()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var id = (await OpenAsync(slack, await line.TriggerAsync(slack))).GetProperty("view").GetProperty("id").GetString();
        (await slack.ActAsync("view-fill", new { person = "admin", view = id, state = new { note = new { n = "hello" } } })).Status.ShouldBe(200);
        static JsonElement Note(JsonElement answer, string block) => answer.GetProperty("view").GetProperty("state").GetProperty("values").GetProperty(block).GetProperty("n").GetProperty("value");
        var same = await slack.CallAsync("views.update", new { view_id = id, view = JsonNode.Parse(Modal) });
        Note(same, "note").GetString().ShouldBe("hello");
        var renamed = await slack.CallAsync("views.update", new { view_id = id, view = JsonNode.Parse(Modal.Replace("\"note\"", "\"note2\"", StringComparison.Ordinal)) });
        Note(renamed, "note2").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("""{"response_action":"errors","errors":{"topic":"Already followed"}}""", "errors", true)]
    [InlineData("""{"response_action":"errors","errors":{"nowhere":"x"}}""", "invalid_response_errors", true)]
    [InlineData("""{"response_action":"shout"}""", "invalid_response_action", true)]
    [InlineData("""{"text":"no view answer"}""", "invalid_response_action", true)]
    [InlineData("""{"response_action":"clear"}""", null, false)]
    [InlineData("""{}""", null, false)]
    public async Task Check_32_an_answer_to_a_submission_is_taken_by_the_rules(string answer, string? error, bool staysOpen)
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var view = (await OpenAsync(slack, await line.TriggerAsync(slack))).GetProperty("view").GetProperty("id").GetString();
        var submitted = slack.ActAsync("view-submit", new { person = "admin", view, state = new { topic = new { t = "place:ukraine" } } });
        await line.AckAsync(await line.NextAsync(), JsonNode.Parse(answer));
        (await submitted).Answer.Error().ShouldBe(error);
        (slack.Host.Slack.View()["views"]!["admin"] is not null).ShouldBe(staysOpen);
    }

    [Fact]
    public async Task Check_32_a_late_answer_shows_an_error_and_the_modal_stays()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var view = (await OpenAsync(slack, await line.TriggerAsync(slack))).GetProperty("view").GetProperty("id").GetString();
        var submitted = slack.ActAsync("view-submit", new { person = "admin", view, state = new { topic = new { t = "x" } } });
        await line.NextAsync();
        slack.Time.Advance(TimeSpan.FromSeconds(3));
        (await submitted).Answer.Error().ShouldBe("operation_timeout");
        slack.Host.Slack.View()["views"]!["admin"].ShouldNotBeNull();
        slack.Host.Slack.Complaints.ShouldContain(c => c.Contains("view_submission", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_33_closing_is_told_only_where_asked_for_and_the_cross_clears_the_stack()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var root = (await OpenAsync(slack, await line.TriggerAsync(slack))).GetProperty("view").GetProperty("id").GetString();
        var quiet = JsonNode.Parse(Modal)!.AsObject();
        quiet["notify_on_close"] = false;
        (await slack.CallAsync("views.push", new { trigger_id = await line.TriggerAsync(slack), view = quiet })).IsOk().ShouldBeTrue();
        (await slack.ActAsync("view-close", new { person = "admin" })).Answer.IsOk().ShouldBeTrue();
        (await slack.CallAsync("views.push", new { trigger_id = await line.TriggerAsync(slack), view = quiet })).IsOk().ShouldBeTrue();
        var crossed = slack.ActAsync("view-close", new { person = "admin", all = true });
        var envelope = await line.NextAsync();
        envelope.GetProperty("payload").GetProperty("is_cleared").GetBoolean().ShouldBeTrue();
        envelope.GetProperty("payload").GetProperty("view").GetProperty("id").GetString().ShouldBe(root);
        await line.AckAsync(envelope);
        (await crossed).Answer.IsOk().ShouldBeTrue();
    }

    [Fact]
    public async Task Check_34_options_that_are_too_many_too_late_or_misshapen_could_not_be_loaded()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var view = (await OpenAsync(slack, await line.TriggerAsync(slack))).GetProperty("view").GetProperty("id").GetString();
        Task<(int Status, JsonElement Answer)> Ask(string typed) => slack.ActAsync("options", new { person = "admin", view, block_id = "topic", action_id = "t", typed });
        (await Ask("u")).Answer.GetProperty("options").GetArrayLength().ShouldBe(0);
        static JsonObject Option(int i) => new() { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = "o" + i }, ["value"] = "v" + i };
        async Task<JsonElement> Answered(JsonNode payload)
        {
            var asked = Ask("ukr");
            await line.AckAsync(await line.NextAsync(), payload);
            return (await asked).Answer;
        }

        (await Answered(new JsonObject { ["options"] = new JsonArray([.. Enumerable.Range(0, 101).Select(Option)]) })).Error().ShouldBe("could_not_load_options");
        (await Answered(new JsonObject { ["choices"] = new JsonArray(Option(1)) })).Error().ShouldBe("could_not_load_options");
        (await Answered(new JsonObject { ["options"] = new JsonArray(new JsonObject { ["value"] = "v" }) })).Error().ShouldBe("could_not_load_options");
        (await Answered(new JsonObject { ["options"] = new JsonArray(Option(1)) })).GetProperty("options").GetArrayLength().ShouldBe(1);
        var late = Ask("ukr");
        await line.NextAsync();
        slack.Time.Advance(TimeSpan.FromSeconds(3));
        (await late).Answer.Error().ShouldBe("could_not_load_options");
    }

    [Fact]
    public async Task Check_35_an_element_that_is_gone_can_be_pressed_on_a_stale_screen_only()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var ts = (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = JsonNode.Parse(Button) })).GetProperty("ts").GetString();
        await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "y", blocks = JsonNode.Parse("""[{"type":"divider"}]""") });
        (await slack.ActAsync("action", new { person = "editor", channel = "C0BREAKING", message = ts, block_id = "a1", action_id = "mute" })).Status.ShouldBe(400);
        var stale = slack.ActAsync("action", new { person = "editor", channel = "C0BREAKING", message = ts, block_id = "a1", action_id = "mute", stale = true });
        var envelope = await line.NextAsync();
        envelope.GetProperty("payload").GetProperty("actions")[0].GetProperty("value").GetString().ShouldBe("t:42");
        await line.AckAsync(envelope);
        (await stale).Answer.IsOk().ShouldBeTrue();
    }

    [Fact]
    public async Task Check_36_a_response_URL_has_five_uses_in_half_an_hour_is_private_and_needs_no_membership()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var address = await line.ResponseUrlAsync(slack, "C0GENERAL");
        for (var i = 0; i < 5; i++)
        {
            (await slack.ActAsync(address, new { text = "x", replace_original = true })).Status.ShouldBe(200);
        }

        (await slack.ActAsync(address, new { text = "x" })).Answer.Error().ShouldBe("used_url");
        slack.Host.Slack.Newsroom.AllMessages("C0GENERAL").ShouldAllBe(m => m.EphemeralFor == "U0ADMIN");
        var second = await line.ResponseUrlAsync(slack, "C0GENERAL");
        slack.Time.Advance(TimeSpan.FromMinutes(31));
        (await slack.ActAsync(second, new { text = "x" })).Answer.Error().ShouldBe("expired_url");
        var shortcut = slack.Host.Slack.Newsroom.As("admin").ShortcutAsync("m10.settings", CancellationToken.None);
        var envelope = await line.NextAsync();
        envelope.GetProperty("payload").TryGetProperty("response_url", out _).ShouldBeFalse();
        await line.AckAsync(envelope);
        (await shortcut).IsFine.ShouldBeTrue();
    }

    [Fact]
    public async Task Check_36_a_response_URL_replaces_and_deletes_the_message_that_was_acted_on()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var ts = (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = JsonNode.Parse(Button) })).GetProperty("ts").GetString();
        var pressed = slack.ActAsync("action", new { person = "editor", channel = "C0BREAKING", message = ts, block_id = "a1", action_id = "mute" });
        var envelope = await line.NextAsync();
        await line.AckAsync(envelope);
        await pressed;
        var address = envelope.GetProperty("payload").GetProperty("response_url").GetString()!;
        await slack.ActAsync(address, new { text = "Muted", replace_original = true });
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Single().Text.ShouldBe("Muted");
        await slack.ActAsync(address, new { delete_original = true });
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_37_a_command_comes_escaped_where_asked_for_and_not_from_a_thread()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        (await slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10", thread_ts = "1.000000" })).Status.ShouldBe(400);
        async Task<JsonElement> Typed(string text, string channel = "C0BREAKING")
        {
            var typed = slack.ActAsync("command", new { person = "admin", channel, text });
            var envelope = await line.NextAsync();
            await line.AckAsync(envelope);
            await typed;
            return envelope.GetProperty("payload");
        }

        (await Typed("/m10 A&B in #desk")).GetProperty("text").GetString().ShouldBe("A&amp;B in <#C0DESK|desk>");
        (await Typed("/raw A&B in #desk")).GetProperty("text").GetString().ShouldBe("A&B in #desk");
        (await Typed("/m10", "D0ADMIN")).GetProperty("channel_name").GetString().ShouldBe("directmessage");
        (await Typed("/m10")).GetProperty("is_enterprise_install").GetString().ShouldBe("false");
    }

    [Fact]
    public async Task Check_37_the_app_that_came_last_owns_a_command()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var admin = slack.Host.Slack.Newsroom.As("admin");
        slack.Time.Advance(TimeSpan.FromSeconds(1));
        slack.Host.Slack.Newsroom.InstallRival("/m10");
        (await admin.CommandAsync("C0BREAKING", "/m10", CancellationToken.None)).IsAnsweredByAnotherApp.ShouldBeTrue();
        slack.Time.Advance(TimeSpan.FromSeconds(1));
        slack.Host.Slack.Newsroom.Reinstall();
        var typed = admin.CommandAsync("C0BREAKING", "/m10", CancellationToken.None);
        await line.AckAsync(await line.NextAsync());
        (await typed).IsAnsweredByAnotherApp.ShouldBeFalse();
    }

    [Fact]
    public async Task Check_37_a_command_without_an_acknowledgement_fails_after_three_seconds()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var typed = slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10" });
        await line.NextAsync();
        slack.Time.Advance(TimeSpan.FromSeconds(3));
        (await typed).Answer.Error().ShouldBe("operation_timeout");
    }

    [Fact]
    public async Task A_shortcut_on_a_message_brings_the_message_and_a_way_to_answer()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var ts = slack.Host.Slack.Newsroom.As("member").Say("C0GENERAL", "A long story")!;
        (await slack.ActAsync("shortcut", new { person = "editor", callback_id = "m10.nothing", channel = "C0GENERAL", message = ts })).Status.ShouldBe(400);
        var picked = slack.ActAsync("shortcut", new { person = "editor", callback_id = "m10.summarise", channel = "C0GENERAL", message = ts });
        var envelope = await line.NextAsync();
        var payload = envelope.GetProperty("payload");
        payload.GetProperty("type").GetString().ShouldBe("message_action");
        payload.GetProperty("message").GetProperty("text").GetString().ShouldBe("A long story");
        payload.GetProperty("message_ts").GetString().ShouldBe(ts);
        payload.GetProperty("trigger_id").GetString().ShouldNotBeNullOrEmpty();
        await line.AckAsync(envelope);
        (await picked).Answer.IsOk().ShouldBeTrue();
        (await slack.ActAsync(payload.GetProperty("response_url").GetString()!, new { text = "In short: long." })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_select_of_channels_that_asks_for_it_brings_a_response_URL_with_the_submission()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var modal = JsonNode.Parse("""
            {"type":"modal","title":{"type":"plain_text","text":"T"},"submit":{"type":"plain_text","text":"S"},
             "blocks":[{"type":"input","block_id":"b","label":{"type":"plain_text","text":"L"},"element":{"type":"conversations_select","action_id":"a","response_url_enabled":true}}]}
            """);
        var view = (await slack.CallAsync("views.open", new { trigger_id = await line.TriggerAsync(slack), view = modal })).GetProperty("view").GetProperty("id").GetString();
        var submitted = slack.ActAsync("view-submit", new { person = "admin", view, state = new { b = new { a = "C0DESK" } } });
        var envelope = await line.NextAsync();
        envelope.GetProperty("payload").GetProperty("response_urls")[0].GetProperty("channel_id").GetString().ShouldBe("C0DESK");
        await line.AckAsync(envelope);
        (await submitted).Answer.IsOk().ShouldBeTrue();
    }

    private static Task<JsonElement> OpenAsync(SlackBench slack, string trigger) =>
        slack.CallAsync("views.open", new { trigger_id = trigger, view = JsonNode.Parse(Modal) });
}
