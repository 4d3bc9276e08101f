using M10Bot.News.Articles;
using M10Bot.News.Desk;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Desk;

/// <summary>Prices go into the fire, and the fire with them into a third story; taken back link by link.</summary>
public sealed class MergeChainTests
{
    private const string Pointer = "MERGED This story goes on in another message here";
    private const string OfFire = "Fire closes oil terminal in Riga";
    private const string OfPrices = "Diesel gets dearer after supply stops";
    private const string OfPort = "Pilots stop work over their pay";
    private static readonly Topic Labour = new("medtop:09000000", "labour", TopicKind.Subject);

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Each_link_that_is_taken_back_brings_its_articles_its_number_and_its_messages(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices, port) = await ChainAsync(bench);
        bench.In("prices").ShouldBe(["BREAKING " + OfPort]);

        (await bench.TakeBackAsync(fire)).ShouldBeOfType<DeskOutcome.Sent>();
        await bench.DeliverAsync();
        bench.In("port").ShouldBe(["BREAKING " + OfPort]);
        bench.In("prices").ShouldBe(["UPDATE " + OfFire]);
        bench.In("fire").ShouldBe(["UPDATE " + OfFire]);

        (await bench.TakeBackAsync(prices)).ShouldBeOfType<DeskOutcome.Sent>();
        await bench.DeliverAsync();

        bench.In("port").ShouldBe(["BREAKING " + OfPort]);
        bench.In("fire").ShouldBe(["UPDATE " + OfFire]);
        bench.In("prices").ShouldBe(["UPDATE " + OfPrices]);
        bench.In("all").ShouldBe(["UPDATE " + OfFire, "UPDATE " + OfPrices, "BREAKING " + OfPort], ignoreOrder: true);
        bench.Posts.ShouldBe(6);
        var tables = bench.World.Tables;
        (await tables.ScalarAsync<long>("select count(*) from story where state = 'merged'")).ShouldBe(0);
        (await tables.ScalarAsync<long>("select count(*) from delivery_move")).ShouldBe(0);
        (await tables.ScalarAsync<long>("select count(*) from article where story_id = @prices and part_id is null", new { prices })).ShouldBe(1);
        (await tables.ScalarAsync<long>("select count(*) from article where story_id = @port", new { port })).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task An_earlier_link_waits_for_the_later_and_the_sentence_says_which(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices, port) = await ChainAsync(bench);

        (await bench.TakeBackAsync(prices)).ShouldBeOfType<DeskOutcome.NotPossible>().Why
            .ShouldBe($"story {fire}, which it was put into, was put into story {port} since; take that back first: unmerge {fire}");
        bench.In("prices").ShouldBe(["BREAKING " + OfPort]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_came_meanwhile_goes_back_with_the_story_that_it_is_like(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices, port) = await ChainAsync(bench);
        var later = MergeBench.Prices("Diesel dearer by nine cents as supply stops") with
        {
            Source = "Berg Times",
            Slug = null,
            Uri = "later",
            Origin = ArticleOrigin.Feed,
            Body = MergeBench.Prices().Body + "\nHauliers asked for help.",
        };
        (await bench.FileAsync(later)).Story.ShouldBe(port);

        await bench.TakeBackAsync(fire);
        (await StoryOfLaterAsync()).ShouldBe(fire);
        await bench.TakeBackAsync(prices);
        (await StoryOfLaterAsync()).ShouldBe(prices);

        Task<long> StoryOfLaterAsync() => bench.World.Tables.ScalarAsync<long>("select story_id from article where uri = 'later'");
    }

    // Each story stands in a channel of its own, and all of them in one.
    private static async Task<(long Fire, long Prices, long Port)> ChainAsync(MergeBench bench)
    {
        await bench.World.ChannelAsync("all", "all");
        await bench.World.ChannelAsync("fire", MergeBench.Harbour.Code);
        await bench.World.ChannelAsync("prices", MergeBench.Energy.Code);
        await bench.World.ChannelAsync("port", Labour.Code);
        var (fire, prices) = await bench.TwoStoriesAsync();
        var article = MergeBench.Fire(OfPort) with { Uri = "port", Slug = "port", Body = "Pilots went home and no ship was let in or out.", Topics = [Labour] };
        var port = (await bench.FileAsync(article)).Story;
        await bench.DeliverAsync();
        (await bench.MergeAsync(prices, fire)).ShouldBeOfType<DeskOutcome.Sent>();
        await bench.DeliverAsync();
        (await bench.MergeAsync(fire, port)).ShouldBeOfType<DeskOutcome.Sent>();
        await bench.DeliverAsync();
        bench.In("all").Order(StringComparer.Ordinal).ShouldBe(["BREAKING " + OfPort, Pointer, Pointer]);
        return (fire, prices, port);
    }
}
