using System.Text.Json;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Tests;

public class DiscordPlatformTests
{
    private static readonly Receipt Receipt = new("42", "900");

    private readonly Bench _bench = new();

    [Fact]
    public async Task A_post_carries_its_nonce_and_gives_a_receipt()
    {
        _bench.Discord.Answer(Bench.Echo());
        var outcome = await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default);
        outcome.ShouldBe(new PostOutcome.Posted(Receipt));
        var body = _bench.Discord.Requests.ShouldHaveSingleItem().Json;
        body.GetProperty("nonce").GetString().ShouldBe(Bench.Key.Value);
        body.GetProperty("enforce_nonce").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_person_is_reached_by_a_channel_that_is_opened_once()
    {
        _bench.Discord.Answer(200, """{"id":"55","type":1}""").Answer(Bench.Echo());
        var first = await _bench.Platform.PostAsync(Bench.Person, Some.Bulletin(), Bench.Key, default);
        first.ShouldBe(new PostOutcome.Posted(new Receipt("55", "900")));
        await _bench.Platform.PostAsync(Bench.Person, Some.Bulletin(), Bench.Key, default);
        _bench.Discord.Requests.Select(r => r.Line).ShouldBe(
            ["POST /api/v10/users/@me/channels", "POST /api/v10/channels/55/messages", "POST /api/v10/channels/55/messages"]);
        _bench.Discord.Requests[0].Body.ShouldBe("""{"recipient_id":"77"}""");
    }

    [Fact]
    public async Task An_older_version_that_the_nonce_brings_back_is_edited_to_the_newest()
    {
        var older = CardRenderer.Render(Some.Bulletin(headline: "Older words"), Look.Components, Bench.Key);
        var there = JsonSerializer.Serialize(older.ToPost(Bench.Key), DiscordJson.Wire.MessagePost);
        _bench.Discord.Answer(200, """{"id":"900",""" + there[1..]).Answer(200, """{"id":"900"}""");
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(Receipt));
        _bench.Discord.Requests[1].Line.ShouldBe("PATCH /api/v10/channels/42/messages/900");
    }

    [Fact]
    public async Task A_dropped_embed_is_replaced_by_plain_text()
    {
        var bench = new Bench(new DiscordOptions { Token = "t", ApiBase = "http://127.0.0.1:9", UseComponents = false });
        bench.Discord.Answer(200, """{"id":"900","embeds":[]}""").Answer(200, """{"id":"900","embeds":[]}""");
        var posted = (await bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>();
        posted.Receipt.ShouldBe(Receipt);
        posted.Flaw!.ShouldContain("Embed Links", customMessage: "an admin is told");
        var edit = bench.Discord.Requests[1].Json;
        edit.GetProperty("embeds").GetArrayLength().ShouldBe(0);
        edit.GetProperty("content").GetString()!.ShouldContain("Trump says");

        // For an hour no embed is tried there; then it is, for the permission may have been given.
        await bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default);
        bench.Discord.Requests[2].Json.TryGetProperty("embeds", out _).ShouldBeFalse();
        bench.Advance(TimeSpan.FromHours(1));
        bench.Discord.Answer(Bench.Echo());
        (await bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(Receipt));
        bench.Discord.Requests[3].Json.GetProperty("embeds").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_look_that_discord_refuses_is_followed_by_a_plainer_one()
    {
        _bench.Discord.Answer(400, """{"code":50035}""").Answer(Bench.Echo());
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(Receipt));
        _bench.Discord.Requests[1].Json.GetProperty("content").GetString()!.ShouldStartWith("**FLASH: ");
        _bench.Discord.Requests[1].Json.GetProperty("embeds").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_sleeping_thread_is_woken_and_then_posted_to()
    {
        _bench.Discord.Answer(400, """{"code":50083}""").Answer(200, "{}").Answer(Bench.Echo());
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(Receipt));
        _bench.Discord.Requests[1].ShouldBe(new Asked("PATCH /api/v10/channels/42", """{"archived":false}""", "Bot secret-token", "application/json"));
    }

    [Fact]
    public async Task A_missing_permission_is_refused_by_its_name()
    {
        _bench.Discord
            .Answer(403, """{"code":50013,"message":"Missing Permissions"}""")
            .Answer(200, """{"id":"42","type":0,"permission_overwrites":[{"id":"81","type":0,"allow":"0","deny":"2048"},{"id":"9","type":1,"allow":"16384","deny":"0"}]}""")
            .Answer(200, """{"id":"9"}""")
            .Answer(200, """{"user":{"id":"9"},"roles":["7"]}""")
            .Answer(200, """[{"id":"81","permissions":"3072"},{"id":"7","permissions":"65536"},{"id":"8","permissions":"8"}]""");
        var refused = (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        refused.Why.ShouldBe("The bot lacks the permission Send Messages in the channel.");
        refused.Remedy.ShouldContain("Send Messages");
    }

    [Fact]
    public async Task In_a_thread_the_parents_permissions_count_and_sending_there_has_its_own()
    {
        _bench.Discord
            .Answer(403, """{"code":50013}""")
            .Answer(200, """{"id":"42","type":11,"parent_id":"41"}""")
            .Answer(200, """{"id":"41","type":0,"permission_overwrites":[{"id":"7","type":0,"allow":"0","deny":"274877906944"}]}""")
            .Answer(200, """{"id":"9"}""")
            .Answer(200, """{"roles":["7"]}""")
            .Answer(200, """[{"id":"81","permissions":"274877973504"}]""");
        var refused = (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        refused.Why.ShouldBe("The bot lacks the permission Send Messages in Threads, Embed Links in the channel.");
    }

    [Fact]
    public async Task Where_it_can_not_be_told_what_is_missing_all_that_is_needed_is_named()
    {
        _bench.Discord.Answer(403, """{"code":50013}""").Answer(503, "");
        var refused = (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        refused.Remedy.ShouldContain("Send Messages");
    }

    [Fact]
    public async Task A_server_that_does_not_know_the_bot_any_more_is_asked_no_more()
    {
        _bench.Discord.Answer(404, """{"code":10004}""");
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        (await _bench.Platform.PostAsync(Bench.Channel with { Address = "43" }, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        _bench.Discord.Requests.Count.ShouldBe(1);
        _bench.Guilds.HasLeft("81").ShouldBeTrue();
    }

    [Theory]
    [InlineData(200, typeof(PostOutcome.Deferred))]
    [InlineData(404, typeof(PostOutcome.Gone))]
    public async Task A_message_that_is_said_to_be_gone_is_looked_for(int status, Type outcome)
    {
        _bench.Discord.Answer(404, """{"code":10008}""").Answer(status, """{"code":10008}""");
        (await _bench.Platform.EditAsync(Bench.Channel, Receipt, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType(outcome);
        _bench.Discord.Requests[1].Line.ShouldBe("GET /api/v10/channels/42/messages/900");
    }

    [Fact]
    public async Task The_edit_of_an_old_message_is_paced_as_one()
    {
        _bench.Discord.Answer(Bench.Echo());
        var old = new Receipt("42", $"{Snowflake.At(_bench.Time.GetUtcNow() - TimeSpan.FromHours(1))}");
        var fresh = new Receipt("42", $"{Snowflake.At(_bench.Time.GetUtcNow())}");
        for (var i = 0; i < 3; i++)
        {
            (await _bench.Platform.EditAsync(Bench.Channel, old, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>();
        }

        (await _bench.Platform.EditAsync(Bench.Channel, old, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Deferred>();
        (await _bench.Platform.EditAsync(Bench.Channel, fresh, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>();
    }

    [Fact]
    public async Task Components_that_are_refused_are_followed_by_an_embed_and_that_by_plain_text()
    {
        _bench.Discord.Answer(400, """{"code":50035}""").Answer(400, """{"code":50035}""").Answer(400, """{"code":50035}""");
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Declined>();
        var tried = _bench.Discord.Requests.Select(r => r.Json).ToList();
        tried.Count.ShouldBe(3);
        tried[0].GetProperty("flags").GetInt32().ShouldBe(MessageFlags.ComponentsV2);
        tried[1].GetProperty("embeds").GetArrayLength().ShouldBe(1);
        tried[2].TryGetProperty("embeds", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_limit_is_deferred_for_the_destination_or_for_all()
    {
        _bench.Discord.Answer(429, """{"retry_after":30,"global":false}""").Answer(429, """{"retry_after":30,"global":true}""");
        var one = (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Deferred>();
        one.WholeLane.ShouldBeFalse();
        one.Until.ShouldBeGreaterThanOrEqualTo(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(30));
        var all = (await _bench.Platform.PostAsync(Bench.Channel with { Address = "43" }, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Deferred>();
        all.WholeLane.ShouldBeTrue();
    }

    [Fact]
    public async Task A_post_whose_end_was_not_seen_is_in_doubt_and_an_edit_is_simply_repeated()
    {
        _bench.Discord.Answer(502, "");
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.InDoubt>();
        (await _bench.Platform.EditAsync(Bench.Channel, Receipt, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Deferred>();
    }

    [Fact]
    public async Task A_message_that_a_moderator_removed_is_gone()
    {
        _bench.Discord.Answer(404, """{"code":10008}""");
        (await _bench.Platform.EditAsync(Bench.Channel, Receipt, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Gone>();
    }

    [Fact]
    public async Task A_withdrawal_leaves_no_point_and_no_link()
    {
        _bench.Discord.Answer(Bench.Echo());
        var card = Some.Bulletin(CardState.Withdrawn, "M10News has withdrawn this story", "The old point.") with { Notice = new Notice("Withdrawn", Some.Noon, "") };
        (await _bench.Platform.WithdrawAsync(Bench.Channel, Receipt, card, Bench.Key, default)).ShouldBe(new PostOutcome.Posted(Receipt));
        var body = _bench.Discord.Requests.ShouldHaveSingleItem().Body;
        body.ShouldContain("WITHDRAWN: ");
        body.ShouldNotContain("old point");
        body.ShouldNotContain("https://");
        body.ShouldContain("\"allowed_mentions\":{\"parse\":[]}");
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_server_that_removed_the_bot()
    {
        _bench.Guilds.Left("81");
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        _bench.Discord.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_outage_says_of_a_channel_is_not_believed()
    {
        _bench.Guilds.Away("81");
        _bench.Discord.Answer(404, """{"code":10003}""");
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Deferred>();
        _bench.Guilds.Came("81");
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
    }

    [Theory]
    [InlineData("../users/@me")]
    [InlineData("42/messages/1")]
    [InlineData("")]
    public async Task An_address_that_is_no_id_never_reaches_a_path(string address)
    {
        (await _bench.Platform.PostAsync(Bench.Channel with { Address = address }, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        _bench.Discord.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_nonce_guards_it_a_repeat_is_safe()
    {
        (await SettleAsync(TimeSpan.FromSeconds(119))).ShouldBe(new SettleOutcome.SafeToRepeat(MayStand: true));
        _bench.Discord.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Later_the_message_is_found_in_the_channel_by_its_mark()
    {
        var sent = CardRenderer.Render(Some.Bulletin(), Look.Components, Bench.Key).ToPost(Bench.Key);
        var body = JsonSerializer.Serialize(sent, DiscordJson.Wire.MessagePost);
        _bench.Discord.Answer(200, $$"""[{"id":"901","components":[]},{"id":"900",{{body[1..]}}]""");
        (await SettleAsync(TimeSpan.FromMinutes(5))).ShouldBe(new SettleOutcome.Found(Receipt));
    }

    [Fact]
    public async Task A_channel_without_the_mark_is_safe_to_post_to()
    {
        _bench.Discord.Answer(200, """[{"id":"901","components":[{"type":17,"id":1}]}]""");
        (await SettleAsync(TimeSpan.FromMinutes(5))).ShouldBe(new SettleOutcome.SafeToRepeat());
    }

    [Theory]
    [InlineData("""{"id":"42","last_message_id":null}""", typeof(SettleOutcome.SafeToRepeat))]
    [InlineData("""{"id":"42","last_message_id":"1"}""", typeof(SettleOutcome.SafeToRepeat))]
    [InlineData("""{"id":"42","last_message_id":"9999999999999999999"}""", typeof(SettleOutcome.Unknowable))]
    public async Task An_empty_history_is_only_believed_where_the_channel_is_quiet(string channel, Type outcome)
    {
        _bench.Discord.Answer(200, "[]").Answer(200, channel);
        (await SettleAsync(TimeSpan.FromMinutes(5))).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task A_busy_channel_is_read_page_by_page_up_to_the_attempts_end()
    {
        var attempted = _bench.Time.GetUtcNow() - TimeSpan.FromMinutes(5);
        var ids = Enumerable.Range(0, 100).Select(i => Snowflake.At(attempted) + (ulong)i).ToList();
        _bench.Discord
            .Answer(200, $"[{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""))}]")
            .Answer(200, """[{"id":"5","components":[]}]""");
        (await SettleAsync(TimeSpan.FromMinutes(5))).ShouldBeOfType<SettleOutcome.SafeToRepeat>();
        _bench.Discord.Requests[1].Line.ShouldContain($"after={ids[^1]}&");
    }

    [Fact]
    public async Task A_platform_that_can_not_be_asked_is_asked_later()
    {
        _bench.Discord.Answer(503, "");
        (await SettleAsync(TimeSpan.FromMinutes(5))).ShouldBeOfType<SettleOutcome.Later>();
    }

    [Fact]
    public async Task The_message_of_a_link_is_taken_where_it_carries_the_deliverys_mark()
    {
        var sent = CardRenderer.Render(Some.Bulletin(), Look.Components, Bench.Key).ToPost(Bench.Key);
        _bench.Discord.Answer(200, $$"""{"id":"900",{{JsonSerializer.Serialize(sent, DiscordJson.Wire.MessagePost)[1..]}}""");

        (await ReceiptOfAsync(Link())).ShouldBe(new LinkOutcome.Ours(Receipt));
        _bench.Discord.Requests[0].Line.ShouldEndWith("channels/42/messages/900");
    }

    [Theory]
    [InlineData(200, """{"id":"900","flags":32768,"author":{"id":"9"},"components":[{"type":17,"id":1}]}""", LinkFault.NotOurs)]
    [InlineData(404, """{"code":10008,"message":"Unknown Message"}""", LinkFault.NotThere)]
    [InlineData(503, "", LinkFault.NotNow)]
    public async Task A_message_of_another_story_or_none_is_not_taken(int status, string body, LinkFault fault)
    {
        _bench.Discord.Answer(status, body);
        (await ReceiptOfAsync(Link())).ShouldBe(new LinkOutcome.No(fault));
    }

    [Theory]
    [InlineData("9", true)]
    [InlineData("8", false)]
    public async Task A_plain_message_is_taken_where_the_bot_wrote_it(string author, bool isOurs)
    {
        _bench.Discord.Answer(200, $$$"""{"id":"900","author":{"id":"{{{author}}}"}}""").Answer(200, """{"id":"9"}""");
        (await ReceiptOfAsync(Link()) is LinkOutcome.Ours).ShouldBe(isOurs);
    }

    [Fact]
    public async Task Where_the_channel_may_not_be_read_the_link_is_believed()
    {
        _bench.Discord.Answer(403, """{"code":50001,"message":"Missing Access"}""");
        (await ReceiptOfAsync(Link())).ShouldBe(new LinkOutcome.Ours(Receipt));
    }

    [Fact]
    public async Task A_link_to_a_forums_post_is_of_the_forum()
    {
        _bench.Discord.Answer(200, """{"id":"700","type":11,"parent_id":"42"}""").Answer(403, """{"code":50001,"message":"Missing Access"}""");
        (await ReceiptOfAsync(Link(channel: "700", message: "700"))).ShouldBe(new LinkOutcome.Ours(new Receipt("700", "700")));
    }

    [Fact]
    public async Task Whatever_is_no_link_of_that_channel_is_refused_unasked()
    {
        foreach (var no in new[] { "", "900", "https://discord.com/channels/81/42", "https://discord.com.evil.example/channels/81/42/900", "http://discord.com/channels/81/42/900", "see https://discord.com/channels/81/42/900" })
        {
            (await ReceiptOfAsync(no)).ShouldBe(new LinkOutcome.No(LinkFault.NoLink), no);
        }

        (await ReceiptOfAsync(Link(channel: "43"))).ShouldBe(new LinkOutcome.No(LinkFault.Elsewhere));
        (await ReceiptOfAsync("https://discord.com/channels/1/42/900")).ShouldBe(new LinkOutcome.No(LinkFault.Elsewhere));
        _bench.Discord.Requests.ShouldBeEmpty();
    }

    private static string Link(string channel = "42", string message = "900") => $"https://discord.com/channels/{Bench.Channel.Workspace}/{channel}/{message}";

    private Task<LinkOutcome> ReceiptOfAsync(string link) => _bench.Platform.ReceiptOfAsync(Bench.Channel, Bench.Key, link, default);

    private Task<SettleOutcome> SettleAsync(TimeSpan ago) =>
        _bench.Platform.SettleAsync(Bench.Channel, Bench.Key, _bench.Time.GetUtcNow() - ago, default);
}
