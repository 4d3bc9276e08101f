using System.Net;
using M10Bot.News.Chat;

namespace M10Bot.Slack.Tests;

public sealed class SlackHistoryTests : IDisposable
{
    private const string Ours = """{"ts":"5.000100","user":"U0BOT","bot_id":"B0BOT","metadata":{"event_type":"m10_delivery","event_payload":{"delivery_key":"k7f3","version":1}}}""";
    private const string Copied = """{"ts":"6.000100","user":"U0EVE","bot_id":"B0EVE","metadata":{"event_type":"m10_delivery","event_payload":{"delivery_key":"k7f3"}}}""";
    private const string Other = """{"ts":"7.000100","user":"U0BOT","metadata":{"event_type":"m10_delivery","event_payload":{"delivery_key":"zzzz"}}}""";
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_message_with_our_key_is_found_on_a_later_page()
    {
        _rig.Slack.Answer("conversations.history", Page("next", Other, Copied)).Answer("conversations.history", Page("", Ours));

        (await SettleAsync()).ShouldBe(new SettleOutcome.Found(new Receipt("C1", "5.000100")));

        var first = (await _rig.Slack.NextAsync()).Form;
        first["oldest"].ShouldBe("1795355880.000000"); // the attempt less a minute
        first["include_all_metadata"].ShouldBe("true");
        first.ContainsKey("cursor").ShouldBeFalse();
        (await _rig.Slack.NextAsync()).Form["cursor"].ShouldBe("next");
    }

    [Fact]
    public async Task A_whole_history_without_it_makes_a_repeat_safe()
    {
        _rig.Slack.Answer("conversations.history", Page("", Other, Copied));

        (await SettleAsync()).ShouldBeOfType<SettleOutcome.SafeToRepeat>();
    }

    [Fact]
    public async Task An_early_look_is_put_off_without_asking()
    {
        var now = _rig.Time.GetUtcNow();

        (await SettleAsync(ago: 29)).ShouldBeOfType<SettleOutcome.Later>().Until.ShouldBe(now + TimeSpan.FromSeconds(1));
        _rig.Slack.IsQuiet.ShouldBeTrue();
    }

    [Theory]
    [InlineData("missing_scope", "reinstall")]
    [InlineData("channel_not_found", "Look for the story there")]
    public async Task A_history_that_may_not_be_read_leaves_it_to_the_desk(string error, string words)
    {
        _rig.Slack.Answer("conversations.history", $$"""{"ok":false,"error":"{{error}}"}""");

        (await SettleAsync()).ShouldBeOfType<SettleOutcome.Unknowable>().Why.ShouldContain(words);
    }

    [Fact]
    public async Task A_channel_it_may_post_to_from_outside_is_joined_in_order_to_read_it()
    {
        _rig.Slack.Answer("conversations.history", """{"ok":false,"error":"not_in_channel"}""").Answer("conversations.join", """{"ok":true}""")
            .Answer("conversations.history", Page("", Ours))
            .Answer("conversations.history", """{"ok":false,"error":"not_in_channel"}""").Answer("conversations.join", """{"ok":false,"error":"missing_scope"}""");

        (await SettleAsync()).ShouldBe(new SettleOutcome.Found(new Receipt("C1", "5.000100")));
        (await SettleAsync()).ShouldBeOfType<SettleOutcome.Unknowable>().Why.ShouldContain("not in the channel");
    }

    [Fact]
    public async Task What_passes_is_asked_again_later()
    {
        _rig.Slack.Answer("conversations.history", HttpStatusCode.TooManyRequests, "", "60")
            .Break("conversations.history").Unreachable("conversations.history").Answer("conversations.history", """{"ok":false,"error":"invalid_auth"}""")
            .Answer("conversations.history", """{"ok":true,"messages":[],"has_more":true}""");

        (await SettleAsync()).ShouldBeOfType<SettleOutcome.Later>();
        _rig.Time.Advance(TimeSpan.FromSeconds(62));
        for (var i = 0; i < 4; i++)
        {
            (await SettleAsync()).ShouldBeOfType<SettleOutcome.Later>();
        }
    }

    [Fact]
    public async Task A_persons_messages_are_looked_up_in_their_direct_channel()
    {
        _rig.Slack.Answer("conversations.open", """{"ok":true,"channel":{"id":"D9"}}""").Answer("conversations.history", Page("", Ours));

        var outcome = await SlackRig.Soon(_rig.ChatPlatform.SettleAsync(SlackRig.Ann, SlackRig.Key, _rig.Time.GetUtcNow().AddSeconds(-60), CancellationToken.None));

        outcome.ShouldBe(new SettleOutcome.Found(new Receipt("D9", "5.000100")));
        (await _rig.Slack.NextAsync()).Body.ShouldBe("""{"users":"U0ANN"}""");
        (await _rig.Slack.NextAsync()).Form["channel"].ShouldBe("D9");
    }

    [Fact]
    public async Task Too_many_pages_leave_it_to_the_desk()
    {
        for (var i = 0; i < 20; i++)
        {
            _rig.Slack.Answer("conversations.history", Page("again", Other));
        }

        _rig.Slack.OnCall = () => _rig.Time.Advance(TimeSpan.FromSeconds(2)); // the pace lets one through

        (await SettleAsync()).ShouldBeOfType<SettleOutcome.Unknowable>();
    }

    private static string Page(string cursor, params string[] messages) =>
        $$$"""{"ok":true,"messages":[{{{string.Join(',', messages)}}}],"has_more":{{{(cursor.Length > 0 ? "true" : "false")}}},"response_metadata":{"next_cursor":"{{{cursor}}}"}}""";

    private Task<SettleOutcome> SettleAsync(int ago = 60) =>
        SlackRig.Soon(_rig.ChatPlatform.SettleAsync(SlackRig.News, SlackRig.Key, _rig.Time.GetUtcNow().AddSeconds(-ago), CancellationToken.None));
}
