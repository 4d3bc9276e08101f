using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Checks 1 to 6: HTTP basics.</summary>
public sealed class HttpCheckTests
{
    [Theory]
    [InlineData("GET", "/api/v10/no/such/route", 404, "404: Not Found")]
    [InlineData("GET", "/api/v6/users/@me", 404, "404: Not Found")]
    [InlineData("DELETE", "/api/v10/users/@me", 405, "405: Method Not Allowed")]
    public async Task Check_01_unknown_routes_versions_and_methods(string method, string path, int status, string message)
    {
        await using var bench = await DiscordBench.StartAsync();
        var reply = await bench.SendAsync(new HttpMethod(method), bench.Host.Address + path, body: null);
        reply.ShouldBeRefused(status, 0);
        reply["message"].ShouldBe(message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task Check_02_no_or_a_wrong_token(string? token)
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bot", token);
        var reply = await bench.GetAsync("users/@me");
        reply.ShouldBeRefused(401, 0);
        reply["message"].ShouldBe("401: Unauthorized");
        bench.Discord.Limits.InvalidRequests.ShouldBe(1);
        (await bench.PostAsync("interactions/1/secret/callback", Check.Json("""{"type":4}"""))).Code.ShouldBe(10062); // its path is its token
    }

    [Fact]
    public async Task Check_03_a_user_agent_that_is_no_bots()
    {
        await using var bench = await DiscordBench.StartAsync();
        bench.Http.DefaultRequestHeaders.UserAgent.Clear();
        bench.Http.DefaultRequestHeaders.UserAgent.ParseAdd("curl/8");
        (await bench.GetAsync("users/@me")).ShouldBeRefused(403, 40333);
        bench.Discord.Limits.IsLenient = true;
        (await bench.GetAsync("users/@me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Check_04_content_types_broken_json_and_wrong_types()
    {
        await using var bench = await DiscordBench.StartAsync();
        using var plain = new StringContent("content=x");
        (await Reply.OfAsync(await bench.Http.PostAsync(bench.Messages(), plain))).ErrorAt("").ShouldBe("CONTENT_TYPE_INVALID");
        using var broken = DiscordBench.Json("""{"content":""");
        (await Reply.OfAsync(await bench.Http.PostAsync(bench.Messages(), broken))).ShouldBeRefused(400, 50109);
        (await bench.SayAsync(Check.Json("""{"content":7}"""))).ErrorAt("content").ShouldBe("STRING_TYPE_CONVERT");
        using var form = new MultipartFormDataContent { { new StringContent("""{"content":"by form"}"""), "payload_json" } };
        (await Reply.OfAsync(await bench.Http.PostAsync(bench.Messages(), form)))["content"].ShouldBe("by form");
    }

    [Fact]
    public async Task Check_05_ids_grow_with_time_are_texts_and_must_parse()
    {
        await using var bench = await DiscordBench.StartAsync();
        var first = await bench.SayAsync("a");
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await bench.SayAsync("b");
        first.Body.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.String);
        var (one, two) = (ulong.Parse(first.Id, null), ulong.Parse(second.Id, null));
        ((two >> 22) - (one >> 22)).ShouldBe(1000UL);
        DateTimeOffset.FromUnixTimeMilliseconds((long)(two >> 22) + 1_420_070_400_000).ShouldBe(bench.Time.GetUtcNow());
        (await bench.GetAsync("channels/general")).ErrorAt("channel_id").ShouldBe("NUMBER_TYPE_COERCE");
        (await bench.GetAsync($"{bench.Messages()}/last")).ErrorAt("message_id").ShouldBe("NUMBER_TYPE_COERCE");
    }

    [Fact]
    public async Task Check_06_errors_come_together_in_a_tree_with_places_as_texts()
    {
        await using var bench = await DiscordBench.StartAsync();
        var reply = await bench.SayAsync(new JsonObject
        {
            ["content"] = Check.Long(2001),
            ["embeds"] = new JsonArray(new JsonObject { ["title"] = "fine" }, new JsonObject { ["title"] = Check.Long(257), ["url"] = "ftp://x" }),
        });
        reply.ErrorAt("content").ShouldBe("BASE_TYPE_MAX_LENGTH");
        reply.ErrorAt("embeds.1.title").ShouldBe("BASE_TYPE_MAX_LENGTH");
        reply.ErrorAt("embeds.1.url").ShouldBe("URL_TYPE_INVALID_SCHEME");
        reply.Body.GetProperty("errors").GetProperty("embeds").TryGetProperty("0", out _).ShouldBeFalse();
    }
}
