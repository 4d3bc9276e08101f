using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

/// <summary>Urgency, pace and pings as people set them and are told of them.</summary>
public sealed class RuleCommandsTests
{
    [Theory]
    [OnEveryEngine]
    public async Task A_member_asks_for_flashes_only_and_why_says_so(string engine)
    {
        await using var newsroom = await Newsroom.OpenAsync(engine);
        (await newsroom.SayAsync("subscribe ukraine me flash")).Card.Lines.ShouldContain(l => l.Contains("flash only", StringComparison.Ordinal));
        (await newsroom.SayAsync("subscriptions")).Card.Items.ShouldHaveSingleItem().Detail!.ShouldContain("flash only");
        var story = await newsroom.StoryAsync("Talks in Kyiv", Newsroom.Ukraine);
        You(await newsroom.SayAsync($"why {story}")).ShouldBe("Ukraine: flash only, and this story is less urgent");

        (await newsroom.SayAsync("subscribe ukraine me breaking")).Card.Headline.ShouldBe("Ukraine comes to your direct messages: flash and breaking only");
        You(await newsroom.SayAsync($"why {story}")).ShouldBe("subscribed to Ukraine");
    }

    [Theory]
    [OnEveryEngine]
    public async Task Quiet_hours_and_a_limit_are_set_shown_and_ended(string engine)
    {
        await using var newsroom = await Newsroom.OpenAsync(engine);
        await newsroom.SayAsync("subscribe ukraine me");
        Facts(await newsroom.SayAsync("pace quiet=22:00-7:00 zone=Europe/Kyiv most=1 where=me")).ShouldBe(["22:00–07:00 Europe/Kyiv", "1"]);
        Facts(await newsroom.SayAsync("pace where=me")).ShouldBe(["22:00–07:00 Europe/Kyiv", "1"]);
        Facts(await newsroom.PressAsync(await newsroom.SayAsync("pace where=me"), "No limit")).ShouldBe(["22:00–07:00 Europe/Kyiv", "no limit"]);
        Facts(await newsroom.PressAsync(await newsroom.SayAsync("pace where=me"), "No quiet hours")).ShouldBe(["never", "no limit"]);
    }

    [Theory]
    [InlineData("pace quiet=nights where=me", "“nights” are no quiet hours")]
    [InlineData("pace quiet=22:00-22:00 where=me", "“22:00-22:00” are no quiet hours")]
    [InlineData("pace quiet=22-7 zone=Kyiv where=me", "“Kyiv” is no known time zone")]
    [InlineData("pace most=-1 where=me", "Most can't be “-1”")]
    [InlineData("pace most=5 where=here", "Only admins set a channel's pace")]
    public async Task What_can_not_be_meant_is_answered(string line, string headline)
    {
        await using var newsroom = await Newsroom.OpenAsync();
        (await newsroom.SayAsync(line)).Card.Headline.ShouldBe(headline);
    }

    [Fact]
    public async Task Why_tells_that_the_limit_is_reached()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        await newsroom.SayAsync("subscribe ukraine me");
        await newsroom.SayAsync("pace most=1 where=me");
        var first = await newsroom.StoryAsync("Talks in Kyiv", Newsroom.Ukraine);
        var second = await newsroom.StoryAsync("More talks in Kyiv", Newsroom.Ukraine);
        var now = newsroom.Time.GetUtcNow().ToUnixTimeMilliseconds();
        await newsroom.ExecuteAsync(
            $"""
            insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, state, created_ms, wanted_ms)
            select b.id, 1, 'slack/one', 3, 1, 'done', {now}, {now} from bulletin b where b.story_id = {first}
            """);
        You(await newsroom.SayAsync($"why {first}")).ShouldBe("subscribed to Ukraine");
        You(await newsroom.SayAsync($"why {second}")).ShouldBe("subscribed to Ukraine; its 1 new stories in 24 hours are reached");
        newsroom.Time.Advance(TimeSpan.FromHours(25));
        You(await newsroom.SayAsync($"why {second}")).ShouldBe("subscribed to Ukraine");
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_admin_chooses_the_role_that_is_pinged(string engine)
    {
        await using var newsroom = await Newsroom.OpenAsync(engine);
        await newsroom.SayAsync("channel add here ukraine, nato", Role.Admin);
        (await newsroom.SayAsync("channel ping role=600", Role.Admin)).Card.Headline.ShouldBe("Roles are pinged in Discord alone");
        (await newsroom.SayAsync("channel ping role=600")).Card.Headline.ShouldContain("is for admins");

        // The listening platform calls itself Slack; the tables do not care.
        await newsroom.Subscriptions.SetPingAsync(Newsroom.Request("x").Here, ["org:nato"], new Ping("600", Articles.Urgency.Urgent), CancellationToken.None);
        var items = (await newsroom.SayAsync("subscriptions")).Card.Items;
        items.Single(i => i.Text is "NATO").Detail!.ShouldContain("pings a role of flashes and breaking stories");
        items.Single(i => i.Text is "Ukraine").Detail!.ShouldNotContain("pings");
    }

    private static string You(CommandReply reply) => reply.Card.Facts.Single(f => f.Label is "You").Value;

    private static List<string> Facts(CommandReply reply) => [.. reply.Card.Facts.Select(f => f.Value)];
}
