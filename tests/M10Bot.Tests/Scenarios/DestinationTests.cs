using M10Bot.Simulator.Discord;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Tests.Scenarios;

/// <summary>Places in Discord that want more than a message, in the whole bot.</summary>
public sealed class DestinationTests
{
    private const string First = "Slug: kyiv-talks\nUrgency: 3\n\nMinisters meet in Kyiv\nForeign ministers met in Kyiv on Monday for talks on Ukraine.\nUkraine's president thanked the ministers.";
    private const string Second = "Slug: kyiv-talks\nUrgency: 3\n\nMinisters agree in Kyiv\nForeign ministers met in Kyiv on Monday for talks on Ukraine.\nUkraine's president thanked the ministers.\nThey agreed to send more air defence before the winter.";

    private const string Correction = "Slug: kyiv-talks\nUrgency: 3\nStatus: correction\nNote: an earlier version named the wrong city.\n\nMinisters meet in Lviv\nForeign ministers met in Lviv on Monday for talks on Ukraine.\nUkraine's president thanked the ministers.";
    private const string Kill = "Slug: kyiv-talks\nStatus: kill\nNote: it could not be confirmed.\n";

    [Fact]
    public async Task A_forum_gets_one_post_a_story_with_its_tags_and_a_reply_for_each_change()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var chats = bot.Chats;
        var discord = chats.Simulator.Discord;
        var forum = discord.World.AddForum(discord.World.MainGuildId, "stories", requiresTag: true, "Other", "Ukraine");
        await chats.DiscordCommandAsync("admin", "channel add", ("channel", forum), ("topics", "everything"));

        await bot.DropAsync(First);
        await chats.UntilAsync(() => discord.World.Threads(forum).Count == 1, "the post");
        var thread = discord.World.Threads(forum)[0];
        discord.World.ChannelJson(thread).ShouldContain("Ministers meet in Kyiv");
        discord.Posts(thread).ShouldHaveSingleItem().Id.ShouldBe(thread);
        var tag = System.Text.Json.Nodes.JsonNode.Parse(discord.World.ChannelJson(forum))!["available_tags"]!.AsArray().Single(t => t!["name"]!.GetValue<string>() is "Ukraine")!["id"]!.GetValue<string>();
        discord.World.ChannelJson(thread).ShouldContain(tag);

        discord.World.SetArchived(thread, archived: true);
        await bot.DropAsync(Second);
        await chats.UntilAsync(() => discord.Posts(thread).Count == 2, "the reply");
        discord.Posts(thread).Single(p => p.Id == thread).Json.ShouldContain("Ministers agree in Kyiv");
        discord.Posts(thread).Single(p => p.Id != thread).Json.ShouldContain("UPDATE");
        discord.World.Threads(forum).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_title_of_a_forums_post_follows_a_correction_and_says_nothing_after_a_kill()
    {
        await using var bot = await StartWithEditorAsync();
        var (chats, discord) = (bot.Chats, bot.Chats.Simulator.Discord);
        var forum = discord.World.AddForum(discord.World.MainGuildId, "stories", requiresTag: false);
        await chats.DiscordCommandAsync("admin", "channel add", ("channel", forum), ("topics", "everything"));
        await bot.DropAsync(First);
        await chats.UntilAsync(() => discord.World.Threads(forum).Count == 1, "the post");
        var thread = discord.World.Threads(forum)[0];

        await bot.DropAsync(Correction);
        await chats.UntilAsync(() => TitleOf(discord, thread) is "Ministers meet in Lviv", "the corrected title");
        discord.World.SetArchived(thread, archived: true);
        await bot.DropAsync(Kill);
        await chats.UntilAsync(() => TitleOf(discord, thread) is "M10News has withdrawn this story", "a title that says nothing of it");
        await chats.UntilAsync(() => ProofOf(bot) is { State: "withdrawn", Owed: 1, Done: 1 }, "the proof");
        (await chats.DiscordCommandAsync("editor", "receipts", ("story", "1"))).ShouldContain("Withdrawn in all 1 place");
        discord.Posts(thread).ShouldAllBe(p => p.WouldPing.Count == 0);
        chats.Simulator.Journal.Entries.ShouldNotContain(e => e.Verdict.StartsWith("429", StringComparison.Ordinal));
        discord.Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_title_can_not_be_changed_no_proof_is_claimed_until_the_bot_may()
    {
        await using var bot = await StartWithEditorAsync();
        var (chats, discord) = (bot.Chats, bot.Chats.Simulator.Discord);
        var forum = discord.World.AddForum(discord.World.MainGuildId, "stories", requiresTag: false);
        await chats.DiscordCommandAsync("admin", "channel add", ("webhook", discord.World.AddWebhook(forum)), ("topics", "everything"));
        await bot.DropAsync(First);
        await chats.UntilAsync(() => discord.World.Threads(forum).Count == 1, "the post");
        var thread = discord.World.Threads(forum)[0];

        await bot.DropAsync(Kill);
        await chats.UntilAsync(() => ProofOf(bot) is { State: "withdrawn", Stale: 1 }, "what still stands there");
        discord.Posts(thread).ShouldHaveSingleItem().Json.ShouldContain("WITHDRAWN");
        var receipts = await chats.DiscordCommandAsync("editor", "receipts", ("story", "1"));
        receipts.ShouldContain("Withdrawn in 0 of 1 place");
        receipts.ShouldContain("still reads “Ministers meet in Kyiv”");
        (await chats.DiscordCommandAsync("admin", "status")).ShouldContain("manage its threads");

        discord.World.SetBotPermissions(forum, allow: DiscordPermission.ManageThreads);
        await chats.UntilAsync(() => TitleOf(discord, thread) is "M10News has withdrawn this story", "the title, once the bot may change it");
        await chats.UntilAsync(() => ProofOf(bot) is { Owed: 1, Done: 1 }, "the proof");
    }

    [Fact]
    public async Task What_is_posted_in_an_announcement_channel_is_published()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var chats = bot.Chats;
        var discord = chats.Simulator.Discord;
        var channel = discord.World.AddChannel(discord.World.MainGuildId, "announcements", type: 5);
        await chats.DiscordCommandAsync("admin", "channel add", ("channel", channel), ("topics", "everything"));

        await bot.DropAsync(First);

        await chats.UntilAsync(() => discord.Posts(channel).Any(p => IsPublished(p.Json)), "the publication");
        await bot.DropAsync(Second);
        await chats.UntilAsync(() => discord.Posts(channel).Single(p => !p.IsDeleted).Edits > 0, "the update");
        chats.Simulator.Journal.Entries.Count(e => e.Call.EndsWith("/crosspost", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_removes_the_bot_is_written_down_and_its_data_deleted_after_the_grace()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var chats = bot.Chats;
        var discord = chats.Simulator.Discord;
        var guild = discord.World.AddGuild("Another server");
        var departures = (News.Commands.DepartureStore)bot.Host.Services.GetService(typeof(News.Commands.DepartureStore))!;
        discord.World.RemoveBot(guild);
        var purged = "";
        await chats.UntilAsync(() => (purged = departures.PurgeOneAsync(TimeSpan.Zero, CancellationToken.None).GetAwaiter().GetResult() ?? "").Length > 0, "the departure is written down");
        purged.ShouldBe($"discord/{guild}");
    }

    [Fact]
    public async Task A_channel_that_is_closed_to_the_bot_is_suspended_at_once_and_served_again_once_it_is_open()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var chats = bot.Chats;
        var discord = chats.Simulator.Discord;
        var channel = discord.World.AddChannel(discord.World.MainGuildId, "desk");
        await chats.DiscordCommandAsync("admin", "channel add", ("channel", channel), ("topics", "everything"));
        string Status() => chats.DiscordCommandAsync("admin", "status").GetAwaiter().GetResult();

        discord.World.SetBotPermissions(channel, deny: DiscordPermission.SendMessages);
        await chats.UntilAsync(() => Status().Contains("Send Messages", StringComparison.Ordinal), "the status names what is missing, though nothing was posted");
        await bot.DropAsync(First);
        discord.World.SetBotPermissions(channel);
        await chats.UntilAsync(() => discord.Posts(channel).Any(p => p.Json.Contains("Ministers meet in Kyiv", StringComparison.Ordinal)), "the story comes, without an admin's test");

        discord.World.RemoveChannel(channel);
        await chats.UntilAsync(() => Status().Contains("no longer exists", StringComparison.Ordinal), "the status says that it is gone");
    }

    [Fact]
    public async Task A_server_that_removed_the_bot_while_it_was_off_is_noticed_at_its_start()
    {
        var chats = await Chats.StartAsync(); // the second bot disposes it
        var discord = chats.Simulator.Discord;
        var guild = discord.World.AddGuild("Another server");
        var channel = discord.World.AddChannel(guild, "news");
        var before = await RunningBot.StartAsync(chats);
        var destinations = (News.Subscriptions.DestinationStore)before.Host.Services.GetService(typeof(News.Subscriptions.DestinationStore))!;
        await destinations.OpenAsync(new News.Chat.Destination(News.Chat.Platform.Discord, guild, News.Chat.DestinationKind.Channel, channel), "admin", CancellationToken.None);
        await before.StopAsync();

        discord.World.RemoveBot(guild);
        await using var bot = await RunningBot.StartAsync(chats);
        var departures = (News.Commands.DepartureStore)bot.Host.Services.GetService(typeof(News.Commands.DepartureStore))!;
        var purged = "";
        await chats.UntilAsync(() => (purged = departures.PurgeOneAsync(TimeSpan.Zero, CancellationToken.None).GetAwaiter().GetResult() ?? "").Length > 0, "the departure is written down");
        purged.ShouldBe($"discord/{guild}");
    }

    private static string? TitleOf(DiscordSimulator discord, string thread) => System.Text.Json.Nodes.JsonNode.Parse(discord.World.ChannelJson(thread))!["name"]!.GetValue<string>();

    private static News.Desk.Proof? ProofOf(RunningBot bot) =>
        ((News.Desk.DeskQueries)bot.Host.Services.GetService(typeof(News.Desk.DeskQueries))!).ProofAsync(1, CancellationToken.None).GetAwaiter().GetResult();

    private static async Task<RunningBot> StartWithEditorAsync()
    {
        var chats = await Chats.StartAsync(); // the bot disposes it
        return await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.Settings, StringComparer.Ordinal)
        {
            ["Discord:EditorUserIds:0"] = chats.Simulator.Discord.World.PersonId("editor"),
        });
    }

    private static bool IsPublished(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!["flags"]!.GetValue<int>() % 2 == 1;
}
