using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Interactions;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Tests.Discord;

public sealed class DiscordInteractionTests
{
    private const string ChannelCommand = """
        {"name":"channel","description":"Channels","default_member_permissions":"32","contexts":[0],"options":[
          {"type":1,"name":"add","description":"Add one","options":[
            {"type":7,"name":"where","description":"Which","required":true},
            {"type":3,"name":"topic","description":"What","autocomplete":true}]}]}
        """;

    private const string Latest = """{"name":"latest","description":"The latest","options":[{"type":4,"name":"count","description":"How many","min_value":1,"max_value":10}]}""";

    public static TheoryData<string, string, string> BrokenCommands => new()
    {
        { """[{"name":"Latest","description":"x"}]""", "0.name", "APPLICATION_COMMAND_INVALID_NAME" },
        { """[{"name":"latest","description":""}]""", "0.description", "BASE_TYPE_REQUIRED" },
        { """[{"name":"a","description":"x"},{"name":"a","description":"y"}]""", "1", "APPLICATION_COMMANDS_DUPLICATE_NAME" },
        { """[{"name":"a","description":"x","options":[{"type":3,"name":"o","description":"x"},{"type":3,"name":"p","description":"x","required":true}]}]""", "0.options.1.required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID" },
        { """[{"name":"a","description":"x","options":[{"type":1,"name":"s","description":"x"},{"type":3,"name":"p","description":"x"}]}]""", "0.options.0.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID" },
        { """[{"name":"a","description":"x","options":[{"type":3,"name":"o","description":"x","autocomplete":true,"choices":[{"name":"n","value":"v"}]}]}]""", "0.options.0.autocomplete", "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID" },
        { """[{"name":"a","description":"x","name_localizations":{"xx":"b"}}]""", "0.name_localizations", "LOCALE_UNKNOWN" },
    };

    [Theory]
    [MemberData(nameof(BrokenCommands))]
    public async Task A_command_that_breaks_a_rule_is_not_registered(string commands, string path, string code)
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.RegisterAsync([.. JsonNode.Parse(commands)!.AsArray().Select(c => c!.DeepClone())])).ErrorAt(path).ShouldBe(code);
        (await bench.GetAsync($"applications/{bench.Discord.World.BotId}/commands")).Body.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Registering_again_keeps_the_ids_and_replaces_the_rest()
    {
        await using var bench = await DiscordBench.StartAsync();
        var first = await bench.RegisterAsync(JsonNode.Parse(Latest)!, JsonNode.Parse(ChannelCommand)!);
        var second = await bench.RegisterAsync(JsonNode.Parse(Latest)!);
        second.Body.GetArrayLength().ShouldBe(1);
        second.Body[0].GetProperty("id").GetString().ShouldBe(first.Body[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_command_reaches_the_bot_with_all_it_needs()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await ListenAsync(bench);
        await using var owned = client;
        bench.Discord.Command("admin", bench.News, "channel add", new Dictionary<string, string>(StringComparer.Ordinal) { ["where"] = "world" });
        var it = await client.EventAsync("INTERACTION_CREATE");
        it.GetProperty("type").GetInt32().ShouldBe(2);
        it.GetProperty("context").GetInt32().ShouldBe(0);
        it.GetProperty("locale").GetString().ShouldBe("en-US");
        (Snowflakes.Number(it.GetProperty("member").GetProperty("permissions").GetString()!) & DiscordPermission.ManageGuild).ShouldNotBe(0UL);
        var add = it.GetProperty("data").GetProperty("options")[0];
        add.GetProperty("name").GetString().ShouldBe("add");
        var world = bench.Discord.World.ChannelId("world");
        add.GetProperty("options")[0].GetProperty("value").GetString().ShouldBe(world);
        it.GetProperty("data").GetProperty("resolved").GetProperty("channels").GetProperty(world).GetProperty("app_permissions").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("member", "channel add", "where", "world")]
    [InlineData("admin", "channel add", "topic", "x")]
    [InlineData("admin", "channel", "where", "world")]
    [InlineData("member", "latest", "count", "11")]
    [InlineData("member", "latest", "many", "1")]
    [InlineData("member", "nothing", "count", "1")]
    public async Task The_persons_client_refuses_what_discord_would(string person, string name, string option, string value)
    {
        await using var bench = await DiscordBench.StartAsync();
        await bench.RegisterAsync(JsonNode.Parse(Latest)!, JsonNode.Parse(ChannelCommand)!);
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { [option] = value };
        Should.Throw<DiscordClientException>(() => bench.Discord.Command(person, bench.News, name, options));
    }

    [Fact]
    public async Task A_private_reply_is_seen_by_one_person_only_and_a_second_one_is_refused()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await ListenAsync(bench);
        await using var owned = client;
        var id = bench.Discord.Command("member", bench.News, "latest");
        var it = await client.EventAsync("INTERACTION_CREATE");
        var reply = JsonNode.Parse("""{"type":4,"data":{"content":"quiet","flags":64}}""")!;
        var response = await bench.CallbackAsync(it, reply, "?with_response=true");
        response.Body.GetProperty("interaction").GetProperty("response_message_ephemeral").GetBoolean().ShouldBeTrue();
        (await bench.CallbackAsync(it, reply)).Code.ShouldBe(40060);
        bench.Discord.ReplyTo(id)!.EphemeralFor.ShouldBe(bench.Discord.World.PersonId("member"));
        (await bench.GetAsync($"channels/{bench.News}/messages")).Body.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task After_three_seconds_the_interaction_is_dead_and_the_person_is_told()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await ListenAsync(bench);
        await using var owned = client;
        bench.Discord.Command("member", bench.News, "latest");
        var it = await client.EventAsync("INTERACTION_CREATE");
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        (await bench.CallbackAsync(it, JsonNode.Parse("""{"type":4,"data":{"content":"late"}}""")!)).Code.ShouldBe(10062);
        bench.Discord.UnansweredInteractions.ShouldBe(1);
        bench.Discord.Posts(bench.News).Single().Content.ShouldBe("The application did not respond");
    }

    [Fact]
    public async Task A_deferred_reply_is_filled_in_later_and_its_token_ends_after_fifteen_minutes()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await ListenAsync(bench);
        await using var owned = client;
        var id = bench.Discord.Command("member", bench.News, "latest");
        var it = await client.EventAsync("INTERACTION_CREATE");
        var original = $"webhooks/{bench.Discord.World.BotId}/{it.GetProperty("token")}/messages/@original";
        var text = new JsonObject { ["content"] = "done" };
        (await bench.PatchAsync(original, text)).Code.ShouldBe(10015);
        (await bench.CallbackAsync(it, JsonNode.Parse("""{"type":5,"data":{"flags":32768}}""")!)).ErrorAt("data.flags").ShouldBe("BASE_TYPE_CHOICES");
        (await bench.CallbackAsync(it, JsonNode.Parse("""{"type":5,"data":{"flags":64}}""")!)).Status.ShouldBe(204);
        bench.Discord.ReplyTo(id)!.IsLoading.ShouldBeTrue();
        (await bench.PatchAsync(original, text)).Status.ShouldBe(200);
        bench.Discord.ReplyTo(id)!.IsLoading.ShouldBeFalse();
        bench.Discord.ReplyTo(id)!.EphemeralFor.ShouldNotBeNull();
        var more = await bench.PostAsync($"webhooks/{bench.Discord.World.BotId}/{it.GetProperty("token")}", new JsonObject { ["content"] = "more" });
        more.Status.ShouldBe(200);
        bench.Time.Advance(TimeSpan.FromMinutes(16));
        var late = await bench.PatchAsync(original, text);
        (late.Status, late.Code).ShouldBe((401, 50027));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1)]
    public async Task A_command_takes_only_its_kinds_of_answer(int type)
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await ListenAsync(bench);
        await using var owned = client;
        bench.Discord.Command("member", bench.News, "latest");
        var it = await client.EventAsync("INTERACTION_CREATE");
        (await bench.CallbackAsync(it, new JsonObject { ["type"] = type })).ErrorAt("type").ShouldBe("BASE_TYPE_CHOICES");
    }

    [Fact]
    public async Task Choices_reach_the_person_and_more_than_twenty_five_do_not()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await ListenAsync(bench);
        await using var owned = client;
        var body = JsonNode.Parse($$$"""{"person":"admin","channel":"{{{bench.News}}}","name":"channel add","option":"topic","typed":"ukr","options":{}}""")!;
        var waiting = bench.PageAsync("autocomplete", body);
        var it = await client.EventAsync("INTERACTION_CREATE");
        var typed = it.GetProperty("data").GetProperty("options")[0].GetProperty("options")[0];
        (typed.GetProperty("value").GetString(), typed.GetProperty("focused").GetBoolean()).ShouldBe(("ukr", true));
        var many = new JsonArray([.. Enumerable.Range(0, 26).Select(i => (JsonNode)new JsonObject { ["name"] = $"n{i}", ["value"] = $"v{i}" })]);
        (await bench.CallbackAsync(it, new JsonObject { ["type"] = 8, ["data"] = new JsonObject { ["choices"] = many } })).ErrorAt("data.choices").ShouldBe("BASE_TYPE_BAD_LENGTH");
        (await bench.CallbackAsync(it, JsonNode.Parse("""{"type":8,"data":{"choices":[{"name":"Ukraine","value":"t:1"}]}}""")!)).Status.ShouldBe(204);
        var choices = await waiting.WaitAsync(DiscordBench.Patience);
        choices.Body.GetProperty("choices")[0].GetProperty("name").GetString().ShouldBe("Ukraine");
    }

    [Fact]
    public async Task A_pressed_button_updates_its_message()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await ListenAsync(bench);
        await using var owned = client;
        var post = await bench.SayAsync(JsonNode.Parse("""{"content":"a","components":[{"type":1,"components":[{"type":2,"style":1,"label":"More","custom_id":"more:1"},{"type":2,"style":1,"label":"Off","custom_id":"off","disabled":true}]}]}""")!);
        Should.Throw<DiscordClientException>(() => bench.Discord.Component("member", bench.News, post.Id, "off"));
        Should.Throw<DiscordClientException>(() => bench.Discord.Component("member", bench.News, post.Id, "never"));
        bench.Discord.Component("member", bench.News, post.Id, "more:1");
        var it = await client.EventAsync("INTERACTION_CREATE");
        it.GetProperty("message").GetProperty("id").GetString().ShouldBe(post.Id);
        (await bench.CallbackAsync(it, JsonNode.Parse("""{"type":7,"data":{"content":"b"}}""")!)).Status.ShouldBe(204);
        bench.Discord.Posts(bench.News).Single().Content.ShouldBe("b");
    }

    [Fact]
    public async Task A_modal_is_checked_filled_in_and_sent()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (client, _) = await ListenAsync(bench);
        await using var owned = client;
        var opener = bench.Discord.Command("member", bench.News, "latest");
        var it = await client.EventAsync("INTERACTION_CREATE");
        (await bench.CallbackAsync(it, Modal(new string('x', 46)))).ErrorAt("data.title").ShouldBe("BASE_TYPE_BAD_LENGTH");
        (await bench.CallbackAsync(it, Modal("Filter"))).Status.ShouldBe(204);
        Should.Throw<DiscordClientException>(() => bench.Discord.Modal("member", opener, "m", new Dictionary<string, string>(StringComparer.Ordinal) { ["words"] = "too long" }));
        bench.Discord.Modal("member", opener, "m", new Dictionary<string, string>(StringComparer.Ordinal) { ["words"] = "storm" });
        var sent = await client.EventAsync("INTERACTION_CREATE");
        sent.GetProperty("type").GetInt32().ShouldBe(5);
        sent.GetProperty("data").GetProperty("components")[0].GetProperty("component").GetProperty("value").GetString().ShouldBe("storm");
        (await bench.CallbackAsync(sent, new JsonObject { ["type"] = 9 })).ErrorAt("type").ShouldBe("BASE_TYPE_CHOICES");
    }

    [Fact]
    public async Task The_view_shows_the_world_as_the_page_expects_it()
    {
        await using var bench = await DiscordBench.StartAsync();
        await bench.RegisterAsync(JsonNode.Parse(Latest)!);
        await bench.SayAsync("x");
        var view = JsonSerializer.SerializeToElement(bench.Discord.View());
        view.GetProperty("guild").GetProperty("name").GetString().ShouldBe("Newsroom Friends");
        view.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("key").GetString()).ShouldBe(["member", "editor", "admin"]);
        view.GetProperty("channels").EnumerateArray().Count(c => c.GetProperty("kind").GetString() is "dm").ShouldBe(3);
        view.GetProperty("commands")[0].GetProperty("name").GetString().ShouldBe("latest");
        var message = view.GetProperty("messages").GetProperty(bench.News)[0];
        message.GetProperty("loading").GetBoolean().ShouldBeFalse();
        message.GetProperty("ephemeral_for").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static JsonNode Modal(string title) => JsonNode.Parse($$$"""
        {"type":9,"data":{"custom_id":"m","title":"{{{title}}}","components":[
          {"type":18,"label":"Words","component":{"type":4,"style":1,"custom_id":"words","max_length":5}}]}}
        """)!;

    private static async Task<(GatewayClient Client, JsonElement Ready)> ListenAsync(DiscordBench bench)
    {
        (await bench.RegisterAsync(JsonNode.Parse(Latest)!, JsonNode.Parse(ChannelCommand)!)).Status.ShouldBe(200);
        return await GatewayClient.ReadyAsync(bench, intents: 0);
    }
}
