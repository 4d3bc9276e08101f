using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack;
using M10Bot.Simulator.Slack.Acting;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Tests.Scenarios;

/// <summary>Messages that nobody can tell the end of, in the whole bot: an editor looks, gives their links, and they are living messages again.</summary>
public sealed class DoubtTests
{
    private const string Room = "C0BREAKING";
    private const string Direct = "D0EDITOR";

    [Fact]
    public async Task An_editor_settles_a_channels_message_and_their_own_by_link_and_a_correction_reaches_both()
    {
        var chats = await Chats.StartAsync();
        var slack = chats.Simulator.Slack.Newsroom;
        slack.Scopes = slack.Scopes.Where(s => !s.EndsWith(":history", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        await using var bot = await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.FastSettings, StringComparer.Ordinal) { ["Slack:Editors:0"] = "U0EDITOR" });
        await chats.SlackCommandAsync("admin", "/m10 channel add here");
        await chats.SlackCommandAsync("editor", "/m10 subscribe ukraine where:me");
        chats.Simulator.Slack.Faults.Plan(SlackFault.ReplyLost, "chat.postMessage", count: 2);
        await bot.DropAsync("Slug: kyiv-talks\n\nNATO ministers meet in Kyiv for talks on Ukraine's defence\nNATO foreign ministers met in Kyiv on Monday for talks on Ukraine.");
        await chats.UntilAsync(() => slack.Posts(Room).Count == 1 && News(slack, Direct).Count == 1, "both messages");

        await chats.SlackHomeShowsAsync("editor", "2 deliveries are in doubt");
        (await chats.SlackCommandAsync("editor", "/m10 queue")).ShouldContain("your direct messages");
        var (there, direct) = (LinkTo(slack, Room), LinkTo(slack, Direct));
        await PressAsync(chats, "Settle them", "2 deliveries");
        await chats.UntilAsync(() => Last(chats).Contains("Next in doubt", StringComparison.Ordinal), "the first of them");
        var isDirectFirst = Last(chats).Contains("your direct messages", StringComparison.Ordinal);
        await SettleAsync(chats, isDirectFirst ? "your direct messages" : "this channel", isDirectFirst ? direct : there, wrong: isDirectFirst ? there : direct);
        await PressAsync(chats, "Next in doubt", "");
        await SettleAsync(chats, isDirectFirst ? "this channel" : "your direct messages", isDirectFirst ? there : direct, wrong: isDirectFirst ? direct : there);

        await chats.SlackCommandAsync("editor", "/m10 correct 1 an earlier version named the wrong day");
        await chats.UntilAsync(() => new[] { Room, Direct }.All(c => News(slack, c) is [{ Version: 2 } only] && only.Text.Contains("named the wrong day", StringComparison.Ordinal)), "the correction in the same two messages");
    }

    private static List<SlackMessage> News(SlackTeam slack, string channel) =>
        [.. slack.Posts(channel).Where(p => p.EphemeralFor is null && p.Text.Contains("NATO ministers", StringComparison.Ordinal))];

    private static string LinkTo(SlackTeam slack, string channel) =>
        $"https://m10-newsroom.slack.com/archives/{channel}/p{News(slack, channel)[0].Ts.Replace(".", "", StringComparison.Ordinal)}";

    private static JsonNode? View(Chats chats) => chats.Simulator.Slack.View()["views"]!["editor"];

    private static string Last(Chats chats) => Chats.TextOf(Newest(chats));

    private static JsonObject Newest(Chats chats) =>
        chats.Simulator.Slack.View()["messages"]![Room]!.AsArray().Select(m => m!.AsObject()).Last(m => m["ephemeral_for"] is not null);

    private static async Task SettleAsync(Chats chats, string place, string link, string wrong)
    {
        await PressAsync(chats, "It stands there", place);
        await chats.UntilAsync(() => Chats.TextOf(View(chats)).Contains(place, StringComparison.Ordinal), "the form");
        (await SubmitAsync(chats, wrong)).FieldErrors["link"].ShouldBe("This message is in another place than the delivery was for.");
        (await SubmitAsync(chats, link)).FieldErrors.ShouldBeEmpty();
        await chats.UntilAsync(() => Chats.TextOf(View(chats)).Contains("Corrections edit it, and a kill withdraws it.", StringComparison.Ordinal), "the end of the form");
        await chats.Simulator.Slack.Newsroom.As("editor").CloseAsync(all: true, CancellationToken.None);
    }

    /// <summary>A button of the newest private answer, once that says this.</summary>
    private static async Task PressAsync(Chats chats, string label, string words)
    {
        await chats.UntilAsync(() => Last(chats).Contains(words, StringComparison.Ordinal) && Button(Newest(chats), label) is not null, label);
        var message = Newest(chats);
        var (block, action, value) = Button(message, label)!.Value;
        (await chats.Simulator.Slack.Newsroom.As("editor").PressAsync(Room, message["ts"]!.GetValue<string>(), block, action, JsonSerializer.SerializeToElement(value), CancellationToken.None)).IsFine.ShouldBeTrue();
    }

    private static (string Block, string Action, string Value)? Button(JsonObject message, string label) =>
        (from block in message["blocks"]!.AsArray()
         from element in block!["elements"]?.AsArray() ?? []
         where element!["type"]?.GetValue<string>() is "button" && element["text"]!["text"]!.GetValue<string>() == label
         select ((string, string, string)?)(block["block_id"]!.GetValue<string>(), element["action_id"]!.GetValue<string>(), element["value"]!.GetValue<string>())).FirstOrDefault();

    private static async Task<SlackOutcome> SubmitAsync(Chats chats, string link)
    {
        var state = new JsonObject { ["link"] = new JsonObject { ["m10.link"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = link } } };
        return await chats.Simulator.Slack.Newsroom.As("editor").SubmitAsync(View(chats)!["id"]!.GetValue<string>(), JsonSerializer.SerializeToElement(state), CancellationToken.None);
    }
}
