using System.Text;
using M10Bot.Simulator.Discord;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Tests.Scenarios;

/// <summary>A channel that the bot itself may not write in, served by a webhook, in the whole bot.</summary>
public sealed class WebhookTests
{
    private const string Flash = "Urgency: 1\nSlug: riga-port\nLink: https://m10news.com/riga\n\nPort of Riga closed after fire at oil terminal\nThe port of Riga in Latvia was closed on Sunday after a fire broke out at an oil terminal, the port authority said.";
    private const string Report = "Slug: riga-port\n\nRiga port closed for a second day as terminal fire spreads\nThe port of Riga in Latvia stayed closed on Monday as a fire at an oil terminal spread to a second tank, the port authority said.\nTwo workers were taken to hospital with burns and one was still missing, the rescue service said.";
    private const string Kill = "Slug: riga-port\nStatus: kill\nNote: the report could not be confirmed.\n";

    [Fact]
    public async Task A_story_lives_in_a_channel_that_is_closed_to_the_bot_and_the_secret_is_nowhere()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var (chats, discord) = (bot.Chats, bot.Chats.Simulator.Discord);
        var (channel, url) = Closed(discord, DiscordPermission.ViewChannel | DiscordPermission.SendMessages);

        var answer = await chats.DiscordCommandAsync("admin", "channel add", ("webhook", url), ("topics", "everything"));
        answer.ShouldContain($"Channel <#{channel}> now gets Everything", Case.Insensitive);
        answer.ShouldNotContain(TokenOf(url));

        await bot.DropAsync(Flash);
        await ShowsAsync(chats, channel, "FLASH", "Port of Riga closed");
        Only(discord, channel).Json.ShouldNotContain("custom_id");
        await bot.DropAsync(Report);
        await ShowsAsync(chats, channel, "UPDATE", "second day");
        (await chats.DiscordCommandAsync("admin", "status")).ShouldContain("by webhook");
        await bot.DropAsync(Kill);
        await ShowsAsync(chats, channel, "WITHDRAWN");
        Only(discord, channel).Json.ShouldNotContain("second day");
        Only(discord, channel).WouldPing.ShouldBeEmpty();

        var folder = Path.GetDirectoryName(chats.WireFolder)!;
        foreach (var file in Directory.GetFiles(folder, "m10bot.db*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(TokenOf(url));
        }

        chats.Simulator.Journal.Entries.ShouldAllBe(e => !e.Call.Contains(TokenOf(url)));
        chats.Simulator.Journal.Entries.ShouldContain(e => e.Call.StartsWith("POST webhooks/", StringComparison.Ordinal));
        discord.Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_webhook_suspends_the_channel_is_called_no_more_and_a_new_one_mends_it()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var (chats, discord) = (bot.Chats, bot.Chats.Simulator.Discord);
        var (channel, url) = Closed(discord);
        await chats.DiscordCommandAsync("admin", "channel add", ("webhook", url), ("topics", "everything"));
        discord.World.RemoveWebhook(url);

        await bot.DropAsync(Flash);
        await chats.UntilAsync(() => chats.Simulator.Journal.Entries.Any(e => e.Call.StartsWith("POST webhooks/", StringComparison.Ordinal) && e.Verdict is "404"), "the webhook is found gone");
        string Status() => chats.DiscordCommandAsync("admin", "status").GetAwaiter().GetResult();
        await chats.UntilAsync(() => Status().Contains("no longer exists", StringComparison.Ordinal), "the status says that it is gone");
        Status().ShouldContain("Add the channel again with the URL of a new one");
        (await chats.DiscordCommandAsync("admin", "channel test", ("channel", channel))).ShouldContain("no longer exists");
        (await chats.DiscordCommandAsync("admin", "channel add", ("webhook", url))).ShouldContain("Discord does not know this webhook");
        discord.Breaches.ShouldBeEmpty();

        await chats.DiscordCommandAsync("admin", "channel add", ("webhook", discord.World.AddWebhook(channel)), ("topics", "everything"));
        await ShowsAsync(chats, channel, "Port of Riga closed");
        (await chats.DiscordCommandAsync("admin", "channel remove", ("channel", channel))).ShouldContain("Its webhook is forgotten");
    }

    [Fact]
    public async Task A_webhook_of_another_server_or_channel_and_what_is_none_is_refused()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var (chats, discord) = (bot.Chats, bot.Chats.Simulator.Discord);
        var other = discord.World.AddWebhook(discord.World.AddChannel(discord.World.AddGuild("Another server"), "news"));
        var mine = discord.World.AddWebhook(discord.World.ChannelId("world"));

        (await chats.DiscordCommandAsync("admin", "channel add", ("webhook", other))).ShouldContain("not of this server");
        (await chats.DiscordCommandAsync("admin", "channel add", ("webhook", mine), ("channel", discord.World.ChannelId("breaking-news")))).ShouldContain("writes in another channel");
        (await chats.DiscordCommandAsync("admin", "channel add", ("webhook", "https://evil.example/api/webhooks/1/secret"))).ShouldContain("no URL of a Discord webhook");
        (await chats.DiscordCommandAsync("member", "help")).ShouldNotContain("channel add");
        (await chats.DiscordCommandAsync("admin", "status")).ShouldContain("none added");
    }

    [Fact]
    public async Task The_form_takes_the_url_and_shows_it_to_nobody()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var (chats, discord) = (bot.Chats, bot.Chats.Simulator.Discord);
        var (channel, url) = Closed(discord);

        var form = new OpenForm(chats, discord.Command("admin", discord.World.ChannelId("breaking-news"), "channel add"));
        await form.ShowsAsync("Which channel shall get which stories?");
        await form.WriteAsync("webhook", url);
        await form.ShowsAsync("A webhook is given");
        await form.SendAsync();
        await form.ShowsAsync("It comes by the webhook");
        Only(discord, channel).Json.ShouldContain("EXERCISE");
        discord.View().ToJsonString().ShouldNotContain(TokenOf(url));
    }

    [Fact]
    public async Task A_forum_gets_a_post_and_a_thread_its_messages()
    {
        await using var bot = await RunningBot.StartAsync(open: false);
        var (chats, discord) = (bot.Chats, bot.Chats.Simulator.Discord);
        var forum = discord.World.AddForum(discord.World.MainGuildId, "closed-stories", requiresTag: false, "Ukraine");
        discord.World.SetBotPermissions(forum, deny: DiscordPermission.ViewChannel | DiscordPermission.SendMessages);
        await chats.DiscordCommandAsync("admin", "channel add", ("webhook", discord.World.AddWebhook(forum)), ("topics", "everything"));

        await bot.DropAsync(Flash);
        await chats.UntilAsync(() => discord.World.Threads(forum).Count == 1, "the post");
        var thread = discord.World.Threads(forum)[0];
        await bot.DropAsync(Report);
        await ShowsAsync(chats, thread, "UPDATE", "second day");
        discord.World.Threads(forum).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_is_found_in_the_channel_and_not_repeated()
    {
        await using var chats = await Chats.StartAsync();
        var bot = await RunningBot.StartAsync(chats, chats.FastSettings);
        var discord = chats.Simulator.Discord;
        var (channel, url) = Closed(discord);
        await chats.DiscordCommandAsync("admin", "channel add", ("webhook", url), ("topics", "everything"));
        discord.Faults.LoseReply(c => c is { Method: "POST", Route: "webhooks/{webhook}/{token}" });

        await bot.DropAsync(Flash);
        await ShowsAsync(chats, channel, "FLASH");
        discord.Faults.Struck.ShouldBe(1);
        await bot.DropAsync(Report);
        await ShowsAsync(chats, channel, "UPDATE", "second day");
        Only(discord, channel).Edits.ShouldBeGreaterThan(0);
        await bot.StopAsync();
    }

    /// <summary>A channel that the bot itself may not write in, with a webhook.</summary>
    private static (string Channel, string Url) Closed(DiscordSimulator discord, ulong deny = DiscordPermission.SendMessages)
    {
        var channel = discord.World.AddChannel(discord.World.MainGuildId, "closed");
        discord.World.SetBotPermissions(channel, deny: deny);
        return (channel, discord.World.AddWebhook(channel));
    }

    private static string TokenOf(string url) => url.Split('/')[^1];

    private static PostedMessage Only(DiscordSimulator discord, string channel) => discord.Posts(channel).Where(p => p is { EphemeralFor: null, IsDeleted: false }).ShouldHaveSingleItem();

    private static Task ShowsAsync(Chats chats, string channel, params string[] words) => chats.UntilAsync(
        () => chats.Simulator.Discord.Posts(channel).Any(p => words.All(w => p.Json.Contains(w, StringComparison.Ordinal))),
        $"{channel} shows {string.Join(", ", words)}");
}
