using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using M10Bot.News.Chat;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using M10Bot.Testing;

namespace M10Bot.Slack.Tests;

/// <summary>The person's own page, modals, selects, the message shortcut, and what Slack tells unasked.</summary>
public sealed class SlackInteractionTests : IDisposable
{
    private const string Member = """{"ok":true,"user":{"team_id":"T1"}}""";
    private readonly SlackRig _rig = new();
    private readonly Channel<AckPayload?> _acknowledged = Channel.CreateUnbounded<AckPayload?>();
    private int _count;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Opening_the_home_tab_publishes_the_persons_page()
    {
        _rig.Slack.Answer("users.info", Member).Answer("views.publish", """{"ok":true,"view":{"id":"V1"}}""");

        await EventAsync(new { type = "app_home_opened", user = "U0ANN", channel = "D9", tab = "home" });

        await _rig.Slack.NextAsync();
        var sent = (await _rig.Slack.NextAsync()).Json;
        sent.GetProperty("user_id").GetString().ShouldBe("U0ANN");
        var view = sent.GetProperty("view");
        view.GetProperty("type").GetString().ShouldBe("home");
        var blocks = view.GetProperty("blocks").EnumerateArray().ToList();
        blocks.Select(b => b.GetProperty("type").GetString()).ShouldBe(["actions", "divider", "header", "section"]);
        blocks[0].GetProperty("elements")[0].GetProperty("type").GetString().ShouldBe("external_select");
        blocks.Select(b => b.GetProperty("block_id").GetString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(blocks.Count);
    }

    [Fact]
    public async Task The_messages_tab_publishes_nothing() => await EventAsync(new { type = "app_home_opened", user = "U0ANN", channel = "D9", tab = "messages" });

    [Fact]
    public async Task A_button_of_the_page_answers_in_a_modal_and_the_page_is_made_anew()
    {
        _rig.Slack.Answer("users.info", Member).Answer("views.open", """{"ok":true,"view":{"id":"V2"}}""").Answer("views.publish", """{"ok":true}""");

        await InteractAsync(Press("home", new { type = "button", action_id = "m10.0.v1", value = "status" }));

        _rig.Commands.Ran.ShouldHaveSingleItem().IsDirect.ShouldBeTrue();
        await _rig.Slack.NextAsync();
        var opened = (await _rig.Slack.NextAsync()).Json;
        opened.GetProperty("trigger_id").GetString().ShouldBe("9.9.z");
        opened.GetProperty("view").GetProperty("type").GetString().ShouldBe("modal");
        opened.GetProperty("view").GetProperty("title").GetProperty("type").GetString().ShouldBe("plain_text");
        (await _rig.Slack.NextAsync()).Method.ShouldBe("views.publish");
    }

    [Fact]
    public async Task For_a_slow_answer_the_modal_opens_first_and_is_filled_when_it_comes()
    {
        var answer = new TaskCompletionSource<CommandReply>();
        _rig.Commands.Answer = (_, _) => answer.Task;
        _rig.Slack.Answer("users.info", Member).Answer("users.info", Member).Answer("views.open", """{"ok":true,"view":{"id":"V2"}}""")
            .Answer("views.update", """{"ok":true}""").Answer("views.publish", """{"ok":true}""");
        var handling = InteractAsync(Press("home", new { type = "button", action_id = "m10.0.v1", value = "status" }));
        (await _rig.Slack.NextAsync()).Method.ShouldBe("users.info");
        await _rig.WhenRanAsync(1);
        var opened = _rig.Slack.NextAsync("views.open");

        await _rig.Time.StepUntilAsync(opened, most: _rig.Options.QuickReply);

        (await opened).Body.ShouldContain("One moment");
        answer.SetResult(CommandReply.Say("At last"));
        await SlackRig.Soon(handling);
        var filled = (await _rig.Slack.NextAsync("views.update")).Json;
        filled.GetProperty("view_id").GetString().ShouldBe("V2");
        filled.GetProperty("view").GetRawText().ShouldContain("At last");
    }

    [Fact]
    public async Task A_button_in_a_modal_changes_that_modal()
    {
        _rig.Slack.Answer("users.info", Member).Answer("views.update", """{"ok":true}""");

        await InteractAsync(Press("modal", new { type = "button", action_id = "m10.0.v1", value = "latest" }));

        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Json.GetProperty("view_id").GetString().ShouldBe("V1");
    }

    [Fact]
    public async Task What_is_typed_into_a_select_is_met_with_at_most_a_hundred_offers()
    {
        _rig.Slack.Answer("users.info", Member);
        _rig.Commands.Offer = (what, typed) => [.. Enumerable.Range(0, 120).Select(n => new Suggestion($"{what} {typed} {n} <!channel>", $"topic:{n}"))];

        await InteractAsync(new { type = "block_suggestion", user = new { id = "U0ANN" }, team = new { id = "T1" }, action_id = "m10.pick.subscribe.topic", value = "ukr" });

        var offers = (await AcknowledgedAsync()).ShouldBeOfType<OptionList>().Options;
        offers.Count.ShouldBe(100);
        offers[0].Text.Text.ShouldBe("subscribe.topic ukr 0 <!channel>");
        JsonSerializer.Serialize<AckPayload>(new OptionList([offers[0]]), SlackJson.Default.AckPayload)
            .ShouldBe("""{"options":[{"text":{"type":"plain_text","emoji":false,"text":"subscribe.topic ukr 0 \u003C!channel\u003E"},"value":"topic:0"}]}""");
    }

    [Fact]
    public async Task A_strange_select_is_met_with_no_offer()
    {
        await InteractAsync(new { type = "block_suggestion", user = new { id = "U0ANN" }, team = new { id = "T1" }, action_id = "other", value = "ukr" });

        (await AcknowledgedAsync()).ShouldBeOfType<OptionList>().Options.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pick_runs_the_selects_command()
    {
        _rig.Slack.Answer("users.info", Member).Answer("views.open", """{"ok":true,"view":{"id":"V2"}}""").Answer("views.publish", """{"ok":true}""");

        await InteractAsync(Press("home", new { type = "external_select", action_id = "m10.pick.subscribe.topic", selected_option = new { value = "place:ukraine" } }));

        var ran = _rig.Commands.Ran.ShouldHaveSingleItem();
        ran.Command.ShouldBe("subscribe");
        ran.Arguments["topic"].ShouldBe("place:ukraine");
    }

    [Theory]
    [InlineData("""{"text":"x","blocks":[{"type":"actions","elements":[{"type":"button","value":"summary|story=12"}]}]}""", "12")]
    [InlineData("""{"text":"look <https://example.org/a?x=1&amp;y=2|here> now"}""", "https://example.org/a?x=1&y=2")]
    [InlineData("""{"text":"Port of Riga closed"}""", "Port of Riga closed")]
    public async Task The_shortcut_sums_up_the_story_a_message_is_about(string message, string story)
    {
        _rig.Slack.Answer("users.info", Member).Answer("x", HttpStatusCode.OK, "ok");

        await InteractAsync(new
        {
            type = "message_action",
            callback_id = "m10.summarise",
            user = new { id = "U0ANN", team_id = "T1" },
            team = new { id = "T1" },
            channel = new { id = "C1" },
            message = JsonDocument.Parse(message).RootElement,
            response_url = "https://hooks.slack.com/app/T1/1/x",
            trigger_id = "9.9.z",
        });

        var ran = _rig.Commands.Ran.ShouldHaveSingleItem();
        ran.Command.ShouldBe("summary");
        ran.Arguments["story"].ShouldBe(story);
        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Json.GetProperty("response_type").GetString().ShouldBe("ephemeral");
    }

    [Fact]
    public async Task Words_written_to_the_bot_are_a_command_and_answered_there()
    {
        _rig.Slack.Answer("users.info", Member).Answer("chat.postMessage", """{"ok":true,"channel":"D9","ts":"1.2"}""");

        await EventAsync(new { type = "message", channel_type = "im", channel = "D9", user = "U0ANN", text = "/m10 latest ukraine", ts = "1.1" });

        _rig.Commands.Ran.ShouldHaveSingleItem().Arguments["rest"].ShouldBe("latest ukraine");
        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Json.GetProperty("channel").GetString().ShouldBe("D9");
    }

    [Fact]
    public async Task Words_that_need_more_are_answered_with_a_button_that_opens_the_form()
    {
        _rig.Slack.Answer("users.info", Member).Answer("chat.postMessage", """{"ok":true,"channel":"D9","ts":"1.2"}""");
        _rig.Commands.Answer = (_, _) => Task.FromResult(CommandReply.Say("Which words?") with
        {
            Form = new Form { Command = "correct", Title = "Correct", Send = "Correct", Fields = [new FormField("words", "Words", FormFieldKind.Text)], Key = "1f" },
        });

        await EventAsync(new { type = "message", channel_type = "im", channel = "D9", user = "U0ANN", text = "correct 1", ts = "1.1" });

        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Json.GetProperty("blocks").GetRawText().ShouldContain("Fill in the form");
    }

    [Theory]
    [InlineData("""{"type":"message","channel_type":"im","channel":"D9","user":"U0BOT","text":"mine"}""")]
    [InlineData("""{"type":"message","channel_type":"im","channel":"D9","user":"U0ANN","text":"edited","subtype":"message_changed"}""")]
    [InlineData("""{"type":"message","channel_type":"im","channel":"D9","user":"U0ANN","text":"robot","bot_id":"B9"}""")]
    [InlineData("""{"type":"message","channel_type":"channel","channel":"C1","user":"U0ANN","text":"talk"}""")]
    public async Task What_is_not_written_to_the_bot_is_not_answered(string body)
    {
        await EventAsync(JsonDocument.Parse(body).RootElement);

        _rig.Commands.Ran.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"channel_archive","channel":"C1","user":"U0ANN"}""", "suspend T1/C1: the channel is archived. Unarchive the channel; it goes on by itself.")]
    [InlineData("""{"type":"group_archive","channel":"C1"}""", "suspend T1/C1: the channel is archived. Unarchive the channel; it goes on by itself.")]
    [InlineData("""{"type":"channel_unarchive","channel":"C1"}""", "resume T1/C1")]
    [InlineData("""{"type":"channel_left","channel":"C1","actor_id":"U0ANN"}""", "suspend T1/C1: the bot was removed from the channel. Invite the bot to the channel again; it goes on by itself.")]
    [InlineData("""{"type":"member_left_channel","channel":"C1","user":"U0BOT"}""", "suspend T1/C1: the bot was removed from the channel. Invite the bot to the channel again; it goes on by itself.")]
    [InlineData("""{"type":"member_left_channel","channel":"C1","user":"U0ANN"}""", "")]
    [InlineData("""{"type":"member_joined_channel","channel":"C1","user":"U0BOT","inviter":"U0ANN"}""", "resume T1/C1")]
    [InlineData("""{"type":"group_deleted","channel":"C1"}""", "close T1/C1")]
    [InlineData("""{"type":"channel_id_changed","old_channel_id":"G1","new_channel_id":"C2"}""", "move T1/G1 to C2")]
    [InlineData("""{"type":"channel_rename","channel":{"id":"C1","name":"new"}}""", "")]
    public async Task What_happens_to_a_channel_is_done_at_once(string body, string done)
    {
        await EventAsync(JsonDocument.Parse(body).RootElement);

        string.Join("; ", _rig.Places.Done).ShouldBe(done);
    }

    [Fact]
    public async Task The_same_event_again_is_done_once_and_a_foreign_workspaces_never()
    {
        var body = new { type = "channel_archive", channel = "C1" };
        await EventAsync(body, id: "Ev7");
        await EventAsync(body, id: "Ev7");
        await EventAsync(body, team: "T2");

        _rig.Places.Done.Count.ShouldBe(1);
    }

    [Fact]
    public async Task In_a_shared_channel_the_event_is_for_the_install_it_names()
    {
        await HandleAsync("events_api", new
        {
            team_id = "T9FOREIGN",
            event_id = "Ev1",
            authorizations = new[] { new { team_id = "T1", is_enterprise_install = false } },
            @event = new { type = "channel_archive", channel = "C1" },
        });

        _rig.Places.Done.ShouldHaveSingleItem().ShouldStartWith("suspend T1/C1");
    }

    [Fact]
    public async Task A_removed_app_with_its_token_in_the_settings_is_said_loudly()
    {
        await EventAsync(new { type = "app_uninstalled" });

        _rig.Log.Lines.ShouldContain(l => l.StartsWith("Critical: Workspace T1 removed the app", StringComparison.Ordinal));
    }

    private static object Press(string view, object action) => new
    {
        type = "block_actions",
        user = new { id = "U0ANN", team_id = "T1" },
        team = new { id = "T1" },
        container = new { type = "view", view_id = "V1" },
        view = new { id = "V1", type = view },
        trigger_id = "9.9.z",
        actions = new[] { action },
    };

    private Task InteractAsync(object payload) => HandleAsync("interactive", payload);

    private Task EventAsync(object body, string? id = null, string team = "T1") =>
        HandleAsync("events_api", new { team_id = team, event_id = id ?? $"Ev{++_count}", event_time = 1790000000, @event = body });

    private Task HandleAsync(string type, object payload) =>
        SlackRig.Soon(_rig.Requests.HandleAsync(
            new Envelope { Type = type, EnvelopeId = $"e{++_count}", AcceptsResponsePayload = type != "events_api", Payload = JsonSerializer.SerializeToElement(payload) },
            (answer, _) =>
            {
                _acknowledged.Writer.TryWrite(answer);
                return Task.FromResult(true);
            },
            CancellationToken.None));

    private async Task<AckPayload?> AcknowledgedAsync() => await _acknowledged.Reader.ReadAsync().AsTask().WaitAsync(WatchedTime.Patience);
}
