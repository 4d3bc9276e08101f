using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using M10Bot.News.Chat;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using M10Bot.Testing;

namespace M10Bot.Slack.Tests;

/// <summary>A reply that asks for something is one modal; what it was sent with comes back as one answer.</summary>
public sealed class SlackFormTests : IDisposable
{
    private const string Member = """{"ok":true,"user":{"team_id":"T1"}}""";
    private const string Opened = """{"ok":true,"view":{"id":"V1"}}""";
    private readonly SlackRig _rig = new();
    private readonly Channel<AckPayload?> _acknowledged = Channel.CreateUnbounded<AckPayload?>();
    private int _count;

    public void Dispose() => _rig.Dispose();

    private static Form Form => new()
    {
        Command = "channel add",
        Title = "Add a channel",
        Send = "Add the channel",
        Key = "abc123",
        Fields =
        [
            new FormField("channel", "Channel", FormFieldKind.Channel),
            new FormField("topics", "Topics", FormFieldKind.Choice)
            {
                Options = [new FormOption("Ukraine", "place:ukraine"), new FormOption("NATO", "org:nato")], Most = 2, Values = ["org:nato"], IsSearched = true,
            },
            new FormField("pace", "Pace", FormFieldKind.Choice) { Options = [new FormOption("All", "all"), new FormOption("Flash", "flash")], Values = ["all"] },
            new FormField("more", "Other topics", FormFieldKind.Text) { Hint = "With commas between", MaxLength = 200, IsRequired = true },
        ],
    };

    [Fact]
    public async Task A_typed_command_that_asks_for_something_opens_a_modal()
    {
        _rig.Slack.Answer("users.info", Member).Answer("views.open", Opened);
        _rig.Commands.Answer = (_, _) => Task.FromResult(CommandReply.Say("Which channel?", "Pick one.") with { Form = Form });

        await HandleAsync("slash_commands", new { text = "channel add", user_id = "U0ANN", team_id = "T1", channel_id = "C1", trigger_id = "9.9.z", response_url = "https://hooks.slack.com/x" });

        (await AcknowledgedAsync()).ShouldBeNull();
        await _rig.Slack.NextAsync();
        var view = (await _rig.Slack.NextAsync()).Json.GetProperty("view");
        view.GetProperty("callback_id").GetString().ShouldBe("m10.form");
        view.GetProperty("private_metadata").GetString().ShouldBe("abc123|C1");
        view.GetProperty("submit").GetProperty("text").GetString().ShouldBe("Add the channel");
        var inputs = view.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").GetString() == "input").ToList();
        inputs.Select(b => b.GetProperty("block_id").GetString()).ShouldBe(["channel", "topics", "pace", "more"]);
        inputs.Select(b => b.GetProperty("element").GetProperty("type").GetString())
            .ShouldBe(["conversations_select", "multi_external_select", "static_select", "plain_text_input"]);
        inputs.Select(b => b.GetProperty("optional").GetBoolean()).ShouldBe([true, true, true, false]);
        inputs[1].GetProperty("element").GetProperty("action_id").GetString().ShouldBe("m10.pick.channel add.topics");
        inputs[1].GetProperty("element").GetProperty("initial_options")[0].GetProperty("value").GetString().ShouldBe("org:nato");
        inputs[2].GetProperty("element").GetProperty("initial_option").GetProperty("value").GetString().ShouldBe("all");
        inputs[3].GetProperty("element").GetProperty("max_length").GetInt32().ShouldBe(200);
    }

    [Fact]
    public async Task Where_the_modal_does_not_open_the_card_does_without()
    {
        _rig.Slack.Answer("users.info", Member).Answer("views.open", """{"ok":false,"error":"expired_trigger_id"}""").Answer("x", HttpStatusCode.OK, "ok");
        _rig.Commands.Answer = (_, _) => Task.FromResult(CommandReply.Say("Which channel?") with { Form = Form });

        await HandleAsync("slash_commands", new { text = "channel add", user_id = "U0ANN", team_id = "T1", channel_id = "C1", trigger_id = "9.9.z", response_url = "https://hooks.slack.com/x" });

        await _rig.Slack.NextAsync();
        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Json.GetProperty("text").GetString().ShouldBe("Which channel?");
    }

    [Fact]
    public async Task What_the_form_was_sent_with_is_one_answer_from_where_it_was_opened()
    {
        _rig.Slack.Answer("users.info", Member);

        await SubmitAsync();

        var ran = _rig.Commands.Ran.ShouldHaveSingleItem();
        ran.Command.ShouldBe(M10Bot.News.Chat.Form.AnswerCommand);
        ran.Channel.ShouldBe("C1");
        ran.Arguments.ShouldBe(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["channel"] = "C2",
                ["topics"] = "place:ukraine,org:nato",
                ["pace"] = "flash",
                ["more"] = "",
                ["form"] = "abc123",
                ["send"] = "yes",
            },
            ignoreOrder: true);
        var answer = (await AcknowledgedAsync()).ShouldBeOfType<ViewAnswer>();
        answer.ResponseAction.ShouldBe("update");
        answer.View.ShouldNotBeNull().Submit.ShouldBeNull();
    }

    [Fact]
    public async Task A_fault_stands_beside_its_field()
    {
        _rig.Slack.Answer("users.info", Member);
        _rig.Commands.Answer = (_, _) => Task.FromResult(CommandReply.Say("Not yet") with
        {
            Form = Form with { Fields = [Form.Fields[0] with { Error = "The bot is not in this channel." }, .. Form.Fields.Skip(1)] },
        });

        await SubmitAsync();

        JsonSerializer.Serialize(await AcknowledgedAsync(), SlackJson.Default.AckPayload)
            .ShouldBe("""{"response_action":"errors","errors":{"channel":"The bot is not in this channel."}}""");
    }

    [Fact]
    public async Task A_slow_end_is_shown_when_it_comes()
    {
        var end = new TaskCompletionSource<CommandReply>();
        _rig.Commands.Answer = (_, _) => end.Task;
        _rig.Slack.Answer("users.info", Member).Answer("views.update", Opened);
        var sending = SubmitAsync();
        await _rig.WhenRanAsync(1);
        var acknowledged = AcknowledgedAsync();

        await _rig.Time.StepUntilAsync(acknowledged, most: _rig.Options.QuickReply);

        (await acknowledged).ShouldBeOfType<ViewAnswer>().ResponseAction.ShouldBe("update");
        end.SetResult(CommandReply.Say("At last"));
        await SlackRig.Soon(sending);
        var shown = (await _rig.Slack.NextAsync("views.update")).Json;
        shown.GetProperty("view_id").GetString().ShouldBe("V1");
        shown.GetRawText().ShouldContain("At last");
    }

    [Fact]
    public async Task The_same_form_sent_twice_by_slack_runs_once()
    {
        _rig.Slack.Answer("users.info", Member);

        await SubmitAsync("e1");
        await SubmitAsync("e1");

        _rig.Commands.Ran.Count.ShouldBe(1);
    }

    private Task SubmitAsync(string? envelope = null) => HandleAsync(
        "interactive",
        new
        {
            type = "view_submission",
            user = new { id = "U0ANN", team_id = "T1" },
            team = new { id = "T1" },
            trigger_id = "9.9.z",
            view = new
            {
                id = "V1",
                type = "modal",
                callback_id = "m10.form",
                private_metadata = "abc123|C1",
                state = new
                {
                    values = new
                    {
                        channel = new { x = new { type = "conversations_select", selected_conversation = "C2" } },
                        topics = new { x = new { type = "multi_external_select", selected_options = new[] { new { value = "place:ukraine" }, new { value = "org:nato" } } } },
                        pace = new { x = new { type = "static_select", selected_option = new { value = "flash" } } },
                        more = new { x = new { type = "plain_text_input", value = (string?)null } },
                    },
                },
            },
        },
        envelope);

    private Task HandleAsync(string type, object payload, string? envelope = null) =>
        SlackRig.Soon(_rig.Requests.HandleAsync(
            new Envelope { Type = type, EnvelopeId = envelope ?? $"e{++_count}", AcceptsResponsePayload = true, Payload = JsonSerializer.SerializeToElement(payload) },
            (answer, _) =>
            {
                _acknowledged.Writer.TryWrite(answer);
                return Task.FromResult(true);
            },
            CancellationToken.None));

    private async Task<AckPayload?> AcknowledgedAsync() => await _acknowledged.Reader.ReadAsync().AsTask().WaitAsync(WatchedTime.Patience);
}
