using System.Net;
using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Tests.WebApi;

public sealed class SlackWebTests : IDisposable
{
    private const string Method = "chat.postMessage";
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_write_goes_as_json_with_the_bot_token_in_the_header()
    {
        _rig.Slack.Answer(Method, """{"ok":true,"channel":"C1","ts":"1.000200"}""");

        var result = await CallAsync();

        var call = await _rig.Slack.NextAsync();
        call.Authorization.ShouldBe("Bearer " + SlackRig.BotToken);
        call.ContentType.ShouldBe("application/json; charset=utf-8");
        call.Address.ToString().ShouldBe("https://slack.com/api/chat.postMessage");
        call.Body.ShouldBe("""{"channel":"C1","text":"Hello"}""");
        result.ShouldBeOfType<SlackResult<MessageReply>.Ok>().Reply.Ts.ShouldBe("1.000200");
    }

    [Fact]
    public async Task A_read_goes_as_a_form_and_the_socket_request_with_the_app_token()
    {
        _rig.Slack.Answer("users.info", """{"ok":true}""").Answer("apps.connections.open", """{"ok":true,"url":"wss://x/"}""");

        await _rig.Web.CallAsync(SlackCall.Form("users.info", ("user", "U 1&2")), SlackJson.Default.UserReply, CancellationToken.None);
        await _rig.Web.CallAsync(SlackCall.Form("apps.connections.open") with { AsApp = true }, SlackJson.Default.ConnectionReply, CancellationToken.None);

        var read = await _rig.Slack.NextAsync();
        read.ContentType.ShouldBe("application/x-www-form-urlencoded");
        read.Body.ShouldBe("user=U%201%262");
        var open = await _rig.Slack.NextAsync();
        open.Authorization.ShouldBe("Bearer " + SlackRig.AppToken);
        open.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_carries_its_error_and_the_hints_go_to_the_log()
    {
        _rig.Slack.Answer(Method, """{"ok":false,"error":"invalid_blocks","needed":"x","response_metadata":{"messages":["[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"]}}""");

        var result = await CallAsync();

        result.ShouldBeOfType<SlackResult<MessageReply>.Rejected>().Error.Action.ShouldBe(SlackAction.Fix);
        _rig.Log.Lines.ShouldContain(l => l.Contains("json-pointer:/blocks/1/text/text", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("soon", 30)]
    [InlineData("-5", 30)]
    [InlineData(null, 30)]
    [InlineData("999999999", 3600)]
    public async Task A_rate_limit_waits_as_told_and_thirty_seconds_where_nothing_sensible_is_told(string? retryAfter, int seconds)
    {
        _rig.Slack.Answer(Method, HttpStatusCode.TooManyRequests, """{"ok":false,"error":"ratelimited"}""", retryAfter);

        var until = (await CallAsync()).ShouldBeOfType<SlackResult<MessageReply>.RateLimited>().Until;

        (until - _rig.Time.GetUtcNow()).TotalSeconds.ShouldBeInRange(seconds, seconds + 1);
    }

    [Fact]
    public async Task The_second_spelling_of_the_rate_limit_counts_too()
    {
        _rig.Slack.Answer(Method, """{"ok":false,"error":"rate_limited"}""");

        (await CallAsync()).ShouldBeOfType<SlackResult<MessageReply>.RateLimited>();
    }

    [Fact]
    public async Task After_a_rate_limit_nothing_of_its_kind_leaves_before_the_time()
    {
        PaceKey[] pace = [new(PaceKind.Post, "T1")];
        _rig.Slack.Answer(Method, HttpStatusCode.TooManyRequests, "", "7").Answer("chat.update", """{"ok":true}""").Answer(Method, """{"ok":true}""");

        await CallAsync(pace);
        (await CallAsync(pace)).ShouldBeOfType<SlackResult<MessageReply>.RateLimited>();
        (await CallAsync([new(PaceKind.Update, "T1")], "chat.update")).ShouldBeOfType<SlackResult<MessageReply>.Ok>();
        _rig.Time.Advance(TimeSpan.FromSeconds(8));

        (await CallAsync(pace)).ShouldBeOfType<SlackResult<MessageReply>.Ok>();
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"ok":false,"error":"internal_error"}""")]
    [InlineData(HttpStatusCode.OK, """{"ok":false,"error":"duplicate_message_not_found"}""")]
    [InlineData(HttpStatusCode.OK, """{"ok":tr""")]
    [InlineData(HttpStatusCode.OK, """[]""")]
    [InlineData(HttpStatusCode.OK, """null""")]
    [InlineData(HttpStatusCode.OK, """{"channel":"C1"}""")]
    [InlineData(HttpStatusCode.OK, "<html>busy</html>")]
    [InlineData(HttpStatusCode.InternalServerError, "")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "<html>busy</html>")]
    public async Task What_may_have_happened_is_ambiguous(HttpStatusCode status, string body)
    {
        _rig.Slack.Answer(Method, status, body);

        (await CallAsync()).ShouldBeOfType<SlackResult<MessageReply>.Ambiguous>();
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task Another_status_without_an_answer_is_refused(HttpStatusCode status)
    {
        _rig.Slack.Answer(Method, status, "gone");

        (await CallAsync()).ShouldBeOfType<SlackResult<MessageReply>.Rejected>().Error.Action.ShouldBe(SlackAction.Developer);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_body_left_is_ambiguous_and_one_that_never_stood_is_not()
    {
        _rig.Slack.Break(Method).Unreachable(Method);

        (await CallAsync()).ShouldBeOfType<SlackResult<MessageReply>.Ambiguous>();
        (await CallAsync()).ShouldBeOfType<SlackResult<MessageReply>.NotSent>();
    }

    [Fact]
    public async Task No_answer_in_time_is_ambiguous()
    {
        _rig.Slack.Hang(Method);
        var call = CallAsync();
        await _rig.Slack.NextAsync();

        _rig.Time.Advance(_rig.Options.RequestTimeout);

        (await SlackRig.Soon(call)).ShouldBeOfType<SlackResult<MessageReply>.Ambiguous>();
    }

    /// <remarks>The handler does not look at the token: in a thawed process the send and the timer race.</remarks>
    [Fact]
    public async Task A_process_frozen_before_the_body_left_does_not_send_it_when_it_thaws()
    {
        _rig.Slack.Answer(Method, async (request, _) =>
        {
            _rig.Time.Advance(_rig.Options.RequestTimeout);
            await request.Content!.CopyToAsync(Stream.Null, CancellationToken.None);
            return new HttpResponseMessage { Content = new StringContent("{}") };
        });

        (await CallAsync()).ShouldBeOfType<SlackResult<MessageReply>.NotSent>();
    }

    [Fact]
    public async Task A_second_request_of_a_delivery_does_not_leave_behind_its_fence()
    {
        _rig.Slack.Answer(Method, "{}");
        SendFence.Set(_rig.Time, _rig.Time.GetTimestamp(), TimeSpan.FromSeconds(10));
        _rig.Time.Advance(TimeSpan.FromSeconds(10));

        (await CallAsync()).ShouldBeOfType<SlackResult<MessageReply>.NotSent>();
        _rig.Slack.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public async Task The_callers_own_cancelling_passes_through()
    {
        using var stop = new CancellationTokenSource();
        _rig.Slack.Hang(Method);
        var call = _rig.Web.CallAsync(Ready([], Method), SlackJson.Default.MessageReply, stop.Token);
        await _rig.Slack.NextAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(SlackRig.Soon(call));
    }

    private Task<SlackResult<MessageReply>> CallAsync(PaceKey[]? pace = null, string method = Method) =>
        SlackRig.Soon(_rig.Web.CallAsync(Ready(pace ?? [], method), SlackJson.Default.MessageReply, CancellationToken.None));

    private static SlackCall Ready(PaceKey[] pace, string method) =>
        SlackCall.Json(method, new MessageArguments { Channel = "C1", Text = ReadyJson.Of("Hello") }, SlackJson.Default.MessageArguments) with { Pace = pace };
}
