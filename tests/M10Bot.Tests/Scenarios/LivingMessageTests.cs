using M10Bot.Tests.Architecture;
using Xunit.Abstractions;

namespace M10Bot.Tests.Scenarios;

/// <summary>One living message per story, the same on both platforms.</summary>
public sealed class LivingMessageTests(ITestOutputHelper output)
{
    private const string Flash = """
        Urgency: 1
        Slug: riga-port

        Port of Riga closed after fire at oil terminal
        The port of Riga in Latvia was closed on Sunday after a fire broke out at an oil terminal, the port authority said.
        """;

    private const string Report = """
        Slug: riga-port

        Riga port closed for a second day as terminal fire spreads
        The port of Riga in Latvia stayed closed on Monday as a fire at an oil terminal spread to a second tank, the port authority said.
        Firefighters from Estonia joined the effort overnight and were pumping water from the river Daugava.
        Two workers were taken to hospital with burns and one was still missing, the rescue service said.
        Scene of the Fire
        Prime Minister Janis Kalnins said that supplies of fuel for the winter were safe and that trains would carry more.
        Editing by M10News International Desk | Contact: international@m10news.com
        © 2026 M10News. All rights reserved.
        """;

    [Fact]
    public async Task A_flash_is_edited_to_an_update_then_corrected_then_withdrawn_and_stays_one_message()
    {
        await using var bot = await RunningBot.StartAsync();
        var chats = bot.Chats;

        await bot.DropAsync(Flash);
        await EverywhereAsync(chats, "FLASH", "Port of Riga closed after fire at oil terminal");

        await bot.DropAsync(Report);
        await EverywhereAsync(chats, "UPDATE", "Riga port closed for a second day", "What is new");

        await bot.DropAsync(Report.Replace("Slug: riga-port", "Slug: riga-port\nStatus: correction\nNote: an earlier version said that two were missing.", StringComparison.Ordinal));
        await EverywhereAsync(chats, "CORRECTED", "an earlier version said that two were missing");

        await bot.DropAsync("Slug: riga-port\nStatus: kill\nNote: the report could not be confirmed.\n");
        await EverywhereAsync(chats, "WITHDRAWN", "M10News has withdrawn this story", "could not be confirmed");

        foreach (var post in new[] { chats.DiscordPosts().Single(), chats.SlackPosts().Single() })
        {
            Chats.TextOf(post).ShouldNotContain("second day");
            Chats.TextOf(post).ShouldNotContain("Daugava");
        }
    }

    [Fact]
    public async Task A_real_article_becomes_a_headline_with_points_and_credit_and_without_its_footer()
    {
        if (Repository.Shared("articles/m10news-security-guarantees.txt") is not { } file)
        {
            output.WriteLine("Not run: the article is not beside this repository.");
            return;
        }

        await using var bot = await RunningBot.StartAsync();
        await bot.DropAsync(await File.ReadAllTextAsync(file));
        await EverywhereAsync(bot.Chats, "BREAKING", "Ukraine", "M10News International Desk", "© 2025 M10News");

        foreach (var text in new[] { Chats.TextOf(bot.Chats.DiscordPosts().Single()), Chats.TextOf(bot.Chats.SlackPosts().Single()) })
        {
            text.ShouldNotContain("international@m10news.com");
            text.ShouldNotContain("Unauthorised reproduction");
            text.ShouldNotContain("European Role in Focus");
        }
    }

    [Fact]
    public async Task A_restart_neither_repeats_nor_forgets()
    {
        await using var chats = await Chats.StartAsync();
        var first = await RunningBot.StartAsync(chats);
        await chats.OpenChannelsAsync();
        await first.DropAsync(Flash);
        await EverywhereAsync(chats, "FLASH");
        await first.StopAsync();

        await chats.DropAsync("while-away.txt", Report);
        var second = await RunningBot.StartAsync(chats);
        await EverywhereAsync(chats, "UPDATE");
        chats.DiscordPosts().Count.ShouldBe(1);
        chats.SlackPosts().Count.ShouldBe(1);
        await second.StopAsync();
    }

    [Fact]
    public async Task Nothing_of_an_embargoed_story_shows_before_its_time()
    {
        await using var bot = await RunningBot.StartAsync();
        var until = TimeProvider.System.GetUtcNow().AddSeconds(3);
        await bot.DropAsync($"Embargo: {until:O}\n" + Flash);
        await bot.Chats.UntilAsync(() => Directory.Exists(Path.Combine(bot.Chats.WireFolder, "read")) && Directory.GetFiles(Path.Combine(bot.Chats.WireFolder, "read")).Length > 0, "the file is read");

        (await bot.Chats.DiscordCommandAsync("member", "latest")).ShouldNotContain("Riga");
        bot.Chats.DiscordPosts().ShouldBeEmpty();

        await EverywhereAsync(bot.Chats, "FLASH", "Port of Riga");
        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(until);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_moved_aside_with_the_reason()
    {
        await using var bot = await RunningBot.StartAsync();
        await bot.DropAsync("Urgency: tomorrow\n\nA headline\nA sentence.");

        var refused = Path.Combine(bot.Chats.WireFolder, "refused");
        await bot.Chats.UntilAsync(() => Directory.Exists(refused) && Directory.GetFiles(refused, "*.error.txt").Length == 1, "the file is refused");
        (await File.ReadAllTextAsync(Directory.GetFiles(refused, "*.error.txt").Single())).ShouldContain("Urgency");
        bot.Chats.DiscordPosts().ShouldBeEmpty();
    }

    private static Task EverywhereAsync(Chats chats, params string[] words) => chats.UntilAsync(
        () => new[] { chats.DiscordPosts(), chats.SlackPosts() }.All(posts => posts.Any(post => words.All(word => Chats.TextOf(post).Contains(word, StringComparison.Ordinal)))),
        $"both chats show {string.Join(", ", words)}");
}
