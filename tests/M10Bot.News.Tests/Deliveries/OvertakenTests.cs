using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>A change that a machine's summary overtook on its way to a place: the message shows both, and a reply still says the change.</summary>
public sealed class OvertakenTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_quiet_version_says_what_it_overtook_where_that_was_never_shown(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("channel", "all");
        var story = await world.Tables.StoryAsync();
        await RunAsync(world, story, 1, isQuiet: false);
        await world.RunUntilAsync(p => p.Requests.Count == 1);

        await RunAsync(world, story, 2, isQuiet: false);
        await RunAsync(world, story, 3, isQuiet: true);
        await world.RunUntilAsync(p => p.Requests.Count == 2);
        await RunAsync(world, story, 4, isQuiet: true);
        await RunAsync(world, story, 5, isQuiet: true);
        await world.RunUntilAsync(p => p.Requests.Count == 3);

        var cards = world.Platform.Requests.Select(r => r.Card!).ToList();
        cards.ConvertAll(c => c.Version).ShouldBe([1, 3, 5]);
        cards.ConvertAll(c => c.Overtook).ShouldBe([null, 2, null]);
        cards.ConvertAll(c => c.Reply?.Version).ShouldBe([null, 2, null]);
    }

    [Fact]
    public void A_reply_says_each_version_that_brings_something_and_no_other()
    {
        var card = Some.Card("Headline", CardState.Update);

        (card with { Version = 1 }).Reply.ShouldBeNull();
        (card with { Version = 2 }).Reply!.Version.ShouldBe(2);
        (card with { Version = 3, IsQuiet = true }).Reply.ShouldBeNull();
        (card with { Version = 3, IsQuiet = true, Overtook = 2 }).Reply!.Version.ShouldBe(2);
    }

    private static Task RunAsync(DeliveryWorld world, long story, int version, bool isQuiet) => world.Tables.RunAsync(
        world.Deliveries, story, DeliveryRank.Routine, Some.Card($"Version {version}", CardState.Update) with { Version = version, IsQuiet = isQuiet });
}
