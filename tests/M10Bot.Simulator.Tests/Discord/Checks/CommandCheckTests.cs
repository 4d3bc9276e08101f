using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Interactions;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Checks 63 and 64: registered commands and who may use them; 65 and 66: the endpoint; 67: the clock and the journal.</summary>
public sealed class CommandCheckTests
{
    public static TheoryData<string, string, string> Broken => new()
    {
        { """[{"name":"Latest","description":"x"}]""", "0.name", "APPLICATION_COMMAND_INVALID_NAME" },
        { """[{"name":"two words","description":"x"}]""", "0.name", "APPLICATION_COMMAND_INVALID_NAME" },
        { $$"""[{"name":"a","description":"{{Check.Long(101)}}"}]""", "0.description", "BASE_TYPE_BAD_LENGTH" },
        { """[{"name":"a","description":"x"},{"name":"a","description":"y"}]""", "1", "APPLICATION_COMMANDS_DUPLICATE_NAME" },
        { """[{"name":"a","description":"x","options":[{"type":3,"name":"o","description":"x"},{"type":3,"name":"p","description":"x","required":true}]}]""", "0.options.1.required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID" },
        { """[{"name":"a","description":"x","options":[{"type":1,"name":"s","description":"x"},{"type":3,"name":"p","description":"x"}]}]""", "0.options.0.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID" },
        { """[{"name":"a","description":"x","options":[{"type":2,"name":"g","description":"x","options":[{"type":2,"name":"h","description":"x"}]}]}]""", "0.options.0.options.0.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID" },
        { $$"""[{"name":"a","description":"x","options":[{{string.Join(',', Enumerable.Range(0, 26).Select(i => $$"""{"type":3,"name":"o{{i}}","description":"x"}"""))}}]}]""", "0.options", "BASE_TYPE_BAD_LENGTH" },
        { $$"""[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"name":"c{{i}}","description":"x"}"""))}}]""", "", "BASE_TYPE_BAD_LENGTH" },
        { $$"""[{{string.Join(',', Enumerable.Range(0, 16).Select(i => $$"""{"name":"c{{i}}","type":3}"""))}}]""", "", "BASE_TYPE_BAD_LENGTH" },
        { $$"""[{"name":"a","description":"x","options":[{{string.Join(',', Enumerable.Range(0, 4).Select(o => $$"""{"type":3,"name":"o{{o}}","description":"x","choices":[{{string.Join(',', Enumerable.Range(0, 25).Select(c => $$"""{"name":"{{new string('n', 90)}}","value":"{{c}}"}"""))}}]}"""))}}]}]""", "0", "APPLICATION_COMMAND_TOO_LARGE" },
        { """[{"name":"a","description":"x","options":[{"type":3,"name":"o","description":"x","autocomplete":true,"choices":[{"name":"n","value":"v"}]}]}]""", "0.options.0.autocomplete", "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID" },
        { """[{"name":"a","description":"x","name_localizations":{"xx":"b"}}]""", "0.name_localizations", "LOCALE_UNKNOWN" },
        { """[{"name":"a","description":"x","default_member_permissions":"many"}]""", "0.default_member_permissions", "BASE_TYPE_CHOICES" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Check_63_commands_that_break_a_rule(string commands, string path, string code)
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.PutAsync(Global(bench), JsonNode.Parse(commands)!)).ErrorAt(path).ShouldBe(code);
    }

    [Fact]
    public async Task Check_63_scopes_upserts_localisations_and_the_days_limit()
    {
        await using var bench = await DiscordBench.StartAsync();
        var created = await bench.PostAsync(Global(bench), Check.Json("""{"name":"a","description":"x","name_localizations":{"de":"b"}}"""));
        created.Status.ShouldBe(201);
        var again = await bench.PostAsync(Global(bench), Check.Json("""{"name":"a","description":"y","name_localizations":{"de":"b"}}"""));
        (again.Status, again.Id).ShouldBe((200, created.Id));
        (await bench.GetAsync(Global(bench))).Body[0].TryGetProperty("name_localizations", out _).ShouldBeFalse();
        (await bench.GetAsync($"{Global(bench)}?with_localizations=true")).Body[0].GetProperty("name_localizations").GetProperty("de").GetString().ShouldBe("b");
        var ofGuild = $"applications/{bench.Discord.World.BotId}/guilds/{bench.Guild()}/commands";
        (await bench.PutAsync(ofGuild, JsonNode.Parse("""[{"name":"g","description":"x","contexts":[0]}]""")!)).ErrorAt("0.contexts").ShouldBe("APPLICATION_COMMAND_GUILD_SCOPE");
        (await bench.PutAsync(Global(bench), new JsonArray())).Status.ShouldBe(200);
        (await bench.GetAsync(Global(bench))).Body.GetArrayLength().ShouldBe(0); // PUT replaces the scope
        await bench.PutAsync(Global(bench), Many(0, 100));
        await bench.PutAsync(Global(bench), Many(100, 99));
        (await bench.PostAsync(Global(bench), Check.Json("""{"name":"one-more","description":"x"}"""))).ShouldBeRefused(400, 30034);
        bench.Time.Advance(TimeSpan.FromDays(1));
        (await bench.PutAsync(Global(bench), Many(300, 100))).Status.ShouldBe(200);

        static JsonArray Many(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (JsonNode)new JsonObject { ["name"] = $"c{i}", ["description"] = "x" })];
    }

    [Fact]
    public async Task Check_64_who_may_use_what_where_and_by_which_name()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(
            """{"name":"manage","description":"x","default_member_permissions":"32"}""",
            """{"name":"here","description":"x","contexts":[0]}""",
            """{"name":"there","description":"x","contexts":[1]}""",
            """{"name":"mine","description":"x","integration_types":[1]}""",
            """{"name":"pick","description":"x","options":[{"type":7,"name":"where","description":"x","channel_types":[5]}]}""",
            """{"name":"latest","description":"x","name_localizations":{"de":"neueste"}}""",
            """{"name":"Summarise","type":3}""");
        var direct = bench.Discord.World.DirectChannelId("member");
        foreach (var (channel, name) in new[] { (bench.News, "manage"), (direct, "here"), (bench.News, "there"), (bench.News, "mine"), (bench.News, "neueste") })
        {
            Should.Throw<DiscordClientException>(() => bench.Discord.Command("member", channel, name), name);
        }

        Should.Throw<DiscordClientException>(() => bench.Discord.Command("member", bench.News, "pick", Where("world")));
        Should.NotThrow(() => bench.Discord.Command("member", bench.News, "pick", Where("announcements")));
        Should.NotThrow(() => bench.Discord.Command("admin", bench.News, "manage"));
        bench.Discord.World.InstallForPerson("member");
        Should.NotThrow(() => bench.Discord.Command("member", bench.News, "mine"));
        bench.Discord.World.SetLocale("member", "de");
        bench.Discord.Command("member", bench.News, "neueste");
        var link = bench.Discord.Say("editor", bench.News, "https://example.org/story");
        bench.Discord.MessageCommand("member", bench.News, "Summarise", link);
        JsonElement it;
        do
        {
            it = await client.EventAsync("INTERACTION_CREATE");
        }
        while (it.GetProperty("data").GetProperty("name").GetString() is not "latest"); // the default name, whatever was typed
        it.GetProperty("locale").GetString().ShouldBe("de");
        var onMessage = (await client.EventAsync("INTERACTION_CREATE")).GetProperty("data");
        onMessage.GetProperty("resolved").GetProperty("messages").GetProperty(onMessage.GetProperty("target_id").GetString()!).GetProperty("content").GetString().ShouldBe("https://example.org/story");

        static Dictionary<string, string> Where(string channel) => new(StringComparer.Ordinal) { ["where"] = channel };
    }

    [Fact]
    public async Task Check_65_an_endpoint_is_probed_when_it_is_set_and_whenever_asked()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var bot = await EndpointBot.StartAsync();
        var set = new JsonObject { ["interactions_endpoint_url"] = bot.Url };
        bot.IsGullible = true;
        (await bench.PatchAsync("applications/@me", set)).ErrorAt("interactions_endpoint_url").ShouldBe("APPLICATION_INTERACTIONS_ENDPOINT_VERIFICATION_FAILED");
        bot.IsGullible = false;
        (await bench.PatchAsync("applications/@me", set))["interactions_endpoint_url"].ShouldBe(bot.Url);
        (await bench.Discord.ProbeEndpointAsync(withReplay: false, CancellationToken.None)).ShouldBeNull();
        (await bench.Discord.ProbeEndpointAsync(withReplay: true, CancellationToken.None)).ShouldBe("replay: expected 401, got 200");
        bench.Discord.InteractionsEndpoint.ShouldBeNull(); // failing a probe detached it
        (await bench.PatchAsync("applications/@me", Check.Json("""{"interactions_endpoint_url":"https://example.org/"}"""))).ErrorAt("interactions_endpoint_url").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(200, "text/plain", """{"type":4,"data":{"content":"x"}}""")]
    [InlineData(500, "application/json", """{"type":4,"data":{"content":"x"}}""")]
    [InlineData(200, "application/json", """{"type":7}""")]
    [InlineData(200, "application/json", "")]
    public async Task Check_65_an_answer_over_http_that_is_none_fails_the_interaction(int status, string type, string body)
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var bot = await EndpointBot.StartAsync();
        await SetAsync(bench, bot);
        bot.Answer = _ => (status, type, body);
        bench.Discord.Command("member", bench.News, "latest");
        await bot.NextAsync();
        await Eventually.BeAsync(() => bench.Discord.UnansweredInteractions == 1);
    }

    [Fact]
    public async Task Check_65_silence_fails_after_three_seconds_and_202_leaves_the_callback_to_the_bot()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var bot = await EndpointBot.StartAsync();
        await SetAsync(bench, bot);
        bot.Answer = null;
        bench.Discord.Command("member", bench.News, "latest");
        await bot.NextAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        await Eventually.BeAsync(() => bench.Discord.UnansweredInteractions == 1);
        bot.Answer = _ => (202, null, "");
        var id = bench.Discord.Command("member", bench.News, "latest");
        var it = await bot.NextAsync();
        (await bench.CallbackAsync(it, Check.Json("""{"type":4,"data":{"content":"by callback"}}"""))).Status.ShouldBe(204);
        bench.Discord.ReplyTo(id)!.Content.ShouldBe("by callback");
    }

    [Fact]
    public async Task Check_66_webhook_events_are_answered_204_or_come_again()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var bot = await EndpointBot.StartAsync();
        (await bench.Discord.SendEventAsync(bot.Url, eventJson: null, tries: 1, CancellationToken.None)).ShouldBe(1);
        (await bot.NextAsync()).GetProperty("type").GetInt32().ShouldBe(0);
        bot.FailsEvents = 2;
        const string Authorized = """{"type":"APPLICATION_AUTHORIZED","timestamp":"2026-03-01T12:00:00Z","data":{"integration_type":1}}""";
        (await bench.Discord.SendEventAsync(bot.Url, Authorized, tries: 5, CancellationToken.None)).ShouldBe(3);
        bot.FailsEvents = 9;
        (await bench.Discord.SendEventAsync(bot.Url, Authorized, tries: 2, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Check_67_one_clock_scripts_a_journal_and_the_same_chances_every_time()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await OrderAsync(bench, "script", """{"steps":[{"after_seconds":60,"order":"fail_before","status":502,"on":"create"}]}""")).Status.ShouldBe(200);
        (await bench.SayAsync("x")).Status.ShouldBe(200);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        (await bench.SayAsync("x")).Status.ShouldBe(502);
        (await bench.SayAsync("x")).Status.ShouldBe(200);
        bench.Host.Journal.Entries.Where(e => e.Call.EndsWith("/messages", StringComparison.Ordinal)).Select(e => e.Verdict).ShouldBe(["200", "502", "200"]);
        bench.Host.Journal.Entries.ShouldAllBe(e => e.At <= bench.Time.GetUtcNow() && e.At.Year == 2026);
        (await OrderAsync(bench, "order", """{"order":"dance"}""")).Body.GetProperty("error").GetString().ShouldBe("There is no order “dance”.");
        await using var twin = await DiscordBench.StartAsync();
        var one = await GatewayClient.ReadyAsync(bench, intents: 0);
        var two = await GatewayClient.ReadyAsync(twin, intents: 0);
        await using var first = one.Client;
        await using var second = two.Client;
        one.Ready.GetProperty("session_id").GetString()![16..].ShouldBe(two.Ready.GetProperty("session_id").GetString()![16..]);
    }

    [Fact]
    public async Task A_right_that_is_taken_away_by_an_order_is_back_when_all_is_made_well()
    {
        await using var bench = await DiscordBench.StartAsync();

        (await OrderAsync(bench, "order", $$"""{"order":"deny","channel":"{{bench.News}}","rights":["send_messages"]}""")).Status.ShouldBe(200);
        (await bench.SayAsync("x")).Code.ShouldBe(50013);
        (await OrderAsync(bench, "order", $$"""{"order":"deny","channel":"{{bench.News}}","rights":["fly"]}""")).Body.GetProperty("error").GetString()!.ShouldStartWith("“rights” are some of view_channel, send_messages");
        (await OrderAsync(bench, "order", """{"order":"deny","channel":"1","rights":["view_channel"]}""")).Body.GetProperty("error").GetString().ShouldBe("“channel” is the id of a server's channel.");
        await OrderAsync(bench, "order", """{"order":"clear"}""");

        (await bench.SayAsync("x")).Status.ShouldBe(200);
    }

    private static async Task<Reply> OrderAsync(DiscordBench bench, string path, string json)
    {
        using var content = DiscordBench.Json(json);
        return await Reply.OfAsync(await bench.Http.PostAsync($"{bench.Host.Address}/control/discord/{path}", content));
    }

    private static async Task SetAsync(DiscordBench bench, EndpointBot bot)
    {
        await bench.RegisterAsync(JsonNode.Parse("""{"name":"latest","description":"x"}""")!);
        (await bench.PatchAsync("applications/@me", new JsonObject { ["interactions_endpoint_url"] = bot.Url })).Status.ShouldBe(200);
    }

    private static string Global(DiscordBench bench) => $"applications/{bench.Discord.World.BotId}/commands";
}
