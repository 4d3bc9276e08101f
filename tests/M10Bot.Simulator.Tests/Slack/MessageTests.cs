using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Tests.Slack;

public sealed class MessageTests
{
    [Fact]
    public async Task A_post_comes_back_with_a_rising_ts_and_the_bot_as_its_author()
    {
        await using var slack = await SlackBench.StartAsync();
        var first = await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "FLASH: a & b https://example.org/x" });
        var second = await slack.PostAsync();
        var ts = first.GetProperty("ts").GetString()!;
        ts.ShouldMatch(@"^\d{10}\.\d{6}$");
        string.CompareOrdinal(ts, second).ShouldBeLessThan(0);
        first.GetProperty("message").GetProperty("bot_id").GetString().ShouldBe("B0M10BOT");
        first.GetProperty("message").GetProperty("text").GetString().ShouldBe("FLASH: a &amp; b <https://example.org/x>");
    }

    [Fact]
    public async Task Posts_are_refused_where_Slack_refuses_them()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        room.AddChannel("C0SECRET", "secret", SlackChannelKind.Private, "U0ADMIN");
        room.AddChannel("C0OLD", "old", SlackChannelKind.Public, room.BotUser);
        room.AddChannel("C0READ", "read", SlackChannelKind.Public, room.BotUser);
        room.AddChannel("C0THREADS", "threads", SlackChannelKind.Public, room.BotUser);
        room.Archive("C0OLD");
        room.SetPolicy("C0READ", SlackPolicy.ReadOnly);
        room.SetPolicy("C0THREADS", SlackPolicy.ThreadOnly);
        (await slack.CallAsync("chat.postMessage", new { channel = "C0GENERAL", text = "x" })).IsOk().ShouldBeTrue();
        room.Scopes = room.Scopes.Where(s => s is not "chat:write.public").ToHashSet(StringComparer.Ordinal);
        async Task<string?> Error(string channel) => (await slack.CallAsync("chat.postMessage", new { channel, text = "x" })).Error();
        (await Error("C0GENERAL")).ShouldBe("not_in_channel");
        (await Error("C0SECRET")).ShouldBe("channel_not_found");
        (await Error("C0NOWHERE")).ShouldBe("channel_not_found");
        (await Error("C0OLD")).ShouldBe("is_archived");
        (await Error("C0READ")).ShouldBe("restricted_action_read_only_channel");
        (await Error("C0THREADS")).ShouldBe("restricted_action_thread_only_channel");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING" })).Error().ShouldBe("no_text");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", markdown_text = "y" })).Error().ShouldBe("markdown_text_conflict");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", username = "Reuters" })).Error().ShouldBe("missing_scope");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", metadata = new { event_type = "a" } })).Error().ShouldBe("invalid_metadata_schema");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", thread_ts = "1.000000" })).Error().ShouldBe("thread_not_found");
    }

    [Fact]
    public async Task A_post_to_a_person_lands_in_their_direct_messages_and_is_edited_only_there()
    {
        await using var slack = await SlackBench.StartAsync();
        var post = await slack.CallAsync("chat.postMessage", new { channel = "U0ADMIN", text = "x" });
        var ts = post.GetProperty("ts").GetString();
        post.GetProperty("channel").GetString().ShouldBe("D0ADMIN");
        (await slack.CallAsync("chat.update", new { channel = "U0ADMIN", ts, text = "y" })).Error().ShouldBe("channel_not_found");
        (await slack.CallAsync("chat.update", new { channel = "D0ADMIN", ts, text = "y" })).IsOk().ShouldBeTrue();
    }

    [Fact]
    public async Task Text_is_cut_on_a_post_and_refused_on_an_edit()
    {
        await using var slack = await SlackBench.StartAsync();
        var post = await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = new string('x', 40_001) });
        post.GetProperty("message").GetProperty("text").GetString()!.Length.ShouldBe(40_000);
        var ts = post.GetProperty("ts").GetString();
        (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = new string('x', 4_001) })).Error().ShouldBe("msg_too_long");
    }

    [Fact]
    public async Task An_edit_with_text_alone_takes_the_blocks_away_and_keeps_the_metadata()
    {
        await using var slack = await SlackBench.StartAsync();
        var divider = new[] { new { type = "divider" } };
        var post = await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "a", blocks = divider, metadata = new { event_type = "m", event_payload = new { delivery_key = "k" } } });
        var ts = post.GetProperty("ts").GetString();
        var withBlocks = await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "b", blocks = divider });
        withBlocks.GetProperty("message").TryGetProperty("edited", out _).ShouldBeFalse();
        var textOnly = (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "c" })).GetProperty("message");
        textOnly.TryGetProperty("blocks", out _).ShouldBeFalse();
        textOnly.TryGetProperty("edited", out _).ShouldBeTrue();
        textOnly.GetProperty("metadata").GetProperty("event_payload").GetProperty("delivery_key").GetString().ShouldBe("k");
        var bare = (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "d", metadata = new { } })).GetProperty("message");
        bare.TryGetProperty("metadata", out _).ShouldBeFalse();
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Single().Version.ShouldBe(4);
    }

    [Fact]
    public async Task Edits_and_deletions_are_refused_where_Slack_refuses_them()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        var strange = room.As("member").Say("C0BREAKING", "mine");
        var ts = await slack.PostAsync();
        async Task<string?> Edit(object id) => (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts = id, text = "x" })).Error();
        (await Edit(strange!)).ShouldBe("cant_update_message");
        (await Edit("1.000000")).ShouldBe("message_not_found");
        (await Edit(1790000001.0002)).ShouldBe("invalid_arguments");
        slack.Host.Slack.IsEditWindowClosed = true;
        (await Edit(ts)).ShouldBe("edit_window_closed");
        slack.Host.Slack.IsEditWindowClosed = false;
        room.Archive("C0BREAKING");
        (await Edit(ts)).ShouldBe("is_inactive");
        room.Unarchive("C0BREAKING");
        (await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts = strange })).Error().ShouldBe("cant_delete_message");
        (await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts })).IsOk().ShouldBeTrue();
        (await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts })).Error().ShouldBe("message_not_found");
        (await Edit(ts)).ShouldBe("message_not_found");
    }

    [Fact]
    public async Task A_private_message_is_in_no_history_and_cannot_be_edited()
    {
        await using var slack = await SlackBench.StartAsync();
        var ts = (await slack.CallAsync("chat.postEphemeral", new { channel = "C0BREAKING", user = "U0ADMIN", text = "x" })).GetProperty("message_ts").GetString();
        (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "y" })).Error().ShouldBe("message_not_found");
        (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"))).GetProperty("messages").GetArrayLength().ShouldBe(0);
        (await slack.CallAsync("chat.postEphemeral", new { channel = "C0BREAKING", user = "U0NOBODY", text = "x" })).Error().ShouldBe("user_not_in_channel");
    }

    [Fact]
    public async Task Whom_a_post_would_alert_is_kept()
    {
        await using var slack = await SlackBench.StartAsync();
        await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "&lt;!channel&gt; @everyone" });
        await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "<!channel> <@U0ADMIN>" });
        await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "@here", link_names = true });
        await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = Section("@everyone", verbatim: false) });
        await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = Section("@everyone", verbatim: true) });
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Select(p => string.Join(',', p.WouldNotify)).ShouldBe(["", "channel,U0ADMIN", "here", "everyone", ""]);
        static object[] Section(string text, bool verbatim) => [new { type = "section", text = new { type = "mrkdwn", text, verbatim } }];
    }

    [Fact]
    public async Task History_is_newest_first_with_exclusive_bounds_and_full_metadata_only_on_request()
    {
        await using var slack = await SlackBench.StartAsync();
        var stamps = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var post = await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", metadata = new { event_type = "m", event_payload = new { delivery_key = "k" + i } } });
            stamps.Add(post.GetProperty("ts").GetString()!);
        }

        async Task<JsonElement> Read(params (string, string)[] more) => await slack.ReadAsync("conversations.history", [("channel", "C0BREAKING"), .. more]);
        static string[] Stamps(JsonElement answer) => [.. answer.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("ts").GetString()!)];
        Stamps(await Read()).ShouldBe(Enumerable.Reverse(stamps));
        Stamps(await Read(("oldest", stamps[0]), ("latest", stamps[3]))).ShouldBe([stamps[2], stamps[1]]);
        Stamps(await Read(("oldest", stamps[2]), ("inclusive", "true"))).ShouldBe([stamps[3], stamps[2]]);
        var first = await Read(("limit", "3"));
        first.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        var cursor = first.GetProperty("response_metadata").GetProperty("next_cursor").GetString()!;
        Stamps(await Read(("limit", "3"), ("cursor", cursor))).ShouldBe([stamps[0]]);
        (await Read(("cursor", "nonsense"))).Error().ShouldBe("invalid_cursor");
        (await Read(("oldest", "yesterday"))).Error().ShouldBe("invalid_ts_oldest");
        (await Read()).GetProperty("messages")[0].GetProperty("metadata").TryGetProperty("event_payload", out _).ShouldBeFalse();
        (await Read(("include_all_metadata", "true"))).GetProperty("messages")[0].GetProperty("metadata").GetProperty("event_payload").GetProperty("delivery_key").GetString().ShouldBe("k3");
        (await slack.ReadAsync("conversations.history", ("channel", "C0GENERAL"))).Error().ShouldBe("not_in_channel");
    }

    [Fact]
    public async Task A_reply_to_a_reply_hangs_on_the_first_message_which_stays_as_a_placeholder()
    {
        await using var slack = await SlackBench.StartAsync();
        var parent = await slack.PostAsync();
        async Task<JsonElement> Reply(string to) => await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "reply", thread_ts = to });
        var reply = (await Reply(parent)).GetProperty("ts").GetString()!;
        (await Reply(reply)).GetProperty("message").GetProperty("thread_ts").GetString().ShouldBe(parent);
        await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts = parent });
        var thread = (await slack.ReadAsync("conversations.replies", ("channel", "C0BREAKING"), ("ts", parent))).GetProperty("messages");
        thread.GetArrayLength().ShouldBe(3);
        thread[0].GetProperty("subtype").GetString().ShouldBe("tombstone");
        (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"))).GetProperty("messages").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_permalink_exists_only_for_a_message_that_does()
    {
        await using var slack = await SlackBench.StartAsync();
        var ts = await slack.PostAsync();
        (await slack.ReadAsync("chat.getPermalink", ("channel", "C0BREAKING"), ("message_ts", ts))).GetProperty("permalink").GetString()
            .ShouldBe($"https://m10-newsroom.slack.com/archives/C0BREAKING/p{ts.Replace(".", "", StringComparison.Ordinal)}");
        (await slack.ReadAsync("chat.getPermalink", ("channel", "C0BREAKING"), ("message_ts", "1.000000"))).Error().ShouldBe("message_not_found");
    }

    [Fact]
    public async Task Channels_are_listed_joined_and_opened_by_the_rules()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        room.AddChannel("C0SECRET", "secret", SlackChannelKind.Private, "U0ADMIN");
        static string[] Names(JsonElement answer) => [.. answer.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];
        Names(await slack.ReadAsync("conversations.list", ("types", "public_channel,private_channel"))).ShouldBe(["breaking", "desk", "general"]);
        Names(await slack.ReadAsync("users.conversations")).ShouldBe(["breaking", "desk"]);
        (await slack.CallAsync("conversations.join", new { channel = "C0DESK" })).GetProperty("warning").GetString().ShouldBe("already_in_channel");
        (await slack.CallAsync("conversations.join", new { channel = "C0GENERAL" })).IsOk().ShouldBeTrue();
        Names(await slack.ReadAsync("users.conversations")).ShouldBe(["breaking", "desk", "general"]);
        (await slack.CallAsync("conversations.open", new { users = "U0EDITOR" })).GetProperty("channel").GetProperty("id").GetString().ShouldBe("D0EDITOR");
        (await slack.CallAsync("conversations.open", new { users = "U0NOBODY" })).Error().ShouldBe("user_not_found");
        (await slack.CallAsync("conversations.join", new { channel = "D0EDITOR" })).Error().ShouldBe("method_not_supported_for_channel_type");
        (await slack.ReadAsync("conversations.members", ("channel", "C0DESK"))).GetProperty("members").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task People_are_told_apart_by_their_flags()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Newsroom.AddPerson(new SlackPerson("guest", "U0GUEST", "Gus Guest", "member") { IsGuest = true, TimeZone = null });
        var admin = (await slack.ReadAsync("users.info", ("user", "U0ADMIN"))).GetProperty("user");
        admin.GetProperty("is_admin").GetBoolean().ShouldBeTrue();
        admin.TryGetProperty("locale", out _).ShouldBeFalse();
        var guest = (await slack.ReadAsync("users.info", ("user", "U0GUEST"), ("include_locale", "true"))).GetProperty("user");
        guest.GetProperty("is_restricted").GetBoolean().ShouldBeTrue();
        guest.TryGetProperty("tz", out _).ShouldBeFalse();
        guest.GetProperty("locale").GetString().ShouldBe("en-GB");
        (await slack.ReadAsync("users.info", ("user", "U0EDITOR"))).GetProperty("user").GetProperty("is_admin").GetBoolean().ShouldBeFalse();
        (await slack.ReadAsync("users.info", ("user", "U0NOBODY"))).Error().ShouldBe("user_not_found");
    }

    [Fact]
    public async Task Two_workspaces_share_nothing()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.AddTeam("T0OTHER", "Other Paper", "xoxb-other").AddChannel("C0BREAKING", "breaking", SlackChannelKind.Public);
        using var response = await slack.SendAsync("chat.postMessage", SlackBench.Json("""{"channel":"C0BREAKING","text":"x"}"""), "Bearer xoxb-other");
        (await SlackBench.ReadAsync(response)).GetProperty("message").GetProperty("team").GetString().ShouldBe("T0OTHER");
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").ShouldBeEmpty();
    }
}
