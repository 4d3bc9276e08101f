using M10Bot.News.Chat;

namespace M10Bot.Slack.Tests;

/// <summary>What is said under a story's message, by setting or because Slack forbids the edit.</summary>
public sealed class SlackThreadTests : IDisposable
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1790000001.000200"}""";
    private const string Said = """{"ok":true,"channel":"C1","ts":"9.9"}""";
    private static readonly Receipt Receipt = new("C1", "1790000001.000200");
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("edit_window_closed")]
    [InlineData("cant_update_message")]
    public async Task A_correction_that_slack_does_not_let_in_by_edit_is_said_under_the_message_and_in_the_channel(string error)
    {
        _rig.Slack.Answer("chat.update", Error(error)).Answer("conversations.replies", Thread()).Answer("chat.postMessage", Said);

        (await CorrectAsync()).ShouldBe(new PostOutcome.Posted(Receipt));

        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Form["ts"].ShouldBe(Receipt.Message);
        var reply = (await _rig.Slack.NextAsync()).Json;
        reply.GetProperty("thread_ts").GetString().ShouldBe(Receipt.Message);
        reply.GetProperty("reply_broadcast").GetBoolean().ShouldBeTrue();
        reply.GetProperty("text").GetString().ShouldStartWith("CORRECTED: Port of Riga");
        reply.GetProperty("metadata").GetProperty("event_payload").GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_change_that_stands_under_the_message_already_is_not_said_twice()
    {
        _rig.Slack.Answer("chat.update", Error("edit_window_closed")).Answer("conversations.replies", Thread(version: 2));

        (await CorrectAsync()).ShouldBe(new PostOutcome.Posted(Receipt));
    }

    [Fact]
    public async Task A_reply_whose_end_nobody_saw_is_looked_for_before_it_is_sent_again()
    {
        _rig.Slack.Answer("chat.update", Error("edit_window_closed")).Answer("conversations.replies", Thread()).Break("chat.postMessage")
            .Answer("chat.update", Error("edit_window_closed")).Answer("conversations.replies", Thread(version: 2));

        (await CorrectAsync()).ShouldBeOfType<PostOutcome.Deferred>().Until.ShouldBe(_rig.Time.GetUtcNow() + _rig.Options.SettleTime);
        (await CorrectAsync()).ShouldBe(new PostOutcome.Posted(Receipt));
    }

    [Fact]
    public async Task Where_nothing_can_stand_under_the_message_the_correction_is_a_message_of_its_own()
    {
        _rig.Slack.Answer("chat.update", Error("edit_window_closed")).Answer("conversations.replies", Thread())
            .Answer("chat.postMessage", Error("cannot_reply_to_message")).Answer("chat.postMessage", Said);

        (await CorrectAsync()).ShouldBe(new PostOutcome.Posted(new Receipt("C1", "9.9")));
    }

    [Fact]
    public async Task With_updates_in_the_thread_the_parent_is_edited_and_the_update_stands_under_it_quietly()
    {
        _rig.Options.UpdatesInThread = true;
        _rig.Slack.Answer("chat.update", Posted).Answer("conversations.replies", Thread()).Answer("chat.postMessage", Said);

        (await CorrectAsync(CardState.Update)).ShouldBe(new PostOutcome.Posted(Receipt));

        await _rig.Slack.NextAsync();
        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Json.TryGetProperty("reply_broadcast", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_withdrawal_takes_what_stands_in_the_thread_along()
    {
        _rig.Options.UpdatesInThread = true;
        _rig.Slack.Answer("chat.update", Posted).Answer("conversations.replies", Thread(version: 2)).Answer("chat.delete", """{"ok":true}""");

        (await WithdrawAsync()).ShouldBe(new PostOutcome.Posted(Receipt));

        await _rig.Slack.NextAsync();
        await _rig.Slack.NextAsync();
        (await _rig.Slack.NextAsync()).Body.ShouldBe("""{"channel":"C1","ts":"8.000100"}""");
    }

    [Fact]
    public async Task A_message_that_can_neither_be_edited_nor_deleted_gets_the_withdrawal_under_it_and_is_told_to_the_admin()
    {
        _rig.Slack.Answer("chat.update", Error("cant_update_message")).Answer("chat.delete", Error("cant_delete_message"))
            .Answer("conversations.replies", Thread()).Answer("chat.postMessage", Said);

        (await WithdrawAsync()).ShouldBeOfType<PostOutcome.Refused>().Remedy.ShouldContain("by hand");
    }

    private static string Thread(int? version = null) => version is null
        ? """{"ok":true,"messages":[{"ts":"1790000001.000200","user":"U0BOT"}]}"""
        : $$$$"""{"ok":true,"messages":[{"ts":"1790000001.000200","user":"U0BOT"},{"ts":"8.000100","user":"U0BOT","metadata":{"event_type":"m10_delivery","event_payload":{"version":{{{{version}}}},"delivery_key":"k7f3"}}}]}""";

    private static string Error(string code) => $$"""{"ok":false,"error":"{{code}}"}""";

    private Task<PostOutcome> CorrectAsync(CardState state = CardState.Corrected) => SlackRig.Soon(_rig.ChatPlatform.EditAsync(
        SlackRig.News, Receipt, SlackRig.Flash with { Version = 2, Kicker = new Kicker(state, []) }, SlackRig.Key, CancellationToken.None));

    private Task<PostOutcome> WithdrawAsync() => SlackRig.Soon(_rig.ChatPlatform.WithdrawAsync(
        SlackRig.News, Receipt, SlackRig.Flash with { Version = 3, Headline = "Withdrawn", Kicker = new Kicker(CardState.Withdrawn, []) }, SlackRig.Key, CancellationToken.None));
}
