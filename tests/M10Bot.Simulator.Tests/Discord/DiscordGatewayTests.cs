using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Tests.Discord;

public sealed class DiscordGatewayTests
{
    public static TheoryData<string, int> BadIdentifies => new()
    {
        { """{"op":2,"d":{"token":"Bot simulated-discord-token","intents":1,"properties":{}}}""", 4004 },
        { """{"op":2,"d":{"token":"simulated-discord-token","intents":1}}""", 4002 },
        { """{"op":2,"d":{"token":"simulated-discord-token","properties":{}}}""", 4013 },
        { """{"op":2,"d":{"token":"simulated-discord-token","intents":131072,"properties":{}}}""", 4013 },
        { """{"op":2,"d":{"token":"simulated-discord-token","intents":32768,"properties":{}}}""", 4014 },
        { """{"op":2,"d":{"token":"simulated-discord-token","intents":1,"properties":{},"shard":[1,1]}}""", 4010 },
        { """{"op":3,"d":{}}""", 4003 },
        { """{"op":77}""", 4001 },
        { "no json", 4002 },
        { $$"""{"op":1,"d":null,"padding":"{{new string('x', 4096)}}"}""", 4002 },
        { """{"op":6,"d":{"token":"wrong","session_id":"x","seq":1}}""", 4004 },
    };

    [Theory]
    [MemberData(nameof(BadIdentifies))]
    public async Task A_payload_that_breaks_a_rule_closes_with_its_code(string payload, int code)
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench));
        await client.SendAsync(payload);
        (await client.ClosedAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Another_version_of_the_gateway_is_refused()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench), "/?v=8&encoding=json");
        (await client.ClosedAsync()).ShouldBe(4012);
    }

    [Fact]
    public async Task Identify_brings_ready_and_then_each_guild()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, ready) = await GatewayClient.ReadyAsync(bench);
        await using var _ = client;
        ready.GetProperty("guilds")[0].GetProperty("unavailable").GetBoolean().ShouldBeTrue();
        var guild = await client.PayloadAsync("GUILD_CREATE");
        guild.GetProperty("s").GetInt32().ShouldBe(2);
        guild.GetProperty("d").GetProperty("channels").GetArrayLength().ShouldBe(5);
        guild.GetProperty("d").GetProperty("name").GetString().ShouldBe("Newsroom Friends");
    }

    [Fact]
    public async Task A_second_identify_on_one_connection_closes_it()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench);
        await using var owned = client;
        await client.SendAsync(GatewayClient.Identify());
        (await client.ClosedAsync()).ShouldBe(4005);
    }

    [Fact]
    public async Task A_second_client_within_five_seconds_is_told_to_wait()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (first, _) = await GatewayClient.ReadyAsync(bench);
        await using var owned = first;
        await using var second = await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench));
        await second.NextAsync();
        await second.SendAsync(GatewayClient.Identify());
        var invalid = await second.NextAsync();
        (invalid.GetProperty("op").GetInt32(), invalid.GetProperty("d").GetBoolean()).ShouldBe((9, false));
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        await second.SendAsync(GatewayClient.Identify());
        await second.EventAsync("READY");
        bench.Discord.Gateway.Connected.ShouldBe(2);
    }

    [Fact]
    public async Task Messages_come_only_with_their_intent()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 1 << 9);
        await using var owned = client;
        bench.Discord.World.AddChannel(bench.Discord.World.MainGuildId, "quiet");
        await bench.SayAsync("x");
        var next = await client.NextAsync();
        next.GetProperty("t").GetString().ShouldBe("MESSAGE_CREATE");
        next.GetProperty("s").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_heartbeat_is_acknowledged_and_a_missed_one_drops_the_connection()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var owned = client;
        bench.Time.Advance(TimeSpan.FromSeconds(41));
        await client.SendAsync("""{"op":1,"d":1}""");
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(11);
        bench.Time.Advance(TimeSpan.FromSeconds(41));
        await client.SendAsync("""{"op":1,"d":1}""");
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(11);
        bench.Time.Advance(TimeSpan.FromSeconds(47));
        await client.LostAsync();
    }

    [Fact]
    public async Task A_mute_gateway_swallows_heartbeats()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var owned = client;
        bench.Discord.Gateway.IsMute = true;
        await client.SendAsync("""{"op":1,"d":1}""");
        await client.SendAsync(GatewayClient.Identify());
        (await client.ClosedAsync()).ShouldBe(4005);
        bench.Host.Journal.Entries.ShouldNotContain(e => e.Verdict == "breach");
    }

    [Fact]
    public async Task A_cut_session_resumes_with_what_it_missed_in_order()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (first, ready) = await GatewayClient.ReadyAsync(bench, intents: 1 << 9);
        await using var _ = first;
        bench.Discord.Gateway.CutAll();
        await first.LostAsync();
        await bench.SayAsync("while you were out");
        await using var second = await GatewayClient.OpenAsync(ready.GetProperty("resume_gateway_url").GetString()!, "?v=10&encoding=json");
        await second.NextAsync();
        await second.SendAsync(GatewayClient.Resume(ready.GetProperty("session_id").GetString()!, 1));
        (await second.EventAsync("MESSAGE_CREATE")).GetProperty("content").GetString().ShouldBe("while you were out");
        (await second.PayloadAsync("RESUMED")).GetProperty("s").GetInt32().ShouldBe(3);
        bench.Discord.Gateway.Resumes.ShouldBe(1);
    }

    [Fact]
    public async Task A_resume_at_the_wrong_address_or_after_a_goodbye_is_invalid()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (first, ready) = await GatewayClient.ReadyAsync(bench);
        await using var _ = first;
        var resume = GatewayClient.Resume(ready.GetProperty("session_id").GetString()!, 1);
        await using var wrongDoor = await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench));
        await wrongDoor.NextAsync();
        await wrongDoor.SendAsync(resume);
        (await wrongDoor.NextAsync()).GetProperty("op").GetInt32().ShouldBe(9);
        await first.CloseAsync(1000);
        await using var rightDoor = await GatewayClient.OpenAsync(ready.GetProperty("resume_gateway_url").GetString()!, "?v=10&encoding=json");
        await rightDoor.NextAsync();
        await rightDoor.SendAsync(resume);
        (await rightDoor.NextAsync()).GetProperty("op").GetInt32().ShouldBe(9);
    }

    [Fact]
    public async Task A_resume_from_the_future_closes_with_4007()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (first, ready) = await GatewayClient.ReadyAsync(bench);
        await using var _ = first;
        await using var second = await GatewayClient.OpenAsync(ready.GetProperty("resume_gateway_url").GetString()!, "?v=10&encoding=json");
        await second.SendAsync(GatewayClient.Resume(ready.GetProperty("session_id").GetString()!, 99));
        (await second.ClosedAsync()).ShouldBe(4007);
    }

    [Fact]
    public async Task More_than_a_hundred_and_twenty_sends_a_minute_close_the_connection()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var owned = client;
        for (var i = 0; i < 120; i++)
        {
            await client.SendAsync("""{"op":1,"d":1}""");
        }

        (await client.ClosedAsync()).ShouldBe(4008);
    }

    [Fact]
    public async Task A_reconnect_can_be_asked_for_and_a_session_taken_away()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var owned = client;
        bench.Discord.Gateway.AskToReconnect();
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(7);
        bench.Discord.Gateway.InvalidateSessions(resumable: false);
        (await client.NextAsync()).GetProperty("d").GetBoolean().ShouldBeFalse();
        bench.Discord.Gateway.Connected.ShouldBe(0);
    }

    [Fact]
    public async Task The_stream_can_be_deflated()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, ready) = await GatewayClient.ReadyAsync(bench, query: "/?v=10&encoding=json&compress=zlib-stream");
        await using var _ = client;
        ready.GetProperty("v").GetInt32().ShouldBe(10);
        (await client.EventAsync("GUILD_CREATE")).GetProperty("id").GetString().ShouldBe(bench.Discord.World.MainGuildId);
    }

    [Fact]
    public async Task Events_can_be_lost_or_doubled()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 1 << 9);
        await using var owned = client;
        bench.Discord.Faults.LoseDispatch("MESSAGE_CREATE");
        await bench.SayAsync("lost");
        bench.Discord.Faults.DuplicateDispatch("MESSAGE_CREATE");
        await bench.SayAsync("twice");
        (await client.EventAsync("MESSAGE_CREATE")).GetProperty("content").GetString().ShouldBe("twice");
        (await client.EventAsync("MESSAGE_CREATE")).GetProperty("content").GetString().ShouldBe("twice");
    }

    [Fact]
    public async Task A_bot_that_is_thrown_out_hears_it_and_an_outage_is_told_apart()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench);
        await using var owned = client;
        bench.Discord.World.SetOutage(bench.Discord.World.MainGuildId, isOut: true);
        (await client.EventAsync("GUILD_DELETE")).GetProperty("unavailable").GetBoolean().ShouldBeTrue();
        bench.Discord.World.SetOutage(bench.Discord.World.MainGuildId, isOut: false);
        bench.Discord.World.RemoveBot(bench.Discord.World.MainGuildId);
        (await client.EventAsync("GUILD_DELETE")).TryGetProperty("unavailable", out var ignored).ShouldBeFalse(ignored.ToString());
        JsonNode.Parse((await bench.GetAsync("users/@me/guilds")).Body.ToString())!.AsArray().ShouldBeEmpty();
    }
}
