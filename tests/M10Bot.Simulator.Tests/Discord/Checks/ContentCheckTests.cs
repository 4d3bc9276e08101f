using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Checks 7 to 18: what a message may hold.</summary>
public sealed class ContentCheckTests
{
    public static TheoryData<string, string, string> Embeds => new()
    {
        { $"[{string.Join(',', Enumerable.Repeat("{}", 11))}]", "embeds", "BASE_TYPE_BAD_LENGTH" },
        { $$"""[{"title":"{{Check.Long(257)}}"}]""", "embeds.0.title", "BASE_TYPE_MAX_LENGTH" },
        { $$"""[{"description":"{{Check.Long(4097)}}"}]""", "embeds.0.description", "BASE_TYPE_MAX_LENGTH" },
        { $$$"""[{"footer":{"text":"{{{Check.Long(2049)}}}"}}]""", "embeds.0.footer.text", "BASE_TYPE_BAD_LENGTH" },
        { $$$"""[{"author":{"name":"{{{Check.Long(257)}}}"}}]""", "embeds.0.author.name", "BASE_TYPE_BAD_LENGTH" },
        { $$"""[{"fields":[{"name":"{{Check.Long(257)}}","value":"v"}]}]""", "embeds.0.fields.0.name", "BASE_TYPE_BAD_LENGTH" },
        { $$"""[{"fields":[{"name":"n","value":"{{Check.Long(1025)}}"}]}]""", "embeds.0.fields.0.value", "BASE_TYPE_BAD_LENGTH" },
        { $$"""[{"fields":[{{string.Join(',', Enumerable.Repeat("""{"name":"n","value":"v"}""", 26))}}]}]""", "embeds.0.fields", "BASE_TYPE_BAD_LENGTH" },
        { """[{"title":"t","color":16777216}]""", "embeds.0.color", "NUMBER_TYPE_MAX" },
        { """[{"title":"t","timestamp":"yesterday"}]""", "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE" },
    };

    public static TheoryData<string, string, string> Rows => new()
    {
        { $"[{string.Join(',', Enumerable.Range(0, 6).Select(i => Row(Button(i))))}]", "components", "BASE_TYPE_BAD_LENGTH" },
        { $"[{Row(string.Join(',', Enumerable.Range(0, 6).Select(Button)))}]", "components.0.components", "BASE_TYPE_BAD_LENGTH" },
        { $"[{Row(Button(1) + ",{\"type\":5,\"custom_id\":\"u\"}")}]", "components.0.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED" },
        { $"[{Row($$"""{"type":2,"style":1,"custom_id":"a","label":"{{Check.Long(81)}}"}""")}]", "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH" },
        { $"[{Row($$"""{"type":3,"custom_id":"a","options":[{{string.Join(',', Enumerable.Range(0, 26).Select(i => $$"""{"label":"l","value":"{{i}}"}"""))}}]}""")}]", "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH" },
        { $"[{Row("""{"type":2,"style":1,"label":"a","custom_id":""}""")}]", "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED" },
        { $"[{Row($$"""{"type":2,"style":1,"label":"a","custom_id":"{{Check.Long(101)}}"}""")}]", "components.0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH" },
        { $"[{Row(Button(1) + "," + Button(1))}]", "components.0.components.1.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED" },
    };

    public static TheoryData<string, string, string> V2 => new()
    {
        { """{"flags":32768,"content":"x","components":[{"type":10,"content":"x"}]}""", "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2" },
        { """{"flags":32768,"embeds":[{"title":"t"}],"components":[{"type":10,"content":"x"}]}""", "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2" },
        { """{"flags":32768,"poll":{},"components":[{"type":10,"content":"x"}]}""", "poll", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2" },
        { $$"""{"flags":32768,"components":[{{string.Join(',', Enumerable.Repeat("""{"type":14}""", 41))}}]}""", "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED" },
        { $$"""{"flags":32768,"components":[{"type":10,"content":"{{Check.Long(2001)}}"},{"type":10,"content":"{{Check.Long(2000)}}"}]}""", "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED" },
        { """{"flags":32768,"components":[{"type":17,"components":[{"type":17,"components":[]}]}]}""", "components.0.components.0.type", "BASE_TYPE_CHOICES" },
        { """{"content":"x","components":[{"type":10,"content":"x"}]}""", "components.0.type", "BASE_TYPE_CHOICES" },
    };

    [Fact]
    public async Task Check_07_content_has_at_most_2000_code_points()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(Check.Long(2001))).ErrorAt("content").ShouldBe("BASE_TYPE_MAX_LENGTH");
        (await bench.SayAsync(string.Concat(Enumerable.Repeat("📰", 2000)))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"content":"   "}""")]
    [InlineData("""{"content":"","embeds":[]}""")]
    public async Task Check_08_an_empty_message(string body)
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(Check.Json(body))).ShouldBeRefused(400, 50006);
    }

    [Theory]
    [MemberData(nameof(Embeds))]
    public async Task Check_09_the_limits_of_embeds(string embeds, string path, string code)
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(new JsonObject { ["embeds"] = JsonNode.Parse(embeds) })).ErrorAt(path).ShouldBe(code);
    }

    [Fact]
    public async Task Check_10_all_embeds_together_have_6000_characters_measured_after_trimming()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(Two(4000, 2001))).ErrorAt("embeds").ShouldBe("MAX_EMBED_SIZE_EXCEEDED");
        (await bench.SayAsync(Two(4000, 2000, padding: "   "))).Status.ShouldBe(200);

        static JsonObject Two(int one, int other, string padding = "") => new()
        {
            ["embeds"] = new JsonArray(new JsonObject { ["description"] = padding + Check.Long(one) }, new JsonObject { ["description"] = Check.Long(other) + padding }),
        };
    }

    [Fact]
    public async Task Check_11_links_are_http_and_those_of_buttons_short()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(Check.Json("""{"embeds":[{"title":"t","url":"javascript:alert(1)"}]}"""))).ErrorAt("embeds.0.url").ShouldBe("URL_TYPE_INVALID_SCHEME");
        (await bench.SayAsync(Link("ftp://x/"))).ErrorAt("components.0.components.0.url").ShouldBe("URL_TYPE_INVALID_SCHEME");
        (await bench.SayAsync(Link("https://x/" + Check.Long(503)))).ErrorAt("components.0.components.0.url").ShouldBe("BASE_TYPE_BAD_LENGTH");

        static JsonObject Link(string url) => Check.Json($$"""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":5,"label":"a","url":"{{url}}"}]}]}""");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Check_12_the_limits_of_action_rows(string components, string path, string code)
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(new JsonObject { ["content"] = "x", ["components"] = JsonNode.Parse(components) })).ErrorAt(path).ShouldBe(code);
    }

    [Theory]
    [MemberData(nameof(V2))]
    public async Task Check_13_the_limits_of_components_v2(string body, string path, string code)
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(Check.Json(body))).ErrorAt(path).ShouldBe(code);
    }

    [Fact]
    public async Task Check_13_too_many_bytes_break_discord_itself()
    {
        await using var bench = await DiscordBench.StartAsync();
        var text = string.Concat(Enumerable.Repeat("Ж漢字", 1300));
        (await bench.SayAsync(new JsonObject { ["flags"] = 32_768, ["components"] = new JsonArray(new JsonObject { ["type"] = 10, ["content"] = text }) })).Status.ShouldBe(500);
    }

    [Fact]
    public async Task Check_14_the_v2_flag_stays_and_comes_only_with_the_old_fields_reset()
    {
        await using var bench = await DiscordBench.StartAsync();
        const string Text = "\"components\":[{\"type\":10,\"content\":\"x\"}]";
        var v2 = await bench.SayAsync(Check.Json($$"""{"flags":32768,{{Text}}}"""));
        (await bench.PatchAsync($"{bench.Messages()}/{v2.Id}", Check.Json("""{"flags":0}"""))).ErrorAt("flags").ShouldBe("MESSAGE_FLAGS_COMPONENTS_V2_CANNOT_BE_REMOVED");
        var old = await bench.SayAsync("words");
        (await bench.PatchAsync($"{bench.Messages()}/{old.Id}", Check.Json($$"""{"flags":32768,{{Text}}}"""))).ErrorAt("content").ShouldBe("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2");
        (await bench.PatchAsync($"{bench.Messages()}/{old.Id}", Check.Json($$"""{"flags":32768,"content":null,"embeds":[],{{Text}}}"""))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Check_15_who_is_pinged_is_text_and_leave_and_right_together()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(Check.Json("""{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}"""))).ErrorAt("allowed_mentions").ShouldBe("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE");
        var member = bench.Discord.World.PersonId("member");
        var role = bench.Discord.World.AddRole(bench.Guild(), "Alerts", mentionable: true);
        var shy = bench.Discord.World.AddRole(bench.Guild(), "Shy", mentionable: false);
        var text = $"<@{member}> <@&{role}> <@&{shy}> @everyone";
        var quiet = await bench.SayAsync(new JsonObject { ["content"] = text, ["allowed_mentions"] = Check.Json("""{"parse":[]}""") });
        quiet.Body.GetProperty("mentions").GetArrayLength().ShouldBe(0);
        bench.Discord.Breaches.ShouldBeEmpty();
        var named = await bench.SayAsync(new JsonObject { ["content"] = text, ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray(), ["roles"] = new JsonArray(role) } });
        named.Body.GetProperty("mention_roles").EnumerateArray().Select(r => r.GetString()).ShouldBe([role]);
        bench.Discord.Breaches.ShouldBeEmpty();
        var edited = await bench.PatchAsync($"{bench.Messages()}/{quiet.Id}", new JsonObject { ["content"] = text + "!" }); // an edit that says nothing lets everything through
        edited.Body.GetProperty("mentions").GetArrayLength().ShouldBe(1);
        edited.Body.GetProperty("mention_everyone").GetBoolean().ShouldBeFalse(); // the bot has no right to
        bench.Discord.Breaches.ShouldHaveSingleItem().ShouldContain("without naming it");
    }

    [Fact]
    public async Task Check_16_flags_that_may_not_be_set_are_dropped()
    {
        await using var bench = await DiscordBench.StartAsync();
        var post = await bench.SayAsync(Check.Json("""{"content":"x","flags":4161}"""));
        post.Body.GetProperty("flags").GetInt32().ShouldBe(4096); // neither private (64) nor published (1)
        (await bench.SayAsync(Check.Json("""{"content":"x","flags":-1}"""))).ErrorAt("flags").ShouldBe("NUMBER_TYPE_MIN");
    }

    [Fact]
    public async Task Check_17_a_nonce_is_short_and_finds_its_message_for_a_few_minutes()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(Nonce(Check.Long(26)))).ErrorAt("nonce").ShouldBe("NONCE_TYPE_TOO_LONG");
        var first = await bench.SayAsync(Nonce("n"));
        (await bench.SayAsync(Nonce("n"))).Id.ShouldBe(first.Id);
        bench.Discord.CreatesWith("n").ShouldBe(1);
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        string.Equals((await bench.SayAsync(Nonce("n"))).Id, first.Id, StringComparison.Ordinal).ShouldBeFalse();
        var gone = await bench.SayAsync(Nonce("gone"));
        await bench.DeleteAsync($"{bench.Messages()}/{gone.Id}");
        (await bench.SayAsync(Nonce("gone"))).ShouldBeRefused(404, 10008);

        static JsonObject Nonce(string nonce) => new() { ["content"] = "x", ["nonce"] = nonce, ["enforce_nonce"] = true };
    }

    [Fact]
    public async Task Check_18_a_reply_needs_its_target_and_the_history()
    {
        await using var bench = await DiscordBench.StartAsync();
        (await bench.SayAsync(Check.Json("""{"content":"x","message_reference":{"message_id":"1"}}"""))).ErrorAt("message_reference").ShouldBe("MESSAGE_REFERENCE_UNKNOWN_MESSAGE");
        (await bench.SayAsync(Check.Json("""{"content":"x","message_reference":{"message_id":"1","fail_if_not_exists":false}}"""))).Status.ShouldBe(200);
        bench.Discord.World.SetBotPermissions(bench.News, deny: DiscordPermission.ReadMessageHistory);
        (await bench.SayAsync(Check.Json("""{"content":"x","message_reference":{"message_id":"1"}}"""))).ShouldBeRefused(403, 160002);
    }

    private static string Row(string components) => $$"""{"type":1,"components":[{{components}}]}""";

    private static string Button(int number) => $$"""{"type":2,"style":1,"label":"b","custom_id":"b{{number}}"}""";
}
