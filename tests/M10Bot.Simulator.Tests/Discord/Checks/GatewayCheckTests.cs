using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Checks 40 to 54: the gateway.</summary>
public sealed class GatewayCheckTests
{
    private const string Latest = """{"name":"latest","description":"The latest"}""";

    [Fact]
    public async Task Check_40_sessions_are_counted_and_too_many_reset_the_token()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Limits.IdentifiesPerDay = 1;
        Remaining(await bench.GetAsync("gateway/bot")).ShouldBe(1);
        var (first, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var one = first;
        Remaining(await bench.GetAsync("gateway/bot")).ShouldBe(0);
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        await using var second = await OpenAsync(bench);
        await second.SendAsync(GatewayClient.Identify());
        (await second.ClosedAsync()).ShouldBe(4004);
        (await first.ClosedAsync()).ShouldBe(4004);
        bench.Discord.Gateway.TokenWasReset.ShouldBeTrue();
        (await bench.GetAsync("users/@me")).Status.ShouldBe(401);

        static int Remaining(Reply reply) => reply.Body.GetProperty("session_start_limit").GetProperty("remaining").GetInt32();
    }

    [Theory]
    [InlineData("/?v=8&encoding=json", 4012)]
    [InlineData("/?v=10&encoding=etf", 4012)]
    public async Task Check_41_versions_and_encodings(string query, int code)
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench), query);
        (await client.ClosedAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Check_41_hello_comes_first_or_opcode_7_instead()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench));
        var hello = await client.NextAsync();
        (hello.GetProperty("op").GetInt32(), hello.GetProperty("d").GetProperty("heartbeat_interval").GetInt32()).ShouldBe((10, 41_250));
        bench.Discord.Gateway.RefuseHello();
        await using var sentAway = await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench));
        (await sentAway.NextAsync()).GetProperty("op").GetInt32().ShouldBe(7);
    }

    [Theory]
    [InlineData("""{"op":3,"d":{}}""", 4003)]
    [InlineData("""{"op":77}""", 4001)]
    [InlineData("no json", 4002)]
    [InlineData("long", 4002)]
    [InlineData("""{"op":2,"d":{"token":"wrong","intents":0,"properties":{}}}""", 4004)]
    [InlineData("""{"op":2,"d":{"token":"Bot simulated-discord-token","intents":0,"properties":{}}}""", 4004)]
    public async Task Check_42_payloads_out_of_turn_or_shape(string payload, int code)
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await OpenAsync(bench);
        await client.SendAsync(payload is "long" ? $$"""{"op":1,"d":null,"x":"{{Check.Long(4096)}}"}""" : payload);
        (await client.ClosedAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Check_42_a_second_identify()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var owned = client;
        await client.SendAsync(GatewayClient.Identify());
        (await client.ClosedAsync()).ShouldBe(4005);
    }

    [Theory]
    [InlineData("""{"token":"simulated-discord-token","properties":{}}""", 4013)]
    [InlineData("""{"token":"simulated-discord-token","intents":131072,"properties":{}}""", 4013)]
    [InlineData("""{"token":"simulated-discord-token","intents":32768,"properties":{}}""", 4014)]
    [InlineData("""{"token":"simulated-discord-token","intents":0}""", 4002)]
    public async Task Check_43_intents_and_properties(string d, int code) => (await IdentifyAsync(d)).ShouldBe(code);

    [Theory]
    [InlineData("""[1,1]""", 4010)]
    [InlineData("""[-1,1]""", 4010)]
    [InlineData("""["0","1"]""", 4010)]
    [InlineData("""[0]""", 4010)]
    public async Task Check_44_shards_that_make_no_sense(string shard, int code) =>
        (await IdentifyAsync($$"""{"token":"simulated-discord-token","intents":0,"properties":{},"shard":{{shard}}}""")).ShouldBe(code);

    [Fact]
    public async Task Check_44_too_many_guilds_the_formula_and_the_pace()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Limits.GuildsPerShard = 1;
        var other = bench.Discord.World.AddGuild("Other");
        await using var crowded = await OpenAsync(bench);
        await crowded.SendAsync(GatewayClient.Identify());
        (await crowded.ClosedAsync()).ShouldBe(4011);
        bench.Discord.Limits.GuildsPerShard = 2;
        var shard = (int)((ulong.Parse(other, null) >> 22) % 2);
        await using var sharded = await OpenAsync(bench);
        await sharded.SendAsync(Sharded(shard, 2));
        var ready = await sharded.EventAsync("READY");
        ready.GetProperty("guilds").EnumerateArray().Count(g => string.Equals(g.GetProperty("id").GetString(), other, StringComparison.Ordinal)).ShouldBe(1);
        await using var hasty = await OpenAsync(bench);
        await hasty.SendAsync(Sharded(1 - shard, 2));
        var refused = await hasty.NextAsync();
        (refused.GetProperty("op").GetInt32(), refused.GetProperty("d").GetBoolean()).ShouldBe((9, false));
        bench.Discord.Limits.IdentifyConcurrency = 2; // then each has a turn of its own
        await hasty.SendAsync(Sharded(1 - shard, 2));
        await hasty.EventAsync("READY");
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        await using var again = await OpenAsync(bench);
        await again.SendAsync(Sharded(1 - shard, 2));
        await again.EventAsync("READY");
    }

    [Fact]
    public async Task Check_45_heartbeats_are_supervised_acknowledged_and_asked_for()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var owned = client;
        bench.Time.Advance(TimeSpan.FromSeconds(12));
        await client.SendAsync("""{"op":1,"d":1}""");
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(11);
        bench.Discord.Gateway.FirstBeats.ShouldBe([TimeSpan.FromSeconds(12)]);
        bench.Discord.Gateway.AskForHeartbeat();
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(1);
        bench.Time.Advance(TimeSpan.FromSeconds(11));
        await client.SendAsync("""{"op":1,"d":1}""");
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(11);
        bench.Discord.Breaches.ShouldHaveSingleItem().ShouldContain("came late");
        bench.Time.Advance(TimeSpan.FromSeconds(47));
        await client.LostAsync();
    }

    [Fact]
    public async Task Check_46_a_zombie_is_left_with_a_code_that_keeps_the_session()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, ready) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var owned = client;
        bench.Discord.Gateway.IsMute = true;
        await client.SendAsync("""{"op":1,"d":1}""");
        await client.CloseAsync(4000);
        bench.Discord.Gateway.IsMute = false;
        await using var back = await ResumeAsync(ready, seq: 1);
        await back.EventAsync("RESUMED");
        bench.Discord.Gateway.Resumes.ShouldBe(1);
    }

    [Fact]
    public async Task Check_47_more_than_120_payloads_in_a_minute()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await OpenAsync(bench);
        for (var i = 0; i < 121; i++)
        {
            await client.SendAsync("""{"op":1,"d":null}""");
        }

        (await client.ClosedAsync()).ShouldBe(4008);
    }

    [Fact]
    public async Task Check_48_events_are_numbered_and_heartbeats_name_no_other_number()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench);
        await using var owned = client;
        (await client.PayloadAsync("GUILD_CREATE")).GetProperty("s").GetInt32().ShouldBe(2);
        bench.Discord.World.AddChannel(bench.Guild(), "c");
        (await client.PayloadAsync("CHANNEL_CREATE")).GetProperty("s").GetInt32().ShouldBe(3);
        await client.SendAsync("""{"op":1,"d":99}""");
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(11);
        bench.Discord.Breaches.ShouldHaveSingleItem().ShouldContain("never sent");
    }

    [Fact]
    public async Task Check_49_resuming_replays_in_order_and_only_where_it_should()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, ready) = await GatewayClient.ReadyAsync(bench);
        await using var owned = client;
        await client.PayloadAsync("GUILD_CREATE");
        await client.CloseAsync(4000);
        bench.Discord.World.AddChannel(bench.Guild(), "one");
        bench.Discord.World.AddChannel(bench.Guild(), "two");
        await InvalidAsync(await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench)), ready, 2); // not the resume address
        await InvalidAsync(await GatewayClient.OpenAsync(ready.GetProperty("resume_gateway_url").GetString()!, "/?v=10&encoding=json&compress=zlib-stream"), ready, 2); // another query
        await using var ahead = await ResumeAsync(ready, seq: 99);
        (await ahead.ClosedAsync()).ShouldBe(4007);
        await using var back = await ResumeAsync(ready, seq: 2);
        (await back.EventAsync("CHANNEL_CREATE")).GetProperty("name").GetString().ShouldBe("one");
        (await back.EventAsync("CHANNEL_CREATE")).GetProperty("name").GetString().ShouldBe("two");
        await back.EventAsync("RESUMED");
        await back.CloseAsync(1000); // that ends the session
        await InvalidAsync(await GatewayClient.OpenAsync(ready.GetProperty("resume_gateway_url").GetString()!), ready, 2);
    }

    [Theory]
    [InlineData(4004)]
    [InlineData(4013)]
    public async Task Check_50_coming_back_unchanged_after_a_fatal_code_is_a_breach(int code)
    {
        await using var bench = await DiscordBench.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            bench.Discord.Breaches.ShouldBeEmpty();
            await using var client = await OpenAsync(bench);
            await client.SendAsync(code == 4004 ? """{"op":2,"d":{"token":"wrong","intents":0,"properties":{}}}""" : """{"op":2,"d":{"token":"simulated-discord-token","properties":{}}}""");
            (await client.ClosedAsync()).ShouldBe(code);
        }

        bench.Discord.Breaches.ShouldHaveSingleItem().ShouldContain($"{code}");
    }

    [Fact]
    public async Task Check_51_guilds_come_after_ready_outages_are_no_removals_and_intents_filter()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, ready) = await GatewayClient.ReadyAsync(bench);
        await using var owned = client;
        ready.GetProperty("guilds")[0].GetProperty("unavailable").GetBoolean().ShouldBeTrue();
        (await client.EventAsync("GUILD_CREATE")).GetProperty("name").GetString().ShouldBe("Newsroom Friends");
        bench.Discord.World.SetOutage(bench.Guild(), isOut: true);
        (await client.EventAsync("GUILD_DELETE")).GetProperty("unavailable").GetBoolean().ShouldBeTrue();
        var other = bench.Discord.World.AddGuild("Other");
        bench.Discord.World.RemoveBot(other);
        (await client.EventAsync("GUILD_DELETE")).TryGetProperty("unavailable", out _).ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        await using var deaf = await bench.ListenAsync(Latest);
        bench.Discord.Command("member", bench.Discord.World.DirectChannelId("member"), "latest");
        (await deaf.NextAsync()).GetProperty("t").GetString().ShouldBe("INTERACTION_CREATE");
    }

    [Fact]
    public async Task Check_52_events_are_lost_doubled_and_swapped()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await GatewayClient.ReadyAsync(bench);
        await using var owned = client;
        await client.EventAsync("GUILD_CREATE");
        bench.Discord.Faults.LoseDispatch("CHANNEL_CREATE");
        bench.Discord.World.AddChannel(bench.Guild(), "lost");
        bench.Discord.Faults.DuplicateDispatch("CHANNEL_CREATE");
        bench.Discord.World.AddChannel(bench.Guild(), "double");
        bench.Discord.Faults.SwapDispatch("CHANNEL_CREATE");
        bench.Discord.World.AddChannel(bench.Guild(), "second");
        bench.Discord.World.AddChannel(bench.Guild(), "first");
        foreach (var name in new[] { "double", "double", "first", "second" })
        {
            (await client.EventAsync("CHANNEL_CREATE")).GetProperty("name").GetString().ShouldBe(name);
        }
    }

    [Fact]
    public async Task Check_53_compression_split_frames_and_a_guild_of_two_mebibytes()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.Gateway.SplitsFrames = true;
        var large = bench.Discord.World.AddGuild("Large");
        for (var i = 0; i < 7_000; i++)
        {
            var channel = bench.Discord.World.AddChannel(large, $"a channel with a name that is long enough to fill a gateway message before long {i}");
            bench.Discord.World.SetBotPermissions(channel, allow: 1, deny: 2);
        }

        var (plain, _) = await GatewayClient.ReadyAsync(bench);
        await using var one = plain;
        (await LargeAsync(plain)).ShouldBe(7_000);
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        var (packed, _) = await GatewayClient.ReadyAsync(bench, query: "/?v=10&encoding=json&compress=zlib-stream");
        await using var two = packed;
        (await LargeAsync(packed)).ShouldBe(7_000);

        async Task<int> LargeAsync(GatewayClient client)
        {
            while (true)
            {
                var guild = await client.EventAsync("GUILD_CREATE");
                if (guild.GetProperty("id").GetString() == large)
                {
                    guild.GetRawText().Length.ShouldBeGreaterThan(1 << 21);
                    return guild.GetProperty("channels").GetArrayLength();
                }
            }
        }
    }

    [Fact]
    public async Task Check_54_an_endpoint_takes_the_interactions_away_from_the_gateway()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var bot = await EndpointBot.StartAsync();
        await using var client = await bench.ListenAsync(Latest);
        (await bench.PatchAsync("applications/@me", new JsonObject { ["interactions_endpoint_url"] = bot.Url })).Status.ShouldBe(200);
        bench.Discord.Command("member", bench.News, "latest");
        (await bot.NextAsync()).GetProperty("type").GetInt32().ShouldBe(2);
        await client.SendAsync("""{"op":1,"d":1}""");
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(11); // and no event before it
    }

    private static async Task<int?> IdentifyAsync(string d)
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await OpenAsync(bench);
        await client.SendAsync($$"""{"op":2,"d":{{d}}}""");
        return await client.ClosedAsync();
    }

    private static JsonObject Sharded(int shard, int shards)
    {
        var identify = GatewayClient.Identify();
        identify["d"]!["shard"] = new JsonArray(shard, shards);
        return identify;
    }

    private static async Task<GatewayClient> OpenAsync(DiscordBench bench)
    {
        var client = await GatewayClient.OpenAsync(await GatewayClient.UrlAsync(bench));
        (await client.NextAsync()).GetProperty("op").GetInt32().ShouldBe(10);
        return client;
    }

    private static async Task<GatewayClient> ResumeAsync(JsonElement ready, long seq)
    {
        var client = await GatewayClient.OpenAsync(ready.GetProperty("resume_gateway_url").GetString()!);
        await client.NextAsync();
        await client.SendAsync(GatewayClient.Resume(ready.GetProperty("session_id").GetString()!, seq));
        return client;
    }

    private static async Task InvalidAsync(GatewayClient client, JsonElement ready, long seq)
    {
        await using var owned = client;
        await client.NextAsync();
        await client.SendAsync(GatewayClient.Resume(ready.GetProperty("session_id").GetString()!, seq));
        var answer = await client.NextAsync();
        (answer.GetProperty("op").GetInt32(), answer.GetProperty("d").GetBoolean()).ShouldBe((9, false));
    }
}
