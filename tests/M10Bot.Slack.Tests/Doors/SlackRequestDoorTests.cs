using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Chat;
using M10Bot.News.Doors;
using M10Bot.Slack.Doors;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Slack.Tests.Doors;

public sealed class SlackRequestDoorTests : IDisposable
{
    private readonly SlackRig _rig = new();

    public SlackRequestDoorTests() => _rig.Options.SigningSecret = "shh";

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_command_is_answered_in_the_response()
    {
        _rig.Slack.Answer("users.info", """{"ok":true,"user":{}}""");

        var reply = await OpenAsync("/slack/commands", "slash_commands", "command=%2Fm10&text=latest+ukraine&user_id=U0ANN&team_id=T1&channel_id=C1&trigger_id=1.2");

        reply.Status.ShouldBe(200);
        reply.ContentType.ShouldBe("application/json");
        Text(reply).ShouldContain("\"response_type\":\"ephemeral\",\"text\":\"Done\"");
        _rig.Commands.Ran.ShouldHaveSingleItem().Arguments["rest"].ShouldBe("latest ukraine");
    }

    [Fact]
    public async Task An_event_is_acknowledged_and_its_retry_does_nothing()
    {
        const string Body = """{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"channel_archive","channel":"C1"}}""";

        (await OpenAsync("/slack/events", "events_api", Body)).Status.ShouldBe(200);
        (await OpenAsync("/slack/events", "events_api", Body, retry: "1")).Status.ShouldBe(200);

        await _rig.WhenAsync(() => _rig.Places.Done.Count > 0);
        _rig.Places.Done.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_retry_of_an_event_that_never_came_is_done()
    {
        await OpenAsync("/slack/events", "events_api", """{"team_id":"T1","event_id":"Ev1","event":{"type":"channel_archive","channel":"C1"}}""", retry: "2");

        await _rig.WhenAsync(() => _rig.Places.Done.Count == 1);
    }

    [Fact]
    public async Task The_address_is_verified_with_the_challenge_and_only_when_signed()
    {
        const string Body = """{"token":"x","challenge":"3eZbrw1aB","type":"url_verification"}""";

        Text(await OpenAsync("/slack/events", "events_api", Body)).ShouldBe("3eZbrw1aB");
        (await OpenAsync("/slack/events", "events_api", Body, secret: "other")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task What_is_typed_into_a_select_is_answered_with_options()
    {
        _rig.Slack.Answer("users.info", """{"ok":true,"user":{}}""");
        _rig.Commands.Offer = (_, typed) => [new Suggestion(typed, "t:1")];
        var payload = Uri.EscapeDataString("""{"type":"block_suggestion","user":{"id":"U0ANN"},"team":{"id":"T1"},"action_id":"m10.pick.subscribe.topic","value":"ukr"}""");

        Text(await OpenAsync("/slack/options", "interactive", $"payload={payload}")).ShouldStartWith("""{"options":[{"text":""");
    }

    [Theory]
    [InlineData("slash_commands", "ssl_check=1&token=x", "other", 200)]
    [InlineData("slash_commands", "command=%2Fm10", "other", 401)]
    [InlineData("events_api", "{broken", "shh", 400)]
    [InlineData("events_api", "[]", "shh", 400)]
    [InlineData("interactive", "payload=%7Bbroken", "shh", 400)]
    public async Task Whatever_comes_is_answered(string kind, string body, string secret, int status)
    {
        (await OpenAsync("/slack/x", kind, body, secret: secret)).Status.ShouldBe(status);
        _rig.Commands.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_is_answered_in_time_though_its_work_goes_on()
    {
        var answer = new TaskCompletionSource<CommandReply>();
        _rig.Options.QuickReply = TimeSpan.FromSeconds(2);
        _rig.Commands.Answer = (_, _) => answer.Task;
        _rig.Slack.Answer("users.info", """{"ok":true,"user":{}}""").Answer("x", "ok");
        var opening = OpenAsync(
            "/slack/commands", "slash_commands", "command=%2Fm10&text=latest&user_id=U0ANN&team_id=T1&channel_id=C1&trigger_id=1.2&response_url=https%3A%2F%2Fhooks.slack.com%2Fx");
        await _rig.WhenRanAsync(1);
        await _rig.Time.StepUntilAsync(opening, most: _rig.Options.QuickReply);

        ((await opening).Status, (await opening).Body.Length).ShouldBe((200, 0));
        answer.SetResult(CommandReply.Say("At last"));
        (await _rig.Slack.NextAsync()).Method.ShouldBe("users.info");
        (await _rig.Slack.NextAsync()).Json.GetProperty("text").GetString().ShouldBe("At last");
    }

    private Task<DoorReply> OpenAsync(string path, string kind, string body, string? retry = null, string secret = "shh")
    {
        var door = new SlackRequestDoor(
            path, kind, new SlackSignature(_rig.Options, _rig.Time), _rig.Requests, new StoppedNever(), _rig.Time, _rig.Log.For<SlackRequestDoor>());
        var timestamp = _rig.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Slack-Request-Timestamp"] = timestamp,
            ["X-Slack-Signature"] = $"v0={signature}",
        };
        if (retry is not null)
        {
            headers["X-Slack-Retry-Num"] = retry;
        }

        return SlackRig.Soon(door.OpenAsync(
            new DoorRequest("POST", path, new Dictionary<string, string>(StringComparer.Ordinal), headers, Encoding.UTF8.GetBytes(body)), CancellationToken.None));
    }

    private static string Text(DoorReply reply) => Encoding.UTF8.GetString(reply.Body.Span);

    private sealed class StoppedNever : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
