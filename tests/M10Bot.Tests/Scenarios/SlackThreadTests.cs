using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Tests.Scenarios;

/// <summary>A thread of a Slack channel as a destination of its own, in the whole bot.</summary>
public sealed class SlackThreadTests
{
    private const string Room = "C0GENERAL"; // the bot is no member of it
    private const string Shortcut = "m10.thread";
    private const string First = "Slug: talks\n\nNATO ministers meet in Kyiv for talks on Ukraine\nNATO ministers met in Kyiv on Monday for talks on how to defend Ukraine, the alliance said.";
    private const string More =
        "Slug: talks\n\nNATO ministers in Kyiv promise Ukraine more air defence\nNATO ministers who met in Kyiv for talks on Ukraine promised on Monday to send more air defence before the winter, the alliance said.\nThe first batteries are to arrive in October.";

    [Fact]
    public async Task An_admin_brings_a_topic_into_a_thread_and_reads_the_whole_story_there()
    {
        await using var bot = await StartAsync();
        var (chats, slack) = (bot.Chats, bot.Chats.Simulator.Slack.Newsroom);
        var parent = slack.As("member").Say(Room, "What do we know of Ukraine?")!;

        await AskAsync(chats, "admin", parent);
        var view = chats.Simulator.Slack.View()["views"]!["admin"]!;
        Chats.TextOf(view).ShouldContain("What shall come into this thread?");
        var offered = await slack.As("admin").SuggestAsync(IdOf(view), null, "topics", "m10.pick.thread.topics", "ukr", CancellationToken.None);
        offered.Options!.Select(o => o!["value"]!.GetValue<string>()).ShouldContain("place:ukraine", StringComparer.Ordinal);
        await SubmitAsync(chats, "admin", Picked("topics", "place:ukraine"), "now gets Ukraine");
        Thread(slack, parent).ShouldHaveSingleItem().Text.ShouldContain("EXERCISE");

        await bot.DropAsync(First);
        await chats.UntilAsync(() => Thread(slack, parent).Count == 2, "the story in the thread");
        await bot.DropAsync(More);
        await chats.UntilAsync(() => Thread(slack, parent).Count == 3, "its update, said in the thread");
        var (story, update) = (Thread(slack, parent)[1], Thread(slack, parent)[2]);
        story.Version.ShouldBe(2);
        (story.IsBroadcast, update.IsBroadcast).ShouldBe((false, false));
        update.Text.ShouldContain("UPDATE");

        await chats.SlackCommandAsync("editor", "/m10 correct 1 an earlier version named the wrong month");
        await chats.UntilAsync(() => Thread(slack, parent).Count == 4, "the correction, said in the thread");
        Thread(slack, parent)[3].IsBroadcast.ShouldBeTrue();

        await chats.SlackCommandAsync("editor", "/m10 kill 1 it could not be confirmed");
        await chats.UntilAsync(() => Thread(slack, parent).Count == 2, "only the test card and the withdrawal are left");
        Thread(slack, parent)[1].Text.ShouldContain("WITHDRAWN");
        slack.Posts(Room).Where(m => m.ThreadTs is null).ShouldBeEmpty();
        chats.Simulator.Slack.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_editor_brings_the_story_of_the_bots_own_message_into_its_thread_and_stops_it_again()
    {
        await using var bot = await StartAsync();
        var (chats, slack) = (bot.Chats, bot.Chats.Simulator.Slack.Newsroom);
        await chats.SlackCommandAsync("admin", "/m10 channel add here");
        await bot.DropAsync(First);
        await chats.UntilAsync(() => chats.SlackPosts().Count == 1, "the story in the channel");
        var parent = slack.Posts("C0BREAKING").Single(m => m.EphemeralFor is null).Ts;

        await AskAsync(chats, "editor", parent, "C0BREAKING");
        await SubmitAsync(chats, "editor", [], "now gets “NATO ministers meet");
        await bot.DropAsync(More);
        await chats.UntilAsync(() => Thread(slack, parent, "C0BREAKING").Count == 2, "the update under the message");
        await chats.UntilAsync(() => slack.Posts("C0BREAKING").Single(m => m.Ts == parent).Version == 2, "the message itself is edited");

        await AskAsync(chats, "editor", parent, "C0BREAKING");
        await SubmitAsync(chats, "editor", new JsonObject { ["stop"] = Chosen("m10.stop", "yes") }, "gets no more stories");
        (await chats.SlackCommandAsync("admin", "/m10 status")).ShouldNotContain("Thread ");
    }

    [Fact]
    public async Task A_member_is_told_who_can_bring_stories_into_a_thread()
    {
        await using var bot = await StartAsync();
        var slack = bot.Chats.Simulator.Slack.Newsroom;
        var parent = slack.As("member").Say(Room, "What do we know?")!;

        await slack.As("member").ShortcutOnMessageAsync(Shortcut, Room, parent, CancellationToken.None);

        await bot.Chats.UntilAsync(() => Said(slack, "Only admins and editors"), "the refusal");
    }

    [Fact]
    public async Task A_thread_whose_first_message_was_deleted_is_suspended_with_a_way_out()
    {
        await using var bot = await StartAsync();
        var (chats, slack) = (bot.Chats, bot.Chats.Simulator.Slack.Newsroom);
        var parent = await OpenByLinkAsync(chats, slack);
        slack.DeleteMessage(Room, parent);

        await bot.DropAsync(First);

        await chats.SlackHomeShowsAsync("admin", "the thread's first message is gone");
        (await chats.SlackCommandAsync("admin", $"/m10 channel remove {Link(parent)}")).ShouldContain("gets no more stories");
        Thread(slack, parent).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_archived_channel_takes_its_threads_along_and_brings_them_back()
    {
        await using var bot = await StartAsync();
        var (chats, slack) = (bot.Chats, bot.Chats.Simulator.Slack.Newsroom);
        slack.Invite(Room, "U0ADMIN");
        var parent = await OpenByLinkAsync(chats, slack);

        slack.Archive(Room);
        await chats.SlackHomeShowsAsync("admin", "the channel is archived");
        await bot.DropAsync(First);
        slack.Unarchive(Room);

        await chats.UntilAsync(() => Thread(slack, parent).Count == 1, "the story in the thread");
    }

    [Fact]
    public async Task A_reply_whose_answer_was_lost_is_found_in_the_thread_and_not_sent_again()
    {
        await using var bot = await StartAsync();
        var (chats, slack) = (bot.Chats, bot.Chats.Simulator.Slack.Newsroom);
        slack.Invite(Room, "U0ADMIN");
        var parent = await OpenByLinkAsync(chats, slack);
        chats.Simulator.Slack.Faults.Plan(SlackFault.ReplyLost, "chat.postMessage");

        await bot.DropAsync(First);
        await chats.UntilAsync(() => Thread(slack, parent).Count == 1, "the story in the thread");
        await bot.DropAsync(More);

        await chats.UntilAsync(() => Thread(slack, parent) is [{ Version: 2 }, _], "the update, which needs the receipt of the first");
        slack.CountsByDeliveryKey().Where(c => !c.Key.StartsWith("test-", StringComparison.Ordinal)).ShouldAllBe(c => c.Value == 2); // the story and what was said of its update
    }

    private static async Task<RunningBot> StartAsync()
    {
        var chats = await Chats.StartAsync();
        return await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.FastSettings, StringComparer.Ordinal) { ["Slack:Editors:0"] = "U0EDITOR" });
    }

    /// <summary>An admin names the thread by the link of its first message.</summary>
    private static async Task<string> OpenByLinkAsync(Chats chats, SlackTeam slack)
    {
        var parent = slack.As("member").Say(Room, "What do we know of Ukraine?")!;
        (await chats.SlackCommandAsync("admin", $"/m10 channel add {Link(parent)} ukraine")).ShouldContain($"Thread {parent} in channel <#{Room}> now gets Ukraine");
        return parent;
    }

    private static string Link(string parent) => $"<https://m10news.slack.com/archives/{Room}/p{parent.Replace(".", "", StringComparison.Ordinal)}>";

    private static async Task AskAsync(Chats chats, string person, string parent, string room = Room)
    {
        var before = chats.Simulator.Slack.View()["views"]![person]?["id"]?.GetValue<string>();
        (await chats.Simulator.Slack.Newsroom.As(person).ShortcutOnMessageAsync(Shortcut, room, parent, CancellationToken.None)).IsFine.ShouldBeTrue();
        await chats.UntilAsync(() => chats.Simulator.Slack.View()["views"]![person] is { } view && IdOf(view) != before, "the modal");
    }

    private static async Task SubmitAsync(Chats chats, string person, JsonObject state, string words)
    {
        var view = IdOf(chats.Simulator.Slack.View()["views"]![person]!);
        var sent = await chats.Simulator.Slack.Newsroom.As(person).SubmitAsync(view, JsonSerializer.SerializeToElement(state), CancellationToken.None);
        sent.IsFine.ShouldBeTrue(string.Join(' ', sent.FieldErrors.Values.Append(sent.Error)));
        await chats.UntilAsync(() => Chats.TextOf(chats.Simulator.Slack.View()["views"]![person]).Contains(words, StringComparison.Ordinal), words);
    }

    private static string IdOf(JsonNode view) => view["id"]!.GetValue<string>();

    private static JsonObject Picked(string field, string value) => new()
    {
        [field] = new JsonObject { [$"m10.pick.thread.{field}"] = new JsonObject { ["type"] = "multi_external_select", ["selected_options"] = new JsonArray(Option(value)) } },
    };

    private static JsonObject Chosen(string action, string value) =>
        new() { [action] = new JsonObject { ["type"] = "static_select", ["selected_option"] = Option(value) } };

    private static JsonObject Option(string value) =>
        new() { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value }, ["value"] = value };

    private static bool Said(SlackTeam slack, string words) =>
        slack.AllMessages(Room).Any(m => m.EphemeralFor is not null && m.Text.Contains(words, StringComparison.Ordinal));

    /// <summary>The replies of a thread that still stand.</summary>
    private static IReadOnlyList<SlackMessage> Thread(SlackTeam slack, string parent, string room = Room) =>
        [.. slack.Posts(room).Where(m => m.ThreadTs == parent && m.Ts != parent)];
}
