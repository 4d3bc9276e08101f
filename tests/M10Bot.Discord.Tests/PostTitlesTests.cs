using M10Bot.Discord.Tests.Support;
using M10Bot.Discord.Webhooks;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Tests;

/// <summary>The title of a forum's post follows the headline, within Discord's limit and as far as it may be changed.</summary>
public sealed class PostTitlesTests
{
    private const string Old = """{"id":"900","name":"Ministers meet in Kyiv"}""";
    private static readonly Receipt Post = new("900", "900");

    private readonly Bench _bench = new();

    public PostTitlesTests() => _bench.Guilds.Told(42, Places.ChannelKind.Forum);

    /// <remarks>Seen red without the request.</remarks>
    [Theory]
    [InlineData(CardState.Update)]
    [InlineData(CardState.Corrected)]
    [InlineData(CardState.Withdrawn)]
    public async Task Another_headline_is_another_title(CardState state)
    {
        Edited().Answer(200, Old).Answer(200, """{"id":"900","name":"x"}""");
        (await EditAsync(state, "*Ministers* meet\nin Lviv")).ShouldBe(new PostOutcome.Posted(Post));
        _bench.Discord.Requests.Select(r => r.Line).ShouldBe(["PATCH /api/v10/channels/900/messages/900", "GET /api/v10/channels/900", "PATCH /api/v10/channels/900"]);
        _bench.Discord.Requests[2].Body.ShouldBe("""{"name":"*Ministers* meet in Lviv"}""");
    }

    /// <remarks>Seen red with the title looked at for each version, and set though it stands.</remarks>
    [Fact]
    public async Task The_same_headline_costs_nothing_and_a_title_that_stands_is_not_set_again()
    {
        Edited();
        await _bench.Platform.EditAsync(Bench.Channel, Post, Card(CardState.Corrected, "Ministers meet in Kyiv") with { IsRetitled = false }, Bench.Key, default);
        _bench.Discord.Requests.ShouldHaveSingleItem();
        Edited().Answer(200, Old);
        (await EditAsync(CardState.Corrected, "Ministers meet in Kyiv")).ShouldBe(new PostOutcome.Posted(Post));
        _bench.Discord.Requests.Count.ShouldBe(3);
    }

    /// <remarks>Seen red with one window for all titles, and with the pause of the route itself.</remarks>
    [Fact]
    public async Task One_title_in_ten_minutes_is_left_for_what_can_not_wait()
    {
        var first = _bench.Time.GetUtcNow();
        Edited().Answer(200, Old).Answer(200, "{}");
        (await EditAsync(CardState.Update, "Ministers meet in Lviv")).ShouldBe(new PostOutcome.Posted(Post));
        Edited().Answer(200, Old);
        var waits = await EditAsync(CardState.Update, "Ministers meet in Odesa");
        waits.Again!.Value.ShouldBe(first + TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        waits.Still!.ShouldContain("still reads “Ministers meet in Kyiv”");
        waits.Flaw.ShouldBeNull("it comes right by itself");
        Edited().Answer(200, Old).Answer(200, "{}");
        (await EditAsync(CardState.Corrected, "Ministers meet in Odesa")).ShouldBe(new PostOutcome.Posted(Post));
        Edited().Answer(200, Old);
        (await EditAsync(CardState.Withdrawn, "M10News has withdrawn this story")).Again.ShouldNotBeNull();
        _bench.Discord.Requests.Count(r => r.Line is "PATCH /api/v10/channels/900").ShouldBe(2);
    }

    /// <remarks>Seen red with the limit taken for a refusal, and with it pausing the waking of the thread.</remarks>
    [Fact]
    public async Task Discords_own_word_on_the_limit_is_waited_for_and_a_sleeping_thread_is_woken_meanwhile()
    {
        Edited().Answer(200, Old).Answer(429, """{"message":"slow","retry_after":400,"global":false}""");
        (await EditAsync(CardState.Corrected, "Ministers meet in Lviv")).Again!.Value.ShouldBe(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(390), TimeSpan.FromSeconds(1));
        _bench.Discord.Answer(400, """{"code":50083}""").Answer(200, "{}").Answer(200, """{"id":"900"}""").Answer(200, Old);
        (await EditAsync(CardState.Withdrawn, "M10News has withdrawn this story")).Again.ShouldNotBeNull();
        _bench.Discord.Requests.Count(r => r.Body is """{"archived":false}""").ShouldBe(1);
    }

    /// <remarks>Seen red with a refusal taken for success.</remarks>
    [Theory]
    [InlineData("""{"code":50013}""", "The bot lacks a permission")]
    [InlineData("""{"code":160005}""", "The thread is locked")]
    [InlineData("""{"code":200001}""", "AutoMod blocks the title")]
    public async Task A_title_that_can_not_be_changed_is_no_proof_and_the_admin_is_told(string error, string why)
    {
        Edited().Answer(200, Old).Answer(403, error);
        var posted = await EditAsync(CardState.Withdrawn, "M10News has withdrawn this story");
        posted.Still!.ShouldContain(why);
        posted.Flaw.ShouldBe(posted.Still);
        posted.Again.ShouldBeNull();
    }

    /// <remarks>Seen red with the whole forum suspended for one closed post.</remarks>
    [Fact]
    public async Task A_post_that_a_moderator_closed_for_good_is_declined_and_the_forum_is_served()
    {
        _bench.Discord.Answer(400, """{"code":50083}""").Answer(403, """{"code":50013}""");
        var outcome = await _bench.Platform.EditAsync(Bench.Channel, Post, Card(CardState.Corrected, "Ministers meet in Lviv"), Bench.Key, default);
        outcome.ShouldBe(new PostOutcome.Declined("The thread is archived."));
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(429, """{"message":"slow","retry_after":400,"global":false}""")]
    public async Task A_post_that_could_not_be_woken_just_now_is_tried_again(int status, string body)
    {
        _bench.Discord.Answer(400, """{"code":50083}""").Answer(status, body);
        var outcome = await _bench.Platform.EditAsync(Bench.Channel, Post, Card(CardState.Withdrawn, "M10News has withdrawn this story"), Bench.Key, default);
        outcome.ShouldBeOfType<PostOutcome.Deferred>();
    }

    /// <remarks>Seen red with posts of webhooks left out, and with what is not seen taken for right.</remarks>
    [Fact]
    public async Task The_bot_changes_the_title_of_a_webhooks_post_where_it_may()
    {
        var place = Bench.Channel with { Webhook = _bench.Seal.Seal("81", new Webhook("7", "s3cret", "42")) };
        var receipt = new Receipt("950/7", "950");
        var card = Card(CardState.Corrected, "Ministers meet in Lviv");
        _bench.Discord.Answer(200, """{"id":"950"}""").Answer(200, """{"id":"950","name":"Ministers meet in Kyiv"}""").Answer(200, "{}");
        (await _bench.Platform.EditAsync(place, receipt, card, Bench.Key, default)).ShouldBe(new PostOutcome.Posted(receipt));
        _bench.Discord.Requests[^1].Line.ShouldBe("PATCH /api/v10/channels/950");
        _bench.Discord.Requests[^1].Authorization.ShouldNotBeNull("no webhook can do it");

        _bench.Discord.Answer(200, """{"id":"950"}""").Answer(403, """{"code":50001}""");
        var unseen = (await _bench.Platform.EditAsync(place, receipt, card, Bench.Key, default)).ShouldBeOfType<PostOutcome.Posted>();
        unseen.Still!.ShouldContain("can't be seen: The bot can't see the channel.");
    }

    private ScriptedDiscord Edited() => _bench.Discord.Answer(200, """{"id":"900"}""");

    private static Card Card(CardState state, string headline) => Some.Bulletin(state, headline) with { IsRetitled = true, Version = 1 };

    private async Task<PostOutcome.Posted> EditAsync(CardState state, string headline)
    {
        var outcome = await _bench.PassAsync(_bench.Platform.EditAsync(Bench.Channel, Post, Card(state, headline), Bench.Key, default));
        _bench.Advance(TimeSpan.FromSeconds(10)); // the channel's own pace
        return outcome.ShouldBeOfType<PostOutcome.Posted>();
    }
}
