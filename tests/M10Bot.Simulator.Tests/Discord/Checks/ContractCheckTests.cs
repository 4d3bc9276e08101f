using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using Xunit.Abstractions;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Check 68: every kind of call, held against Discord's own description of its API.</summary>
public sealed class ContractCheckTests(ITestOutputHelper output)
{
    /// <summary>Where the description, which calls itself a preview, and the documentation or what is seen disagree; we follow the latter.</summary>
    private static readonly (string Part, string Why)[] Deviations =
    [
        ("._errors", "inner codes are texts in the documentation and in practice; the description says integers"),
        ("default_member_permissions", "a text of bits in the documentation; the description says integer for requests"),
    ];

    [Fact]
    public async Task Check_68_answers_are_as_discord_describes_them()
    {
        if (OpenApi.Find() is not { } contract)
        {
            output.WriteLine("Discord's OpenAPI description is not on this machine: nothing was compared.");
            return;
        }

        await using var bench = await DiscordBench.StartAsync();
        var exchanges = new List<Exchange>();
        bench.Discord.Seen = (method, path, request, status, response) => exchanges.Add(new Exchange(method, path, request, status, response));
        await CallEverythingAsync(bench);

        var faults = exchanges.SelectMany(e => contract.Check(e.Method, $"/{e.Path}", e.Request, e.Status, e.Response))
            .Where(f => !Deviations.Any(d => f.Contains(d.Part, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal).ToList();
        output.WriteLine($"{exchanges.Count} calls were compared.");
        exchanges.Count.ShouldBeGreaterThan(75);
        faults.ShouldBeEmpty();
    }

    private static async Task CallEverythingAsync(DiscordBench bench)
    {
        var world = bench.Discord.World;
        var guild = bench.Guild();
        foreach (var channel in new[] { bench.News, bench.Channel("stories"), bench.Channel("announcements") })
        {
            world.SetBotPermissions(channel, allow: DiscordPermission.ManageWebhooks | DiscordPermission.ManageMessages | DiscordPermission.CreatePublicThreads | DiscordPermission.ManageThreads);
        }

        foreach (var path in new[]
        {
            "gateway", "gateway/bot", "applications/@me", "users/@me", "users/@me/guilds", $"guilds/{guild}", $"guilds/{guild}/roles", $"guilds/{guild}/channels",
            $"guilds/{guild}/members/{world.BotId}", $"guilds/{guild}/threads/active", $"channels/{bench.News}", $"channels/{bench.Channel("stories")}", "channels/1", "guilds/1",
        })
        {
            await bench.GetAsync(path);
        }

        await CallMessagesAsync(bench);
        await CallThreadsAsync(bench);
        await CallWebhooksAsync(bench);
        await CallInteractionsAsync(bench);
    }

    private static async Task CallMessagesAsync(DiscordBench bench)
    {
        var card = Check.Json("""{"flags":32768,"components":[{"type":17,"accent_color":1,"components":[{"type":10,"content":"x"},{"type":14},{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"a"},{"type":2,"style":5,"label":"b","url":"https://example.org/"}]}]}],"allowed_mentions":{"parse":[]},"nonce":"n","enforce_nonce":true}""");
        var one = await bench.SayAsync(card);
        var two = await bench.SayAsync(Check.Json("""{"content":"x","embeds":[{"title":"t","description":"d","url":"https://example.org/","footer":{"text":"f"},"fields":[{"name":"n","value":"v"}]}]}"""));
        await bench.SayAsync(Check.Long(2001));
        await bench.GetAsync($"{bench.Messages()}/{one.Id}");
        await bench.GetAsync($"{bench.Messages()}?limit=5");
        await bench.PatchAsync($"{bench.Messages()}/{two.Id}", Check.Json("""{"content":"y","allowed_mentions":{"parse":[]}}"""));
        await bench.DeleteAsync($"{bench.Messages()}/{two.Id}");
        await bench.DeleteAsync($"{bench.Messages()}/{two.Id}");
        var news = bench.Channel("announcements");
        var published = await bench.PostAsync(bench.Messages(news), Check.Json("""{"content":"x"}"""));
        await bench.SendAsync(HttpMethod.Post, $"{bench.Messages(news)}/{published.Id}/crosspost", body: null);
        var direct = await bench.PostAsync("users/@me/channels", new JsonObject { ["recipient_id"] = bench.Discord.World.PersonId("member") });
        await bench.PostAsync(bench.Messages(direct.Id), Check.Json("""{"content":"x"}"""));
        await bench.GetAsync($"channels/{direct.Id}");
    }

    private static async Task CallThreadsAsync(DiscordBench bench)
    {
        var post = await bench.SayAsync("x");
        var thread = await bench.PostAsync($"{bench.Messages()}/{post.Id}/threads", Check.Json("""{"name":"t","auto_archive_duration":1440}"""));
        await bench.GetAsync($"{bench.Messages()}/{post.Id}");
        await bench.PatchAsync($"channels/{thread.Id}", Check.Json("""{"archived":true}"""));
        await bench.PatchAsync($"channels/{thread.Id}", Check.Json("""{"archived":false}"""));
        var forum = bench.Channel("stories");
        var tag = (await bench.GetAsync($"channels/{forum}")).Body.GetProperty("available_tags")[0].GetProperty("id").GetString();
        await bench.PostAsync($"channels/{forum}/threads", new JsonObject { ["name"] = "n", ["message"] = Check.Json("""{"content":"x"}"""), ["applied_tags"] = new JsonArray(tag) });
        await bench.PostAsync(bench.Messages(forum), Check.Json("""{"content":"x"}"""));
        var hook = await bench.PostAsync($"channels/{bench.News}/webhooks", Check.Json("""{"name":"Desk"}"""));
        await bench.GetAsync($"channels/{bench.News}/webhooks");
        await bench.PostAsync($"webhooks/{hook.Id}/{hook["token"]}?wait=true", Check.Json("""{"content":"x"}"""));
        await bench.DeleteAsync($"webhooks/{hook.Id}");
        await bench.GetAsync($"guilds/{bench.Guild()}/threads/active");
    }

    // The bot's own, by its token as well, and one that a person made; then what is over, and a token that is wrong.
    private static async Task CallWebhooksAsync(DiscordBench bench)
    {
        var made = await bench.PostAsync($"channels/{bench.Channel("announcements")}/webhooks", Check.Json("""{"name":"Desk"}"""));
        var persons = bench.Discord.World.AddWebhook(bench.News).Split("/api/")[1];
        foreach (var path in new[] { $"webhooks/{made.Id}/{made["token"]}", persons })
        {
            await bench.GetAsync(path[..path.LastIndexOf('/')]);
            await bench.GetAsync(path);
            var message = await bench.PostAsync($"{path}?wait=true", Check.Json("""{"content":"x"}"""));
            await bench.GetAsync($"{path}/messages/{message.Id}");
            await bench.PatchAsync($"{path}/messages/{message.Id}", Check.Json("""{"content":"y"}"""));
            await bench.DeleteAsync($"{path}/messages/{message.Id}");
            await bench.GetAsync($"{path}/messages/{message.Id}");
            await bench.GetAsync($"{path}-not");
            await bench.DeleteAsync(path);
            await bench.GetAsync(path);
            await bench.DeleteAsync(path);
            await bench.DeleteAsync(path[..path.LastIndexOf('/')]);
        }
    }

    private static async Task CallInteractionsAsync(DiscordBench bench)
    {
        await using var client = await bench.ListenAsync("""{"name":"latest","description":"x","options":[{"type":3,"name":"topic","description":"t","autocomplete":true}]}""", """{"name":"Summarise","type":3}""");
        var commands = $"applications/{bench.Discord.World.BotId}/commands";
        await bench.GetAsync($"{commands}?with_localizations=true");
        await bench.PostAsync(commands, Check.Json("""{"name":"one","description":"x"}"""));
        await bench.PostAsync(commands, Check.Json("""{"name":"One","description":"x"}"""));
        foreach (var callback in new[]
        {
            """{"type":4,"data":{"content":"x","flags":64}}""", """{"type":5,"data":{"flags":64}}""",
            """{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"w","style":1}}]}}""",
        })
        {
            bench.Discord.Command("member", bench.News, "latest");
            var it = await client.EventAsync("INTERACTION_CREATE");
            await bench.CallbackAsync(it, Check.Json(callback), "?with_response=true");
            var original = $"webhooks/{bench.Discord.World.BotId}/{it.GetProperty("token")}";
            await bench.PatchAsync($"{original}/messages/@original", Check.Json("""{"content":"y"}"""));
            await bench.GetAsync($"{original}/messages/@original");
            await bench.PostAsync(original, Check.Json("""{"content":"more"}"""));
            bench.Time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    private sealed record Exchange(string Method, string Path, JsonElement Request, int Status, JsonElement Response);
}
