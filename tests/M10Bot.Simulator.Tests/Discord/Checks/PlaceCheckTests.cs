using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Checks 19 to 29: places, rights, edits, forums, threads, webhooks.</summary>
public sealed class PlaceCheckTests
{
    private const string Card = """{"embeds":[{"title":"t"}]}""";
    private const string Both = """{"content":"x","embeds":[{"title":"t"}]}""";

    [Fact]
    public async Task Check_19_unknown_places_and_missing_rights()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.PostAsync("channels/1/messages", Check.Json(Both))).ShouldBeRefused(404, 10003);
        (await bench.GetAsync($"{bench.Messages()}/1")).ShouldBeRefused(404, 10008);
        var world = bench.Discord.World;
        world.SetBotPermissions(bench.News, deny: DiscordPermission.EmbedLinks);
        var post = await bench.SayAsync(Check.Json(Both));
        post.Body.GetProperty("embeds").GetArrayLength().ShouldBe(0); // dropped without a word
        (await bench.SayAsync(Check.Json(Card))).ShouldBeRefused(403, 50013);
        var edit = await bench.PatchAsync($"{bench.Messages()}/{post.Id}", Check.Json(Card));
        (edit.Status, edit.Body.GetProperty("embeds").GetArrayLength()).ShouldBe((200, 0));
        world.SetBotPermissions(bench.News, deny: DiscordPermission.SendMessages);
        (await bench.SayAsync("x")).ShouldBeRefused(403, 50013);
        world.SetBotPermissions(bench.News, deny: DiscordPermission.ViewChannel);
        (await bench.SayAsync("x")).ShouldBeRefused(403, 50001);
        var quiet = bench.Channel("announcements");
        var thread = await ThreadAsync(bench, quiet);
        world.SetBotPermissions(quiet, deny: DiscordPermission.SendMessages);
        (await bench.PostAsync(bench.Messages(thread), Check.Json("""{"content":"threads have a right of their own"}"""))).Status.ShouldBe(200);
        world.SetBotPermissions(quiet, deny: DiscordPermission.SendMessagesInThreads);
        (await bench.PostAsync(bench.Messages(thread), Check.Json(Both))).ShouldBeRefused(403, 50013);
    }

    [Fact]
    public async Task Check_20_others_messages_and_those_that_are_gone()
    {
        await using var bench = await DiscordBench.StartAsync();
        var theirs = $"{bench.Messages()}/{bench.Discord.Say("member", bench.News, "mine")}";
        (await bench.PatchAsync(theirs, Check.Json(Both))).ShouldBeRefused(403, 50005);
        (await bench.DeleteAsync(theirs)).ShouldBeRefused(403, 50013);
        var own = $"{bench.Messages()}/{(await bench.SayAsync("x")).Id}";
        (await bench.DeleteAsync(own)).Status.ShouldBe(204);
        (await bench.DeleteAsync(own)).ShouldBeRefused(404, 10008);
    }

    [Fact]
    public async Task Check_21_an_edit_changes_what_it_names_and_is_told_to_who_asked()
    {
        await using var bench = await DiscordBench.StartAsync();
        var (deaf, _) = await GatewayClient.ReadyAsync(bench, intents: 0);
        await using var first = deaf;
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        var (hearing, _) = await GatewayClient.ReadyAsync(bench, intents: 1 << 9);
        await using var second = hearing;
        var post = await bench.SayAsync(Check.Json(Both));
        post.Body.GetProperty("edited_timestamp").ValueKind.ShouldBe(JsonValueKind.Null);
        var edit = await bench.PatchAsync($"{bench.Messages()}/{post.Id}", Check.Json("""{"content":null}"""));
        (edit["content"], edit.Body.GetProperty("embeds").GetArrayLength()).ShouldBe(("", 1));
        edit.Body.GetProperty("edited_timestamp").ValueKind.ShouldBe(JsonValueKind.String);
        (await hearing.EventAsync("MESSAGE_UPDATE")).GetProperty("id").GetString().ShouldBe(post.Id);
        await deaf.SendAsync("""{"op":1,"d":1}""");
        (await deaf.NextAsync()).GetProperty("op").GetInt32().ShouldBe(11); // and nothing before it
    }

    [Fact]
    public async Task Check_22_old_messages_bear_three_edits_in_six_seconds()
    {
        await using var bench = await DiscordBench.StartAsync();
        var path = $"{bench.Messages()}/{(await bench.SayAsync("x")).Id}";
        bench.Time.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 3; i++)
        {
            (await bench.PatchAsync(path, new JsonObject { ["content"] = $"{i}" })).Status.ShouldBe(200);
        }

        var refused = await bench.PatchAsync(path, Check.Json("""{"content":"4"}"""));
        refused.ShouldBeRefused(429, 30046);
        refused.Body.GetProperty("retry_after").GetDouble().ShouldBe(6, 0.01);
        bench.Time.Advance(TimeSpan.FromSeconds(6));
        (await bench.PatchAsync(path, Check.Json("""{"content":"4"}"""))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Check_23_publishing()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SendAsync(HttpMethod.Post, $"{bench.Messages()}/{(await bench.SayAsync("x")).Id}/crosspost", body: null)).ShouldBeRefused(400, 50024);
        var news = bench.Channel("announcements");
        var published = "";
        for (var i = 0; i < 10; i++)
        {
            published = (await bench.PostAsync(bench.Messages(news), Check.Json("""{"content":"x"}"""))).Id;
            var reply = await bench.SendAsync(HttpMethod.Post, $"{bench.Messages(news)}/{published}/crosspost", body: null);
            (reply.Status, reply.Body.GetProperty("flags").GetInt32() & 1).ShouldBe((200, 1));
            bench.Time.Advance(TimeSpan.FromSeconds(2));
        }

        (await bench.SendAsync(HttpMethod.Post, $"{bench.Messages(news)}/{published}/crosspost", body: null)).ShouldBeRefused(400, 40033);
        var eleventh = (await bench.PostAsync(bench.Messages(news), Check.Json("""{"content":"x"}"""))).Id;
        var late = await bench.SendAsync(HttpMethod.Post, $"{bench.Messages(news)}/{eleventh}/crosspost", body: null);
        late.Status.ShouldBe(429);
        late.Body.GetProperty("retry_after").GetDouble().ShouldBeGreaterThan(3_000);
        for (var i = 0; i < 3; i++)
        {
            (await bench.PatchAsync($"{bench.Messages(news)}/{published}", new JsonObject { ["content"] = $"{i}" })).Status.ShouldBe(200);
        }

        (await bench.PatchAsync($"{bench.Messages(news)}/{published}", Check.Json("""{"content":"4"}"""))).ShouldBeRefused(429, 20022);
    }

    [Fact]
    public async Task Check_24_forums()
    {
        await using var bench = await DiscordBench.StartAsync();
        var forum = bench.Discord.World.AddForum(bench.Guild(), "strict", requiresTag: true, "World", "Business", "Sport", "Art", "Law", "War");
        (await bench.PostAsync(bench.Messages(forum), Check.Json(Both))).ShouldBeRefused(400, 40058);
        var tags = (await bench.GetAsync($"channels/{forum}")).Body.GetProperty("available_tags").EnumerateArray().Select(t => t.GetProperty("id").GetString()!).ToList();
        (await PostAsync("n")).ShouldBeRefused(400, 40067);
        (await PostAsync("n", [.. tags])).ErrorAt("applied_tags").ShouldBe("BASE_TYPE_BAD_LENGTH");
        (await PostAsync("n", "1")).ErrorAt("applied_tags.0").ShouldBe("FORUM_TAG_UNKNOWN");
        (await PostAsync(Check.Long(101), tags[0])).ErrorAt("name").ShouldBe("BASE_TYPE_BAD_LENGTH");
        var post = await PostAsync("n", tags[0]);
        post.Status.ShouldBe(201);
        post.Body.GetProperty("message").GetProperty("id").GetString().ShouldBe(post.Id);

        Task<Reply> PostAsync(string name, params string[] applied) => bench.PostAsync($"channels/{forum}/threads", new JsonObject
        {
            ["name"] = name,
            ["message"] = Check.Json(Both),
            ["applied_tags"] = new JsonArray([.. applied.Select(t => JsonValue.Create(t))]),
        });
    }

    [Fact]
    public async Task Check_25_threads()
    {
        await using var bench = await DiscordBench.StartAsync();
        var world = bench.Discord.World;
        world.SetBotPermissions(bench.News, allow: DiscordPermission.CreatePrivateThreads);
        (await bench.PostAsync($"channels/{bench.News}/threads", Check.Json("""{"name":"by default private"}""")))["type"].ShouldBe("12");
        var post = await bench.SayAsync("x");
        var start = $"{bench.Messages()}/{post.Id}/threads";
        (await bench.PostAsync(start, Check.Json("""{"name":""}"""))).ErrorAt("name").ShouldBe("BASE_TYPE_REQUIRED");
        var thread = (await bench.PostAsync(start, Check.Json("""{"name":"t"}"""))).Id;
        thread.ShouldBe(post.Id);
        (await bench.PostAsync(start, Check.Json("""{"name":"t"}"""))).ShouldBeRefused(400, 160004);
        for (var title = 1; title <= 2; title++)
        {
            (await bench.PatchAsync($"channels/{thread}", new JsonObject { ["name"] = $"t{title}" }))["name"].ShouldBe($"t{title}");
        }

        var third = await bench.PatchAsync($"channels/{thread}", Check.Json("""{"name":"t3"}"""));
        third.Status.ShouldBe(429); // two in ten minutes, which no header told
        third.Body.GetProperty("retry_after").GetDouble().ShouldBe(600, 5);
        (await bench.PatchAsync($"channels/{thread}", Check.Json("""{"archived":false}"""))).Status.ShouldBe(200);
        var inside = $"{bench.Messages(thread)}/{(await bench.PostAsync(bench.Messages(thread), Check.Json(Both))).Id}";
        world.SetArchived(thread, archived: true);
        (await bench.PatchAsync(inside, Check.Json(Both))).ShouldBeRefused(400, 50083);
        (await bench.PostAsync(bench.Messages(thread), Check.Json(Both))).Status.ShouldBe(200);
        Archived().ShouldBeFalse(); // writing opens it again
        bench.Time.Advance(TimeSpan.FromDays(4));
        (await bench.GetAsync($"channels/{thread}")).Status.ShouldBe(200);
        Archived().ShouldBeTrue(); // nobody wrote for three days
        world.SetArchived(thread, archived: true, locked: true);
        (await bench.PostAsync(bench.Messages(thread), Check.Json(Both))).ShouldBeRefused(400, 160005);
        (await bench.PatchAsync($"channels/{thread}", Check.Json("""{"archived":false}"""))).ShouldBeRefused(403, 50013);
        bench.Discord.Limits.ActiveThreadsPerGuild = 0;
        (await bench.PostAsync($"{bench.Messages()}/{(await bench.SayAsync("x")).Id}/threads", Check.Json("""{"name":"t"}"""))).ShouldBeRefused(400, 160006);

        bool Archived() => JsonDocument.Parse(world.ChannelJson(thread)).RootElement.GetProperty("thread_metadata").GetProperty("archived").GetBoolean();
    }

    [Fact]
    public async Task Check_26_bulk_deletes()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await BulkAsync("1", "2")).ShouldBeRefused(403, 50013);
        bench.Discord.World.SetBotPermissions(bench.News, allow: DiscordPermission.ManageMessages);
        var one = (await bench.SayAsync("1")).Id;
        var two = (await bench.SayAsync("2")).Id;
        (await BulkAsync(one)).ShouldBeRefused(400, 50016);
        (await BulkAsync([.. Enumerable.Range(1, 101).Select(i => $"{i}")])).ShouldBeRefused(400, 50016);
        (await BulkAsync(one, one)).ErrorAt("messages").ShouldBe("SET_TYPE_ALREADY_CONTAINS_VALUE");
        bench.Time.Advance(TimeSpan.FromDays(15));
        (await BulkAsync(one, two)).ShouldBeRefused(400, 50034);
        var three = (await bench.SayAsync("3")).Id;
        var four = (await bench.SayAsync("4")).Id;
        (await BulkAsync(three, four)).Status.ShouldBe(204);

        Task<Reply> BulkAsync(params string[] ids) =>
            bench.PostAsync($"{bench.Messages()}/bulk-delete", new JsonObject { ["messages"] = new JsonArray([.. ids.Select(i => JsonValue.Create(i))]) });
    }

    [Fact]
    public async Task Check_27_words_and_links_that_are_kept_out()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.World.BlockWord(bench.Guild(), "bazooka");
        bench.Discord.World.BlockLink("harm.example");
        (await bench.SayAsync("A BAZOOKA was found")).ShouldBeRefused(400, 200000);
        (await bench.SayAsync(Check.Json("""{"embeds":[{"title":"t","url":"https://harm.example/x"}]}"""))).ShouldBeRefused(400, 240000);
        (await bench.SayAsync("https://fine.example/harm.example")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Check_28_direct_messages()
    {
        await using var bench = await DiscordBench.StartAsync();
        var member = new JsonObject { ["recipient_id"] = bench.Discord.World.PersonId("member") };
        var channel = (await bench.PostAsync("users/@me/channels", member)).Id;
        (await bench.PostAsync("users/@me/channels", member)).Id.ShouldBe(channel);
        bench.Discord.World.CloseDirectMessages("member");
        (await bench.PostAsync(bench.Messages(channel), Check.Json(Both))).ShouldBeRefused(403, 50007);
        bench.Discord.Limits.DirectOpensPerMinute = 2;
        (await bench.PostAsync("users/@me/channels", member)).ShouldBeRefused(429, 40003);
    }

    [Fact]
    public async Task Check_29_webhooks()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await HookAsync(bench.News)).ShouldBeRefused(403, 50013);
        bench.Discord.World.SetBotPermissions(bench.News, allow: DiscordPermission.ManageWebhooks);
        var forum = bench.Channel("stories");
        bench.Discord.World.SetBotPermissions(forum, allow: DiscordPermission.ManageWebhooks);
        (await HookAsync(bench.News, "My Clyde")).ErrorAt("name").ShouldBe("USERNAME_INVALID_CONTAINS");
        var plain = Url(await HookAsync(bench.News));
        var posts = Url(await HookAsync(forum));
        (await bench.PostAsync(plain, Check.Json(Both))).Status.ShouldBe(204);
        (await bench.PostAsync(plain + "?wait=true", Check.Json(Both)))["webhook_id"].ShouldBe(plain.Split('/')[1]);
        (await bench.PostAsync(posts, Check.Json(Both))).ShouldBeRefused(400, 220001);
        (await bench.PostAsync(posts + "?thread_id=1", Check.Json("""{"content":"x","thread_name":"t"}"""))).ShouldBeRefused(400, 220002);
        (await bench.PostAsync(plain, Check.Json("""{"content":"x","thread_name":"t"}"""))).ShouldBeRefused(400, 220003);
        (await bench.PostAsync(posts + "?wait=true", Check.Json("""{"content":"x","thread_name":"t"}"""))).Status.ShouldBe(200);
        (await bench.DeleteAsync($"webhooks/{plain.Split('/')[1]}")).Status.ShouldBe(204);
        (await bench.PostAsync(plain, Check.Json(Both))).ShouldBeRefused(404, 10015);
        bench.Discord.Breaches.ShouldBeEmpty();
        (await bench.PostAsync(plain, Check.Json(Both))).ShouldBeRefused(404, 10015);
        bench.Discord.Breaches.ShouldHaveSingleItem().ShouldContain("used again after it had answered 404");

        Task<Reply> HookAsync(string channel, string name = "Desk") => bench.PostAsync($"channels/{channel}/webhooks", new JsonObject { ["name"] = name });

        static string Url(Reply hook) => $"webhooks/{hook.Id}/{hook["token"]}";
    }

    private static async Task<string> ThreadAsync(DiscordBench bench, string channel)
    {
        bench.Discord.World.SetBotPermissions(channel, allow: DiscordPermission.CreatePublicThreads);
        var post = await bench.PostAsync(bench.Messages(channel), Check.Json("""{"content":"x"}"""));
        return (await bench.PostAsync($"{bench.Messages(channel)}/{post.Id}/threads", Check.Json("""{"name":"t"}"""))).Id;
    }
}
