using M10Bot.Discord.Interactions;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Tests.Support;
using M10Bot.Discord.Webhooks;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Tests.Webhooks;

/// <summary>Cards by webhooks: what is sent where, what the errors come to, and that the secret stays one.</summary>
public sealed class WebhookTests
{
    private static readonly Receipt Written = new("42/7", "900");

    private readonly Bench _bench = new();

    private Destination Place(string address = "42", string token = "s3cret") =>
        Bench.Channel with { Address = address, Webhook = _bench.Seal.Seal("81", new Webhook("7", token, "42")) };

    [Theory]
    [InlineData("https://discord.com/api/webhooks/7/s3cret")]
    [InlineData(" <https://discordapp.com/api/webhooks/7/s3cret> ")]
    [InlineData("https://canary.discord.com/api/v10/webhooks/7/s3cret/")]
    [InlineData("https://ptb.discord.com/api/webhooks/7/s3cret?thread_id=1")]
    public void A_pasted_url_names_a_webhook(string url) => Webhook.Parse(url).ShouldBe(new Webhook("7", "s3cret", ""));

    [Theory]
    [InlineData("http://discord.com/api/webhooks/7/s3cret")]
    [InlineData("https://discord.com.evil.example/api/webhooks/7/s3cret")]
    [InlineData("https://discord.com@evil.example/api/webhooks/7/s3cret")]
    [InlineData("https://evil.example/https://discord.com/api/webhooks/7/s3cret")]
    [InlineData("https://discord.com/api/webhooks/../7/s3cret")]
    [InlineData("https://discord.com/api/webhooks/7/s3cret/github")]
    [InlineData("https://discord.com/api/webhooks/7/s3%2Fcret")]
    [InlineData("https://discord.com/api/webhooks/7/s3cret\nx")]
    [InlineData("https://discord.com:444/api/webhooks/7/s3cret")]
    [InlineData("")]
    public void Anything_else_names_none(string url) => Webhook.Parse(url).ShouldBeNull();

    [Fact]
    public void What_is_encrypted_opens_in_its_own_server_alone_and_holds_no_secret_in_clear()
    {
        var text = _bench.Seal.SealUrl("81", "https://discord.com/api/webhooks/7/s3cret");
        text.ShouldNotContain("s3cret");
        text.Length.ShouldBeLessThan(1_000, "an argument's most");
        _bench.Seal.Open("81", text).ShouldBe(new Webhook("7", "s3cret", ""));
        _bench.Seal.Open("82", text).ShouldBeNull();
        _bench.Seal.Open("81", "nonsense").ShouldBeNull();
        _bench.Seal.Open("81", _bench.Seal.SealUrl("81", "https://evil.example/s3cret")).ShouldBeNull();
        new Webhook("7", "s3cret", "42").ToString().ShouldNotContain("s3cret");
        Place().ToString().ShouldBe("discord/81/channel/42");
    }

    [Fact]
    public async Task A_post_asks_for_its_answer_carries_no_bots_token_pings_nobody_and_has_no_button_but_links()
    {
        _bench.Discord.Answer(Bench.Echo());
        (await _bench.Platform.PostAsync(Place(), Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(Written));
        var asked = _bench.Discord.Requests.ShouldHaveSingleItem();
        asked.Line.ShouldBe("POST /api/v10/webhooks/7/s3cret?wait=true&with_components=true");
        asked.Authorization.ShouldBeNull();
        asked.Body.ShouldContain("\"allowed_mentions\":{\"parse\":[]}");
        asked.Body.ShouldNotContain("custom_id");
        asked.Body.ShouldNotContain("nonce");
        asked.Body.ShouldContain("https://m10news.com/story/1");
    }

    [Fact]
    public async Task An_edit_goes_by_the_webhook_and_names_the_thread_only_where_there_is_one()
    {
        _bench.Discord.Answer(Bench.Echo());
        (await _bench.Platform.EditAsync(Place(), Written, Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(Written));
        (await _bench.Platform.WithdrawAsync(Place("43"), new Receipt("43/7", "901"), Some.Bulletin(CardState.Withdrawn), Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>();
        await _bench.Platform.PostAsync(Place("43"), Some.Bulletin(), Bench.Key, default);
        _bench.Discord.Requests.Select(r => r.Line).ShouldBe(
        [
            "PATCH /api/v10/webhooks/7/s3cret/messages/900?with_components=true",
            "PATCH /api/v10/webhooks/7/s3cret/messages/901?with_components=true&thread_id=43",
            "POST /api/v10/webhooks/7/s3cret?wait=true&with_components=true&thread_id=43",
        ]);
        _bench.Discord.Requests.ShouldAllBe(r => r.Body.Contains("\"allowed_mentions\":{\"parse\":[]}"));
    }

    [Fact]
    public async Task What_the_bot_wrote_before_is_edited_by_the_bot_and_what_another_webhook_wrote_is_put_up_anew()
    {
        _bench.Discord.Answer(Bench.Echo());
        await _bench.Platform.EditAsync(Place(), new Receipt("42", "899"), Some.Bulletin(), Bench.Key, default);
        _bench.Discord.Requests.ShouldHaveSingleItem().Line.ShouldBe("PATCH /api/v10/channels/42/messages/899");
        (await _bench.Platform.EditAsync(Place(), new Receipt("42/6", "899"), Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Gone>();
        (await _bench.Platform.EditAsync(Bench.Channel, Written, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Declined>();
        _bench.Discord.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(404, """{"code":10015}""")]
    [InlineData(401, """{"code":50027}""")]
    [InlineData(401, "{}")]
    public async Task A_webhook_that_is_over_is_wiped_called_no_more_and_stops_nothing_else(int status, string body)
    {
        _bench.Discord.Answer(status, body);
        var refused = (await _bench.Platform.PostAsync(Place(), Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        refused.Remedy.ShouldContain("the URL of a new one");
        _bench.Ended.ShouldHaveSingleItem().ShouldBe(Bench.Channel);
        (await _bench.Platform.PostAsync(Place(), Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        (await _bench.Platform.PostAsync(Bench.Channel with { Webhook = "" }, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Refused>();
        _bench.Discord.Requests.Count.ShouldBe(1);

        _bench.Discord.Answer(Bench.Echo());
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>("the bot's own token is as good as before");
    }

    [Fact]
    public async Task The_ends_of_its_requests_are_as_elsewhere()
    {
        _bench.Discord.Answer(503, "");
        (await _bench.Platform.PostAsync(Place(), Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.InDoubt>();
        (await _bench.Platform.EditAsync(Place(), Written, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Deferred>();
        _bench.Discord.Answer(404, """{"code":10008}""");
        (await _bench.Platform.EditAsync(Place(), Written, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Gone>();
        _bench.Discord.Answer(429, """{"retry_after":30,"global":false}""");
        var wait = (await _bench.Platform.PostAsync(Place(), Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Deferred>();
        wait.WholeLane.ShouldBeFalse();
        wait.Until.ShouldBeGreaterThanOrEqualTo(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_limit_of_one_webhook_holds_up_no_other()
    {
        _bench.Discord.Answer(200, """{"id":"900","channel_id":"42"}""", ScriptedDiscord.Bucket(5, 0, 60));
        await _bench.Platform.PostAsync(Place(), Some.Bulletin(), Bench.Key, default);
        (await _bench.Platform.PostAsync(Place(), Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Deferred>();
        var other = Bench.Channel with { Address = "44", Webhook = _bench.Seal.Seal("81", new Webhook("8", "other", "44")) };
        (await _bench.Platform.PostAsync(other, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>();
    }

    [Fact]
    public async Task A_forum_that_nobody_told_of_is_learnt_from_the_refusal()
    {
        _bench.Discord.Answer(400, """{"code":220001}""").Answer(403, """{"code":50001}""").Answer(200, """{"id":"950","channel_id":"950"}""");
        (await _bench.Platform.PostAsync(Place(), Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(new Receipt("950/7", "950")));
        _bench.Discord.Requests[^1].Json.GetProperty("thread_name").GetString()!.ShouldContain("security guarantees");
    }

    [Fact]
    public async Task Doubt_is_settled_by_what_the_webhook_wrote_at_that_time_read_by_the_webhook_itself()
    {
        var attempted = _bench.Time.GetUtcNow() - TimeSpan.FromMinutes(1);
        var id = Snowflake.At(attempted);
        var mark = M10Bot.Discord.Rendering.Mark.OfKey(Bench.Key);
        _bench.Discord
            .Answer(200, """{"id":"42","type":0}""")
            .Answer(200, $$"""[{"id":"{{id + 1}}","webhook_id":"6","components":[]},{"id":"{{id}}","webhook_id":"7","components":[]}]""")
            .Answer(200, $$"""{"id":"{{id}}","components":[{"type":17,"id":{{mark}}}]}""");
        (await SettleAsync(attempted)).ShouldBe(new SettleOutcome.Found(new Receipt("42/7", $"{id}")));
        _bench.Discord.Requests[^1].Line.ShouldBe($"GET /api/v10/webhooks/7/s3cret/messages/{id}");
    }

    [Fact]
    public async Task Doubt_stays_where_the_bot_may_not_look_and_nothing_is_repeated_blindly()
    {
        var attempted = _bench.Time.GetUtcNow() - TimeSpan.FromMinutes(1);
        _bench.Discord.Answer(403, """{"code":50001}""");
        (await SettleAsync(attempted)).ShouldBeOfType<SettleOutcome.Unknowable>();
        _bench.Discord.Answer(200, """{"id":"42","type":0}""").Answer(200, "[]").Answer(200, """{"id":"42","last_message_id":"9999999999999999999"}""");
        (await SettleAsync(attempted)).ShouldBeOfType<SettleOutcome.Unknowable>("no history is shown");
        _bench.Discord.Answer(200, """{"id":"42","type":0}""").Answer(200, $$"""[{"id":"{{Snowflake.At(attempted)}}","webhook_id":"6"}]""");
        (await SettleAsync(attempted)).ShouldBe(new SettleOutcome.SafeToRepeat());
        (await SettleAsync(_bench.Time.GetUtcNow())).ShouldBeOfType<SettleOutcome.Later>("it may be under way");
    }

    [Theory]
    [InlineData("""{"type":1,"guild_id":"81","channel_id":"42"}""", true)]
    [InlineData("""{"type":1,"guild_id":"82","channel_id":"42"}""", false)]
    [InlineData("""{"type":2,"guild_id":"81","channel_id":"42"}""", false)]
    public async Task Only_an_incoming_webhook_of_this_server_is_usable(string webhook, bool isUsable)
    {
        _bench.Discord.Answer(200, webhook);
        var look = new WebhookLook(_bench.Rest, _bench.Seal, new OverWebhooks());
        var sight = await look.LookAsync("81", _bench.Seal.SealUrl("81", "https://discord.com/api/webhooks/7/s3cret"), default);
        if (isUsable)
        {
            var usable = sight.ShouldBeOfType<WebhookSight.Usable>();
            usable.Channel.ShouldBe("42");
            _bench.Seal.Open("81", usable.Webhook).ShouldBe(new Webhook("7", "s3cret", "42"));
        }
        else
        {
            sight.ShouldBeOfType<WebhookSight.Refused>().Why.ShouldContain("not of this server");
        }
    }

    [Fact]
    public void A_request_never_holds_the_url_and_a_field_left_empty_takes_nothing_away()
    {
        var reader = new InteractionReader(_bench.Options, _bench.Seal);
        CommandRequest Read(string value) => reader.Read(DiscordJson.Read(
            System.Text.Encoding.UTF8.GetBytes(
                $$"""{"id":"1","type":2,"token":"t","guild_id":"81","channel_id":"5","member":{"user":{"id":"9"} },"data":{"name":"channel","options":[{"name":"add","type":1,"options":[{"name":"webhook","type":3,"value":"{{value}}"}]}]} }"""),
            DiscordJson.Wire.InteractionWire)!)!;
        var request = Read("https://discord.com/api/webhooks/7/s3cret");
        request.Arguments["webhook"].ShouldNotContain("s3cret");
        _bench.Seal.Open("81", request.Arguments["webhook"]).ShouldBe(new Webhook("7", "s3cret", ""));
        Read("s3cret and nothing else").Arguments["webhook"].ShouldNotContain("s3cret");
        Read(" ").Arguments.ContainsKey("webhook").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"id":"900","author":{"id":"7"},"webhook_id":"7"}""", true)]
    [InlineData("""{"id":"900","author":{"id":"9"},"webhook_id":"7"}""", false)]
    [InlineData("""{"id":"900","flags":32768,"author":{"id":"7"},"components":[{"type":17,"id":1}]}""", false)]
    public async Task A_linked_message_without_the_mark_is_taken_where_the_webhook_wrote_it_in_the_plain_look(string message, bool isOurs)
    {
        _bench.Discord.Answer(200, message);
        (await LinkedAsync()).ShouldBe(isOurs ? new LinkOutcome.Ours(Written) : new LinkOutcome.No(LinkFault.NotOurs));
        _bench.Discord.Requests.ShouldHaveSingleItem().Line.ShouldBe("GET /api/v10/webhooks/7/s3cret/messages/900");
    }

    [Fact]
    public async Task A_linked_message_with_the_mark_is_the_webhooks_to_change_and_one_of_the_bots_the_bots()
    {
        _bench.Discord.Answer(200, $$"""{"id":"900","flags":32768,"components":[{"type":17,"id":{{M10Bot.Discord.Rendering.Mark.OfKey(Bench.Key)}}}]}""");
        (await LinkedAsync()).ShouldBe(new LinkOutcome.Ours(Written));

        _bench.Discord.Answer(404, """{"code":10008}""").Answer(200, """{"id":"900","author":{"id":"9"}}""").Answer(200, """{"id":"9"}""");
        (await LinkedAsync()).ShouldBe(new LinkOutcome.Ours(new Receipt("42", "900")), "from before there was a webhook");
        _bench.Discord.Answer(404, """{"code":10008}""").Answer(200, """{"id":"900","author":{"id":"8"}}""").Answer(200, """{"id":"9"}""");
        (await LinkedAsync()).ShouldBe(new LinkOutcome.No(LinkFault.NotOurs));
        _bench.Discord.Answer(404, """{"code":10008}""").Answer(403, """{"code":50001}""");
        (await LinkedAsync()).ShouldBe(new LinkOutcome.No(LinkFault.NotThere), "the webhook would see its own");
        _bench.Discord.Answer(503, "");
        (await LinkedAsync()).ShouldBe(new LinkOutcome.No(LinkFault.NotNow));
    }

    private Task<LinkOutcome> LinkedAsync() => _bench.Platform.ReceiptOfAsync(Place(), Bench.Key, "https://discord.com/channels/81/42/900", default);

    private Task<SettleOutcome> SettleAsync(DateTimeOffset attempted) => _bench.Platform.SettleAsync(Place(), Bench.Key, attempted, default);
}
