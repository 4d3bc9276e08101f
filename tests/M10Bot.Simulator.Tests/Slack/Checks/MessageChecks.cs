using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>Checks 9 to 27: messages, histories and lists.</summary>
public sealed class MessageChecks
{
    [Fact]
    public async Task Check_09_ts_are_unique_rising_strings_and_a_number_is_refused()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Limits.IsLifted = true;
        var stamps = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => slack.PostAsync()));
        stamps.Distinct(StringComparer.Ordinal).Count().ShouldBe(50);
        var kept = slack.Host.Slack.Newsroom.Posts("C0BREAKING").Select(p => p.Ts).ToList();
        kept.ShouldBe(kept.Order(StringComparer.Ordinal));
        (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts = 1790000001.0002, text = "x" })).Error().ShouldBe("invalid_arguments");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", thread_ts = 1790000001.0002, text = "x" })).Error().ShouldBe("invalid_arguments");
        (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts = stamps[0][..^3], text = "x" })).Error().ShouldBe("message_not_found");
    }

    [Theory]
    [InlineData(SlackPolicy.ReadOnly, false, "restricted_action_read_only_channel")]
    [InlineData(SlackPolicy.ThreadOnly, false, "restricted_action_thread_only_channel")]
    [InlineData(SlackPolicy.Restricted, false, "restricted_action")]
    [InlineData(SlackPolicy.NonThreadable, true, "restricted_action_non_threadable_channel")]
    [InlineData(SlackPolicy.ThreadsLocked, true, "restricted_action_thread_locked")]
    public async Task Check_10_a_channels_policy_has_its_own_refusal(SlackPolicy policy, bool inThread, string error)
    {
        await using var slack = await SlackBench.StartAsync();
        var parent = await slack.PostAsync();
        slack.Host.Slack.Newsroom.SetPolicy("C0BREAKING", policy);
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", thread_ts = inThread ? parent : null })).Error().ShouldBe(error);
    }

    [Fact]
    public async Task Check_10_who_is_no_member_or_in_an_archive_cannot_post()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        room.AddChannel("C0SECRET", "secret", SlackChannelKind.Private, "U0ADMIN");
        room.Archive("C0DESK");
        room.Scopes = room.Scopes.Where(s => s is not "chat:write.public").ToHashSet(StringComparer.Ordinal);
        async Task<string?> Error(string channel) => (await slack.CallAsync("chat.postMessage", new { channel, text = "x" })).Error();
        (await Error("C0GENERAL")).ShouldBe("not_in_channel");
        (await Error("C0SECRET")).ShouldBe("channel_not_found");
        (await Error("C0DESK")).ShouldBe("is_archived");
    }

    [Fact]
    public async Task Check_11_a_persons_id_opens_their_direct_messages_and_edits_nothing()
    {
        await using var slack = await SlackBench.StartAsync();
        var post = await slack.CallAsync("chat.postMessage", new { channel = "U0ADMIN", text = "x" });
        post.GetProperty("channel").GetString().ShouldBe("D0ADMIN");
        (await slack.CallAsync("chat.update", new { channel = "U0ADMIN", ts = post.GetProperty("ts").GetString(), text = "y" })).Error().ShouldBe("channel_not_found");
        slack.Host.Slack.Newsroom.AddPerson(new SlackPerson("gone", "U0GONE", "Gone", "member") { IsDeleted = true });
        (await slack.CallAsync("chat.postMessage", new { channel = "U0GONE", text = "x" })).Error().ShouldBe("user_disabled");
    }

    [Fact]
    public async Task Check_12_nothing_to_say_and_two_ways_of_saying_it_are_refused()
    {
        await using var slack = await SlackBench.StartAsync();
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING" })).Error().ShouldBe("no_text");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", markdown_text = "y" })).Error().ShouldBe("markdown_text_conflict");
        (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts = await slack.PostAsync() })).Error().ShouldBe("no_text");
    }

    [Fact]
    public async Task Check_14_too_much_text_is_refused_in_blocks_and_edits_and_cut_in_a_post()
    {
        await using var slack = await SlackBench.StartAsync();
        var section = new { type = "section", text = new { type = "mrkdwn", text = new string('x', 2_900) } };
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = Enumerable.Repeat(section, 5) })).Error().ShouldBe("msg_blocks_too_long");
        var post = await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = new string('x', 40_001) });
        post.GetProperty("message").GetProperty("text").GetString()!.Length.ShouldBe(40_000);
        post.GetProperty("warning").GetString().ShouldBe("message_truncated");
        (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts = post.GetProperty("ts").GetString(), text = new string('x', 4_001) })).Error().ShouldBe("msg_too_long");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", markdown_text = new string('x', 12_001) })).Error().ShouldBe("msg_too_long");
    }

    [Theory]
    [InlineData("&lt;!channel&gt; and @everyone", "")]
    [InlineData("<!channel> hello <@U0ADMIN>", "channel,U0ADMIN")]
    [InlineData("<!here|here>", "here")]
    [InlineData("<!subteam^S0DESK>", "S0DESK")]
    public async Task Check_15_whom_a_post_would_notify_can_be_asserted(string text, string notified)
    {
        await using var slack = await SlackBench.StartAsync();
        await slack.PostAsync(text);
        string.Join(',', slack.Host.Slack.Newsroom.Posts("C0BREAKING").Single().WouldNotify).ShouldBe(notified);
    }

    [Fact]
    public async Task Check_15_stray_marks_come_back_as_entities()
    {
        await using var slack = await SlackBench.StartAsync();
        await slack.PostAsync("a < b & c > d");
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Single().Text.ShouldBe("a &lt; b &amp; c &gt; d");
    }

    [Fact]
    public async Task Check_16_names_and_addresses_come_alive_unless_the_client_says_no()
    {
        await using var slack = await SlackBench.StartAsync();
        const string Text = "@channel @editor #desk https://e.org/a";
        async Task<string> Kept(object args)
        {
            (await slack.CallAsync("chat.postMessage", args)).IsOk().ShouldBeTrue();
            return slack.Host.Slack.Newsroom.Posts("C0BREAKING")[^1].Text;
        }

        (await Kept(new { channel = "C0BREAKING", text = Text })).ShouldBe("@channel @editor #desk <https://e.org/a>");
        (await Kept(new { channel = "C0BREAKING", text = Text, link_names = true })).ShouldBe("<!channel> <@U0EDITOR> <#C0DESK|desk> <https://e.org/a>");
        (await Kept(new { channel = "C0BREAKING", text = Text, parse = "full" })).ShouldBe("<!channel> <@U0EDITOR> <#C0DESK|desk> <https://e.org/a>");
        (await Kept(new { channel = "C0BREAKING", text = Text, parse = "none" })).ShouldBe(Text);
        async Task<string> Block(bool verbatim)
        {
            await slack.CallAsync("chat.postMessage", new { channel = "C0DESK", text = "x", blocks = new object[] { new { type = "section", text = new { type = "mrkdwn", text = Text, verbatim } } } });
            return slack.Host.Slack.Newsroom.Posts("C0DESK")[^1].Blocks!.Value[0].GetProperty("text").GetProperty("text").GetString()!;
        }

        (await Block(verbatim: true)).ShouldBe(Text);
        (await Block(verbatim: false)).ShouldBe("<!channel> <@U0EDITOR> <#C0DESK|desk> <https://e.org/a>");
    }

    [Fact]
    public async Task Check_17_an_edit_is_for_the_author_and_obeys_every_rule_of_what_stays()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        async Task<JsonElement> Edit(object args) => await slack.CallAsync("chat.update", args);
        (await Edit(new { channel = "C0BREAKING", ts = room.As("member").Say("C0BREAKING", "mine"), text = "x" })).Error().ShouldBe("cant_update_message");
        var attachments = new[] { new { text = "a" } };
        var divider = new[] { new { type = "divider" } };
        var ts = (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "a", blocks = divider, attachments, metadata = new { event_type = "m", event_payload = new { k = 1 } } })).GetProperty("ts").GetString();
        var kept = (await Edit(new { channel = "C0BREAKING", ts, text = "b", blocks = divider })).GetProperty("message");
        kept.TryGetProperty("edited", out _).ShouldBeFalse();
        kept.GetProperty("attachments").GetArrayLength().ShouldBe(1);
        kept.TryGetProperty("metadata", out _).ShouldBeTrue();
        var bare = (await Edit(new { channel = "C0BREAKING", ts, text = "c", attachments = Array.Empty<object>(), metadata = new { } })).GetProperty("message");
        bare.TryGetProperty("blocks", out _).ShouldBeFalse();
        bare.TryGetProperty("attachments", out _).ShouldBeFalse();
        bare.TryGetProperty("metadata", out _).ShouldBeFalse();
        bare.TryGetProperty("edited", out _).ShouldBeTrue();
        var rich = JsonNode.Parse("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}]""");
        (await Edit(new { channel = "C0BREAKING", ts, text = "d", blocks = rich })).IsOk().ShouldBeTrue();
        (await Edit(new { channel = "C0BREAKING", ts, text = "e", blocks = divider })).Error().ShouldBe("block_mismatch");
        slack.Host.Slack.IsEditWindowClosed = true;
        (await Edit(new { channel = "C0BREAKING", ts, text = "f" })).Error().ShouldBe("edit_window_closed");
        slack.Host.Slack.IsEditWindowClosed = false;
        room.Archive("C0BREAKING");
        (await Edit(new { channel = "C0BREAKING", ts, text = "g" })).Error().ShouldBe("is_inactive");
    }

    [Fact]
    public async Task Check_18_a_deletion_is_for_the_author_works_once_and_leaves_the_thread()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        room.Scopes = room.Scopes.Append("chat:write.customize").ToHashSet(StringComparer.Ordinal);
        async Task<string?> Delete(string? ts) => (await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts })).Error();
        (await Delete(room.As("member").Say("C0BREAKING", "mine"))).ShouldBe("cant_delete_message");
        var renamed = (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", username = "Reuters" })).GetProperty("ts").GetString();
        (await Delete(renamed)).ShouldBe("cant_delete_message");
        var parent = await slack.PostAsync();
        await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "reply", thread_ts = parent });
        (await Delete(parent)).ShouldBeNull();
        (await Delete(parent)).ShouldBe("message_not_found");
        var thread = (await slack.ReadAsync("conversations.replies", ("channel", "C0BREAKING"), ("ts", parent))).GetProperty("messages");
        thread[0].GetProperty("subtype").GetString().ShouldBe("tombstone");
        thread[1].GetProperty("text").GetString().ShouldBe("reply");
    }

    [Fact]
    public async Task Check_19_a_reply_to_a_reply_hangs_on_the_parent_and_a_broadcast_shows_in_the_channel()
    {
        await using var slack = await SlackBench.StartAsync();
        var parent = await slack.PostAsync();
        async Task<JsonElement> Reply(string thread, bool broadcast = false) =>
            await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", thread_ts = thread, reply_broadcast = broadcast });
        (await Reply("1.000000")).Error().ShouldBe("thread_not_found");
        var reply = (await Reply(parent)).GetProperty("ts").GetString()!;
        (await Reply(reply)).GetProperty("message").GetProperty("thread_ts").GetString().ShouldBe(parent);
        (await Reply(parent, broadcast: true)).GetProperty("message").GetProperty("subtype").GetString().ShouldBe("thread_broadcast");
        var history = (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"))).GetProperty("messages");
        history.GetArrayLength().ShouldBe(2);
        history[1].GetProperty("reply_count").GetInt32().ShouldBe(3);
        slack.Time.Advance(TimeSpan.FromMinutes(1)); // past the limit of the channel
        var lonely = await slack.PostAsync();
        slack.Host.Slack.Newsroom.DeleteMessage("C0BREAKING", lonely);
        (await Reply(lonely)).Error().ShouldBe("thread_not_found");
    }

    [Fact]
    public async Task Check_20_an_ephemeral_message_is_in_no_history_and_cannot_be_edited()
    {
        await using var slack = await SlackBench.StartAsync();
        var ts = (await slack.CallAsync("chat.postEphemeral", new { channel = "C0BREAKING", user = "U0ADMIN", text = "x" })).GetProperty("message_ts").GetString();
        (await slack.CallAsync("chat.update", new { channel = "C0BREAKING", ts, text = "y" })).Error().ShouldBe("message_not_found");
        (await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts })).Error().ShouldBe("message_not_found");
        (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"))).GetProperty("messages").GetArrayLength().ShouldBe(0);
        (await slack.CallAsync("chat.postEphemeral", new { channel = "C0BREAKING", user = "U0NOBODY", text = "x" })).Error().ShouldBe("user_not_in_channel");
    }

    [Fact]
    public async Task Check_21_metadata_comes_in_full_on_request_only_and_has_a_size()
    {
        await using var slack = await SlackBench.StartAsync();
        async Task<JsonElement> Post(object metadata) => await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", metadata });
        (await Post("{")).Error().ShouldBe("invalid_metadata_format");
        (await Post(new { event_type = "m" })).Error().ShouldBe("invalid_metadata_schema");
        (await Post(new { event_type = "m", event_payload = new { k = new string('x', 9_000) } })).Error().ShouldBe("metadata_too_large");
        (await Post(new { event_type = "m", event_payload = new { k = "v" } })).IsOk().ShouldBeTrue();
        async Task<JsonElement> Read(string all) => (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"), ("include_all_metadata", all))).GetProperty("messages")[0].GetProperty("metadata");
        (await Read("false")).TryGetProperty("event_payload", out _).ShouldBeFalse();
        (await Read("true")).GetProperty("event_payload").GetProperty("k").GetString().ShouldBe("v");
    }

    [Fact]
    public async Task Check_21_a_scheduled_message_comes_at_its_time_and_with_metadata_never()
    {
        await using var slack = await SlackBench.StartAsync();
        var now = slack.Time.GetUtcNow().ToUnixTimeSeconds();
        async Task<JsonElement> Schedule(long at, object? metadata = null) => await slack.CallAsync("chat.scheduleMessage", new { channel = "C0BREAKING", text = "later", post_at = at, metadata });
        (await Schedule(now - 1)).Error().ShouldBe("time_in_past");
        (await Schedule(now + 121 * 86_400)).Error().ShouldBe("time_too_far");
        var id = (await Schedule(now + 60)).GetProperty("scheduled_message_id").GetString();
        await Schedule(now + 60, new { event_type = "m", event_payload = new { k = "v" } });
        (await slack.ReadAsync("chat.scheduledMessages.list")).GetProperty("scheduled_messages").GetArrayLength().ShouldBe(2);
        slack.Time.Advance(TimeSpan.FromSeconds(60));
        await slack.UntilAsync(() => slack.Host.Slack.Newsroom.Posts("C0BREAKING").Count == 1);
        (await slack.CallAsync("chat.deleteScheduledMessage", new { channel = "C0BREAKING", scheduled_message_id = id })).Error().ShouldBe("invalid_scheduled_message_id");
        (await slack.ReadAsync("chat.scheduledMessages.list")).GetProperty("scheduled_messages").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Check_22_history_is_for_members_newest_first_within_exclusive_bounds()
    {
        await using var slack = await SlackBench.StartAsync();
        (await slack.ReadAsync("conversations.history", ("channel", "C0GENERAL"))).Error().ShouldBe("not_in_channel");
        var stamps = new[] { await slack.PostAsync(), await slack.PostAsync(), await slack.PostAsync() };
        async Task<JsonElement> Read(params (string, string)[] more) => await slack.ReadAsync("conversations.history", [("channel", "C0BREAKING"), .. more]);
        static string[] Stamps(JsonElement answer) => [.. answer.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("ts").GetString()!)];
        Stamps(await Read()).ShouldBe(stamps.Reverse());
        Stamps(await Read(("oldest", stamps[0]), ("latest", stamps[2]))).ShouldBe([stamps[1]]);
        Stamps(await Read(("oldest", stamps[1]), ("inclusive", "true"), ("limit", "1"))).ShouldBe([stamps[2]]);
        (await Read(("oldest", "yesterday"))).Error().ShouldBe("invalid_ts_oldest");
    }

    [Fact]
    public async Task Check_22_a_short_page_with_a_cursor_is_not_the_end_and_cursors_expire()
    {
        await using var slack = await SlackBench.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await slack.PostAsync();
        }

        slack.Host.Slack.Limits.LongestPage = 1;
        var first = await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"), ("limit", "200"));
        first.GetProperty("messages").GetArrayLength().ShouldBe(1);
        first.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        var cursor = first.GetProperty("response_metadata").GetProperty("next_cursor").GetString()!;
        (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"), ("cursor", cursor))).IsOk().ShouldBeTrue();
        (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"), ("cursor", "bm90aGluZw=="))).Error().ShouldBe("invalid_cursor");
        slack.Time.Advance(TimeSpan.FromHours(2));
        (await slack.ReadAsync("conversations.history", ("channel", "C0BREAKING"), ("cursor", cursor))).Error().ShouldBe("invalid_cursor");
    }

    [Fact]
    public async Task Check_23_lists_hide_what_the_bot_may_not_see_and_an_organisation_names_its_workspace()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        room.AddChannel("C0SECRET", "secret", SlackChannelKind.Private, "U0ADMIN");
        room.Archive("C0DESK");
        async Task<string[]> Names(params (string, string)[] args) =>
            [.. (await slack.ReadAsync("conversations.list", args)).GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];
        (await Names(("types", "public_channel,private_channel"))).ShouldBe(["breaking", "desk", "general"]);
        (await Names(("exclude_archived", "true"), ("limit", "1"))).ShouldBe(["breaking"]);
        room.Invite("C0SECRET", "U0ADMIN");
        (await Names(("types", "private_channel"))).ShouldBe(["secret"]);
        (await slack.ReadAsync("conversations.list", ("types", "letters"))).Error().ShouldBe("invalid_types");

        var org = slack.Host.Slack.AddOrganisation("E0ORG", "M10 Group");
        var wide = (await Install.RunAsync(slack, "E0ORG")).Token;
        async Task<JsonElement> Wide(params (string, string)[] args)
        {
            using var response = await slack.SendAsync("conversations.list", new FormUrlEncodedContent(args.Select(a => KeyValuePair.Create(a.Item1, a.Item2))), "Bearer " + wide);
            return await SlackBench.ReadAsync(response);
        }

        (await Wide(("team_id", room.Id))).Error().ShouldBe("team_access_not_granted");
        org.Grant(room);
        (await Wide()).Error().ShouldBe("missing_argument");
        (await Wide(("team_id", room.Id))).IsOk().ShouldBeTrue();
    }

    [Fact]
    public async Task Check_24_only_public_channels_are_joined_and_only_eight_people_talk()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        room.AddChannel("C0SECRET", "secret", SlackChannelKind.Private, room.BotUser);
        room.Archive("C0DESK");
        async Task<JsonElement> Join(string channel) => await slack.CallAsync("conversations.join", new { channel });
        (await Join("C0SECRET")).Error().ShouldBe("method_not_supported_for_channel_type");
        (await Join("C0DESK")).Error().ShouldBe("is_archived");
        (await Join("C0GENERAL")).TryGetProperty("warning", out _).ShouldBeFalse();
        (await Join("C0GENERAL")).GetProperty("warning").GetString().ShouldBe("already_in_channel");
        (await slack.CallAsync("conversations.open", new { users = string.Join(',', Enumerable.Range(0, 9).Select(i => "U" + i)) })).Error().ShouldBe("too_many_users");
        (await slack.CallAsync("conversations.open", new { users = "U0NOBODY" })).Error().ShouldBe("user_not_found");
        (await slack.CallAsync("conversations.open", new { })).Error().ShouldBe("users_list_not_supplied");
    }

    [Fact]
    public async Task Check_25_people_come_with_what_Slack_tells_of_them_and_no_more()
    {
        await using var slack = await SlackBench.StartAsync();
        var room = slack.Host.Slack.Newsroom;
        room.AddPerson(new SlackPerson("guest", "U0GUEST", "Guest", "member") { IsGuest = true, TimeZone = null });
        room.AddPerson(new SlackPerson("stranger", "U0STRANGE", "Stranger", "member") { HomeTeam = "T0ELSEWHERE" });
        room.AddPerson(new SlackPerson("gone", "U0GONE", "Gone", "admin") { IsDeleted = true });
        async Task<JsonElement> User(string user, string locale = "false") => (await slack.ReadAsync("users.info", ("user", user), ("include_locale", locale))).GetProperty("user");
        (await User("U0GUEST")).GetProperty("is_restricted").GetBoolean().ShouldBeTrue();
        (await User("U0GUEST")).TryGetProperty("tz", out _).ShouldBeFalse();
        (await User("U0STRANGE")).GetProperty("is_stranger").GetBoolean().ShouldBeTrue();
        (await User("U0STRANGE")).GetProperty("team_id").GetString().ShouldBe("T0ELSEWHERE");
        (await User("U0GONE")).TryGetProperty("is_admin", out _).ShouldBeFalse();
        (await User("U0ADMIN")).TryGetProperty("locale", out _).ShouldBeFalse();
        (await User("U0ADMIN", "true")).GetProperty("locale").GetString().ShouldBe("en-GB");
        (await User("U0ADMIN")).GetProperty("profile").TryGetProperty("email", out _).ShouldBeFalse();
        room.Scopes = room.Scopes.Append("users:read.email").ToHashSet(StringComparer.Ordinal);
        (await User("U0ADMIN")).GetProperty("profile").TryGetProperty("email", out _).ShouldBeTrue();
        (await slack.ReadAsync("users.info", ("user", "U0NOBODY"))).Error().ShouldBe("user_not_found");
    }

    [Fact]
    public async Task Check_26_a_permalink_needs_a_message_that_is_there()
    {
        await using var slack = await SlackBench.StartAsync();
        var ts = await slack.PostAsync();
        var link = await slack.ReadAsync("chat.getPermalink", ("channel", "C0BREAKING"), ("message_ts", ts));
        link.GetProperty("permalink").GetString().ShouldBe($"https://m10-newsroom.slack.com/archives/C0BREAKING/p{ts.Replace(".", "", StringComparison.Ordinal)}");
        await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts });
        (await slack.ReadAsync("chat.getPermalink", ("channel", "C0BREAKING"), ("message_ts", ts))).Error().ShouldBe("message_not_found");
    }

    [Fact]
    public async Task Check_27_a_repeated_client_msg_id_is_a_second_message_unless_the_switch_is_on()
    {
        await using var slack = await SlackBench.StartAsync();
        async Task<JsonElement> Post() => await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", client_msg_id = "id-1" });
        var first = await Post();
        await Post();
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Count.ShouldBe(2);
        slack.Host.Slack.DropsRepeatedClientIds = true;
        (await Post()).GetProperty("ts").GetString().ShouldBe(first.GetProperty("ts").GetString());
        slack.Host.Slack.Newsroom.Posts("C0BREAKING").Count.ShouldBe(2);
        await slack.CallAsync("chat.delete", new { channel = "C0BREAKING", ts = first.GetProperty("ts").GetString() });
        (await Post()).Error().ShouldBe("duplicate_message_not_found");
    }
}
