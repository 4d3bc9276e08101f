using System.Text.RegularExpressions;
using M10Bot.Simulator.Discord;

namespace M10Bot.Tests.Scenarios;

/// <summary>The buttons under a story, pressed in the whole bot.</summary>
public sealed partial class CardActionTests
{
    private static string Version(string headline, string more) =>
        $"Slug: kyiv-talks\nUrgency: 3\n\n{headline}\nForeign ministers met in Kyiv on Monday for talks on Ukraine.\n{more}";

    [Fact]
    public async Task Who_follows_a_story_gets_its_changes_in_direct_messages_until_they_mute_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var chats = bot.Chats;
        var discord = chats.Simulator.Discord;
        var channel = discord.World.ChannelId("breaking-news");
        var direct = discord.World.DirectChannelId("member");
        await bot.DropAsync(Version("Ministers meet in Kyiv", "Ukraine's president thanked the ministers."));
        await chats.UntilAsync(() => chats.DiscordPosts().Count == 1, "the story is out");

        await PressAsync(chats, "member", channel, "summary", "Foreign ministers met");
        await PressAsync(chats, "member", channel, "why", "because");
        await PressAsync(chats, "member", channel, "follow", "Changes of this story come to your direct messages");
        await bot.DropAsync(Version("Ministers agree in Kyiv", "They agreed to send more air defence before the winter."));
        await chats.UntilAsync(() => Standing(discord, direct) is { } m && m.Json.Contains("Ministers agree in Kyiv", StringComparison.Ordinal), "the change in the direct messages");
        await chats.UntilAsync(() => Standing(discord, channel)!.Json.Contains("Ministers agree in Kyiv", StringComparison.Ordinal), "the change in the channel");

        await PressAsync(chats, "member", direct, "mute", "Nothing more of this story comes to your direct messages");
        await bot.DropAsync(Version("Ministers sign in Kyiv", "They signed a paper that promises air defence for two years."));
        await chats.UntilAsync(() => Standing(discord, channel)!.Json.Contains("Ministers sign in Kyiv", StringComparison.Ordinal), "the next change in the channel");
        Standing(discord, direct)!.Json.ShouldNotContain("Ministers sign in Kyiv");
        discord.Posts(direct).Count(p => p.EphemeralFor is null && p.Json.Contains("BREAKING", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(1);
    }

    private static PostedMessage? Standing(DiscordSimulator discord, string channel) =>
        discord.Posts(channel).FirstOrDefault(p => p.EphemeralFor is null && p.Json.Contains("in Kyiv", StringComparison.Ordinal));

    private static async Task PressAsync(Chats chats, string person, string channel, string command, string answer)
    {
        var discord = chats.Simulator.Discord;
        var story = Standing(discord, channel)!;
        var id = ActionId().Matches(story.Json).Select(m => m.Groups["id"].Value).Single(i => i.StartsWith($"{command}|", StringComparison.Ordinal));
        var interaction = discord.Component(person, channel, story.Id, id);
        await chats.UntilAsync(() => discord.ReplyTo(interaction) is { IsLoading: false } reply && reply.Json.Contains(answer, StringComparison.Ordinal), $"the answer to {command}: {answer}");
    }

    [GeneratedRegex("\"custom_id\":\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ActionId();
}
