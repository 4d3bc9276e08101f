using System.IO.Compression;
using System.Text;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests.Gateway;

public sealed class ShardWorkTests : IAsyncLifetime
{
    private const string GatewayBot = """{"url":"wss://gateway.example","shards":1,"session_start_limit":{"total":1000,"remaining":1000,"reset_after":0,"max_concurrency":1}}""";

    private readonly Bench _bench = new(new DiscordOptions { Token = "secret-token", ApiBase = "http://127.0.0.1:9/api/v10", ShardCount = 1, RequestTimeout = TimeSpan.FromDays(1) });
    private readonly List<ScriptedGateway> _sockets = [.. Enumerable.Range(0, 12).Select(_ => new ScriptedGateway())];
    private readonly InteractionQueue _interactions;
    private readonly ApplicationId _application = new(null);
    private readonly ShardRun _shard;
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;
    private int _next;

    public ShardWorkTests()
    {
        _bench.Discord.Answer(200, GatewayBot);
        _interactions = new InteractionQueue(_bench.Time);
        var events = new GatewayEvents(_bench.Guilds, _application, _interactions, new RegistrationQueue(_bench.Options), NullLogger<GatewayEvents>.Instance);
        _shard = _bench.Shards(events, () => _sockets[_next++]).Keep(new Shard(0, 1));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Bench.Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    [Fact]
    public async Task It_signs_in_with_the_raw_token_and_the_one_intent_it_needs()
    {
        Start();
        (await _sockets[0].Connected.WaitAsync(Bench.Patience)).ToString().ShouldBe("wss://gateway.example/?v=10&encoding=json&compress=zlib-stream");
        _sockets[0].Hello();
        var identify = await _sockets[0].HeardAsync(2);
        identify.GetProperty("token").GetString().ShouldBe("secret-token");
        identify.GetProperty("intents").GetInt32().ShouldBe(1);
        identify.GetProperty("shard").GetRawText().ShouldBe("[0,1]");
        identify.GetProperty("properties").GetProperty("browser").GetString().ShouldBe("M10Bot");
    }

    [Fact]
    public async Task A_dropped_connection_is_resumed_where_it_stood_at_the_given_address()
    {
        await SignInAsync();
        _sockets[0].Hear(7, "SOMETHING_NEW", "{}").Drop();
        (await _bench.PassAsync(_sockets[1].Connected)).ToString().ShouldBe("wss://resume.example/?v=10&encoding=json&compress=zlib-stream");
        _sockets[1].Hello();
        (await _sockets[1].HeardAsync(6)).GetRawText().ShouldBe("""{"token":"secret-token","session_id":"sess","seq":7}""");
    }

    [Fact]
    public async Task Op_7_closes_so_that_the_session_lives_and_resumes()
    {
        await SignInAsync();
        _sockets[0].Say("""{"op":7,"d":null}""");
        (await _sockets[0].Closed.WaitAsync(Bench.Patience)).ShouldBe(4000);
        await ResumesAsync(_sockets[1]);
    }

    [Theory]
    [InlineData("true", 6)]
    [InlineData("false", 2)]
    public async Task Op_9_says_whether_the_session_can_be_resumed(string d, int op)
    {
        await SignInAsync();
        _sockets[0].Say($$"""{"op":9,"d":{{d}}}""");
        await _bench.PassAsync(_sockets[1].Connected);
        _sockets[1].Hello();
        await _sockets[1].HeardAsync(op);
    }

    [Theory]
    [InlineData(4000, 6)]
    [InlineData(4001, 6)]
    [InlineData(4003, 2)]
    [InlineData(4007, 2)]
    [InlineData(4008, 6)]
    [InlineData(4009, 2)]
    [InlineData(1000, 6)]
    public async Task The_close_code_decides_between_resume_and_a_new_sign_in(int code, int op)
    {
        await SignInAsync();
        _sockets[0].Drop(code);
        if (code == 4008)
        {
            await _bench.Time.StepAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31)); // told that it sent too much, it rests longer
        }

        await _bench.PassAsync(_sockets[1].Connected);
        _sockets[1].Hello();
        await _sockets[1].HeardAsync(op);
    }

    [Theory]
    [InlineData(4004, "Discord:Token")]
    [InlineData(4010, "Discord:FirstShard")]
    [InlineData(4011, "Discord:ShardCount")]
    [InlineData(4012, "update")]
    [InlineData(4013, "update")]
    [InlineData(4014, "developer portal")]
    public async Task A_fatal_code_stops_it_and_says_what_an_admin_must_do(int code, string words)
    {
        await SignInAsync();
        _sockets[0].Drop(code);
        (await _shard.Stopped.WaitAsync(Bench.Patience)).ShouldContain(words);
        _run.IsCompleted.ShouldBeFalse("the shard is kept, so that no other replica runs into the same");
        _next.ShouldBe(1);
    }

    [Fact]
    public async Task It_beats_within_the_first_interval_and_gives_the_last_sequence()
    {
        await SignInAsync();
        await _bench.Time.StepAsync(TimeSpan.Zero, TimeSpan.FromMilliseconds(41_250));
        (await _sockets[0].HeardAsync(1)).GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_line_that_answers_no_heartbeat_is_left_and_resumed()
    {
        await SignInAsync();
        (await _bench.PassAsync(_sockets[0].Closed, TimeSpan.FromSeconds(42))).ShouldBe(4000);
        await ResumesAsync(_sockets[1]);
    }

    [Fact]
    public async Task A_heartbeat_asked_for_is_given_at_once()
    {
        await SignInAsync();
        _sockets[0].Say("""{"op":1,"d":null}""");
        (await _sockets[0].HeardAsync(1)).GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Resumes_that_bring_nothing_end_in_a_new_sign_in()
    {
        await SignInAsync();
        for (var i = 0; i < 4; i++)
        {
            _sockets[i].Drop();
            _sockets[i + 1].Hello();
            await _bench.PassAsync(_sockets[i + 1].Connected);
        }

        await _sockets[4].HeardAsync(2);
    }

    [Fact]
    public async Task Servers_come_and_go_and_an_outage_is_no_goodbye()
    {
        await SignInAsync();
        _bench.Guilds.IsAway("81").ShouldBeTrue();
        await HearAsync(2, "GUILD_CREATE", """{"id":"81","name":"x"}""");
        _bench.Guilds.IsAway("81").ShouldBeFalse();
        await HearAsync(3, "GUILD_DELETE", """{"id":"81","unavailable":true}""");
        _bench.Guilds.IsAway("81").ShouldBeTrue();
        _bench.Guilds.HasLeft("81").ShouldBeFalse();
        await HearAsync(4, "GUILD_DELETE", """{"id":"81"}""");
        _bench.Guilds.HasLeft("81").ShouldBeTrue();
    }

    [Fact]
    public async Task What_makes_no_sense_is_passed_over()
    {
        await SignInAsync();
        _sockets[0].Say("no json").Say("[]").Say("""{"op":0,"s":2,"t":"GUILD_CREATE","d":[1]}""").Say("""{"op":0,"s":3,"t":"INTERACTION_CREATE","d":"x"}""");
        await HearAsync(4, "GUILD_CREATE", """{"id":"82"}""");
        _bench.Guilds.IsAway("82").ShouldBeFalse();
        _application.Value.ShouldBe("500");
    }

    [Fact]
    public async Task An_interaction_goes_to_those_who_answer()
    {
        await SignInAsync();
        await HearAsync(2, "INTERACTION_CREATE", """{"id":"900","type":2,"token":"t"}""");
        await foreach (var arrival in _interactions.ReadAllAsync(default))
        {
            arrival.Interaction.Id.ShouldBe("900");
            break;
        }
    }

    [Fact]
    public async Task Compressed_messages_are_read_though_they_come_in_parts()
    {
        Start();
        using var stream = new MemoryStream();
        await using var zlib = new ZLibStream(stream, CompressionMode.Compress);
        await SayAsync("""{"op":10,"d":{"heartbeat_interval":41250}}""");
        await SayAsync($$$"""{"op":0,"s":5,"t":"GUILD_DELETE","d":{"pad":"{{{new string('x', 60_000)}}}","id":"83"} }""");
        await SayAsync("""{"op":1,"d":null}""");
        (await _sockets[0].HeardAsync(1)).GetInt64().ShouldBe(5);
        _bench.Guilds.HasLeft("83").ShouldBeTrue();

        async Task SayAsync(string json)
        {
            stream.SetLength(0);
            await zlib.WriteAsync(Encoding.UTF8.GetBytes(json));
            await zlib.FlushAsync();
            var bytes = stream.ToArray();
            _sockets[0].SayBinary(bytes[..(bytes.Length / 2)]).SayBinary(bytes[(bytes.Length / 2)..]);
        }
    }

    [Fact]
    public async Task A_days_last_sign_ins_are_spread_over_the_rest_of_the_day()
    {
        _bench.Discord.Answer(200, GatewayBot.Replace("\"remaining\":1000,\"reset_after\":0", "\"remaining\":10,\"reset_after\":3600000", StringComparison.Ordinal));
        var start = _bench.Time.GetUtcNow();
        Start();
        await _bench.PassAsync(_sockets[0].Connected);

        // The first scripted answer of the constructor is used first; the second one comes with the second sign-in.
        _sockets[0].Hello().Drop(4009);
        await _bench.PassAsync(_sockets[1].Connected, TimeSpan.FromMinutes(7));
        (_bench.Time.GetUtcNow() - start).ShouldBeGreaterThan(TimeSpan.FromMinutes(6) - TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_address_that_would_carry_the_token_in_the_open_is_not_used()
    {
        _bench.Discord.Answer(200, """{"url":"ws://gateway.example","shards":1}""");
        _bench.Discord.Answer(200, GatewayBot);
        Start();
        (await _bench.PassAsync(_sockets[0].Connected)).Scheme.ShouldBe("wss");
    }

    private void Start() => _run = _shard.RunAsync(_stop.Token);

    private async Task SignInAsync()
    {
        Start();
        await _sockets[0].Connected.WaitAsync(Bench.Patience);
        _sockets[0].Hello();
        await _sockets[0].HeardAsync(2);
        _sockets[0].Ready();
        _sockets[0].Say("""{"op":11}""");
        await SettledAsync();
    }

    private async Task HearAsync(int sequence, string type, string json)
    {
        _sockets[0].Hear(sequence, type, json);
        await SettledAsync();
    }

    // The gateway asks for a heartbeat; when it comes, all that was said before has been heard.
    private async Task SettledAsync()
    {
        _sockets[0].Say("""{"op":1,"d":null}""");
        await _sockets[0].HeardAsync(1);
    }

    private async Task ResumesAsync(ScriptedGateway socket)
    {
        await _bench.PassAsync(socket.Connected);
        socket.Hello();
        await socket.HeardAsync(6);
    }
}
