using M10Bot.Discord.Places;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Tests;

/// <summary>Announcement channels and forums, request by request.</summary>
public sealed class DiscordPlacesTests
{
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);
    private const string Tags = """{"id":"42","type":15,"flags":16,"available_tags":[{"id":"1","name":"Other"},{"id":"2","name":"Ukraine"},{"id":"3","name":"NATO","moderated":true}]}""";

    private readonly Bench _bench = new();

    [Fact]
    public async Task A_forum_post_has_a_title_and_the_tags_that_are_named_as_its_topics()
    {
        Tell(ChannelKind.Forum);
        _bench.Discord.Answer(200, Tags).Answer(201, """{"id":"900","type":11}""");
        var card = Some.Bulletin() with { Topics = ["NATO", "ukraine"] };
        (await _bench.Platform.PostAsync(Bench.Channel, card, Bench.Key, default)).ShouldBe(new PostOutcome.Posted(new Receipt("900", "900")));
        _bench.Discord.Requests[1].Line.ShouldBe("POST /api/v10/channels/42/threads");
        var body = _bench.Discord.Requests[1].Json;
        body.GetProperty("applied_tags").GetRawText().ShouldBe("""["2"]""", "a moderated tag is not the bot's");
        body.GetProperty("name").GetString()!.Length.ShouldBeInRange(1, 100);
        body.GetProperty("message").GetProperty("allowed_mentions").GetRawText().ShouldBe("""{"parse":[]}""");
        body.GetProperty("message").TryGetProperty("nonce", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_forum_that_demands_a_tag_gets_its_first_where_none_fits()
    {
        Tell(ChannelKind.Forum);
        _bench.Discord.Answer(200, Tags).Answer(201, """{"id":"900"}""");
        await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin() with { Topics = ["sport"] }, Bench.Key, default);
        _bench.Discord.Requests[1].Json.GetProperty("applied_tags").GetRawText().ShouldBe("""["1"]""");
    }

    [Fact]
    public async Task A_forum_post_whose_end_nobody_saw_is_found_by_its_mark()
    {
        Tell(ChannelKind.Forum);
        var at = _bench.Time.GetUtcNow() - AMinute;
        var (old, other, ours) = (Snowflake.At(at - TimeSpan.FromHours(1)), Snowflake.At(at) + 1, Snowflake.At(at) + 2);
        _bench.Discord
            .Answer(200, $$"""{"threads":[{"id":"{{old}}","parent_id":"42"},{"id":"{{other}}","parent_id":"43"},{"id":"{{ours}}","parent_id":"42"}]}""")
            .Answer(200, $$"""{"id":"{{ours}}","components":[{"type":17,"id":{{Mark.OfKey(Bench.Key)}}}]}""");
        (await _bench.Platform.SettleAsync(Bench.Channel, Bench.Key, at, default)).ShouldBe(new SettleOutcome.Found(new Receipt($"{ours}", $"{ours}")));
        _bench.Discord.Requests.Select(r => r.Line).ShouldBe([$"GET /api/v10/guilds/{Bench.Channel.Workspace}/threads/active", $"GET /api/v10/channels/{ours}/messages/{ours}"]);

        _bench.Discord.Answer(200, """{"threads":[]}""");
        (await _bench.Platform.SettleAsync(Bench.Channel, Bench.Key, at, default)).ShouldBeOfType<SettleOutcome.SafeToRepeat>();
        _bench.Discord.Answer(502, "").Answer(502, "").Answer(502, "").Answer(502, "").Answer(502, "");
        (await _bench.Platform.SettleAsync(Bench.Channel, Bench.Key, at, default)).ShouldBeOfType<SettleOutcome.Later>();
    }

    [Theory]
    [InlineData(0, typeof(SettleOutcome.Later))]
    [InlineData(14, typeof(SettleOutcome.Later))]
    [InlineData(15, typeof(SettleOutcome.SafeToRepeat))]
    [InlineData(3_300, typeof(SettleOutcome.SafeToRepeat))]
    [InlineData(3_301, typeof(SettleOutcome.Unknowable))]
    public async Task A_forum_post_is_repeated_neither_while_it_may_come_yet_nor_when_it_may_be_archived(int seconds, Type end)
    {
        Tell(ChannelKind.Forum);
        _bench.Discord.Answer(200, """{"threads":[]}""");
        (await _bench.Platform.SettleAsync(Bench.Channel, Bench.Key, _bench.Time.GetUtcNow() - TimeSpan.FromSeconds(seconds), default)).ShouldBeOfType(end);
    }

    [Theory]
    [InlineData(403, """{"code":50001,"message":"Missing Access"}""")]
    [InlineData(404, """{"code":10008,"message":"Unknown Message"}""")]
    public async Task A_forum_post_that_can_not_be_read_is_never_repeated_blindly(int status, string body)
    {
        Tell(ChannelKind.Forum);
        var post = Snowflake.At(_bench.Time.GetUtcNow());
        _bench.Discord.Answer(200, Threads(post)).Answer(status, body);
        (await SettleAsync()).ShouldBeOfType<SettleOutcome.Unknowable>();
        _bench.Discord.Answer(200, Threads(post, owner: "9")).Answer(status, body).Answer(200, """{"id":"9"}""");
        (await SettleAsync()).ShouldBeOfType<SettleOutcome.Unknowable>("the bot began it");
        _bench.Discord.Answer(200, Threads(post, owner: "8")).Answer(status, body).Answer(200, """{"id":"9"}""");
        (await SettleAsync()).ShouldBe(new SettleOutcome.SafeToRepeat(), "somebody else began it");
    }

    [Fact]
    public async Task One_forum_post_that_can_not_be_read_does_not_hide_the_one_that_is_looked_for()
    {
        Tell(ChannelKind.Forum);
        var post = Snowflake.At(_bench.Time.GetUtcNow());
        _bench.Discord
            .Answer(200, $$"""{"threads":[{"id":"{{post}}","parent_id":"42"},{"id":"{{post + 1}}","parent_id":"42"}]}""")
            .Answer(404, """{"code":10008}""")
            .Answer(200, $$"""{"id":"{{post + 1}}","components":[{"type":17,"id":{{Mark.OfKey(Bench.Key)}}}]}""");
        (await SettleAsync()).ShouldBe(new SettleOutcome.Found(new Receipt($"{post + 1}", $"{post + 1}")));
    }

    [Fact]
    public async Task A_forum_post_that_comes_garbled_is_looked_at_again_and_a_flood_of_posts_is_left_to_an_editor()
    {
        Tell(ChannelKind.Forum);
        var post = Snowflake.At(_bench.Time.GetUtcNow());
        _bench.Discord.Answer(200, Threads(post)).Answer(200, "garbled");
        (await SettleAsync()).ShouldBeOfType<SettleOutcome.Later>();

        string Flood(int posts) => $$"""{"threads":[{{string.Join(',', Enumerable.Range(0, posts).Select(i => $$"""{"id":"{{post + (ulong)i}}","parent_id":"42"}"""))}}]}""";
        _bench.Discord.Answer(200, Flood(25)).Answer(200, """{"id":"1","components":[]}""");
        (await _bench.PassAsync(SettleAsync())).ShouldBe(new SettleOutcome.SafeToRepeat());
        _bench.Discord.Answer(200, Flood(26)).Answer(200, """{"id":"1","components":[]}""");
        (await _bench.PassAsync(SettleAsync())).ShouldBeOfType<SettleOutcome.Unknowable>();
    }

    [Fact]
    public async Task A_later_version_is_told_in_the_thread_once()
    {
        Tell(ChannelKind.Forum);
        var card = Some.Bulletin() with { Version = 2, WhatIsNew = "A date is set." };
        _bench.Discord.Answer(200, """{"id":"900"}""").Answer(200, "[]").Answer(200, """{"id":"901"}""");
        (await _bench.Platform.EditAsync(Bench.Channel, new Receipt("900", "900"), card, Bench.Key, default)).ShouldBe(new PostOutcome.Posted(new Receipt("900", "900")));
        _bench.Discord.Requests.Select(r => r.Line).ShouldBe(
            ["PATCH /api/v10/channels/900/messages/900", "GET /api/v10/channels/900/messages?limit=50", "POST /api/v10/channels/900/messages"]);
        var reply = _bench.Discord.Requests[2].Json;
        reply.GetRawText().ShouldContain("A date is set.");
        var mark = reply.GetProperty("components")[0].GetProperty("id").GetInt32();

        _bench.Discord.Answer(200, """{"id":"900"}""").Answer(200, $$"""[{"id":"901","components":[{"type":17,"id":{{mark}}}]}]""");
        await _bench.Platform.EditAsync(Bench.Channel, new Receipt("900", "900"), card, Bench.Key, default);
        _bench.Discord.Requests.Count.ShouldBe(5, "nothing is said twice");
    }

    [Fact]
    public async Task A_message_in_an_announcement_channel_is_published_and_a_full_hour_is_waited_for()
    {
        Tell(ChannelKind.Announcement);
        _bench.Discord.Answer(Bench.Echo()).Answer(200, """{"id":"900","flags":1}""");
        (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(new Receipt("42", "900")));
        _bench.Discord.Requests[1].Line.ShouldBe("POST /api/v10/channels/42/messages/900/crosspost");

        _bench.Discord.Answer(Bench.Echo()).Answer(429, """{"message":"slow","retry_after":1800,"global":false}""");
        var waits = (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>();
        waits.Again!.Value.ShouldBeGreaterThanOrEqualTo(_bench.Time.GetUtcNow() + TimeSpan.FromMinutes(29));
    }

    /// <remarks>Seen red: the card that tests an announcement channel went to every server that follows it.</remarks>
    [Fact]
    public async Task A_test_card_in_an_announcement_channel_is_not_published()
    {
        Tell(ChannelKind.Announcement);
        _bench.Discord.Answer(Bench.Echo());
        var card = Some.Bulletin() with { Kicker = new Kicker(CardState.Exercise, []) };
        (await _bench.Platform.PostAsync(Bench.Channel, card, Bench.Key, default)).ShouldBe(new PostOutcome.Posted(new Receipt("42", "900")));
        _bench.Discord.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_published_is_not_published_again_by_an_edit()
    {
        Tell(ChannelKind.Announcement);
        _bench.Discord.Answer(200, """{"id":"900","flags":32769}""");
        await _bench.Platform.EditAsync(Bench.Channel, new Receipt("42", "900"), Some.Bulletin(), Bench.Key, default);
        _bench.Discord.Requests.ShouldHaveSingleItem();

        _bench.Discord.Answer(200, """{"id":"900","flags":32768}""").Answer(400, """{"code":40033}""");
        (await _bench.Platform.EditAsync(Bench.Channel, new Receipt("42", "900"), Some.Bulletin(), Bench.Key, default)).ShouldBe(new PostOutcome.Posted(new Receipt("42", "900")));
    }

    [Fact]
    public async Task A_publication_that_is_not_allowed_leaves_the_message_and_tells_the_admin()
    {
        Tell(ChannelKind.Announcement);
        _bench.Discord.Answer(Bench.Echo()).Answer(403, """{"code":50013}""");
        var posted = (await _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>();
        posted.Flaw!.ShouldContain("could not be published");
        posted.Again.ShouldBeNull();
    }

    [Fact]
    public async Task A_channel_of_a_server_that_nobody_told_of_is_asked_for_once()
    {
        var bench = new Bench();
        var channel = new Destination(Platform.Discord, "99", DestinationKind.Channel, "4242");
        bench.Discord.Answer(200, """{"id":"4242","type":0}""").Answer(Bench.Echo()).Answer(Bench.Echo());
        await bench.Platform.PostAsync(channel, Some.Bulletin(), Bench.Key, default);
        await bench.Platform.PostAsync(channel, Some.Bulletin(), Bench.Key, default);
        bench.Discord.Requests.Count(r => r.Line is "GET /api/v10/channels/4242").ShouldBe(1);
    }

    private static string Threads(ulong post, string? owner = null) =>
        $$"""{"threads":[{"id":"{{post}}","parent_id":"42"{{(owner is null ? "" : $",\"owner_id\":\"{owner}\"")}}}]}""";

    private Task<SettleOutcome> SettleAsync() => _bench.Platform.SettleAsync(Bench.Channel, Bench.Key, _bench.Time.GetUtcNow() - AMinute, default);

    private void Tell(ChannelKind kind)
    {
        _bench.Guilds.Came(Bench.Channel.Workspace);
        _bench.Guilds.Told(42, kind);
    }
}
