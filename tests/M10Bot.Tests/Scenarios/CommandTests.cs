namespace M10Bot.Tests.Scenarios;

/// <summary>The same commands, asked in both chats through the whole bot.</summary>
public sealed class CommandTests
{
    private const string Article = """
        Slug: kyiv-talks
        Link: https://www.m10news.com/world/kyiv-talks

        NATO ministers meet in Kyiv for talks on Ukraine's defence
        NATO foreign ministers met in Kyiv on Monday for talks on how to defend Ukraine against Russian attacks once the war ends.
        The alliance's secretary general said that ministers had agreed to send more air defence before the winter.
        Ukraine's president said the talks had gone better than he had expected and thanked the ministers.
        """;

    [Fact]
    public async Task Both_chats_answer_the_same_questions()
    {
        await using var bot = await RunningBot.StartAsync();
        var chats = bot.Chats;
        await bot.DropAsync(Article);
        await chats.UntilAsync(() => chats.DiscordPosts().Count == 1 && chats.SlackPosts().Count == 1, "the story is out");

        (await chats.DiscordCommandAsync("member", "latest")).ShouldContain("NATO ministers meet in Kyiv");
        (await chats.SlackCommandAsync("member", "/m10 latest ukraine 3")).ShouldContain("NATO ministers meet in Kyiv");

        (await chats.DiscordCommandAsync("member", "summary", ("story", "https://www.m10news.com/world/kyiv-talks"))).ShouldContain("more air defence");
        (await chats.SlackCommandAsync("member", "/m10 summary nato ministers")).ShouldContain("more air defence");

        (await chats.DiscordCommandAsync("member", "subscribe", ("topic", "Ukrane"))).ShouldContain("Did you mean");
        (await chats.SlackCommandAsync("member", "/m10 subscribe ukrane me")).ShouldContain("Ukraine");

        (await chats.DiscordCommandAsync("member", "subscribe", ("topic", "Ukraine"), ("where", "me"))).ShouldContain("Ukraine");
        (await chats.SlackCommandAsync("member", "/m10 subscribe nato me")).ShouldContain("NATO");
        (await chats.DiscordCommandAsync("member", "subscriptions")).ShouldContain("Ukraine");
        (await chats.SlackCommandAsync("member", "/m10 subscriptions")).ShouldContain("NATO");
        (await chats.DiscordCommandAsync("member", "help")).ShouldContain("latest");
        (await chats.SlackCommandAsync("member", "/m10 hlep")).ShouldContain("help");
        (await chats.DiscordCommandAsync("member", "topics")).Length.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task Only_admins_open_and_look_behind()
    {
        await using var bot = await RunningBot.StartAsync();
        var chats = bot.Chats;

        (await chats.SlackCommandAsync("member", "/m10 channel remove")).ShouldContain("admin", Case.Insensitive);
        (await chats.DiscordCommandAsync("member", "status")).ShouldContain("admin", Case.Insensitive);
        (await chats.DiscordCommandAsync("admin", "status")).ShouldContain("good", Case.Insensitive);
        (await chats.SlackCommandAsync("admin", "/m10 status")).ShouldContain("good", Case.Insensitive);

        await chats.DiscordCommandAsync("admin", "channel test");
        await chats.UntilAsync(() => chats.DiscordPosts().Any(p => Chats.TextOf(p).Contains("EXERCISE", StringComparison.Ordinal)), "the test card");

        await chats.SlackCommandAsync("admin", "/m10 channel remove");
        await bot.DropAsync(Article);
        await chats.UntilAsync(() => chats.DiscordPosts().Count == 2, "the story in Discord");
        chats.SlackPosts().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_personal_subscription_comes_as_a_direct_message()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var chats = bot.Chats;
        await chats.DiscordCommandAsync("member", "subscribe", ("topic", "Ukraine"), ("where", "me"));
        await chats.SlackCommandAsync("member", "/m10 subscribe ukraine me");

        await bot.DropAsync(Article);

        await chats.UntilAsync(() => InDirect(chats.Simulator.Discord.View(), "dm") && InDirect(chats.Simulator.Slack.View(), "im"), "the story in both direct messages");
        chats.DiscordPosts().ShouldBeEmpty();
        chats.SlackPosts().ShouldBeEmpty();
    }

    private static bool InDirect(System.Text.Json.Nodes.JsonObject view, string kind) => view["channels"]!.AsArray()
        .Where(c => c!["kind"]!.GetValue<string>() == kind && c["person"]?.GetValue<string>() == "member")
        .Select(c => view["messages"]![c!["id"]!.GetValue<string>()])
        .Any(messages => Chats.TextOf(messages).Contains("NATO ministers meet in Kyiv", StringComparison.Ordinal));
}
