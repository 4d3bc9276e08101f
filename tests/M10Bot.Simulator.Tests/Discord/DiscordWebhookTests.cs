using System.Text.Json.Nodes;
using M10Bot.Simulator.Tests.Discord.Checks;

namespace M10Bot.Simulator.Tests.Discord;

/// <summary>Webhooks that a person made: reached by their token alone, and of no application.</summary>
public sealed class DiscordWebhookTests
{
    private const string Link = """{"content":"x","components":[{"type":1,"components":[{"type":2,"style":5,"label":"a","url":"https://example.org/"}]}]}""";
    private const string Button = """{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"a"}]}]}""";

    [Fact]
    public async Task Components_count_only_where_they_are_asked_for_and_cannot_be_pressed()
    {
        await using var bench = await DiscordBench.StartAsync();
        var path = Path(bench);
        (await bench.PostAsync($"{path}?wait=true", Check.Json(Link))).Body.GetProperty("components").GetArrayLength().ShouldBe(0);
        (await bench.PostAsync($"{path}?wait=true&with_components=true", Check.Json(Link))).Body.GetProperty("components").GetArrayLength().ShouldBe(1);
        (await bench.PostAsync($"{path}?wait=true&with_components=true", Check.Json(Button))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task It_tells_its_place_by_its_token_and_what_it_wrote_is_shown_whole_to_it_alone()
    {
        await using var bench = await DiscordBench.StartAsync();
        var path = Path(bench);
        var told = (await bench.GetAsync(path)).Body;
        told.GetProperty("channel_id").GetString().ShouldBe(bench.News);
        told.TryGetProperty("user", out _).ShouldBeFalse();
        var message = await bench.PostAsync($"{path}?wait=true", Check.Json("""{"content":"words"}"""));
        (await bench.GetAsync($"{path}/messages/{message.Id}")).Body.GetProperty("content").GetString().ShouldBe("words");
        var seen = (await bench.GetAsync($"{bench.Messages()}/{message.Id}")).Body;
        seen.GetProperty("content").GetString().ShouldBe("");
        seen.GetProperty("webhook_id").GetString().ShouldBe(path.Split('/')[1]);
        await bench.DeleteAsync(path);
        (await bench.GetAsync(path)).Status.ShouldBe(404);
    }

    /// <remarks>Seen red by a client that did not look at permissions.</remarks>
    [Fact]
    public async Task Who_manages_webhooks_gets_the_channels_url_on_the_page_and_nobody_else()
    {
        await using var bench = await DiscordBench.StartAsync();
        async Task<Reply> AskAsync(string person, string channel) => await bench.PageAsync("webhook", new JsonObject { ["person"] = person, ["channel"] = channel });

        (await AskAsync("member", bench.News)).Status.ShouldBe(400);
        (await AskAsync("editor", bench.News)).Body.GetProperty("error").GetString()!.ShouldContain("Manage Webhooks");
        var url = (await AskAsync("admin", bench.News))["url"];
        (await AskAsync("admin", bench.News))["url"].ShouldBe(url, "the same one, not one for each look");
        (await AskAsync("admin", bench.Channel("announcements")))["url"].ShouldNotBe(url, StringComparer.Ordinal);

        url.ShouldStartWith("https://discord.com/api/webhooks/");
        (await bench.GetAsync(url.Split("/api/")[1])).Body.GetProperty("channel_id").GetString().ShouldBe(bench.News);
        bench.Discord.World.RemoveWebhook(url);
        (await AskAsync("admin", bench.News))["url"].ShouldNotBe(url, StringComparer.Ordinal, "the old one is over");
    }

    private static string Path(DiscordBench bench) => bench.Discord.World.AddWebhook(bench.News).Split("/api/")[1];
}
