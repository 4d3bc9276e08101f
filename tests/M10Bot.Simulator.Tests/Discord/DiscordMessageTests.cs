using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Tests.Discord;

public sealed class DiscordMessageTests
{
    private static readonly string[] Several = ["content", "embeds.0.title", "embeds.0.url"];

    public static TheoryData<string, string, string> BrokenMessages => new()
    {
        { $$"""{"content":"{{new string('x', 2001)}}"}""", "content", "BASE_TYPE_MAX_LENGTH" },
        { """{"content":7}""", "content", "STRING_TYPE_CONVERT" },
        { $$"""{"embeds":[{"title":"{{new string('x', 257)}}"}]}""", "embeds.0.title", "BASE_TYPE_MAX_LENGTH" },
        { """{"embeds":[{"title":"t","url":"javascript:alert(1)"}]}""", "embeds.0.url", "URL_TYPE_INVALID_SCHEME" },
        { """{"embeds":[{"fields":[{"name":"n"}]}]}""", "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED" },
        { $$"""{"embeds":[{"description":"{{new string('x', 4000)}}"},{"description":"{{new string('x', 2001)}}"}]}""", "embeds", "MAX_EMBED_SIZE_EXCEEDED" },
        { """{"embeds":[{},{},{},{},{},{},{},{},{},{},{}]}""", "embeds", "BASE_TYPE_BAD_LENGTH" },
        { """{"content":"x","nonce":"12345678901234567890123456"}""", "nonce", "NONCE_TYPE_TOO_LONG" },
        { """{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}""", "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE" },
        { """{"content":"x","components":[{"type":10,"content":"x"}]}""", "components.0.type", "BASE_TYPE_CHOICES" },
        { """{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"k"},{"type":2,"style":1,"label":"b","custom_id":"k"}]}]}""", "components.0.components.1.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED" },
        { """{"content":"x","components":[{"type":1,"components":[{"type":2,"style":5,"label":"a","url":"ftp://x/"}]}]}""", "components.0.components.0.url", "URL_TYPE_INVALID_SCHEME" },
        { """{"flags":32768,"content":"x","components":[{"type":10,"content":"x"}]}""", "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2" },
        { """{"flags":32768,"components":[{"type":17,"components":[{"type":17,"components":[]}]}]}""", "components.0.components.0.type", "BASE_TYPE_CHOICES" },
        { """{"flags":32768,"components":[{"type":9,"components":[{"type":10,"content":"x"}]}]}""", "components.0.accessory", "BASE_TYPE_REQUIRED" },
        { $$"""{"flags":32768,"components":[{"type":10,"content":"{{new string('x', 2001)}}"},{"type":10,"content":"{{new string('x', 2000)}}"}]}""", "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED" },
        { $$"""{"flags":32768,"components":[{{string.Join(',', Enumerable.Repeat("""{"type":14}""", 41))}}]}""", "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED" },
        { """{"content":"x","message_reference":{"message_id":"1"}}""", "message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE" },
    };

    [Theory]
    [MemberData(nameof(BrokenMessages))]
    public async Task A_message_that_breaks_a_rule_is_refused_where_it_breaks_it(string body, string path, string code)
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(JsonNode.Parse(body)!)).ErrorAt(path).ShouldBe(code);
        bench.Discord.Posts(bench.News).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_errors_of_a_body_come_together()
    {
        await using var bench = await DiscordBench.StartAsync();
        var reply = await bench.SayAsync(JsonNode.Parse($$"""{"content":"{{new string('x', 2001)}}","embeds":[{"title":"{{new string('x', 300)}}","url":"x"}]}""")!);
        Several.ShouldAllBe(path => reply.ErrorAt(path).Length > 0);
    }

    [Fact]
    public async Task Two_thousand_emoji_fit_because_code_points_count()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(string.Concat(Enumerable.Repeat("📰", 2000)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_empty_message_is_refused()
    {
        await using var bench = await DiscordBench.StartAsync();
        var reply = await bench.SayAsync("  ");
        (reply.Status, reply.Code).ShouldBe((400, 50006));
    }

    [Fact]
    public async Task Components_v2_heavier_than_discord_bears_break_it()
    {
        await using var bench = await DiscordBench.StartAsync();
        var text = string.Concat(Enumerable.Repeat("Ж漢字", 1300));
        var reply = await bench.SayAsync(new JsonObject
        {
            ["flags"] = 32_768,
            ["components"] = new JsonArray(new JsonObject { ["type"] = 10, ["content"] = text }),
        });
        reply.Status.ShouldBe(500);
    }

    [Fact]
    public async Task The_same_nonce_finds_the_same_message_for_a_few_minutes()
    {
        await using var bench = await DiscordBench.StartAsync();
        var body = new JsonObject { ["content"] = "Quake", ["nonce"] = "n-1", ["enforce_nonce"] = true };
        var first = await bench.SayAsync(body);
        bench.Time.Advance(TimeSpan.FromMinutes(3));
        (await bench.SayAsync(body)).Id.ShouldBe(first.Id);
        bench.Discord.CreatesWith("n-1").ShouldBe(1);
        bench.Discord.Posts(bench.News).Single().Replays.ShouldBe(1);
        bench.Time.Advance(TimeSpan.FromMinutes(2));
        (await bench.SayAsync(body)).Id.ShouldNotBe(first.Id, StringComparer.Ordinal);
        bench.Discord.CreatesWith("n-1").ShouldBe(2);
    }

    [Fact]
    public async Task Without_enforcement_the_same_nonce_posts_twice()
    {
        await using var bench = await DiscordBench.StartAsync();
        var body = new JsonObject { ["content"] = "Quake", ["nonce"] = "n-1" };
        await bench.SayAsync(body);
        (await bench.SayAsync(body))["nonce"].ShouldBe("n-1");
        bench.Discord.CreatesWith("n-1").ShouldBe(2);
    }

    [Fact]
    public async Task A_nonce_whose_message_was_deleted_answers_unknown_message()
    {
        await using var bench = await DiscordBench.StartAsync();
        var body = new JsonObject { ["content"] = "Quake", ["nonce"] = "n-1", ["enforce_nonce"] = true };
        var first = await bench.SayAsync(body);
        bench.Discord.DeleteByModerator(bench.News, first.Id);
        (await bench.SayAsync(body)).Code.ShouldBe(10008);
    }

    [Fact]
    public async Task An_edit_changes_what_it_names_and_leaves_the_rest()
    {
        await using var bench = await DiscordBench.StartAsync();
        var post = await bench.SayAsync(JsonNode.Parse("""{"content":"a","embeds":[{"title":"t"}]}""")!);
        var edit = await bench.PatchAsync($"channels/{bench.News}/messages/{post.Id}", new JsonObject { ["content"] = "b" });
        edit["content"].ShouldBe("b");
        edit["edited_timestamp"].ShouldNotBeEmpty();
        edit.Body.GetProperty("embeds")[0].GetProperty("type").GetString().ShouldBe("rich");
        var cleared = await bench.PatchAsync($"channels/{bench.News}/messages/{post.Id}", JsonNode.Parse("""{"content":null}""")!);
        cleared["content"].ShouldBeEmpty();
        bench.Discord.Posts(bench.News).Single().Edits.ShouldBe(2);
    }

    [Fact]
    public async Task Components_v2_cannot_be_taken_back()
    {
        await using var bench = await DiscordBench.StartAsync();
        var post = await bench.SayAsync(JsonNode.Parse("""{"flags":32768,"components":[{"type":10,"content":"x"}]}""")!);
        var edit = await bench.PatchAsync($"channels/{bench.News}/messages/{post.Id}", JsonNode.Parse("""{"flags":0,"content":"x"}""")!);
        edit.ErrorAt("flags").ShouldBe("MESSAGE_FLAGS_COMPONENTS_V2_CANNOT_BE_REMOVED");
    }

    [Fact]
    public async Task A_message_turns_v2_only_when_its_text_is_cleared()
    {
        await using var bench = await DiscordBench.StartAsync();
        var path = $"channels/{bench.News}/messages/{(await bench.SayAsync("plain")).Id}";
        var v2 = JsonNode.Parse("""{"flags":32768,"components":[{"type":10,"content":"x"}]}""")!.AsObject();
        (await bench.PatchAsync(path, v2)).ErrorAt("content").ShouldBe("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2");
        v2["content"] = null;
        (await bench.PatchAsync(path, v2)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_deleted_message_is_gone_and_a_second_delete_says_so()
    {
        await using var bench = await DiscordBench.StartAsync();
        var path = $"channels/{bench.News}/messages/{(await bench.SayAsync("x")).Id}";
        (await bench.DeleteAsync(path)).Status.ShouldBe(204);
        (await bench.DeleteAsync(path)).Code.ShouldBe(10008);
        (await bench.PatchAsync(path, new JsonObject { ["content"] = "y" })).Code.ShouldBe(10008);
    }

    [Fact]
    public async Task The_fourth_edit_of_an_old_message_in_six_seconds_waits()
    {
        await using var bench = await DiscordBench.StartAsync();
        var path = $"channels/{bench.News}/messages/{(await bench.SayAsync("x")).Id}";
        bench.Time.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 3; i++)
        {
            (await bench.PatchAsync(path, new JsonObject { ["content"] = "y" })).Status.ShouldBe(200);
        }

        var refused = await bench.PatchAsync(path, new JsonObject { ["content"] = "z" });
        (refused.Status, refused.Code).ShouldBe((429, 30046));
        refused.Header("Retry-After").ShouldBe("6");
    }

    [Fact]
    public async Task Missing_permissions_are_named_by_their_codes()
    {
        await using var bench = await DiscordBench.StartAsync();
        var embedOnly = JsonNode.Parse("""{"embeds":[{"title":"t"}]}""")!;
        bench.Discord.World.SetBotPermissions(bench.News, deny: DiscordPermission.EmbedLinks);
        (await bench.SayAsync(embedOnly)).Code.ShouldBe(50013);
        (await bench.SayAsync(JsonNode.Parse("""{"content":"x","embeds":[{"title":"t"}]}""")!)).Body.GetProperty("embeds").GetArrayLength().ShouldBe(0);
        bench.Discord.World.SetBotPermissions(bench.News, deny: DiscordPermission.SendMessages);
        (await bench.SayAsync("x")).Code.ShouldBe(50013);
        bench.Discord.World.SetBotPermissions(bench.News, deny: DiscordPermission.ViewChannel);
        (await bench.SayAsync("x")).Code.ShouldBe(50001);
        bench.Discord.World.RemoveChannel(bench.News);
        (await bench.PostAsync("channels/1300000000000000201/messages", new JsonObject { ["content"] = "x" })).Code.ShouldBe(10003);
    }

    [Theory]
    [InlineData(null, "role:{0} user:{1}")]
    [InlineData("""{"parse":[]}""", "")]
    [InlineData("""{"parse":["users"]}""", "user:{1}")]
    [InlineData("""{"parse":[],"roles":["{0}"]}""", "role:{0}")]
    public async Task Only_what_is_allowed_would_ping(string? allowed, string expected)
    {
        await using var bench = await DiscordBench.StartAsync();
        var role = bench.Discord.World.AddRole(bench.Discord.World.MainGuildId, "Night desk", mentionable: true);
        var user = bench.Discord.World.PersonId("member");
        var body = new JsonObject { ["content"] = $"@everyone <@&{role}> <@{user}>" };
        if (allowed is not null)
        {
            body["allowed_mentions"] = JsonNode.Parse(allowed.Replace("{0}", role, StringComparison.Ordinal));
        }

        await bench.SayAsync(body);
        string.Join(' ', bench.Discord.Posts(bench.News).Single().WouldPing.Order(StringComparer.Ordinal))
            .ShouldBe(expected.Replace("{0}", role, StringComparison.Ordinal).Replace("{1}", user, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everyone_is_pinged_only_with_the_permission()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Discord.World.SetBotPermissions(bench.News, allow: DiscordPermission.MentionEveryone);
        (await bench.SayAsync("@everyone")).Body.GetProperty("mention_everyone").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_channel_lists_its_newest_messages_first()
    {
        await using var bench = await DiscordBench.StartAsync();
        foreach (var text in new[] { "a", "b", "c" })
        {
            await bench.SayAsync(text);
        }

        var list = await bench.GetAsync($"channels/{bench.News}/messages?limit=2");
        list.Body.EnumerateArray().Select(m => m.GetProperty("content").GetString()).ShouldBe(["c", "b"]);
    }

    [Fact]
    public async Task A_direct_channel_opens_once_and_a_closed_one_refuses()
    {
        await using var bench = await DiscordBench.StartAsync();
        var open = new JsonObject { ["recipient_id"] = bench.Discord.World.PersonId("member") };
        var channel = (await bench.PostAsync("users/@me/channels", open)).Id;
        (await bench.PostAsync("users/@me/channels", open)).Id.ShouldBe(channel);
        channel.ShouldBe(bench.Discord.World.DirectChannelId("member"));
        bench.Discord.World.CloseDirectMessages("member");
        (await bench.PostAsync($"channels/{channel}/messages", new JsonObject { ["content"] = "x" })).Code.ShouldBe(50007);
    }
}
