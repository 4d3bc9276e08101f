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
    public async Task A_member_asks_for_some_languages_only_and_is_told_so_everywhere(string engine)
    {
        await using var newsroom = await Newsroom.OpenAsync(engine);
        (await newsroom.SayAsync("subscribe ukraine me languages=de,english")).Card.Lines.ShouldContain("It comes in German and English only; a story whose language is not told comes all the same.", StringComparer.Ordinal);
        (await newsroom.SayAsync("subscriptions")).Card.Items.ShouldHaveSingleItem().Detail!.ShouldContain("German and English only");
        var story = await newsroom.StoryAsync("Talks in Kyiv", Newsroom.Ukraine);
        You(await newsroom.SayAsync($"why {story}")).ShouldBe("subscribed to Ukraine");
        await newsroom.ExecuteAsync("update article set language = 'fr-CA'");
        You(await newsroom.SayAsync($"why {story}")).ShouldBe("Ukraine: German and English only, and this story is in French");

        (await newsroom.SayAsync("subscribe ukraine me languages: en, fr")).Card.Headline.ShouldBe("Ukraine comes to your direct messages: English and French only");
        You(await newsroom.SayAsync($"why {story}")).ShouldBe("subscribed to Ukraine");
        (await newsroom.SayAsync("subscribe ukraine me flash")).Card.Headline.ShouldBe("Ukraine comes to your direct messages: flash only, English and French only");
        (await newsroom.SayAsync("subscribe ukraine me languages=all")).Card.Headline.ShouldBe("Ukraine comes to your direct messages: flash only");
        (await newsroom.SayAsync("subscribe ukraine me languages=klingon")).Card.Headline.ShouldBe("“klingon” is no language that can be told apart here");
        (await newsroom.SayAsync("subscribe ukraine me languages=germn")).Card.Lines[0].ShouldStartWith("Did you mean German?");
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_admin_gives_a_channel_some_languages_and_status_shows_them(string engine)
    {
        await using var newsroom = await Newsroom.OpenAsync(engine);
        (await newsroom.SayAsync("channel add here languages=en", Role.Admin)).Card.Lines[0].ShouldContain("It comes in English only.");
        (await newsroom.SayAsync("status", Role.Admin)).Card.Items.ShouldHaveSingleItem().Detail!.ShouldContain("1 subscription, English only");
        await newsroom.SayAsync("subscribe nato here", Role.Admin);
        (await newsroom.SayAsync("status", Role.Admin)).Card.Items.ShouldHaveSingleItem().Detail!.ShouldContain("2 subscriptions, 1 of them in chosen languages only");
        (await newsroom.SayAsync("channel add here languages=tlh", Role.Admin)).Card.Headline.ShouldBe("“tlh” is no language that can be told apart here");
    }

    [Fact]
    public async Task Languages_are_completed_one_after_the_other()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        (await SuggestAsync("")).Select(s => s.Value).ShouldContain("all", StringComparer.Ordinal);
        (await SuggestAsync("ger")).ShouldBe([new Suggestion("German", "de")]);
        (await SuggestAsync("english, ukr")).ShouldBe([new Suggestion("English and Ukrainian", "en,uk")]);
        (await SuggestAsync("en,en")).ShouldBeEmpty();

        Task<IReadOnlyList<Suggestion>> SuggestAsync(string typed) => newsroom.Dispatcher.SuggestAsync(Newsroom.Request("subscribe"), "languages", typed, CancellationToken.None);
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
