using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Tests.Scenarios;

/// <summary>An editor in Slack puts two stories together and takes them apart; the messages of both chats follow and none is pushed twice.</summary>
public sealed class MergeTests
{
    private const string Room = "C0BREAKING";
    private const string FireHeadline = "Fire closes oil terminal in Riga";
    private const string DieselHeadline = "Diesel gets dearer after supply stops";
    private const string Merged = "MERGED";
    private const string Fire = $"Slug: fire\n\n{FireHeadline}\nFlames closed the Kundzinsala oil terminal in Riga on Sunday.\nTwo workers had burns, the rescue service said.";
    private const string Diesel =
        $"Slug: prices\n\n{DieselHeadline}\nA litre of diesel cost nine cents more by Sunday evening.\nTraders pointed at tank farms that no longer load ships.";
    private const string DieselMore =
        "Slug: prices\n\nDiesel costs 20 cents more\nA litre of diesel cost 20 cents more on Monday morning.\nHauliers asked the government in Vilnius for relief.";

    [Fact]
    public async Task Two_stories_are_merged_taken_back_and_split_and_no_channel_is_pushed_twice()
    {
        await using var bot = await StartAsync();
        var chats = bot.Chats;
        await bot.DropAsync(Fire);
        await StandAsync(chats, FireHeadline);
        await bot.DropAsync(Diesel);
        await StandAsync(chats, FireHeadline, DieselHeadline);

        (await chats.SlackCommandAsync("member", "/m10 merge 2 into 1")).ShouldContain("is for editors");
        (await chats.SlackCommandAsync("editor", "/m10 merge 2 into 1")).ShouldContain("In 2 places both stand");
        await PressAsync(chats, "Merge them", "No. 2 is part of no. 1 now");
        await StandAsync(chats, FireHeadline, Merged);

        await bot.DropAsync(DieselMore);
        await StandAsync(chats, "Diesel costs 20 cents more", Merged);
        PushedOnce(chats, 2);

        await PressAsync(chats, "Take it back", "No. 2 stands on its own again");
        await StandAsync(chats, FireHeadline, "Diesel costs 20 cents more");
        PushedOnce(chats, 2);

        (await chats.SlackCommandAsync("editor", "/m10 merge 2 into 1")).ShouldContain("In 2 places both stand");
        await PressAsync(chats, "Merge them", "No. 2 is part of no. 1 now");
        await StandAsync(chats, FireHeadline, Merged);
        (await chats.SlackCommandAsync("editor", "/m10 split 1 2")).ShouldContain("without pings");
        await PressAsync(chats, "Split them off", "It goes out quietly");
        await StandAsync(chats, FireHeadline, Merged, "Diesel costs 20 cents more");
        PushedOnce(chats, 3);

        var audit = await chats.SlackCommandAsync("editor", "/m10 audit");
        audit.ShouldContain("U0EDITOR: into story 1");
        audit.ShouldContain("split");
    }

    // A message that was deleted or changed since counts too: it was pushed.
    private static void PushedOnce(Chats chats, int stories)
    {
        var seen = string.Join('\n', chats.Simulator.Journal.Entries.GroupBy(e => $"{e.Platform} {e.Call} {e.Verdict}", StringComparer.Ordinal).Select(g => $"{g.Key}: {g.Count()}"));
        chats.DiscordCount.ShouldBe(stories, seen);
        chats.Simulator.Slack.Newsroom.AllMessages(Room).Count(m => m is { BotId: not null, EphemeralFor: null } && !m.Text.Contains("EXERCISE", StringComparison.Ordinal) && (m.ThreadTs is null || m.ThreadTs == m.Ts || m.IsBroadcast)).ShouldBe(stories, seen);
        chats.Simulator.Journal.Entries.Count(e => e is { Platform: "discord", Verdict: "200" } && e.Call.StartsWith("POST ", StringComparison.Ordinal) && e.Call.EndsWith("/messages", StringComparison.Ordinal)).ShouldBe(stories + 1, seen); // and the card that tested the channel
    }

    private static async Task<RunningBot> StartAsync()
    {
        var chats = await Chats.StartAsync();
        var bot = await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.FastSettings, StringComparer.Ordinal) { ["Slack:Editors:0"] = "U0EDITOR" });
        await chats.OpenChannelsAsync();
        return bot;
    }

    /// <summary>In each chat the messages stand in this order, each with its words; what Slack says in threads is left out.</summary>
    private static async Task StandAsync(Chats chats, params string[] words)
    {
        try
        {
            await chats.UntilAsync(() => Standing(chats).All(room => room.Count == words.Length && room.Zip(words).All(m => m.First.Contains(m.Second, StringComparison.Ordinal))), string.Join(", ", words), TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}; stands: {string.Join("\n==\n", Standing(chats).Select(room => string.Join("\n--\n", room)))}", e);
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Standing(Chats chats) =>
    [
        [.. chats.DiscordPosts().Select(Chats.TextOf)],
        [.. Pushes(chats).Select(m => $"{m.Text}\n{TextOf(m)}")],
    ];

    private static IEnumerable<SlackMessage> Pushes(Chats chats) =>
        chats.Simulator.Slack.Newsroom.Posts(Room).Where(m => m.EphemeralFor is null && (m.ThreadTs is null || m.ThreadTs == m.Ts || m.IsBroadcast));

    private static string TextOf(SlackMessage message) => message.Blocks is { } blocks ? Chats.TextOf(System.Text.Json.Nodes.JsonNode.Parse(blocks.GetRawText())) : "";

    /// <summary>The editor presses a button of the newest private answer in Slack.</summary>
    private static async Task PressAsync(Chats chats, string label, string answer)
    {
        var slack = chats.Simulator.Slack.Newsroom;
        var asked = slack.AllMessages(Room).Last(m => m.EphemeralFor is not null && TextOf(m).Contains(label, StringComparison.Ordinal));
        var (block, action) = asked.Blocks!.Value.EnumerateArray()
            .Where(b => b.TryGetProperty("elements", out _))
            .SelectMany(b => b.GetProperty("elements").EnumerateArray().Select(e => (Block: b, Element: e)))
            .Where(p => p.Element.TryGetProperty("text", out var t) && t.ValueKind is JsonValueKind.Object && t.GetProperty("text").GetString() == label)
            .Select(p => (p.Block.GetProperty("block_id").GetString()!, p.Element.GetProperty("action_id").GetString()!))
            .Single();
        (await slack.As("editor").PressAsync(Room, asked.Ts, block, action, null, CancellationToken.None)).IsFine.ShouldBeTrue();
        await chats.UntilAsync(() => slack.AllMessages(Room).Any(m => m.EphemeralFor is not null && TextOf(m).Contains(answer, StringComparison.Ordinal)), $"the answer to {label}: {answer}");
    }
}
