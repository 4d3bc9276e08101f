using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Tests.Scenarios;

/// <summary>An editor withdraws stories by their words, in both chats: asked which, shown what, and done at a button.</summary>
public sealed class KillTests
{
    private const string Room = "C0BREAKING";
    private const string Railway = "Slug: railway\n\nKenya opens new railway to the coast\nTrains run from Nairobi to Mombasa in four hours from Monday.";
    private const string Court = "Slug: court\n\nKenya court jails former minister\nJudges found him guilty of taking bribes for a dam.";
    private const string Storm = "Slug: storm\n\nStorm cuts power in Lisbon\nRoofs flew and ferries stayed in port on Sunday night.";

    [Fact]
    public async Task A_word_of_two_stories_withdraws_neither_until_one_is_picked_and_confirmed()
    {
        await using var bot = await StartAsync();
        var chats = bot.Chats;

        var id = chats.Simulator.Discord.Command(
            "editor",
            chats.Simulator.Discord.World.ChannelId("breaking-news"),
            "kill",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["story"] = "kenya", ["reason"] = "it could not be confirmed" });
        await DiscordSaysAsync(chats, id, "Which story is meant by “kenya”?");
        await DiscordPressAsync(chats, id, "No. 1: ", "Withdraw no. 1 everywhere, for good?");
        await DiscordSaysAsync(chats, id, "Readers are told: “it could not be confirmed”");
        Withdrawn(chats).ShouldBe((0, 0));

        await DiscordPressAsync(chats, id, "Withdraw it", "The story is withdrawn");
        await chats.UntilAsync(() => Withdrawn(chats) == (1, 1), "one story is withdrawn in both chats");
        Texts(chats).ShouldAllBe(room => !room.Contains("railway", StringComparison.Ordinal) && room.Contains("court jails", StringComparison.Ordinal) && room.Contains("Withdrawn", StringComparison.Ordinal));

        (await chats.SlackCommandAsync("editor", "/m10 kill kenya court it was another minister")).ShouldContain("Withdraw no. 2 everywhere, for good?");
        Withdrawn(chats).ShouldBe((1, 1));
        await SlackPressAsync(chats, "Withdraw it", "The story is withdrawn");
        await chats.UntilAsync(() => Withdrawn(chats) == (2, 2) && Texts(chats).All(r => r.Contains("it was another minister", StringComparison.Ordinal) && !r.Contains("court it was", StringComparison.Ordinal)), "the other one in both chats");

        (await chats.SlackCommandAsync("editor", "/m10 kill power it was a drill")).ShouldContain("Which story is meant by “power”?");
        await SlackPressAsync(chats, "No. 3: Storm cuts power in Li…", "Withdraw no. 3 everywhere, for good?");
        Withdrawn(chats).ShouldBe((2, 2));
    }

    [Fact]
    public async Task The_queues_button_opens_a_form_that_names_the_story_and_its_sending_withdraws_it()
    {
        await using var bot = await StartAsync();
        var chats = bot.Chats;
        await chats.SlackCommandAsync("editor", "/m10 hold 3 the drill is in doubt");

        var id = chats.Simulator.Discord.Command("editor", chats.Simulator.Discord.World.ChannelId("breaking-news"), "queue");
        await DiscordSaysAsync(chats, id, "Storm cuts power");
        var kill = chats.Simulator.Discord.Component("editor", Reply(chats, id).ChannelId, Reply(chats, id).Id, Button(Reply(chats, id), "Kill no. 3"));
        var form = new OpenForm(chats, kill, "editor");
        await form.ShowsAsync("“Storm cuts power in Lisbon”");
        await form.WriteAsync("reason", "it was a drill");
        await form.ShowsAsync("it was a drill");
        Withdrawn(chats).ShouldBe((0, 0));

        await form.SendAsync();
        await form.ShowsAsync("The story is withdrawn");
        await chats.UntilAsync(() => Withdrawn(chats) == (1, 1), "the story is withdrawn in both chats");
    }

    private static async Task<RunningBot> StartAsync()
    {
        var chats = await Chats.StartAsync();
        var bot = await RunningBot.StartAsync(
            chats,
            new Dictionary<string, string?>(chats.FastSettings, StringComparer.Ordinal) { ["Slack:Editors:0"] = "U0EDITOR", ["Discord:EditorRoleIds:0"] = "1300000000000000102" });
        await chats.OpenChannelsAsync();
        var count = 0;
        foreach (var article in new[] { Railway, Court, Storm })
        {
            await bot.DropAsync(article);
            count++;
            await chats.UntilAsync(() => chats.DiscordPosts().Count == count && chats.SlackPosts().Count == count, "the story is out");
        }

        return bot;
    }

    private static string[] Texts(Chats chats) =>
        [.. new[] { chats.DiscordPosts(), chats.SlackPosts() }.Select(posts => string.Join('\n', posts.Select(Chats.TextOf)))];

    private static (int Discord, int Slack) Withdrawn(Chats chats) =>
        (chats.DiscordPosts().Count(p => Chats.TextOf(p).Contains("WITHDRAWN", StringComparison.Ordinal)), chats.SlackPosts().Count(p => Chats.TextOf(p).Contains("WITHDRAWN", StringComparison.Ordinal)));

    private static M10Bot.Simulator.Discord.PostedMessage Reply(Chats chats, string interaction) => chats.Simulator.Discord.ReplyTo(interaction)!;

    private static Task DiscordSaysAsync(Chats chats, string interaction, string words) => chats.UntilAsync(
        () => chats.Simulator.Discord.ReplyTo(interaction) is { IsLoading: false } m && Chats.TextOf(JsonNode.Parse(m.Json)).Contains(words, StringComparison.Ordinal), $"the answer says “{words}”");

    /// <summary>The answer's buttons change the answer itself.</summary>
    private static async Task DiscordPressAsync(Chats chats, string interaction, string label, string answer)
    {
        var message = Reply(chats, interaction);
        chats.Simulator.Discord.Component("editor", message.ChannelId, message.Id, Button(message, label));
        await DiscordSaysAsync(chats, interaction, answer);
    }

    private static string Button(M10Bot.Simulator.Discord.PostedMessage message, string label) =>
        Objects(JsonNode.Parse(message.Json)).Single(o => o["label"]?.GetValue<string>().StartsWith(label, StringComparison.Ordinal) is true)["custom_id"]!.GetValue<string>();

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.Select(p => p.Value).SelectMany(Objects).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };

    private static async Task SlackPressAsync(Chats chats, string label, string answer)
    {
        var message = chats.Simulator.Slack.View()["messages"]![Room]!.AsArray().Select(m => m!.AsObject()).Last(m => m["ephemeral_for"] is not null);
        var (block, element) = message["blocks"]!.AsArray()
            .SelectMany(b => (b!["elements"]?.AsArray() ?? []).Select(e => (Block: b!, Element: e!)))
            .Single(p => p.Element["type"]?.GetValue<string>() is "button" && p.Element["text"]!["text"]!.GetValue<string>() == label);
        var value = JsonSerializer.SerializeToElement(element["value"]!.GetValue<string>());
        (await chats.Simulator.Slack.Newsroom.As("editor").PressAsync(
            Room, message["ts"]!.GetValue<string>(), block["block_id"]!.GetValue<string>(), element["action_id"]!.GetValue<string>(), value, CancellationToken.None)).IsFine.ShouldBeTrue();
        await chats.UntilAsync(
            () => chats.Simulator.Slack.View()["messages"]![Room]!.AsArray().Any(m => m!["ephemeral_for"] is not null && Chats.TextOf(m).Contains(answer, StringComparison.Ordinal)), $"the answer to {label}: {answer}");
    }
}
