namespace M10Bot.Tests.Scenarios;

/// <summary>A newsroom at work in Slack: the desk, the person's own page, a channel that is archived.</summary>
public sealed class SlackNewsroomTests
{
    private const string Article = """
        Slug: kyiv-talks
        Link: https://www.m10news.com/world/kyiv-talks

        NATO ministers meet in Kyiv for talks on Ukraine's defence
        NATO foreign ministers met in Kyiv on Monday for talks on how to defend Ukraine against Russian attacks once the war ends.
        The alliance's secretary general said that ministers had agreed to send more air defence before the winter.
        """;

    [Fact]
    public async Task An_editor_corrects_and_kills_a_story_in_both_chats_and_has_the_proof()
    {
        await using var bot = await StartAsync();
        var chats = bot.Chats;
        await bot.DropAsync(Article);
        await chats.UntilAsync(() => chats.DiscordPosts().Count == 1 && chats.SlackPosts().Count == 1, "the story is out");

        (await chats.SlackCommandAsync("admin", "/m10 kill 1 it is not true")).ShouldContain("is for editors");
        (await chats.SlackCommandAsync("editor", "/m10 correct 1 an earlier version named the wrong day")).ShouldContain("The correction goes out");
        await chats.UntilAsync(() => Both(chats, "named the wrong day"), "the correction in both chats");
        await ProvenAsync(chats, "Corrected in all 2 places");

        (await chats.SlackCommandAsync("editor", "/m10 kill 1 it could not be confirmed")).ShouldContain("The story is withdrawn");
        await chats.UntilAsync(() => Both(chats, "WITHDRAWN") && !Both(chats, "air defence"), "the withdrawal in both chats");
        await ProvenAsync(chats, "Withdrawn in all 2 places");
        (await chats.SlackCommandAsync("editor", "/m10 audit")).ShouldContain("it could not be confirmed");
    }

    [Fact]
    public async Task The_home_tab_shows_each_what_their_role_lets_them_see()
    {
        await using var bot = await StartAsync();
        var chats = bot.Chats;
        await bot.DropAsync(Article);
        await chats.UntilAsync(() => chats.SlackPosts().Count == 1, "the story is out");

        await chats.SlackHomeShowsAsync("editor", "Nothing waits to go out");
        await chats.SlackHomeShowsAsync("admin", "All channels are served");
        await chats.SlackHomeShowsAsync("member", "Latest stories");

        chats.SlackHome("editor").ShouldContain("NATO ministers meet");
        chats.SlackHome("admin").ShouldNotContain("Nothing waits to go out");
        chats.SlackHome("member").ShouldNotContain("All channels are served");
    }

    [Fact]
    public async Task An_archived_channel_is_suspended_at_once_and_goes_on_when_it_is_opened_again()
    {
        await using var bot = await StartAsync();
        var chats = bot.Chats;
        var slack = chats.Simulator.Slack.Newsroom;

        slack.Archive("C0BREAKING");
        await chats.SlackHomeShowsAsync("admin", "the channel is archived");
        await bot.DropAsync(Article);
        await chats.UntilAsync(() => chats.DiscordPosts().Count == 1, "the story in Discord");
        chats.SlackCount.ShouldBe(0);

        slack.Unarchive("C0BREAKING");
        await chats.UntilAsync(() => chats.SlackCount == 1, "the story in Slack");
    }

    private static async Task<RunningBot> StartAsync()
    {
        var chats = await Chats.StartAsync();
        var bot = await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.Settings, StringComparer.Ordinal) { ["Slack:Editors:0"] = "U0EDITOR" });
        await chats.OpenChannelsAsync();
        return bot;
    }

    // A chat shows the message a moment before the bot has written its receipt down.
    private static async Task ProvenAsync(Chats chats, string words)
    {
        var said = "";
        for (var i = 0; i < 200 && !said.Contains(words, StringComparison.Ordinal); i++)
        {
            said = await chats.SlackCommandAsync("editor", "/m10 receipts 1");
        }

        said.ShouldContain(words);
    }

    private static bool Both(Chats chats, string words) =>
        chats.DiscordPosts().Any(p => Chats.TextOf(p).Contains(words, StringComparison.Ordinal)) && chats.SlackPosts().Any(p => Chats.TextOf(p).Contains(words, StringComparison.Ordinal));

}
