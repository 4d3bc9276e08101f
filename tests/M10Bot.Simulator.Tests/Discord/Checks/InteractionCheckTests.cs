using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Interactions;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Checks 55 to 62: what people do and what the bot answers.</summary>
public sealed class InteractionCheckTests
{
    private const string Latest = """{"name":"latest","description":"The latest","contexts":[0,1,2],"integration_types":[0,1]}""";
    private const string Find = """{"name":"find","description":"Find","options":[{"type":3,"name":"word","description":"w","required":true},{"type":4,"name":"count","description":"n","autocomplete":true}]}""";
    private const string Say = """{"type":4,"data":{"content":"x"}}""";

    [Fact]
    public async Task Check_55_one_answer_in_three_seconds_by_id_and_token()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Latest);
        var it = await UseAsync(bench, client);
        (await bench.PostAsync($"interactions/{it.GetProperty("id")}/wrong/callback", Check.Json(Say))).ShouldBeRefused(404, 10062);
        (await bench.CallbackAsync(it, Check.Json(Say))).Status.ShouldBe(204);
        (await bench.CallbackAsync(it, Check.Json(Say))).ShouldBeRefused(400, 40060);
        var late = await UseAsync(bench, client);
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        (await bench.CallbackAsync(late, Check.Json(Say))).ShouldBeRefused(404, 10062);
        (await bench.PatchAsync(Original(bench, late), Check.Json("""{"content":"y"}"""))).ShouldBeRefused(404, 10015);
        bench.Discord.UnansweredInteractions.ShouldBe(1);
    }

    [Theory]
    [InlineData("command", new[] { 1, 6, 7, 8 })]
    [InlineData("component", new[] { 1, 8 })]
    [InlineData("autocomplete", new[] { 1, 4, 5, 6, 7, 9 })]
    [InlineData("modal", new[] { 1, 6, 7, 8, 9 })]
    public async Task Check_56_what_may_answer_what(string kind, int[] refused)
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Latest, Find);
        var it = await StartAsync(bench, client, kind);
        foreach (var type in refused)
        {
            (await bench.CallbackAsync(it, new JsonObject { ["type"] = type, ["data"] = new JsonObject() })).ErrorAt("type").ShouldBe("BASE_TYPE_CHOICES");
        }
    }

    [Theory]
    [InlineData("""{"type":5,"data":{"flags":32768}}""", "data.flags", "BASE_TYPE_CHOICES")]
    [InlineData("""{"type":9,"data":{"custom_id":"m","title":"1234567890123456789012345678901234567890123456","components":[{"type":10,"content":"x"}]}}""", "data.title", "BASE_TYPE_BAD_LENGTH")]
    [InlineData("""{"type":9,"data":{"custom_id":"m","title":"t","components":[]}}""", "data.components", "BASE_TYPE_BAD_LENGTH")]
    [InlineData("""{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":10,"content":"1"},{"type":10,"content":"2"},{"type":10,"content":"3"},{"type":10,"content":"4"},{"type":10,"content":"5"},{"type":10,"content":"6"}]}}""", "data.components", "BASE_TYPE_BAD_LENGTH")]
    [InlineData("""{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":21,"custom_id":"r","options":[{"label":"one","value":"1"}]}}]}}""", "data.components.0.component.options", "BASE_TYPE_BAD_LENGTH")]
    public async Task Check_56_limits_of_deferrals_and_modals(string body, string path, string code)
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Latest);
        (await bench.CallbackAsync(await UseAsync(bench, client), Check.Json(body))).ErrorAt(path).ShouldBe(code);
    }

    [Fact]
    public async Task Check_57_with_and_without_the_response()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Latest);
        (await bench.CallbackAsync(await UseAsync(bench, client), Check.Json(Say))).Status.ShouldBe(204);
        var told = await bench.CallbackAsync(await UseAsync(bench, client), Check.Json(Say), "?with_response=true");
        told.Status.ShouldBe(200);
        told.Body.GetProperty("resource").GetProperty("message").GetProperty("content").GetString().ShouldBe("x");
    }

    [Fact]
    public async Task Check_58_the_token_opens_after_the_first_answer_and_for_fifteen_minutes()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Latest);
        var it = await UseAsync(bench, client);
        (await bench.PatchAsync(Original(bench, it), Check.Json("""{"content":"y"}"""))).ShouldBeRefused(404, 10015);
        await bench.CallbackAsync(it, Check.Json("""{"type":5}"""));
        (await bench.PatchAsync(Original(bench, it), Check.Json("""{"content":"y"}"""))).Status.ShouldBe(200);
        bench.Time.Advance(TimeSpan.FromMinutes(15.1));
        (await bench.PatchAsync(Original(bench, it), Check.Json("""{"content":"z"}"""))).ShouldBeRefused(401, 50027);
    }

    [Fact]
    public async Task Check_58_after_a_deferral_over_http_the_webhook_is_not_there_at_once()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var bot = await EndpointBot.StartAsync();
        await bench.RegisterAsync(JsonNode.Parse(Latest)!);
        await bench.PatchAsync("applications/@me", new JsonObject { ["interactions_endpoint_url"] = bot.Url });
        bench.Discord.Faults.DeferRace = TimeSpan.FromSeconds(1);
        bot.Answer = _ => (200, "application/json", """{"type":5}""");
        var id = bench.Discord.Command("member", bench.News, "latest");
        var it = await bot.NextAsync();
        await Eventually.BeAsync(() => bench.Discord.ReplyTo(id) is { IsLoading: true });
        (await bench.PatchAsync(Original(bench, it), Check.Json("""{"content":"y"}"""))).ShouldBeRefused(404, 10015);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        (await bench.PatchAsync(Original(bench, it), Check.Json("""{"content":"y"}"""))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Check_59_follow_ups()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Latest, Find);
        bench.Discord.World.InstallForPerson("member");
        var foreign = bench.Discord.World.AddForeignChannel("Elsewhere", "member");
        var it = await UseAsync(bench, client, foreign);
        it.GetProperty("authorizing_integration_owners").TryGetProperty("0", out _).ShouldBeFalse();
        await bench.CallbackAsync(it, Check.Json("""{"type":5,"data":{"flags":64}}"""));
        var filled = await FollowAsync(bench, it);
        (filled.Body.GetProperty("flags").GetInt32() & 64).ShouldBe(64); // it became the private reply that was promised
        for (var i = 0; i < 5; i++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(2));
            (await FollowAsync(bench, it)).Status.ShouldBe(200);
        }

        bench.Time.Advance(TimeSpan.FromSeconds(2));
        (await FollowAsync(bench, it)).ShouldBeRefused(400, 40094);
        var typing = await StartAsync(bench, client, "autocomplete");
        await bench.CallbackAsync(typing, Check.Json("""{"type":8,"data":{"choices":[]}}"""));
        (await FollowAsync(bench, typing)).ShouldBeRefused(404, 10015);
    }

    [Fact]
    public async Task Check_60_private_messages_are_nobody_elses()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Latest);
        var id = bench.Discord.Command("member", bench.News, "latest");
        await bench.CallbackAsync(await client.EventAsync("INTERACTION_CREATE"), Check.Json("""{"type":4,"data":{"content":"x","flags":64,"components":[{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"a"}]}]}}"""));
        var message = bench.Discord.ReplyTo(id)!;
        (await bench.GetAsync(bench.Messages())).Body.GetArrayLength().ShouldBe(0);
        (await bench.GetAsync($"{bench.Messages()}/{message.Id}")).ShouldBeRefused(404, 10008);
        Should.Throw<DiscordClientException>(() => bench.Discord.Component("editor", bench.News, message.Id, "a"));
        Should.NotThrow(() => bench.Discord.Component("member", bench.News, message.Id, "a"));
    }

    [Fact]
    public async Task Check_61_autocompletion()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Find);
        var waiting = bench.Discord.AutocompleteAsync("member", bench.News, "find", "count", "1", CancellationToken.None);
        var it = await client.EventAsync("INTERACTION_CREATE");
        var option = it.GetProperty("data").GetProperty("options").EnumerateArray().Single(); // the required one is not there yet
        (option.GetProperty("value").GetString(), option.GetProperty("focused").GetBoolean()).ShouldBe(("1", true));
        var many = new JsonArray([.. Enumerable.Range(0, 26).Select(i => (JsonNode)new JsonObject { ["name"] = $"{i}", ["value"] = i })]);
        (await bench.CallbackAsync(it, Choices(many))).ErrorAt("data.choices").ShouldBe("BASE_TYPE_BAD_LENGTH");
        (await bench.CallbackAsync(it, Choices(new JsonArray(Check.Json("""{"name":"n","value":"text"}"""))))).ErrorAt("data.choices.0.value").ShouldBe("NUMBER_TYPE_COERCE");
        (await bench.CallbackAsync(it, Choices(new JsonArray(Check.Json("""{"name":"ten","value":10}"""))))).Status.ShouldBe(204);
        (await waiting.WaitAsync(DiscordBench.Patience)).Single().Value.ShouldBe("10");

        static JsonObject Choices(JsonArray choices) => new() { ["type"] = 8, ["data"] = new JsonObject { ["choices"] = choices } };
    }

    [Fact]
    public async Task Check_62_components_and_modals_as_the_client_allows_them()
    {
        await using var bench = await DiscordBench.StartAsync();
        await using var client = await bench.ListenAsync(Latest);
        var post = await bench.SayAsync(Check.Json("""
            {"content":"a","components":[
              {"type":1,"components":[{"type":2,"style":1,"label":"off","custom_id":"off","disabled":true}]},
              {"type":1,"components":[{"type":3,"custom_id":"pick","min_values":1,"max_values":2,"options":[{"label":"a","value":"a"},{"label":"b","value":"b"},{"label":"c","value":"c"}]}]},
              {"type":1,"components":[{"type":8,"custom_id":"where","channel_types":[5]}]}]}
            """));
        foreach (var (id, values) in new[] { ("off", Array.Empty<string>()), ("never", []), ("pick", []), ("pick", ["z"]), ("pick", ["a", "b", "c"]), ("pick", ["a", "a"]), ("where", [bench.News]) })
        {
            Should.Throw<DiscordClientException>(() => bench.Discord.Component("member", bench.News, post.Id, id, values), $"{id} {string.Join(',', values)}");
        }

        var news = bench.Channel("announcements");
        bench.Discord.Component("member", bench.News, post.Id, "where", [news]);
        var it = await client.EventAsync("INTERACTION_CREATE");
        it.GetProperty("data").GetProperty("resolved").GetProperty("channels").GetProperty(news).GetProperty("app_permissions").GetString().ShouldNotBeNullOrEmpty();
        (await bench.CallbackAsync(it, Check.Json("""
            {"type":9,"data":{"custom_id":"m","title":"t","components":[
              {"type":18,"label":"l","component":{"type":4,"custom_id":"w","style":1,"min_length":2,"max_length":3}},
              {"type":18,"label":"l","component":{"type":21,"custom_id":"r","options":[{"label":"1","value":"1"},{"label":"2","value":"2"}]}},
              {"type":18,"label":"l","component":{"type":6,"custom_id":"role","required":false}}]}}
            """))).Status.ShouldBe(204);
        var opened = it.GetProperty("id").GetString()!;
        foreach (var (word, radio) in new[] { ("", "1"), ("a", "1"), ("abcd", "1"), ("ab", "3"), ("ab", "") })
        {
            Should.Throw<DiscordClientException>(() => bench.Discord.Modal("member", opened, "m", Values(word, radio)), $"{word} {radio}");
        }

        bench.Discord.Modal("member", opened, "m", Values("ab", "2"));
        var sent = (await client.EventAsync("INTERACTION_CREATE")).GetProperty("data").GetProperty("components");
        sent[1].GetProperty("component").GetProperty("value").GetString().ShouldBe("2");

        static Dictionary<string, string> Values(string word, string radio) => new(StringComparer.Ordinal) { ["w"] = word, ["r"] = radio };
    }

    private static string Original(DiscordBench bench, JsonElement it) => $"webhooks/{bench.Discord.World.BotId}/{it.GetProperty("token")}/messages/@original";

    private static Task<Reply> FollowAsync(DiscordBench bench, JsonElement it) =>
        bench.PostAsync($"webhooks/{bench.Discord.World.BotId}/{it.GetProperty("token")}", Check.Json("""{"content":"more"}"""));

    private static async Task<JsonElement> UseAsync(DiscordBench bench, GatewayClient client, string? channel = null)
    {
        bench.Discord.Command("member", channel ?? bench.News, "latest");
        return await client.EventAsync("INTERACTION_CREATE");
    }

    private static async Task<JsonElement> StartAsync(DiscordBench bench, GatewayClient client, string kind)
    {
        switch (kind)
        {
            case "component":
                var post = await bench.SayAsync(Check.Json("""{"content":"a","components":[{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"a"}]}]}"""));
                bench.Discord.Component("member", bench.News, post.Id, "a");
                break;
            case "autocomplete":
                _ = bench.Discord.AutocompleteAsync("member", bench.News, "find", "count", "1", CancellationToken.None);
                break;
            case "modal":
                var it = await UseAsync(bench, client);
                await bench.CallbackAsync(it, Check.Json("""{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"w","style":1}}]}}"""));
                bench.Discord.Modal("member", it.GetProperty("id").GetString()!, "m", new Dictionary<string, string>(StringComparer.Ordinal) { ["w"] = "word" });
                break;
            default:
                bench.Discord.Command("member", bench.News, "latest");
                break;
        }

        return await client.EventAsync("INTERACTION_CREATE");
    }
}
