using M10Bot.Discord.Rest;
using M10Bot.Discord.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests.Rest;

public class DiscordRestTests
{
    private readonly Bench _bench = new();

    [Fact]
    public async Task A_request_carries_the_token_as_a_bot_and_json()
    {
        await _bench.Rest.SendAsync(Bench.Post(), default);
        var asked = _bench.Discord.Requests.ShouldHaveSingleItem();
        asked.ShouldBe(new Asked("POST /api/v10/channels/42/messages", "{}", "Bot secret-token", "application/json"));
    }

    [Fact]
    public async Task An_interaction_carries_no_token_but_its_own()
    {
        await _bench.Rest.SendAsync(RestCall.Callback("5", "its/own", "{}"u8.ToArray()), default);
        var asked = _bench.Discord.Requests.ShouldHaveSingleItem();
        asked.Authorization.ShouldBeNull();
        asked.Line.ShouldBe("POST /api/v10/interactions/5/its%2Fown/callback");
    }

    [Theory]
    [InlineData("<html>blocked</html>")]
    [InlineData("")]
    [InlineData("[1,")]
    [InlineData("""{"code":"x","errors":[1],"message":5}""")]
    public async Task Any_error_body_is_read_without_harm(string body)
    {
        _bench.Discord.Answer(404, body);
        var failed = (await _bench.Rest.SendAsync(Bench.Post(), default)).ShouldBeOfType<RestReply.Failed>();
        failed.Error.Status.ShouldBe(404);
        failed.Error.Code.ShouldBe(0);
    }

    [Fact]
    public async Task An_errors_paths_are_kept_and_its_texts_are_not()
    {
        _bench.Discord.Answer(400, """{"code":50035,"message":"Invalid","errors":{"components":{"0":{"label":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"their text"}]}}}}}""");
        var failed = (await _bench.Rest.SendAsync(Bench.Post(), default)).ShouldBeOfType<RestReply.Failed>();
        failed.Error.ToString().ShouldBe("HTTP 400, code 50035, at components.0.label BASE_TYPE_MAX_LENGTH");
    }

    [Fact]
    public async Task A_401_stops_all_traffic_for_good()
    {
        _bench.Discord.Answer(401, """{"message":"401: Unauthorized","code":0}""").Answer(200, "{}");
        (await _bench.Rest.SendAsync(Bench.Post(), default)).ShouldBeOfType<RestReply.NotNow>().Everywhere.ShouldBeTrue();
        (await _bench.Rest.SendAsync(Bench.Post("43"), default)).ShouldBeOfType<RestReply.NotNow>().Everywhere.ShouldBeTrue();
        _bench.Discord.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Too_many_refusals_silence_the_bot_until_they_are_ten_minutes_old()
    {
        var bench = new Bench(new DiscordOptions { Token = "t", ApiBase = "http://127.0.0.1:9", InvalidRequestCeiling = 10 });
        bench.Discord.Answer(403, """{"code":50013}""");
        for (var i = 0; i < 12; i++)
        {
            await bench.Rest.SendAsync(Bench.Post($"{i}"), default);
        }

        bench.Discord.Requests.Count.ShouldBe(10);
        bench.Time.Advance(TimeSpan.FromMinutes(10.5));
        await bench.Rest.SendAsync(Bench.Post("99"), default);
        bench.Discord.Requests.Count.ShouldBe(11);
    }

    [Fact]
    public async Task People_who_wait_for_an_answer_are_heard_a_while_longer()
    {
        var bench = new Bench(new DiscordOptions { Token = "t", ApiBase = "http://127.0.0.1:9", InvalidRequestCeiling = 10 });
        bench.Discord.Answer(403, """{"code":50013}""");
        for (var i = 0; i < 5_200; i++)
        {
            await bench.Rest.SendAsync(RestCall.Callback($"{i}", "t", "{}"u8.ToArray()), default);
        }

        bench.Discord.Requests.Count.ShouldBe((10 + 10_000) / 2, "half of what is left up to Discord's ban");
    }

    [Theory]
    [InlineData(403, "<html>blocked</html>")]
    [InlineData(429, "error code: 1015")]
    [InlineData(400, """{"code":40333,"message":"internal network error"}""")]
    public async Task Turned_away_by_discords_network_nothing_leaves_for_ten_minutes(int status, string body)
    {
        _bench.Discord.Answer(status, body).Answer(200, "{}");
        (await _bench.Rest.SendAsync(Bench.Post(), default)).ShouldBeOfType<RestReply.NotNow>().Wait.ShouldBe(TimeSpan.FromMinutes(10));
        (await _bench.Rest.SendAsync(Bench.Post("43"), default)).ShouldBeOfType<RestReply.NotNow>().Everywhere.ShouldBeTrue();
        _bench.Discord.Requests.Count.ShouldBe(1);
        _bench.Advance(TimeSpan.FromMinutes(10));
        (await _bench.Rest.SendAsync(Bench.Post("43"), default)).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task A_short_limit_of_an_interaction_is_waited_out_in_place()
    {
        _bench.Discord.Answer(429, """{"retry_after":0.3,"global":false}""").Answer(200, "{}");
        var sending = _bench.SendAsync(RestCall.Callback("5", "t", "{}"u8.ToArray()));
        _bench.Advance(TimeSpan.FromSeconds(0.3));
        _bench.Discord.Requests.Count.ShouldBe(1);
        (await _bench.PassAsync(sending)).ShouldBeOfType<RestReply.Done>();
    }

    [Fact]
    public async Task A_shared_limit_does_not_count_as_refused()
    {
        var bench = new Bench(new DiscordOptions { Token = "t", ApiBase = "http://127.0.0.1:9", InvalidRequestCeiling = 10 });
        bench.Discord.Answer(429, """{"retry_after":30.0,"global":false}""", ("X-RateLimit-Scope", "shared"));
        for (var i = 0; i < 12; i++)
        {
            await bench.Rest.SendAsync(Bench.Post($"{i}"), default);
        }

        bench.Discord.Requests.Count.ShouldBe(12);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Trouble_at_discord_leaves_the_end_unseen(int status)
    {
        _bench.Discord.Answer(status, "");
        (await _bench.Rest.SendAsync(Bench.Post(), default)).ShouldBeOfType<RestReply.Unseen>();
    }

    [Fact]
    public async Task Success_with_a_page_of_html_is_no_success()
    {
        _bench.Discord.Answer(200, "<html></html>");
        (await _bench.Rest.SendAsync(Bench.Post(), default)).ShouldBeOfType<RestReply.Unseen>();
    }

    [Fact]
    public async Task A_connection_that_never_stood_means_that_nothing_happened()
    {
        _bench.Discord.Throw(new HttpRequestException(HttpRequestError.ConnectionError));
        (await _bench.Rest.SendAsync(Bench.Post(), default)).ShouldBeOfType<RestReply.NotNow>();
    }

    [Fact]
    public async Task A_connection_that_broke_leaves_the_end_unseen()
    {
        _bench.Discord.Throw(new HttpRequestException(HttpRequestError.ResponseEnded));
        (await _bench.Rest.SendAsync(Bench.Post(), default)).ShouldBeOfType<RestReply.Unseen>();
    }

    [Fact]
    public async Task A_request_without_an_answer_ends_at_its_time_out()
    {
        _bench.Discord.Answer(_ => new TaskCompletionSource<HttpResponseMessage>().Task);
        var sending = _bench.Rest.SendAsync(Bench.Post(), default);
        sending.IsCompleted.ShouldBeFalse();
        _bench.Time.Advance(_bench.Options.RequestTimeout);
        (await sending.WaitAsync(Bench.Patience)).ShouldBeOfType<RestReply.Unseen>();
    }

    [Fact]
    public async Task A_process_frozen_before_the_body_left_does_not_send_it_when_it_thaws()
    {
        using var frozen = new FrozenOnTheWay(() => _bench.Time.Advance(_bench.Options.RequestTimeout)) { InnerHandler = _bench.Discord };
        using var http = new HttpClient(frozen);
        var rest = new DiscordRest(http, _bench.Options, new RateLimits(_bench.Options, _bench.Time), _bench.Jitter, _bench.Time, NullLogger<DiscordRest>.Instance);
        (await rest.SendAsync(Bench.Post(), default).WaitAsync(Bench.Patience)).ShouldBeOfType<RestReply.NotNow>();
        _bench.Discord.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_callers_own_cancellation_passes_through()
    {
        using var cancel = new CancellationTokenSource();
        _bench.Discord.Answer(_ => new TaskCompletionSource<HttpResponseMessage>().Task);
        var sending = _bench.Rest.SendAsync(Bench.Post(), cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => sending.WaitAsync(Bench.Patience));
    }

    // Without the caller's token: in a thawed process the send and the timer race.
    private sealed class FrozenOnTheWay(Action freeze) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            freeze();
            return base.SendAsync(request, CancellationToken.None);
        }
    }
}
