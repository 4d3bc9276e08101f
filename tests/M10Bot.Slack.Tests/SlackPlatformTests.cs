using System.Net;
using M10Bot.News.Chat;

namespace M10Bot.Slack.Tests;

public sealed class SlackPlatformTests : IDisposable
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1790000001.000200"}""";
    private static readonly Receipt Receipt = new("C1", "1790000001.000200");
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_post_carries_key_text_and_blocks_and_never_unfurls_or_names_people()
    {
        _rig.Slack.Answer("chat.postMessage", Posted);

        var outcome = await PostAsync();

        outcome.ShouldBe(new PostOutcome.Posted(Receipt));
        var sent = (await _rig.Slack.NextAsync()).Json;
        sent.GetProperty("channel").GetString().ShouldBe("C1");
        sent.GetProperty("text").GetString().ShouldStartWith("FLASH: Port of Riga closed after fire — M10News");
        sent.GetProperty("blocks").GetArrayLength().ShouldBe(5);
        sent.GetProperty("unfurl_links").GetBoolean().ShouldBeFalse();
        sent.GetProperty("unfurl_media").GetBoolean().ShouldBeFalse();
        sent.GetProperty("link_names").GetBoolean().ShouldBeFalse();
        sent.GetProperty("metadata").GetProperty("event_type").GetString().ShouldBe("m10_delivery");
        sent.GetProperty("metadata").GetProperty("event_payload").GetProperty("delivery_key").GetString().ShouldBe("k7f3");
        sent.EnumerateObject().Select(p => p.Name).ShouldBe(["channel", "text", "blocks", "metadata", "unfurl_links", "unfurl_media", "link_names"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_person_is_posted_to_by_id_and_the_receipt_keeps_the_direct_channel()
    {
        _rig.Slack.Answer("chat.postMessage", """{"ok":true,"channel":"D9","ts":"1.2"}""");

        var outcome = await SlackRig.Soon(_rig.ChatPlatform.PostAsync(SlackRig.Ann, SlackRig.Flash, SlackRig.Key, CancellationToken.None));

        (await _rig.Slack.NextAsync()).Json.GetProperty("channel").GetString().ShouldBe("U0ANN");
        outcome.ShouldBe(new PostOutcome.Posted(new Receipt("D9", "1.2")));
    }

    [Fact]
    public async Task An_edit_replaces_the_whole_message_in_the_receipts_channel()
    {
        _rig.Slack.Answer("chat.update", Posted);

        var outcome = await SlackRig.Soon(_rig.ChatPlatform.EditAsync(SlackRig.Ann, new Receipt("D9", "1.2"), SlackRig.Flash with { Version = 2 }, SlackRig.Key, CancellationToken.None));

        outcome.ShouldBeOfType<PostOutcome.Posted>();
        var sent = (await _rig.Slack.NextAsync()).Json;
        sent.GetProperty("channel").GetString().ShouldBe("D9");
        sent.GetProperty("ts").GetString().ShouldBe("1.2");
        sent.GetProperty("parse").GetString().ShouldBe("none");
        sent.GetProperty("blocks").GetArrayLength().ShouldBe(5);
        sent.TryGetProperty("unfurl_links", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_withdrawal_takes_points_link_and_buttons_whatever_the_card_holds()
    {
        _rig.Slack.Answer("chat.update", Posted);

        await WithdrawAsync();

        var sent = (await _rig.Slack.NextAsync()).Body;
        sent.ShouldContain("M10News has withdrawn this story");
        sent.ShouldNotContain("terminal");
        sent.ShouldNotContain("example.org");
        sent.ShouldNotContain("actions");
    }

    [Theory]
    [InlineData("edit_window_closed")]
    [InlineData("cant_update_message")]
    public async Task Where_slack_forbids_the_edit_a_withdrawn_message_is_deleted(string error)
    {
        _rig.Slack.Answer("chat.update", Error(error)).Answer("conversations.replies", """{"ok":true,"messages":[]}""").Answer("chat.delete", """{"ok":true}""");

        (await WithdrawAsync()).ShouldBeOfType<PostOutcome.Gone>();

        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Body.ShouldBe("""{"channel":"C1","ts":"1790000001.000200"}""");
    }

    [Fact]
    public async Task A_message_that_someone_removed_is_gone()
    {
        _rig.Slack.Answer("chat.update", Error("message_not_found")).Answer("chat.update", Error("message_not_found"));

        (await EditAsync()).ShouldBeOfType<PostOutcome.Gone>();
        (await WithdrawAsync()).ShouldBeOfType<PostOutcome.Gone>();
    }

    [Theory]
    [InlineData("channel_not_found", "Invite the bot")]
    [InlineData("is_archived", "Unarchive")]
    [InlineData("restricted_action", "workspace admin")]
    [InlineData("something_new", "developers")]
    public async Task What_a_person_must_mend_is_refused_with_the_remedy(string error, string remedy)
    {
        _rig.Slack.Answer("chat.postMessage", Error(error));

        (await PostAsync()).ShouldBeOfType<PostOutcome.Refused>().Remedy.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("invalid_auth", 300)]
    [InlineData("missing_scope", 300)]
    [InlineData("message_limit_exceeded", 600)]
    public async Task What_concerns_the_workspace_holds_up_the_whole_lane(string error, int seconds)
    {
        _rig.Slack.Answer("chat.postMessage", Error(error));

        var deferred = (await PostAsync()).ShouldBeOfType<PostOutcome.Deferred>();

        deferred.WholeLane.ShouldBeTrue();
        deferred.Until.ShouldBe(_rig.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_post_whose_end_nobody_saw_is_in_doubt_and_an_edit_is_only_repeated()
    {
        _rig.Slack.Break("chat.postMessage").Answer("chat.postMessage", HttpStatusCode.ServiceUnavailable, "").Break("chat.update").Unreachable("chat.postMessage");

        (await PostAsync()).ShouldBeOfType<PostOutcome.InDoubt>();
        (await PostAsync()).ShouldBeOfType<PostOutcome.InDoubt>();
        (await EditAsync()).ShouldBeOfType<PostOutcome.Deferred>().WholeLane.ShouldBeFalse();
        (await PostAsync()).ShouldBeOfType<PostOutcome.Deferred>().WholeLane.ShouldBeTrue();
    }

    [Fact]
    public async Task An_ok_that_names_no_message_is_in_doubt()
    {
        _rig.Slack.Answer("chat.postMessage", """{"ok":true}""");

        (await PostAsync()).ShouldBeOfType<PostOutcome.InDoubt>();
    }

    [Fact]
    public async Task A_rate_limit_defers_this_kind_of_call_alone()
    {
        _rig.Slack.Answer("chat.postMessage", HttpStatusCode.TooManyRequests, "", "30").Answer("chat.update", Posted);

        var deferred = (await PostAsync()).ShouldBeOfType<PostOutcome.Deferred>();

        deferred.WholeLane.ShouldBeFalse();
        (deferred.Until - _rig.Time.GetUtcNow()).TotalSeconds.ShouldBeInRange(30, 31);
        (await EditAsync()).ShouldBeOfType<PostOutcome.Posted>();
    }

    [Fact]
    public async Task Content_that_slack_dislikes_goes_once_more_as_text()
    {
        _rig.Slack.Answer("chat.postMessage", Error("invalid_blocks")).Answer("chat.postMessage", Posted);

        (await PostAsync()).ShouldBeOfType<PostOutcome.Posted>();

        await _rig.Slack.NextAsync();
        var second = (await _rig.Slack.NextAsync()).Json;
        second.TryGetProperty("blocks", out _).ShouldBeFalse();
        second.GetProperty("text").GetString().ShouldEndWith("\nhttps://example.org/a?x=1&amp;y=2");
        second.GetProperty("metadata").GetProperty("event_payload").GetProperty("delivery_key").GetString().ShouldBe("k7f3");
    }

    [Fact]
    public async Task Content_disliked_twice_is_refused()
    {
        _rig.Slack.Answer("chat.update", Error("msg_too_long")).Answer("chat.update", Error("msg_too_long"));

        (await EditAsync()).ShouldBeOfType<PostOutcome.Refused>();
    }

    [Fact]
    public async Task Metadata_that_slack_dislikes_is_left_out_and_the_blocks_stay()
    {
        _rig.Slack.Answer("chat.postMessage", Error("metadata_too_large")).Answer("chat.postMessage", Posted);

        (await PostAsync()).ShouldBeOfType<PostOutcome.Posted>();

        await _rig.Slack.NextAsync();
        var second = (await _rig.Slack.NextAsync()).Json;
        second.TryGetProperty("metadata", out _).ShouldBeFalse();
        second.GetProperty("blocks").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task A_public_channel_is_joined_once_where_that_is_what_is_missing()
    {
        _rig.Slack.Answer("chat.postMessage", Error("not_in_channel")).Answer("conversations.join", """{"ok":true}""").Answer("chat.postMessage", Posted)
            .Answer("chat.postMessage", Error("not_in_channel")).Answer("conversations.join", Error("missing_scope"));

        (await PostAsync()).ShouldBeOfType<PostOutcome.Posted>();
        (await PostAsync()).ShouldBeOfType<PostOutcome.Refused>().Remedy.ShouldContain("Invite");
    }

    [Fact]
    public async Task Another_workspace_is_refused_and_an_unknown_self_defers()
    {
        using var early = new SlackRig(isReady: false);

        (await _rig.ChatPlatform.PostAsync(SlackRig.News with { Workspace = "T2" }, SlackRig.Flash, SlackRig.Key, CancellationToken.None)).ShouldBeOfType<PostOutcome.Refused>();
        (await early.ChatPlatform.PostAsync(SlackRig.News, SlackRig.Flash, SlackRig.Key, CancellationToken.None)).ShouldBeOfType<PostOutcome.Deferred>().WholeLane.ShouldBeTrue();
    }

    [Fact]
    public void A_lane_is_a_workspace() => _rig.ChatPlatform.LaneOf(SlackRig.News).ShouldBe("slack/T1");

    private static string Error(string code) => $$"""{"ok":false,"error":"{{code}}"}""";

    private Task<PostOutcome> PostAsync() => SlackRig.Soon(_rig.ChatPlatform.PostAsync(SlackRig.News, SlackRig.Flash, SlackRig.Key, CancellationToken.None));

    private Task<PostOutcome> EditAsync() => SlackRig.Soon(_rig.ChatPlatform.EditAsync(SlackRig.News, Receipt, SlackRig.Flash, SlackRig.Key, CancellationToken.None));

    private Task<PostOutcome> WithdrawAsync() => SlackRig.Soon(_rig.ChatPlatform.WithdrawAsync(
        SlackRig.News, Receipt, SlackRig.Flash with { Headline = "M10News has withdrawn this story", Kicker = new Kicker(CardState.Withdrawn, []) }, SlackRig.Key, CancellationToken.None));
}
