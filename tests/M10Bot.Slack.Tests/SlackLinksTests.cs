using M10Bot.News.Chat;

namespace M10Bot.Slack.Tests;

/// <summary>A link that a person gives becomes a receipt only where it is of that very place and of our own message.</summary>
public sealed class SlackLinksTests : IDisposable
{
    private const string Link = "https://acme.slack.com/archives/C1/p1790000001000200";
    private const string Stands = """{"ok":true,"channel":"C1","permalink":"https://acme.slack.com/archives/C1/p1790000001000200"}""";
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("k7f3", "U0BOT", null)]
    [InlineData("zzzz", "U0BOT", LinkFault.NotOurs)]
    [InlineData("k7f3", "U0EVE", LinkFault.NotOurs)]
    public async Task The_message_is_looked_at_before_it_is_taken(string key, string user, LinkFault? fault)
    {
        _rig.Slack.Answer("chat.getPermalink", Stands).Answer(
            "conversations.history",
            $$$$"""{"ok":true,"messages":[{"ts":"1790000001.000200","user":"{{{{user}}}}","metadata":{"event_type":"m10_delivery","event_payload":{"delivery_key":"{{{{key}}}}"}}}]}""");

        (await AskAsync(Link)).ShouldBe(fault is { } no ? new LinkOutcome.No(no) : new LinkOutcome.Ours(new Receipt("C1", "1790000001.000200")));

        (await _rig.Slack.NextAsync()).Form["message_ts"].ShouldBe("1790000001.000200");
        (await _rig.Slack.NextAsync()).Form["oldest"].ShouldBe("1790000001.000200");
    }

    [Theory]
    [InlineData("""{"ts":"1790000001.000200","user":"U0BOT"}""", true)]
    [InlineData("""{"ts":"1790000001.000200","user":"U0EVE"}""", false)]
    public async Task A_message_without_a_key_is_ours_where_the_bot_wrote_it(string message, bool isOurs)
    {
        _rig.Slack.Answer("chat.getPermalink", Stands).Answer("conversations.history", $$"""{"ok":true,"messages":[{{message}}]}""");

        (await AskAsync(Link) is LinkOutcome.Ours).ShouldBe(isOurs);
    }

    [Fact]
    public async Task Where_the_history_is_closed_it_is_enough_that_the_message_stands_there()
    {
        _rig.Slack.Answer("chat.getPermalink", Stands).Answer("conversations.history", """{"ok":false,"error":"missing_scope"}""");

        (await AskAsync($"<{Link}|that one>")).ShouldBe(new LinkOutcome.Ours(new Receipt("C1", "1790000001.000200")));
    }

    [Theory]
    [InlineData("", LinkFault.NoLink)]
    [InlineData("https://acme.slack.com/archives/C1", LinkFault.NoLink)]
    [InlineData("https://evil.example/archives/C1/p1790000001000200", LinkFault.NoLink)]
    [InlineData("https://slack.com.evil.example/archives/C1/p1790000001000200", LinkFault.NoLink)]
    [InlineData("see https://acme.slack.com/archives/C1/p1790000001000200 there", LinkFault.NoLink)]
    [InlineData("https://acme.slack.com/archives/C2/p1790000001000200", LinkFault.Elsewhere)]
    [InlineData("https://acme.slack.com/archives/C1/p1790000001000200?thread_ts=1780000001.000200&cid=C1", LinkFault.Elsewhere)]
    public async Task Whatever_is_no_link_of_that_place_is_refused_before_slack_is_asked(string link, LinkFault fault)
    {
        (await AskAsync(link)).ShouldBe(new LinkOutcome.No(fault));
        _rig.Slack.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public async Task A_reply_is_of_a_thread_and_the_first_message_of_one_is_of_its_channel()
    {
        var thread = SlackRig.News with { Address = "C1/1780000001.000200" };
        _rig.Slack.Answer("chat.getPermalink", Stands).Answer("conversations.replies", """{"ok":false,"error":"missing_scope"}""")
            .Answer("chat.getPermalink", Stands).Answer("conversations.history", """{"ok":false,"error":"missing_scope"}""");

        (await AskAsync($"{Link}?thread_ts=1780000001.000200&cid=C1", thread)).ShouldBeOfType<LinkOutcome.Ours>();
        (await AskAsync($"{Link}?thread_ts=1790000001.000200&cid=C1")).ShouldBeOfType<LinkOutcome.Ours>();
        (await AskAsync(Link, thread)).ShouldBe(new LinkOutcome.No(LinkFault.Elsewhere));
    }

    [Theory]
    [InlineData("https://acme.slack.com/archives/D9/p1790000001000200", null)]
    [InlineData("https://acme.slack.com/archives/D8/p1790000001000200", LinkFault.Elsewhere)]
    [InlineData("https://acme.slack.com/archives/C1/p1790000001000200", LinkFault.Elsewhere)]
    [InlineData("https://acme.slack.com/archives/D9/p1790000001000200?thread_ts=1780000001.000200&cid=D9", LinkFault.Elsewhere)]
    public async Task A_persons_message_is_in_the_channel_that_slack_opens_for_them(string link, LinkFault? fault)
    {
        _rig.Slack.Answer("conversations.open", """{"ok":true,"channel":{"id":"D9"}}""")
            .Answer("chat.getPermalink", """{"ok":true,"channel":"D9","permalink":"https://acme.slack.com/archives/D9/p1790000001000200"}""")
            .Answer("conversations.history", """{"ok":true,"messages":[{"ts":"1790000001.000200","user":"U0BOT","metadata":{"event_type":"m10_delivery","event_payload":{"delivery_key":"k7f3"}}}]}""");

        (await AskAsync(link, SlackRig.Ann)).ShouldBe(fault is { } no ? new LinkOutcome.No(no) : new LinkOutcome.Ours(new Receipt("D9", "1790000001.000200")));

        (await _rig.Slack.NextAsync()).Body.ShouldBe("""{"users":"U0ANN"}""");
        if (fault is null)
        {
            (await _rig.Slack.NextAsync()).Form["channel"].ShouldBe("D9");
            (await _rig.Slack.NextAsync()).Form["channel"].ShouldBe("D9");
        }
    }

    [Fact]
    public async Task A_person_whose_channel_slack_does_not_open_now_is_asked_about_later()
    {
        _rig.Slack.Answer("conversations.open", """{"ok":false,"error":"internal_error"}""");

        (await AskAsync("https://acme.slack.com/archives/D9/p1790000001000200", SlackRig.Ann)).ShouldBe(new LinkOutcome.No(LinkFault.NotNow));
    }

    [Theory]
    [InlineData("message_not_found", LinkFault.NotThere)]
    [InlineData("internal_error", LinkFault.NotNow)]
    public async Task A_message_that_is_gone_or_cannot_be_asked_about_is_not_taken(string error, LinkFault fault)
    {
        _rig.Slack.Answer("chat.getPermalink", $$"""{"ok":false,"error":"{{error}}"}""");

        (await AskAsync(Link)).ShouldBe(new LinkOutcome.No(fault));
    }

    private Task<LinkOutcome> AskAsync(string link, Destination? to = null) =>
        SlackRig.Soon(_rig.ChatPlatform.ReceiptOfAsync(to ?? SlackRig.News, SlackRig.Key, link, CancellationToken.None));
}
