using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Tests.Deliveries;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Desk;

/// <summary>What becomes of messages when stories are put together and taken apart: one living message in a place, and no second push.</summary>
public sealed class MergeMessagesTests
{
    private const string Pointer = "MERGED This story goes on in another message here";

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Each_place_keeps_one_living_message_and_nothing_is_posted_anew(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices) = await ThreeChannelsAsync(bench);

        (await bench.MergeAsync(prices, fire)).ShouldBeOfType<DeskOutcome.Sent>();
        await bench.DeliverAsync();

        bench.Posts.ShouldBe(4);
        bench.In("both").ShouldBe(["BREAKING Fire closes oil terminal in Riga", Pointer]);
        bench.In("fire").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);
        bench.In("prices").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);
        bench.World.Platform.Messages.Single(m => m.To.Address is "prices").Now.WhatIsNew.ShouldBe("two stories were put together");

        await bench.FileAsync(MergeBench.Fire("Fire in Riga is out"));
        await bench.DeliverAsync();
        bench.In("prices").ShouldBe(["UPDATE Fire in Riga is out"]);
        bench.In("both").ShouldBe(["UPDATE Fire in Riga is out", Pointer]);

        await bench.FileAsync(MergeBench.Fire() with { Status = Articles.ArticleStatus.Kill });
        await bench.DeliverAsync();
        bench.In("prices").ShouldBe(["WITHDRAWN M10News has withdrawn this story"]);
        bench.Posts.ShouldBe(4);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Taken_back_each_message_tells_its_own_story_again(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices) = await ThreeChannelsAsync(bench);
        await bench.MergeAsync(prices, fire);
        await bench.DeliverAsync();

        (await bench.TakeBackAsync(prices)).ShouldBeOfType<DeskOutcome.Sent>();
        await bench.DeliverAsync();

        bench.Posts.ShouldBe(4);
        bench.In("both").ShouldBe(["BREAKING Fire closes oil terminal in Riga", "UPDATE Diesel gets dearer after supply stops"]);
        bench.In("fire").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);
        bench.In("prices").ShouldBe(["UPDATE Diesel gets dearer after supply stops"]);
        (await bench.FileAsync(MergeBench.Prices("Diesel dearer still"))).Story.ShouldBe(prices);
        (await bench.World.Tables.ScalarAsync<long>("select count(*) from story_topic where story_id = @fire and topic = 'medtop:04000000'", new { fire })).ShouldBe(0);
        (await bench.TakeBackAsync(prices)).ShouldBeOfType<DeskOutcome.NotPossible>();
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_waits_is_sent_as_the_survivor_or_not_at_all(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        await ChannelsAsync(bench);
        var (fire, prices) = await bench.TwoStoriesAsync();

        await bench.MergeAsync(prices, fire);
        await bench.DeliverAsync();

        bench.Posts.ShouldBe(3);
        bench.In("both").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);
        bench.In("prices").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Where_the_survivor_has_not_been_seen_yet_the_message_that_stands_becomes_it(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        await bench.World.ChannelAsync("both", "all");
        var prices = (await bench.FileAsync(MergeBench.Prices())).Story;
        await bench.DeliverAsync();
        var fire = (await bench.FileAsync(MergeBench.Fire())).Story;

        await bench.MergeAsync(prices, fire);
        await bench.DeliverAsync();

        bench.Posts.ShouldBe(1);
        bench.In("both").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);

        await bench.TakeBackAsync(prices);
        await bench.DeliverAsync();
        bench.In("both").ShouldBe(["UPDATE Diesel gets dearer after supply stops"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Who_followed_or_muted_does_so_with_the_survivor_unless_it_has_spoken_on_that_one(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var follower = await bench.World.ChannelAsync("follower");
        var muted = await bench.World.ChannelAsync("muted", "all");
        var torn = await bench.World.ChannelAsync("torn");
        var (fire, prices) = await bench.TwoStoriesAsync();
        await bench.World.Tables.ChooseAsync(follower, prices, "follow");
        await bench.World.Tables.ChooseAsync(muted, prices, "mute");
        await bench.World.Tables.ChooseAsync(torn, prices, "mute");
        await bench.World.Tables.ChooseAsync(torn, fire, "follow");

        await bench.MergeAsync(prices, fire);

        var choices = "select choice from story_choice where story_id = @fire and destination_id = @who";
        (await bench.World.Tables.ScalarAsync<string>(choices, new { fire, who = follower })).ShouldBe("follow");
        (await bench.World.Tables.ScalarAsync<string>(choices, new { fire, who = muted })).ShouldBe("mute");
        (await bench.World.Tables.ScalarAsync<string>(choices, new { fire, who = torn })).ShouldBe("follow");
        await bench.FileAsync(MergeBench.Fire("Fire in Riga is out"));
        await bench.DeliverAsync();
        bench.In("follower").ShouldBe(["UPDATE Fire in Riga is out"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_a_moderator_removed_stays_away(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices) = await ThreeChannelsAsync(bench);
        bench.World.Platform.Remove(bench.World.Platform.Messages.Single(m => m.To.Address is "prices"));
        await bench.FileAsync(MergeBench.Prices("Diesel dearer still"));
        await bench.DeliverAsync();

        await bench.MergeAsync(prices, fire);
        await bench.DeliverAsync();
        await bench.FileAsync(MergeBench.Fire("Fire in Riga is out"));
        await bench.DeliverAsync();

        bench.In("prices").ShouldBeEmpty();
        bench.Posts.ShouldBe(4);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_post_that_is_under_way_while_its_story_is_merged_ends_as_the_survivors_message(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        await bench.World.ChannelAsync("prices", MergeBench.Energy.Code);
        var (fire, prices) = await bench.TwoStoriesAsync();
        var release = new TaskCompletionSource<PostOutcome?>();
        bench.World.Platform.Before = (_, ct) => release.Task.WaitAsync(ct);
        var process = await bench.World.StartAsync();
        await bench.World.Platform.WhenAsync(p => p.Requests.Count == 1);

        await bench.MergeAsync(prices, fire);
        bench.World.Platform.Before = null;
        release.SetResult(null);
        await bench.World.WhenStateAsync("done", 1);
        await process.StopAsync();

        bench.World.Platform.Messages.ShouldHaveSingleItem().Cards.Select(c => c.Headline).ShouldBe(["Diesel gets dearer after supply stops", "Fire closes oil terminal in Riga"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_process_killed_with_posts_and_edits_under_way_loses_nothing_and_repeats_nothing(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        await ChannelsAsync(bench);
        var (fire, prices) = await bench.TwoStoriesAsync();
        var started = new TaskCompletionSource<DeliveryProcess>();
        bench.World.Platform.After = async (_, _) =>
        {
            (await started.Task).Kill(); // carried out, and nobody writes it down
            return null;
        };
        started.SetResult(await bench.World.StartAsync());
        await bench.World.Platform.WhenAsync(p => p.Messages.Count >= 1);
        bench.World.Platform.After = null;

        await bench.MergeAsync(prices, fire);
        await FinishAsync(bench);

        bench.In("fire").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);
        bench.In("prices").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);
        var both = bench.In("both");
        both.Count(t => t is "BREAKING Fire closes oil terminal in Riga").ShouldBe(1);
        both.ShouldAllBe(t => t == Pointer || t == "BREAKING Fire closes oil terminal in Riga");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_process_killed_while_the_messages_follow_is_taken_up_by_the_next(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        var (fire, prices) = await ThreeChannelsAsync(bench);
        await bench.MergeAsync(prices, fire);
        var started = new TaskCompletionSource<DeliveryProcess>();
        bench.World.Platform.After = async (_, _) =>
        {
            (await started.Task).Kill();
            return null;
        };
        started.SetResult(await bench.World.StartAsync());
        await bench.World.Platform.WhenAsync(p => p.Requests.Any(r => r.Verb is "edit"));
        bench.World.Platform.After = null;

        await FinishAsync(bench);

        bench.Posts.ShouldBe(4);
        bench.In("both").ShouldBe(["BREAKING Fire closes oil terminal in Riga", Pointer]);
        bench.In("prices").ShouldBe(["BREAKING Fire closes oil terminal in Riga"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_pointer_is_never_a_message_of_its_own(string engine)
    {
        await using var bench = await MergeBench.StartAsync(engine);
        await bench.World.ChannelAsync("both", "all");
        var (fire, prices) = await bench.TwoStoriesAsync();
        await bench.DeliverAsync();
        await bench.World.Tables.ExecuteAsync(
            """
            update delivery set state = 'doubt', receipt_message = null, receipt_channel = null, shown_version = 0, attempted_ms = 1, attempted_version = 1
            where bulletin_id = (select id from bulletin where story_id = @prices)
            """,
            new { prices });
        await bench.MergeAsync(prices, fire);
        var id = await bench.World.Tables.ScalarAsync<long>("select id from delivery where state = 'doubt'");

        (await bench.World.Deliveries.DecideAsync(id, stands: false, receipt: null, lacks: false, CancellationToken.None)).ShouldBeTrue();
        await bench.DeliverAsync();

        bench.Posts.ShouldBe(2);
    }

    private static async Task<(long Fire, long Prices)> ThreeChannelsAsync(MergeBench bench)
    {
        await ChannelsAsync(bench);
        var fire = (await bench.FileAsync(MergeBench.Fire())).Story;
        await bench.DeliverAsync();
        var prices = (await bench.FileAsync(MergeBench.Prices())).Story;
        await bench.DeliverAsync();
        bench.Posts.ShouldBe(4);
        return (fire, prices);
    }

    private static async Task ChannelsAsync(MergeBench bench)
    {
        await bench.World.ChannelAsync("both", "all");
        await bench.World.ChannelAsync("fire", MergeBench.Harbour.Code);
        await bench.World.ChannelAsync("prices", MergeBench.Energy.Code);
    }

    // The next process waits out the deadlines it finds.
    private static async Task FinishAsync(MergeBench bench)
    {
        var heir = await bench.World.StartAsync();
        bench.World.Time.Advance(TimeSpan.FromSeconds(13));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        for (var look = 1; await bench.World.Tables.ScalarAsync<long>("select count(*) from delivery where state in ('due', 'claimed')") > 0; look++)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (look % 20 == 0)
            {
                bench.World.Time.Advance(TimeSpan.FromSeconds(1)); // deadlines of the dead pass
            }
        }

        await heir.StopAsync();
    }
}
