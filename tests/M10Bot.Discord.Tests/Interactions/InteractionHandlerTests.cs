using System.Text.Json;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Chat;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests.Interactions;

public class InteractionHandlerTests
{
    private readonly Bench _bench = new(new DiscordOptions
    {
        Token = "secret-token",
        ApiBase = "http://127.0.0.1:9/api/v10",
        EditorRoleIds = ["600"],
        EditorUserIds = ["78"],
    });

    private readonly List<CommandRequest> _requests = [];
    private readonly InteractionHandler _handler;
    private Func<CommandRequest, CancellationToken, Task<CommandReply>> _run = (_, _) => Task.FromResult(CommandReply.Say("Done", "As you wished."));
    private Func<CommandRequest, string, string, Task<IReadOnlyList<Suggestion>>> _suggest = (_, _, _) => Task.FromResult<IReadOnlyList<Suggestion>>([]);
    private int _ids;

    public InteractionHandlerTests()
    {
        var port = new CommandPort(
            [],
            (request, ct) =>
            {
                _requests.Add(request);
                return _run(request, ct);
            },
            (request, option, typed, _) => _suggest(request, option, typed));
        _handler = new InteractionHandler(port, _bench.Rest, _bench.Options, new ApplicationId("500"), _bench.Seal, _bench.Time, NullLogger<InteractionHandler>.Instance);
    }

    [Fact]
    public async Task A_command_with_two_words_and_options_is_understood()
    {
        await HandleAsync("""
            "type":2,"guild_id":"81","channel_id":"42","locale":"de","member":{"user":{"id":"77"},"roles":["1"],"permissions":"0"},
            "data":{"name":"channel","options":[{"name":"add","type":1,"options":[{"name":"topic","type":3,"value":"NATO"},{"name":"count","type":4,"value":5}]}]}
            """);
        var request = _requests.ShouldHaveSingleItem();
        request.Command.ShouldBe("channel add");
        request.Arguments.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["topic"] = "NATO", ["count"] = "5" }, ignoreOrder: true);
        request.Locale.ShouldBe("de");
        request.Here.ShouldBe(Bench.Channel);
        request.Me.ShouldBe(Bench.Person);
    }

    [Theory]
    [InlineData("0", "1", "77", Role.Member)]
    [InlineData("32", "1", "77", Role.Admin)]
    [InlineData("8", "1", "77", Role.Admin)]
    [InlineData("0", "600", "77", Role.Editor)]
    [InlineData("0", "1", "78", Role.Editor)]
    [InlineData("not a number", "1", "77", Role.Member)]
    public async Task The_persons_role_comes_from_what_discord_and_the_settings_say(string permissions, string role, string user, Role expected)
    {
        await HandleAsync($$$"""
            "type":2,"guild_id":"81","channel_id":"42","member":{"user":{"id":"{{{user}}}"},"roles":["{{{role}}}"],"permissions":"{{{permissions}}}"},"data":{"name":"latest"}
            """);
        _requests.ShouldHaveSingleItem().Caller.ShouldBe(new Caller(user, expected));
    }

    [Fact]
    public async Task In_direct_messages_nobody_is_an_admin_and_here_is_the_person()
    {
        await HandleAsync(Direct("latest"));
        var request = _requests.ShouldHaveSingleItem();
        request.IsDirect.ShouldBeTrue();
        request.Caller.Role.ShouldBe(Role.Member);
        request.Here.Kind.ShouldBe(DestinationKind.Person);
    }

    [Fact]
    public async Task A_button_runs_its_command()
    {
        await HandleAsync("""
            "type":3,"channel_id":"42","user":{"id":"77"},"data":{"custom_id":"follow|story=s1","component_type":2}
            """);
        var request = _requests.ShouldHaveSingleItem();
        request.Command.ShouldBe("follow");
        request.Arguments["story"].ShouldBe("s1");
    }

    [Fact]
    public async Task A_quick_command_is_answered_at_once_and_privately()
    {
        await HandleAsync(Direct("latest"));
        var asked = _bench.Discord.Requests.ShouldHaveSingleItem();
        asked.Line.ShouldEndWith("/callback");
        asked.Json.GetProperty("type").GetInt32().ShouldBe(4);
        var data = asked.Json.GetProperty("data");
        data.GetProperty("flags").GetInt32().ShouldBe(MessageFlags.Ephemeral | MessageFlags.ComponentsV2);
        data.GetProperty("allowed_mentions").GetRawText().ShouldBe("""{"parse":[]}""");
    }

    [Fact]
    public async Task A_public_reply_is_for_all()
    {
        _run = (_, _) => Task.FromResult(CommandReply.Say("Done") with { IsPublic = true });
        await HandleAsync(Direct("latest"));
        _bench.Discord.Requests[0].Json.GetProperty("data").GetProperty("flags").GetInt32().ShouldBe(MessageFlags.ComponentsV2);
    }

    [Fact]
    public async Task A_slow_command_is_put_off_in_time_and_answered_in_place()
    {
        var slow = new TaskCompletionSource<CommandReply>();
        _run = (_, _) => slow.Task;
        var handling = HandleAsync(Direct("latest"));
        _bench.Time.Advance(_bench.Options.AnswerWithin);
        await _bench.Discord.AskedAsync(1);
        _bench.Discord.Requests[0].Json.GetRawText().ShouldBe("""{"type":5,"data":{"flags":64,"allowed_mentions":{"parse":[]}}}""");
        slow.SetResult(CommandReply.Say("Done"));
        await handling.WaitAsync(Bench.Patience);
        _bench.Discord.Requests[1].Line.ShouldBe("PATCH /api/v10/webhooks/500/tok/messages/@original");
    }

    [Fact]
    public async Task A_slow_public_reply_follows_as_a_message_of_its_own()
    {
        var slow = new TaskCompletionSource<CommandReply>();
        _run = (_, _) => slow.Task;
        var handling = HandleAsync(Direct("latest"));
        _bench.Time.Advance(_bench.Options.AnswerWithin);
        await _bench.Discord.AskedAsync(1);
        slow.SetResult(CommandReply.Say("Done") with { IsPublic = true });
        await handling.WaitAsync(Bench.Patience);
        _bench.Discord.Requests[2].Line.ShouldBe("POST /api/v10/webhooks/500/tok");
        _bench.Discord.Requests[2].Body.ShouldContain("Done");
    }

    [Fact]
    public async Task A_command_that_never_ends_is_given_up_with_a_word()
    {
        _run = async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _bench.Time, ct);
            return CommandReply.Say("never");
        };
        var handling = HandleAsync(Direct("latest"));
        await _bench.Time.StepAsync(_bench.Options.AnswerWithin, _bench.Options.AnswerWithin);
        await _bench.Time.StepAsync(_bench.Options.CommandTimeout - _bench.Options.AnswerWithin, _bench.Options.CommandTimeout);
        await handling.WaitAsync(Bench.Patience);
        _bench.Discord.Requests[^1].Body.ShouldContain("took too long");
    }

    [Fact]
    public async Task A_command_that_fails_is_answered_and_tells_nothing_of_the_inside()
    {
        _run = (_, _) => throw new InvalidOperationException("the inside");
        await HandleAsync(Direct("latest"));
        _bench.Discord.Requests[0].Body.ShouldContain("did not work");
        _bench.Discord.Requests[0].Body.ShouldNotContain("inside");
    }

    [Fact]
    public async Task An_interaction_that_comes_twice_is_answered_once()
    {
        var json = Direct("latest");
        await HandleAsync(json, id: 5);
        await HandleAsync(json, id: 5);
        _requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_interaction_that_is_too_old_is_dropped()
    {
        var arrival = Arrive(Direct("latest"), 3);
        _bench.Time.Advance(TimeSpan.FromSeconds(2.6));
        await _handler.HandleAsync(arrival, default);
        _requests.ShouldBeEmpty();
        _bench.Discord.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_whose_end_was_not_seen_is_given_again()
    {
        _bench.Discord.Answer(502, "").Answer(400, """{"code":40060}""");
        await HandleAsync(Direct("latest"));
        _bench.Discord.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_that_meets_another_takes_its_place()
    {
        _bench.Discord.Answer(400, """{"code":40060}""").Answer(200, "{}");
        await HandleAsync(Direct("latest"));
        _bench.Discord.Requests[1].Line.ShouldBe("PATCH /api/v10/webhooks/500/tok/messages/@original");
        _bench.Discord.Requests[1].Body.ShouldContain("Done");
    }

    [Theory]
    [InlineData(404, 10062)]
    [InlineData(401, 50027)]
    [InlineData(400, 40094)]
    public async Task What_can_no_longer_be_answered_is_left_alone(int status, int code)
    {
        _bench.Discord.Answer(status, $$"""{"code":{{code}}}""");
        await HandleAsync(Direct("latest"));
        _bench.Discord.Requests.Count.ShouldBe(1);
        (await _bench.SendAsync(Bench.Post())).ShouldBeOfType<RestReply.Failed>("an interaction's token says nothing of the bot's");
    }

    [Fact]
    public async Task A_late_reply_waits_until_discord_knows_the_answer_it_takes_the_place_of()
    {
        var handling = LateAsync(4);
        await _bench.PassAsync(handling);
        _bench.Discord.Requests.Count(r => r.Line.StartsWith("PATCH", StringComparison.Ordinal)).ShouldBe(5);
        _bench.Discord.Requests[^1].Body.ShouldContain("Done");
    }

    [Fact]
    public async Task A_late_reply_that_discord_never_comes_to_know_is_given_up_after_ten_seconds()
    {
        await _bench.PassAsync(LateAsync(1_000));
        _bench.Discord.Requests.Count(r => r.Line.StartsWith("PATCH", StringComparison.Ordinal)).ShouldBe(7, "after 0.1, 0.2, 0.4 … 3.2 s; the next would come after ten");
    }

    [Fact]
    public async Task Over_http_the_first_answer_is_handed_over_and_nothing_is_called_back()
    {
        var first = new TaskCompletionSource<byte[]>();
        await _handler.HandleAsync(Arrive(Direct("latest"), 5) with { First = first }, default);
        JsonDocument.Parse(await first.Task).RootElement.GetProperty("type").GetInt32().ShouldBe(4);
        _bench.Discord.Requests.ShouldBeEmpty();

        var again = new TaskCompletionSource<byte[]>();
        await _handler.HandleAsync(Arrive(Direct("latest"), 5) with { First = again }, default);
        (await again.Task).ShouldBeEmpty("the same came before");
    }

    [Fact]
    public async Task A_reply_that_discord_finds_malformed_is_given_plainly()
    {
        _bench.Discord.Answer(400, """{"code":50035}""").Answer(204, "");
        await HandleAsync(Direct("latest"));
        _bench.Discord.Requests[1].Json.GetProperty("data").GetProperty("content").GetString()!.ShouldContain("Done");
    }

    [Fact]
    public async Task What_is_typed_gets_at_most_25_suggestions()
    {
        _suggest = (_, option, typed) => Task.FromResult<IReadOnlyList<Suggestion>>(
            [new Suggestion("", "x"), new Suggestion("y", new string('v', 101)), .. Enumerable.Range(0, 30).Select(i => new Suggestion($"{option} {typed} {i}", $"v{i}"))]);
        await HandleAsync("""
            "type":4,"channel_id":"42","user":{"id":"77"},"data":{"name":"follow","options":[{"name":"topic","type":3,"value":"ukr","focused":true}]}
            """);
        var asked = _bench.Discord.Requests.ShouldHaveSingleItem().Json;
        asked.GetProperty("type").GetInt32().ShouldBe(8);
        var choices = asked.GetProperty("data").GetProperty("choices");
        choices.GetArrayLength().ShouldBe(25);
        choices[0].GetRawText().ShouldBe("""{"name":"topic ukr 0","value":"v0"}""");
    }

    [Fact]
    public async Task Suggestions_that_do_not_come_in_time_are_none()
    {
        _suggest = (_, _, _) => new TaskCompletionSource<IReadOnlyList<Suggestion>>().Task;
        var handling = HandleAsync("""
            "type":4,"channel_id":"42","user":{"id":"77"},"data":{"name":"follow","options":[{"name":"topic","type":3,"value":"","focused":true}]}
            """);
        _bench.Time.Advance(_bench.Options.AnswerWithin);
        await handling.WaitAsync(Bench.Patience);
        _bench.Discord.Requests.ShouldHaveSingleItem().Body.ShouldBe("""{"data":{"choices":[]},"type":8}""");
    }

    [Theory]
    [InlineData("\"type\":2")]
    [InlineData("\"type\":3,\"channel_id\":\"42\",\"user\":{\"id\":\"77\"},\"data\":{\"custom_id\":\"a|b\"}")]
    [InlineData("\"type\":2,\"channel_id\":\"x\",\"user\":{\"id\":\"77\"},\"data\":{\"name\":\"latest\"}")]
    public async Task What_can_not_be_understood_runs_nothing(string json)
    {
        await HandleAsync(json);
        _requests.ShouldBeEmpty();
        _bench.Discord.Requests.ShouldHaveSingleItem().Body.ShouldContain("no longer in use");
    }

    // A slow command whose late answer Discord does not know at first.
    private async Task<bool> LateAsync(int unknown)
    {
        var slow = new TaskCompletionSource<CommandReply>();
        _run = (_, _) => slow.Task;
        _bench.Discord.Answer(204, "");
        for (var i = 0; i < unknown; i++)
        {
            _bench.Discord.Answer(404, """{"code":10015}""");
        }

        _bench.Discord.Answer(200, "{}");
        var handling = WatchedTime.Apart(() => HandleAsync(Direct("latest")));
        _bench.Advance(_bench.Options.AnswerWithin);
        await _bench.Discord.AskedAsync(1);
        WatchedTime.Apart(() => slow.TrySetResult(CommandReply.Say("Done"))).ShouldBeTrue();
        await handling;
        return true;
    }

    private static string Direct(string command) => $$$"""
        "type":2,"channel_id":"42","user":{"id":"77"},"data":{"name":"{{{command}}}"}
        """;

    private Task HandleAsync(string json, int? id = null) => _handler.HandleAsync(Arrive(json, id ?? ++_ids + 100), default);

    private Arrival Arrive(string json, int id)
    {
        var snowflake = Snowflake.At(_bench.Time.GetUtcNow()) + (ulong)id;
        var wire = JsonSerializer.Deserialize($$"""{"id":"{{snowflake}}","application_id":"500","token":"tok",{{json}}}""", DiscordJson.Wire.InteractionWire);
        return new Arrival(wire!, _bench.Time.GetTimestamp());
    }
}
