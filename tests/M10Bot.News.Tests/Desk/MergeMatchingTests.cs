using M10Bot.News.Articles;
using M10Bot.News.Desk;
using M10Bot.News.Stories;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Desk;

/// <summary>What an editor put together or took apart stays so, whatever comes.</summary>
public sealed class MergeMatchingTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_is_like_either_of_two_merged_stories_comes_to_the_survivor_also_after_a_restart(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices) = await bench.TwoStoriesAsync();
        for (var i = 0; i < 5; i++)
        {
            (await bench.FileAsync(FireOf($"Source {i}"))).Story.ShouldBe(fire); // on the average over all of them, nothing is like diesel
        }

        await bench.MergeAsync(prices, fire);

        var dearer = await bench.FileAsync(PricesOf("Berg Times"));
        var burning = await bench.FileAsync(FireOf("Cove Radio"));
        var later = await bench.FileAsync(PricesOf("Dune Post", "Drivers pay more for diesel in evening trade"), bench.DeskWithAMemoryOfItsOwn());

        (dearer.Story, burning.Story, later.Story).ShouldBe((fire, fire, fire));
        dearer.Ruling.Reasons[1].ShouldStartWith("words, headline and names like this story's");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Its_slug_its_link_and_its_number_lead_to_the_survivor(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var fire = (await bench.FileAsync(MergeBench.Fire())).Story;
        var prices = (await bench.FileAsync(MergeBench.Prices() with { Link = "https://m10.example/prices" })).Story;
        var third = (await bench.FileAsync(MergeBench.Fire("Parliament in Oslo votes on pensions") with { Uri = "oslo", Slug = "oslo", Body = "Members voted on Friday.", Topics = [] })).Story;
        await bench.MergeAsync(prices, fire);
        await bench.MergeAsync(fire, third);

        (await bench.FileAsync(MergeBench.Prices("Prices fall again") with { Uri = "other", Body = "Half of the rise is gone." })).Story.ShouldBe(third);
        (await bench.FileAsync(MergeBench.Fire("By its link") with { Uri = "linked", Slug = null, Body = "", Link = "https://m10.example/prices" })).Story.ShouldBe(third);
        (await new StoryQueries(bench.World.Database, bench.World.Time).FindAsync(prices, CancellationToken.None))!.Id.ShouldBe(third);
        (await bench.MergeAsync(prices, fire)).ShouldBeOfType<DeskOutcome.NotPossible>();
        (await bench.TakeBackAsync(prices)).ShouldBeOfType<DeskOutcome.NotPossible>().Why.ShouldBe($"story {fire}, which it was put into, was put into story {third} since; take that back first: unmerge {fire}");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_was_split_off_is_not_put_together_again_by_what_comes(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var first = await bench.FileAsync(FireOf("Alba Press"));
        bench.World.Time.Advance(TimeSpan.FromMinutes(20));
        var second = await bench.FileAsync(FireOf("Berg Times", "Oil terminal in Riga burns, two hurt"));
        second.Story.ShouldBe(first.Story);

        var split = (await bench.SplitAsync(first.Story, isNews: false, 2)).ShouldBeOfType<DeskOutcome.Split>();
        for (var i = 0; i < 4; i++)
        {
            await bench.FileAsync(FireOf($"Source {i}", $"Riga oil terminal fire: report {i}"));
        }

        var tables = bench.World.Tables;
        (await tables.ScalarAsync<long>("select story_id from article where source = 'Berg Times'")).ShouldBe(split.Story);
        (await tables.ScalarAsync<long>("select story_id from article where source = 'Alba Press'")).ShouldBe(first.Story);
        (await bench.FileAsync(FireOf("Berg Times", "Oil terminal in Riga burns, three hurt"))).Story.ShouldBe(split.Story);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_split_leaves_each_story_with_its_own_topics_words_and_sources_and_goes_out_quietly(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices) = await bench.TwoStoriesAsync();
        await bench.MergeAsync(prices, fire);
        var energy = await bench.World.ChannelAsync("energy", MergeBench.Energy.Code);
        var all = await bench.World.ChannelAsync("all", "all");
        await bench.World.Tables.ExecuteAsync("update subscription set ping_role = 'R1', ping_urgency = 9");
        await bench.FileAsync(MergeBench.Fire("Fire in Riga is out"));
        await bench.DeliverAsync();

        var split = (await bench.SplitAsync(fire, isNews: false, 2)).ShouldBeOfType<DeskOutcome.Split>();
        await bench.DeliverAsync();

        bench.In("energy").ShouldBe(["UPDATE Fire in Riga is out", "NEWS Diesel gets dearer after supply stops"]);
        bench.In("all").ShouldBe(["UPDATE Fire in Riga is out", "NEWS Diesel gets dearer after supply stops"]);
        bench.World.Platform.Messages.Where(m => m.Cards[0].Kicker!.Word is "NEWS").ShouldAllBe(m => m.Cards[0].Ping == null);
        bench.World.Platform.Messages.First(m => m.To.Address is "all").Now.WhatIsNew.ShouldBe("a part of it is a story of its own now");
        var tables = bench.World.Tables;
        (await tables.ScalarAsync<long>("select count(*) from story_topic where story_id = @fire and topic = 'medtop:04000000'", new { fire })).ShouldBe(0);
        (await tables.ScalarAsync<long>("select count(*) from story_topic where story_id = @Story and topic = 'medtop:04000000'", new { split.Story })).ShouldBe(1);
        (await tables.ScalarAsync<long>("select count(*) from delivery where destination_id in (@energy, @all)", new { energy, all })).ShouldBe(4);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_split_as_news_pings(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices) = await bench.TwoStoriesAsync();
        await bench.MergeAsync(prices, fire);
        await bench.World.ChannelAsync("all", "all");
        await bench.World.Tables.ExecuteAsync("update subscription set ping_role = 'R1', ping_urgency = 9");

        await bench.SplitAsync(fire, isNews: true, 2);
        await bench.DeliverAsync();

        bench.In("all").ShouldBe(["BREAKING Diesel gets dearer after supply stops"]);
        bench.World.Platform.Messages.ShouldHaveSingleItem().Cards[0].Ping.ShouldBe("R1");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task The_story_that_loses_its_lead_is_told_by_what_is_left(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        await bench.World.ChannelAsync("all", "all");
        var first = await bench.FileAsync(FireOf("Alba Press"));
        await bench.FileAsync(FireOf("Berg Times", "Oil terminal in Riga burns, two hurt"));
        await bench.DeliverAsync();

        await bench.SplitAsync(first.Story, isNews: false, 1);
        await bench.DeliverAsync();

        bench.In("all").ShouldBe(["UPDATE Oil terminal in Riga burns, two hurt", "NEWS Fire closes oil terminal in Riga"]);
        (await bench.World.Tables.ScalarAsync<string>("select headline from story where id = @Story", new { first.Story })).ShouldBe("Oil terminal in Riga burns, two hurt");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Notes_of_moves_go_when_no_index_can_need_them_and_what_was_decided_stays(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices) = await bench.TwoStoriesAsync();
        await bench.MergeAsync(prices, fire);
        bench.World.Time.Advance(TimeSpan.FromDays(7));
        var late = (await bench.FileAsync(FireOf("Alba Press") with { Uri = "late" })).Story;
        var other = (await bench.FileAsync(PricesOf("Berg Times"))).Story;
        await bench.MergeAsync(other, late);

        (await bench.World.Tables.ScalarAsync<long>("select count(*) from story_move")).ShouldBe(1);
        (await bench.FileAsync(MergeBench.Prices("Diesel dearer still"))).Story.ShouldBe(fire);
        (await bench.FileAsync(MergeBench.Prices("Diesel dearer yet"), bench.DeskWithAMemoryOfItsOwn())).Story.ShouldBe(fire);
        (await bench.FileAsync(PricesOf("Cove Radio", "Drivers pay more for diesel in evening trade"))).Story.ShouldBe(late);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_slug_is_its_publishers_own_word(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var first = await bench.FileAsync(MergeBench.Fire());
        var other = await bench.FileAsync(MergeBench.Prices() with { Source = "Berg Times", Slug = "fire" });
        var own = await bench.FileAsync(MergeBench.Prices() with { Uri = "third", Slug = "fire" });

        other.Story.ShouldNotBe(first.Story);
        own.Story.ShouldBe(first.Story);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_version_that_is_older_than_what_is_here_is_called_older(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        await bench.FileAsync(MergeBench.Fire() with { Version = 5 });

        (await bench.FileAsync(MergeBench.Fire("Another") with { Version = 5 })).Ruling.Reasons[0].ShouldBe("version 5 of this item is already here");
        (await bench.FileAsync(MergeBench.Fire("Another") with { Version = 3 })).Ruling.Reasons[0].ShouldBe("version 5 of this item is already here, and 3 is older");
    }

    private static Article FireOf(string source, string headline = "Fire closes oil terminal in Riga") =>
        MergeBench.Fire(headline) with { Source = source, Slug = null, Origin = ArticleOrigin.Feed, Uri = $"fire at {source}", Body = "Flames closed the Kundzinsala oil terminal in the port of Riga on Sunday, and two workers had burns.\n" + headline };

    private static Article PricesOf(string source, string headline = "Diesel dearer by nine cents as supply stops") =>
        MergeBench.Prices(headline) with { Source = source, Slug = null, Origin = ArticleOrigin.Feed, Uri = $"prices at {source}", Body = "Supply stops at tank farms: diesel traders say a litre gets nine cents dearer by evening, as no ships load.\n" + headline };
}
