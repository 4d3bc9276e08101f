using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Tests.Slack;

public sealed class InteractionTests
{
    private const string Buttons = """
        [{"type":"actions","block_id":"a1","elements":[
          {"type":"button","action_id":"mute","value":"t:42","text":{"type":"plain_text","text":"Mute"}},
          {"type":"static_select","action_id":"pace","options":[{"text":{"type":"plain_text","text":"All"},"value":"all"}]}]}]
        """;

    private const string Modal = """
        {"type":"modal","callback_id":"m10.settings","notify_on_close":true,"title":{"type":"plain_text","text":"Settings"},"submit":{"type":"plain_text","text":"Save"},
         "blocks":[
          {"type":"input","block_id":"topic","label":{"type":"plain_text","text":"Topic"},"element":{"type":"external_select","action_id":"t","min_query_length":2}},
          {"type":"input","block_id":"note","optional":true,"label":{"type":"plain_text","text":"Note"},"element":{"type":"plain_text_input","action_id":"n"}}]}
        """;

    [Fact]
    public async Task A_pressed_button_is_told_with_its_value_and_the_answer_can_replace_the_message()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var ts = await PostButtonsAsync(slack);
        var pressed = slack.ActAsync("action", new { person = "editor", channel = "C0BREAKING", message = ts, block_id = "a1", action_id = "mute" });
        var envelope = await line.NextAsync();
        var payload = envelope.GetProperty("payload");
        payload.GetProperty("type").GetString().ShouldBe("block_actions");
        payload.GetProperty("actions")[0].GetProperty("value").GetString().ShouldBe("t:42");
        payload.GetProperty("container").GetProperty("message_ts").GetString().ShouldBe(ts);
        payload.GetProperty("user").GetProperty("id").GetString().ShouldBe("U0EDITOR");
        await line.AckAsync(envelope);
        (await pressed).Answer.IsOk().ShouldBeTrue();
        await slack.ActAsync(payload.GetProperty("response_url").GetString()!, new { text = "Muted", replace_original = true });
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Single().Text.ShouldBe("Muted");
    }

    [Fact]
    public async Task A_select_takes_only_an_option_it_has()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var ts = await PostButtonsAsync(slack);
        (await slack.ActAsync("action", new { person = "editor", channel = "C0BREAKING", message = ts, block_id = "a1", action_id = "pace", value = "none" })).Status.ShouldBe(400);
        var chosen = slack.ActAsync("action", new { person = "editor", channel = "C0BREAKING", message = ts, block_id = "a1", action_id = "pace", value = "all" });
        var envelope = await line.NextAsync();
        envelope.GetProperty("payload").GetProperty("actions")[0].GetProperty("selected_option").GetProperty("value").GetString().ShouldBe("all");
        await line.AckAsync(envelope);
        (await chosen).Answer.IsOk().ShouldBeTrue();
    }

    [Fact]
    public async Task A_modal_asks_for_options_checks_its_fields_and_closes_when_submitted()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var view = (await OpenAsync(slack, await TriggerAsync(slack, line))).GetProperty("view").GetProperty("id").GetString();
        slack.Host.Slack.View()["views"]!["admin"]!["id"]!.GetValue<string>().ShouldBe(view);
        (await slack.ActAsync("options", new { person = "admin", view, block_id = "topic", action_id = "t", typed = "u" })).Answer.GetProperty("options").GetArrayLength().ShouldBe(0);
        var asked = slack.ActAsync("options", new { person = "admin", view, block_id = "topic", action_id = "t", typed = "ukr" });
        var suggestion = await line.NextAsync();
        suggestion.GetProperty("payload").GetProperty("value").GetString().ShouldBe("ukr");
        await line.AckAsync(suggestion, JsonNode.Parse("""{"options":[{"text":{"type":"plain_text","text":"Ukraine"},"value":"place:ukraine"}]}"""));
        (await asked).Answer.GetProperty("options")[0].GetProperty("value").GetString().ShouldBe("place:ukraine");

        (await slack.ActAsync("view-submit", new { person = "admin", view })).Answer.GetProperty("errors").TryGetProperty("topic", out _).ShouldBeTrue();
        var state = new { topic = new { t = "place:ukraine" } };
        var refused = slack.ActAsync("view-submit", new { person = "admin", view, state });
        var envelope = await line.NextAsync();
        var values = envelope.GetProperty("payload").GetProperty("view").GetProperty("state").GetProperty("values");
        values.GetProperty("topic").GetProperty("t").GetProperty("selected_option").GetProperty("value").GetString().ShouldBe("place:ukraine");
        values.GetProperty("note").GetProperty("n").GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        await line.AckAsync(envelope, JsonNode.Parse("""{"response_action":"errors","errors":{"topic":"Already followed"}}"""));
        (await refused).Answer.GetProperty("errors").GetProperty("topic").GetString().ShouldBe("Already followed");

        var taken = slack.ActAsync("view-submit", new { person = "admin", view, state });
        await line.AckAsync(await line.NextAsync());
        (await taken).Answer.IsOk().ShouldBeTrue();
        slack.Host.Slack.View()["views"]!["admin"].ShouldBeNull();
    }

    [Fact]
    public async Task A_home_view_is_published_per_person_and_comes_with_the_next_visit()
    {
        await using var slack = await SlackBench.StartAsync();
        var home = JsonNode.Parse("""{"type":"home","blocks":[{"type":"divider"}]}""");
        (await slack.CallAsync("views.publish", new { user_id = "U0ADMIN", view = home })).IsOk().ShouldBeTrue();
        (await slack.CallAsync("views.publish", new { user_id = "U0NOBODY", view = home })).Error().ShouldBe("user_not_found");
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        (await line.NextAsync()).GetProperty("payload").GetProperty("event").GetProperty("view").GetProperty("type").GetString().ShouldBe("home");
    }

    private static async Task<string> PostButtonsAsync(SlackBench slack) =>
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = JsonNode.Parse(Buttons) })).GetProperty("ts").GetString()!;

    private static Task<JsonElement> OpenAsync(SlackBench slack, string trigger) =>
        slack.CallAsync("views.open", new { trigger_id = trigger, view = JsonNode.Parse(Modal) });

    private static async Task<string> TriggerAsync(SlackBench slack, SlackLine line)
    {
        var typed = slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10 settings" });
        var envelope = await line.NextAsync();
        await line.AckAsync(envelope);
        await typed;
        return envelope.GetProperty("payload").GetProperty("trigger_id").GetString()!;
    }
}
