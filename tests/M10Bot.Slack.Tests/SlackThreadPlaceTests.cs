using M10Bot.News.Chat;
using M10Bot.Slack.Requests;

namespace M10Bot.Slack.Tests;

/// <summary>A thread as a destination of its own.</summary>
public sealed class SlackThreadPlaceTests : IDisposable
{
    private const string Parent = "1790000001.000200";
    private const string Stands = """{"ok":true,"channel":"C1","permalink":"https://acme.slack.com/archives/C1/p1790000001000200"}""";
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1790000009.000100"}""";
    private const string Said = """{"ok":true,"channel":"C1","ts":"1790000010.000100"}""";
    private static readonly Destination Thread = SlackRig.News with { Address = $"C1/{Parent}" };
    private static readonly Receipt Receipt = new("C1", "1790000009.000100");
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_story_is_a_reply_to_the_threads_first_message_and_its_receipt_is_the_replys()
    {
        _rig.Slack.Answer("chat.getPermalink", Stands).Answer("chat.postMessage", Posted);

        (await PostAsync()).ShouldBe(new PostOutcome.Posted(Receipt));

        (await _rig.Slack.NextAsync()).Form["message_ts"].ShouldBe(Parent);
        var post = (await _rig.Slack.NextAsync()).Json;
        post.GetProperty("channel").GetString().ShouldBe("C1");
        post.GetProperty("thread_ts").GetString().ShouldBe(Parent);
    }

    [Theory]
    [InlineData("""{"ok":false,"error":"message_not_found"}""", null)]
    [InlineData(Stands, """{"ok":false,"error":"thread_not_found"}""")]
    public async Task A_thread_that_is_gone_is_refused_with_the_way_out(string probe, string? post)
    {
        _rig.Slack.Answer("chat.getPermalink", probe);
        if (post is not null)
        {
            _rig.Slack.Answer("chat.postMessage", post);
        }

        var refused = (await PostAsync()).ShouldBeOfType<PostOutcome.Refused>();

        refused.Why.ShouldContain("first message is gone");
        refused.Remedy.ShouldContain("channel remove");
    }

    [Fact]
    public async Task Where_nothing_can_be_learnt_of_the_thread_the_post_itself_tells()
    {
        _rig.Slack.Break("chat.getPermalink").Answer("chat.postMessage", Posted);

        (await PostAsync()).ShouldBe(new PostOutcome.Posted(Receipt));
    }

    [Theory]
    [InlineData(CardState.Update, true, false)]
    [InlineData(CardState.Corrected, true, true)]
    [InlineData(CardState.Corrected, false, false)]
    public async Task A_change_is_said_in_the_thread_and_put_right_in_the_first_reply(CardState state, bool isWanted, bool isShown)
    {
        _rig.Options.BroadcastCorrections = isWanted;
        _rig.Slack.Answer("chat.update", Posted).Answer("conversations.replies", Replies("")).Answer("chat.postMessage", Said);

        (await SlackRig.Soon(_rig.ChatPlatform.EditAsync(Thread, Receipt, Version(2, state), SlackRig.Key, CancellationToken.None))).ShouldBe(new PostOutcome.Posted(Receipt));

        var edit = (await _rig.Slack.NextAsync()).Json;
        edit.GetProperty("ts").GetString().ShouldBe(Receipt.Message);
        edit.TryGetProperty("thread_ts", out _).ShouldBeFalse();
        var look = (await _rig.Slack.NextAsync()).Form;
        (look["ts"], look["oldest"]).ShouldBe((Parent, Receipt.Message));
        var said = (await _rig.Slack.NextAsync()).Json;
        said.GetProperty("thread_ts").GetString().ShouldBe(Parent);
        said.TryGetProperty("reply_broadcast", out _).ShouldBe(isShown);
    }

    [Fact]
    public async Task A_withdrawal_finds_its_replies_on_every_page_and_says_so_where_it_may_not_look()
    {
        _rig.Slack.Answer("chat.update", Posted).Answer("conversations.replies", Replies("next", Ours("8.000100"))).Answer("conversations.replies", Replies("", Ours("9.000100")))
            .Answer("chat.delete", """{"ok":true}""").Answer("chat.delete", """{"ok":false,"error":"message_not_found"}""")
            .Answer("chat.update", Posted).Answer("conversations.replies", """{"ok":false,"error":"missing_scope"}""");

        (await WithdrawAsync()).ShouldBe(new PostOutcome.Posted(Receipt));
        (await WithdrawAsync()).ShouldBeOfType<PostOutcome.Refused>().Remedy.ShouldContain("by hand");
    }

    [Fact]
    public async Task A_withdrawal_waits_where_the_limit_keeps_it_from_the_replies()
    {
        _rig.Slack.Answer("chat.update", Posted).Answer("conversations.replies", System.Net.HttpStatusCode.TooManyRequests, "", "60");

        (await WithdrawAsync()).ShouldBeOfType<PostOutcome.Deferred>().Until.ShouldBeGreaterThanOrEqualTo(_rig.Time.GetUtcNow().AddSeconds(60));
    }

    [Fact]
    public async Task A_reply_in_doubt_is_looked_for_in_its_thread()
    {
        _rig.Slack.Answer("conversations.replies", Replies("", Ours("8.000100"))).Answer("conversations.replies", """{"ok":false,"error":"thread_not_found"}""");

        (await SettleAsync()).ShouldBe(new SettleOutcome.Found(new Receipt("C1", "8.000100")));
        (await SettleAsync()).ShouldBeOfType<SettleOutcome.SafeToRepeat>();

        var look = (await _rig.Slack.NextAsync()).Form;
        (look["channel"], look["ts"]).ShouldBe(("C1", Parent));
    }

    [Theory]
    [InlineData("channel add https://acme.slack.com/archives/C1/p1790000001000200 nato", "channel add <#C1/1790000001.000200> nato")]
    [InlineData("channel add <https://acme.slack.com/archives/C1/p1790000001000200|Thread> nato", "channel add <#C1/1790000001.000200> nato")]
    [InlineData("channel test <https://acme.enterprise.slack.com/archives/G1/p1790000005000300?thread_ts=1790000001.000200&amp;cid=G1>", "channel test <#G1/1790000001.000200>")]
    [InlineData("summary https://evil.example/archives/C1/p1790000001000200", "summary https://evil.example/archives/C1/p1790000001000200")]
    [InlineData("channel add https://acme.slack.com/archives/D1/p1790000001000200", "channel add https://acme.slack.com/archives/D1/p1790000001000200")]
    public void A_link_to_a_message_names_its_thread(string typed, string read) => MessageLinks.AsThreads(typed).ShouldBe(read);

    private static string Ours(string ts) =>
        $$$$"""{"ts":"{{{{ts}}}}","user":"U0BOT","metadata":{"event_type":"m10_delivery","event_payload":{"version":1,"delivery_key":"k7f3"}}}""";

    private static string Replies(string cursor, params string[] messages) =>
        $$$"""{"ok":true,"messages":[{{{string.Join(',', messages)}}}],"response_metadata":{"next_cursor":"{{{cursor}}}"}}""";

    private static Card Version(int version, CardState state) => SlackRig.Flash with { Version = version, Kicker = new Kicker(state, []) };

    private Task<PostOutcome> PostAsync() => SlackRig.Soon(_rig.ChatPlatform.PostAsync(Thread, SlackRig.Flash, SlackRig.Key, CancellationToken.None));

    private Task<PostOutcome> WithdrawAsync() =>
        SlackRig.Soon(_rig.ChatPlatform.WithdrawAsync(Thread, Receipt, Version(3, CardState.Withdrawn), SlackRig.Key, CancellationToken.None));

    private Task<SettleOutcome> SettleAsync() =>
        SlackRig.Soon(_rig.ChatPlatform.SettleAsync(Thread, SlackRig.Key, _rig.Time.GetUtcNow().AddSeconds(-60), CancellationToken.None));
}
