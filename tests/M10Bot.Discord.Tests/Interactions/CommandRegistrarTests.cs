using System.Text.Json;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests.Interactions;

public sealed class CommandRegistrarTests : IDisposable
{
    private static readonly CommandSpec[] Specs =
    [
        new("latest", "Shows the latest stories", Role.Member,
            new CommandOption("topic", "What about", OptionKind.Topic),
            new CommandOption("count", "How many", OptionKind.Number) { Range = (1, 10) }),
        new("channel add", "Adds a channel", Role.Admin, new CommandOption("where", "Which", OptionKind.Channel, IsRequired: true)),
        new("channel pace", "Sets the pace", Role.Admin, new CommandOption("pace", "How fast", OptionKind.Choice, IsRequired: true, ["now", "daily"])),
        new("why", "Says why", Role.Member) { IsButtonOnly = true },
    ];

    private readonly Bench _bench = new();
    private readonly CommandRegistrar _registrar;

    public CommandRegistrarTests()
    {
        var port = new CommandPort(Specs, (_, _) => Task.FromResult(CommandReply.Say("x")), (_, _, _, _) => Task.FromResult<IReadOnlyList<Suggestion>>([]));
        _registrar = new CommandRegistrar(port, new RegistrationQueue(_bench.Options), _bench.Rest, _bench.Options, new ApplicationId("500"), _bench.Time, NullLogger<CommandRegistrar>.Instance);
    }

    public void Dispose() => _registrar.Dispose();

    [Fact]
    public async Task Commands_are_written_with_groups_options_and_permissions()
    {
        _bench.Discord.Answer(200, "[]");
        (await _registrar.RegisterAsync(null, default)).ShouldBeNull();
        var put = _bench.Discord.Requests[1];
        put.Line.ShouldBe("PUT /api/v10/applications/500/commands");
        put.Json.GetArrayLength().ShouldBe(2, "a command that exists as a button only is not typed");

        var latest = put.Json[0];
        latest.TryGetProperty("default_member_permissions", out _).ShouldBeFalse();
        latest.GetProperty("contexts").GetRawText().ShouldBe("[0,1,2]");
        latest.GetProperty("integration_types").GetRawText().ShouldBe("[0,1]", "people can add the bot to their own account");
        latest.GetProperty("options")[0].GetProperty("autocomplete").GetBoolean().ShouldBeTrue();
        var count = latest.GetProperty("options")[1];
        (count.GetProperty("type").GetInt32(), count.GetProperty("min_value").GetInt32(), count.GetProperty("max_value").GetInt32()).ShouldBe((4, 1, 10));

        var channel = put.Json[1];
        channel.GetProperty("default_member_permissions").GetString().ShouldBe("32");
        channel.GetProperty("contexts").GetRawText().ShouldBe("[0]");
        channel.GetProperty("integration_types").GetRawText().ShouldBe("[0]");
        channel.GetProperty("description").GetString().ShouldBe("Channel: add, pace");
        channel.GetProperty("options")[0].GetProperty("name").GetString().ShouldBe("add");
        channel.GetProperty("options")[0].GetProperty("options")[0].GetProperty("channel_types").GetRawText().ShouldBe("[0,5,10,11,12,15]");
        channel.GetProperty("options")[1].GetProperty("options")[0].GetProperty("choices").GetRawText().ShouldBe("""[{"name":"now","value":"now"},{"name":"daily","value":"daily"}]""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("81")]
    public async Task Commands_that_stand_as_they_should_are_left_alone(string? guild)
    {
        _bench.Discord.Answer(200, AsDiscordTellsThem(guild));
        (await _registrar.RegisterAsync(guild, default)).ShouldBeNull();
        _bench.Discord.Requests.ShouldHaveSingleItem().Line.ShouldStartWith("GET ");
    }

    [Fact]
    public async Task Any_difference_is_put_right_and_what_is_not_ours_stays()
    {
        var changed = AsDiscordTellsThem(null).Replace("Shows the latest stories", "Old words", StringComparison.Ordinal);
        _bench.Discord.Answer(200, changed.Replace("[{", """[{"id":"9","type":4,"name":"launch","handler":2},{""", StringComparison.Ordinal)[..^0]);
        await _registrar.RegisterAsync(null, default);
        var put = _bench.Discord.Requests[1].Json;
        put[put.GetArrayLength() - 1].GetRawText().ShouldBe("""{"id":"9","type":4,"name":"launch","handler":2}""");
    }

    [Fact]
    public async Task A_server_has_its_own_path_and_no_contexts()
    {
        _bench.Discord.Answer(200, "[]");
        await _registrar.RegisterAsync("81", default);
        _bench.Discord.Requests[1].Line.ShouldBe("PUT /api/v10/applications/500/guilds/81/commands");
        _bench.Discord.Requests[1].Body.ShouldNotContain("contexts");
        _bench.Discord.Requests[1].Body.ShouldNotContain("integration_types");
    }

    [Fact]
    public async Task An_application_that_people_can_not_add_gets_its_commands_for_servers()
    {
        _bench.Discord
            .Answer(200, "[]")
            .Answer(400, """{"code":50035,"errors":{"0":{"integration_types":{"_errors":[{"code":"X"}]}}}}""")
            .Answer(200, "[]");
        (await _registrar.RegisterAsync(null, default)).ShouldBe(TimeSpan.Zero);
        (await _registrar.RegisterAsync(null, default)).ShouldBeNull();
        var put = _bench.Discord.Requests[3].Json;
        put[0].GetProperty("integration_types").GetRawText().ShouldBe("[0]");
        put[0].GetProperty("contexts").GetRawText().ShouldBe("[0,1]");
    }

    [Fact]
    public async Task One_server_that_must_wait_keeps_no_other_waiting()
    {
        var queue = new RegistrationQueue(new DiscordOptions { CommandScope = CommandScope.Guild });
        var port = new CommandPort(Specs, (_, _) => Task.FromResult(CommandReply.Say("x")), (_, _, _, _) => Task.FromResult<IReadOnlyList<Suggestion>>([]));
        using var registrar = new CommandRegistrar(port, queue, _bench.Rest, _bench.Options, new ApplicationId("500"), _bench.Time, NullLogger<CommandRegistrar>.Instance);
        _bench.Discord.Answer(request => Task.FromResult(
            request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.Contains("/81/", StringComparison.Ordinal)
                ? ScriptedDiscord.Json(400, """{"code":30034}""")
                : ScriptedDiscord.Json(200, "[]")));
        queue.Arrived("81");
        await registrar.StartAsync(default);
        await _bench.Discord.AskedAsync(2);
        queue.Arrived("82");
        await _bench.Discord.AskedAsync(4);
        _bench.Discord.Requests[3].Line.ShouldBe("PUT /api/v10/applications/500/guilds/82/commands");
        await registrar.StopAsync(default);
    }

    [Fact]
    public async Task Trouble_is_tried_again_and_a_refusal_is_not()
    {
        _bench.Discord.Answer(503, "");
        (await _registrar.RegisterAsync(null, default)).ShouldNotBeNull();
        _bench.Discord.Answer(200, "[]").Answer(400, """{"code":50035}""");
        (await _registrar.RegisterAsync(null, default)).ShouldBeNull();
    }

    [Fact]
    public async Task When_the_days_new_commands_are_used_up_it_waits_for_the_next_day()
    {
        _bench.Discord.Answer(200, "[]").Answer(400, """{"code":30034}""");
        (await _registrar.RegisterAsync(null, default)).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(1));
    }

    [Fact]
    public void A_group_has_no_bare_form() =>
        Should.Throw<InvalidOperationException>(() => CommandBook.Write([new CommandSpec("a", "A", Role.Member), new CommandSpec("a b", "B", Role.Member)], isGlobal: true));

    // As Discord gives them back: with ids, with defaults written out, in another order.
    private static string AsDiscordTellsThem(string? guild)
    {
        var commands = CommandBook.Write(Specs, isGlobal: guild is null, isUserInstallable: true).Reverse().ToArray();
        return JsonSerializer.Serialize(commands, DiscordJson.Wire.CommandWireArray)
            .Replace("\"name\":\"latest\"", "\"id\":\"1\",\"version\":\"2\",\"nsfw\":false,\"default_member_permissions\":null,\"name\":\"latest\"", StringComparison.Ordinal)
            .Replace("\"required\":false,", "", StringComparison.Ordinal);
    }
}
