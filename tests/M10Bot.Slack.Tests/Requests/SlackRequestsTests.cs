using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using M10Bot.News.Chat;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using M10Bot.Testing;

namespace M10Bot.Slack.Tests.Requests;

public sealed class SlackRequestsTests : IDisposable
{
    private const string HookUrl = "https://hooks.slack.com/commands/T1/1/x";
    private readonly SlackRig _rig = new();
    private readonly Channel<AckPayload?> _acknowledged = Channel.CreateUnbounded<AckPayload?>();
    private bool _isSocketAlive = true;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_quick_command_is_answered_in_the_acknowledgement_for_the_caller_alone()
    {
        _rig.Slack.Answer("users.info", User());

        await HandleAsync(Command("latest ukraine"));

        var reply = (await AcknowledgedAsync()).ShouldNotBeNull();
        reply.ResponseType.ShouldBe("ephemeral");
        reply.Text.ShouldBe("Done");
        reply.Blocks.ShouldNotBeNull().Count.ShouldBe(1);
        var ran = _rig.Commands.Ran.ShouldHaveSingleItem();
        ran.Command.ShouldBe("latest");
        ran.Arguments["rest"].ShouldBe("latest ukraine");
        ran.Here.ShouldBe(SlackRig.News);
        ran.Me.ShouldBe(SlackRig.Ann);
        ran.Caller.ShouldBe(new Caller("U0ANN", Role.Member));
        ran.Locale.ShouldBe("de-DE");
    }

    [Fact]
    public async Task A_public_reply_is_shown_to_the_channel()
    {
        _rig.Slack.Answer("users.info", User());
        _rig.Commands.Answer = (_, _) => Task.FromResult(new CommandReply(new Card { Headline = "Latest" }, IsPublic: true));

        await HandleAsync(Command("latest"));

        (await AcknowledgedAsync()).ShouldNotBeNull().ResponseType.ShouldBe("in_channel");
    }

    [Fact]
    public async Task A_slow_command_is_acknowledged_first_and_answered_through_its_address()
    {
        var answer = new TaskCompletionSource<CommandReply>();
        _rig.Commands.Answer = (_, _) => answer.Task;
        _rig.Slack.Answer("users.info", User()).Answer("x", HttpStatusCode.OK, "ok");
        var handling = HandleAsync(Command("latest"));
        await _rig.Slack.NextAsync();
        _rig.Commands.Ran.Count.ShouldBe(1); // nothing before it waits, so the clock that counts is running
        _acknowledged.Reader.Count.ShouldBe(0);

        var acknowledged = AcknowledgedAsync();
        await _rig.Time.StepUntilAsync(acknowledged, most: _rig.Options.QuickReply);

        (await acknowledged).ShouldBeNull();
        answer.SetResult(CommandReply.Say("At last"));
        await SlackRig.Soon(handling);

        var reply = await _rig.Slack.NextAsync();
        reply.Address.ToString().ShouldBe(HookUrl);
        reply.Authorization.ShouldBeNull();
        reply.Json.GetProperty("text").GetString().ShouldBe("At last");
        reply.Json.GetProperty("response_type").GetString().ShouldBe("ephemeral");
    }

    [Fact]
    public async Task A_reply_whose_socket_has_gone_takes_the_other_way()
    {
        _isSocketAlive = false;
        _rig.Slack.Answer("users.info", User()).Answer("x", HttpStatusCode.OK, "ok");

        await HandleAsync(Command("latest"));

        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Json.GetProperty("text").GetString().ShouldBe("Done");
    }

    [Fact]
    public async Task A_reply_that_is_not_taken_goes_once_more_as_text_and_then_never_again()
    {
        _isSocketAlive = false;
        _rig.Slack.Answer("users.info", User()).Answer("x", HttpStatusCode.BadRequest, "invalid_blocks").Answer("x", HttpStatusCode.NotFound, "expired_url");

        await HandleAsync(Command("latest"));

        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Json.TryGetProperty("blocks", out _).ShouldBeTrue();
        (await _rig.Slack.NextAsync()).Json.TryGetProperty("blocks", out _).ShouldBeFalse();
        _rig.Slack.IsQuiet.ShouldBeTrue();
    }

    [Theory]
    [InlineData("https://evil.example/x")]
    [InlineData("https://hooks.slack.com.evil.example/x")]
    [InlineData("https://evilslack.com/x")]
    [InlineData("https://hooks.slack.com:8443/x")]
    [InlineData("http://hooks.slack.com/x")]
    [InlineData("https://a:b@hooks.slack.com/x")]
    [InlineData("http://127.0.0.1/x")]
    [InlineData("")]
    public async Task Nothing_is_said_to_an_address_that_is_not_slacks(string address)
    {
        _isSocketAlive = false;
        _rig.Slack.Answer("users.info", User());

        await HandleAsync(Command("latest", responseUrl: address));

        await _rig.Slack.NextAsync();
        _rig.Slack.IsQuiet.ShouldBeTrue();
    }

    [Theory]
    [InlineData("http://127.0.0.1:9911/slack/api", "http://127.0.0.1:9911/slack/hooks/x", true)]
    [InlineData("http://127.0.0.1:9911/slack/api", "http://127.0.0.1:9912/slack/hooks/x", false)]
    [InlineData("https://slack.com/api", "https://hooks.slack-gov.com/x", true)]
    public void The_configured_loopback_origin_counts_as_slack(string apiBase, string address, bool isAllowed) =>
        SlackHosts.IsResponseUrl(address, new Uri(apiBase), out _).ShouldBe(isAllowed);

    [Fact]
    public async Task A_repeat_is_acknowledged_and_runs_nothing()
    {
        _rig.Slack.Answer("users.info", User());

        await HandleAsync(Command("latest"));
        await HandleAsync(Command("latest"));
        await HandleAsync(Command("latest", envelope: "e2"));

        _rig.Commands.Ran.Count.ShouldBe(1);
        (await AcknowledgedAsync()).ShouldNotBeNull();
        (await AcknowledgedAsync()).ShouldBeNull();
        (await AcknowledgedAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_retry_of_something_never_seen_runs()
    {
        _rig.Slack.Answer("users.info", User());

        await HandleAsync(Command("latest") with { RetryAttempt = 2 });

        _rig.Commands.Ran.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_command_from_another_workspace_is_told_so()
    {
        await HandleAsync(Command("latest", team: "T2"));

        (await AcknowledgedAsync()).ShouldNotBeNull().Text.ShouldStartWith("This workspace is not connected yet");
        _rig.Commands.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_direct_message_is_the_persons_own_place()
    {
        _rig.Slack.Answer("users.info", User());

        await HandleAsync(Command("latest", channel: "D9"));

        _rig.Commands.Ran.ShouldHaveSingleItem().Here.ShouldBe(SlackRig.Ann);
    }

    [Fact]
    public async Task A_pressed_button_runs_its_command_and_answers_beside_the_message()
    {
        _rig.Slack.Answer("users.info", User()).Answer("x", HttpStatusCode.OK, "ok");

        await HandleAsync(Press("m10.0.v2", "summary|story=12"));

        (await AcknowledgedAsync()).ShouldBeNull();
        var ran = _rig.Commands.Ran.ShouldHaveSingleItem();
        ran.Command.ShouldBe("summary");
        ran.Arguments["story"].ShouldBe("12");
        await _rig.Slack.NextAsync();
        var reply = (await _rig.Slack.NextAsync()).Json;
        reply.GetProperty("replace_original").GetBoolean().ShouldBeFalse();
        reply.GetProperty("response_type").GetString().ShouldBe("ephemeral");
    }

    [Theory]
    [InlineData("m10.1.v2", null)]
    [InlineData("other", "summary|story=12")]
    public async Task A_link_button_and_a_strangers_button_are_only_acknowledged(string actionId, string? value)
    {
        await HandleAsync(Press(actionId, value));

        (await AcknowledgedAsync()).ShouldBeNull();
        _rig.Commands.Ran.ShouldBeEmpty();
        _rig.Slack.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public async Task A_button_value_we_never_made_runs_nothing_and_says_what_to_do()
    {
        _rig.Slack.Answer("x", HttpStatusCode.OK, "ok");

        await HandleAsync(Press("m10.0.v1", "junk|=x"));

        _rig.Commands.Ran.ShouldBeEmpty();
        (await _rig.Slack.NextAsync()).Json.GetProperty("text").GetString().ShouldStartWith("This button no longer works");
    }

    [Theory]
    [InlineData("slash_commands", "{}")]
    [InlineData("slash_commands", "[]")]
    [InlineData("slash_commands", """{"user_id":7}""")]
    [InlineData("interactive", """{"type":"view_submission"}""")]
    [InlineData("interactive", """{"type":"block_actions","user":null,"actions":null,"team":null}""")]
    [InlineData("interactive", "7")]
    [InlineData("events_api", """{"event":{"type":"app_home_opened"},"event_id":"Ev1"}""")]
    [InlineData("events_api", """{"event":{"type":"channel_rename","channel":{"id":"C1"},"user":7},"event_id":"Ev1","team_id":"T1"}""")]
    [InlineData("interactive", """{"type":"message_action","callback_id":"other","user":{"id":"U0ANN"},"team":{"id":"T1"}}""")]
    [InlineData("events_api", "null")]
    [InlineData("something_new", "{}")]
    public async Task Whatever_comes_is_acknowledged_and_nothing_breaks(string type, string payload)
    {
        await HandleAsync(new Envelope { Type = type, EnvelopeId = "e1", Payload = JsonDocument.Parse(payload).RootElement });

        (await AcknowledgedAsync()).ShouldBeNull();
        _rig.Commands.Ran.ShouldBeEmpty();
    }

    private Task HandleAsync(Envelope envelope) =>
        SlackRig.Soon(_rig.Requests.HandleAsync(
            envelope,
            (payload, _) =>
            {
                _acknowledged.Writer.TryWrite(payload);
                return Task.FromResult(_isSocketAlive);
            },
            CancellationToken.None));

    private async Task<ReplyMessage?> AcknowledgedAsync() => (ReplyMessage?)await _acknowledged.Reader.ReadAsync().AsTask().WaitAsync(WatchedTime.Patience);

    private static string User() => """{"ok":true,"user":{"id":"U0ANN","team_id":"T1","locale":"de-DE"}}""";

    private static Envelope Command(string text, string responseUrl = HookUrl, string team = "T1", string channel = "C1", string envelope = "e1") => new()
    {
        Type = "slash_commands",
        EnvelopeId = envelope,
        AcceptsResponsePayload = true,
        Payload = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["command"] = "/m10",
            ["text"] = text,
            ["user_id"] = "U0ANN",
            ["team_id"] = team,
            ["channel_id"] = channel,
            ["response_url"] = responseUrl,
            ["trigger_id"] = "1.2.abc",
            ["is_enterprise_install"] = "false",
        }),
    };

    private static Envelope Press(string actionId, string? value) => new()
    {
        Type = "interactive",
        EnvelopeId = "e1",
        AcceptsResponsePayload = true,
        Payload = JsonSerializer.SerializeToElement(new
        {
            type = "block_actions",
            user = new { id = "U0ANN", team_id = "T1" },
            team = new { id = "T1", domain = "acme" },
            channel = new { id = "C1", name = "news" },
            container = new { type = "message", message_ts = "1.2" },
            trigger_id = "9.9.z",
            response_url = HookUrl,
            actions = new[] { new { type = "button", action_id = actionId, block_id = "actions.v2", value } },
        }),
    };
}
