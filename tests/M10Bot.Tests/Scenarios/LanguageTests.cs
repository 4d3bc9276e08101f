namespace M10Bot.Tests.Scenarios;

/// <summary>The bot's words in a channel's language and the commands' names in a member's client, in the whole bot.</summary>
public sealed class LanguageTests
{
    [Fact]
    public async Task A_channels_cards_are_in_the_language_that_an_admin_chose_and_commands_have_their_names()
    {
        await using var bot = await RunningBot.StartAsync();
        var chats = bot.Chats;
        (await chats.DiscordCommandAsync("admin", "language", ("language", "deutsch"), ("where", "here"))).ShouldContain("Cards in this channel are in Deutsch");
        (await chats.SlackCommandAsync("admin", "/m10 language français here")).ShouldContain("Cards in this channel are in Français");

        await bot.DropAsync("Slug: vote\nUrgency: 3\n\nMinisters agree on a date for the vote\nMinisters agreed on a date on Tuesday.");
        await chats.UntilAsync(() => chats.DiscordPosts().Count == 1 && chats.SlackPosts().Count == 1, "the story is out");

        Chats.TextOf(chats.DiscordPosts()[0]).ShouldContain("EILMELDUNG: ");
        Chats.TextOf(chats.DiscordPosts()[0]).ShouldContain("Zusammenfassung");
        Chats.TextOf(chats.DiscordPosts()[0]).ShouldContain("Ministers agree on a date for the vote");
        Chats.TextOf(chats.SlackPosts()[0]).ShouldContain("URGENT");
        var commands = chats.Simulator.Discord.View()["commands"]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        commands.ShouldContain("\"de\":\"abonnieren\"");
        commands.ShouldContain("\"uk\":\"підписати\"");
    }
}
