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

    private static string Path(DiscordBench bench) => bench.Discord.World.AddWebhook(bench.News).Split("/api/")[1];
}
