using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>What of a lane goes first where not all can go at once.</summary>
public sealed class LaneOrderTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_a_destination_is_owed_arrives_in_the_order_it_was_owed_one_at_a_time(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        await world.ChannelAsync("b", "all");
        var underWay = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 0, ["b"] = 0 };
        var most = 0;
        world.Platform.Before = (request, _) =>
        {
            lock (underWay)
            {
                most = Math.Max(most, ++underWay[request.To.Address]);
            }

            return Task.FromResult<PostOutcome?>(null);
        };
        world.Platform.After = (request, _) =>
        {
            lock (underWay)
            {
                underWay[request.To.Address]--;
            }

            return Task.FromResult<PostOutcome?>(null);
        };
        for (var i = 0; i < 20; i++)
        {
            await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, $"{i:00}");
        }

        await world.RunUntilAsync(p => p.Messages.Count == 40);

        most.ShouldBe(1);
        foreach (var channel in world.Platform.Messages.GroupBy(m => m.To))
        {
            channel.Select(m => m.Now.Headline).ShouldBeInOrder();
        }
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task The_more_important_goes_first(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        world.Options.InFlight = 1;
        foreach (var rank in new[] { DeliveryRank.Digest, DeliveryRank.Routine, DeliveryRank.Urgent, DeliveryRank.Flash, DeliveryRank.Correction })
        {
            await world.RunAsync(await world.Tables.StoryAsync(), rank, rank.ToString());
        }

        await world.RunUntilAsync(p => p.Messages.Count == 5);

        world.Platform.Messages.Select(m => m.Now.Headline).ShouldBe(["Correction", "Flash", "Urgent", "Routine", "Digest"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_flash_overtakes_a_fan_out_that_is_under_way(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.InFlight = 1;
        for (var i = 0; i < 200; i++)
        {
            await world.ChannelAsync($"c{i}", "place:chile");
        }

        await world.ChannelAsync("urgent", "place:ukraine");
        var slow = await world.Tables.StoryAsync("place:chile");
        var hot = await world.Tables.StoryAsync("place:ukraine");
        world.Platform.Before = async (_, _) =>
        {
            if (world.Platform.Requests.Count == 20)
            {
                // This request ends once the flash has been let in; the very next one must be it.
                await world.RunAsync(hot, DeliveryRank.Flash, "flash");
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
                while (await world.Tables.ScalarAsync<long>("select count(*) from delivery where rank = 2 and state = 'claimed'") == 0)
                {
                    patience.Token.ThrowIfCancellationRequested();
                }
            }

            return null;
        };
        await world.RunAsync(slow, DeliveryRank.Routine, "routine");

        await world.RunUntilAsync(p => p.Messages.Any(m => m.Now.Headline is "flash"));

        world.Platform.Messages.ToList().FindIndex(m => m.Now.Headline is "flash").ShouldBe(20);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task At_the_platforms_pace_a_flash_takes_the_very_next_place_though_many_could_be_under_way(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Platform.Pace = new LanePace(new Rate(PerSecond: 1, Burst: 2));
        for (var i = 0; i < 40; i++)
        {
            await world.ChannelAsync($"c{i}", "place:chile");
        }

        await world.ChannelAsync("hot", "place:ukraine");
        var hot = await world.Tables.StoryAsync("place:ukraine");
        await world.RunAsync(await world.Tables.StoryAsync("place:chile"), DeliveryRank.Routine, "routine");
        var process = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Messages.Count == 2);

        await world.RunAsync(hot, DeliveryRank.Flash, "flash");
        await world.WhenClaimedAsync(DeliveryRank.Flash);
        world.Platform.Requests.Count.ShouldBe(2, "nothing is handed over before its time");
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.Platform.WhenAsync(p => p.Messages.Count == 3);

        world.Platform.Messages[2].Now.Headline.ShouldBe("flash");
        await process.StopAsync();
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Edits_that_wait_for_a_limit_of_their_own_hold_up_no_post(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.Window = 8;
        for (var i = 0; i < 30; i++)
        {
            await world.ChannelAsync($"c{i}", "place:chile");
        }

        await world.ChannelAsync("hot", "place:ukraine");
        var chile = await world.Tables.StoryAsync("place:chile");
        await world.RunAsync(chile, DeliveryRank.Routine, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 30);
        await world.RunAsync(chile, DeliveryRank.Correction, "corrected", CardState.Corrected);
        await world.RunAsync(await world.Tables.StoryAsync("place:ukraine"), DeliveryRank.Flash, "flash");

        world.Platform.Pace = new LanePace(new Rate(PerSecond: 1, Burst: 5), new Rate(PerSecond: 0.001, Burst: 2));
        await world.RunUntilAsync(p => p.Messages.Count == 31 && p.Messages.Count(m => m.Now.Headline is "corrected") == 2);

        world.Platform.Requests.Count(r => r.Verb is "edit").ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_limit_that_edits_met_holds_up_every_edit_and_no_post(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.InFlight = 1;
        world.Platform.Pace = new LanePace(Rate.None, Rate.None);
        for (var i = 0; i < 5; i++)
        {
            await world.ChannelAsync($"c{i}", "place:chile");
        }

        await world.ChannelAsync("hot", "place:ukraine");
        var chile = await world.Tables.StoryAsync("place:chile");
        await world.RunAsync(chile, DeliveryRank.Routine, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 5);
        world.Platform.Before = (request, _) => Task.FromResult<PostOutcome?>(
            request.Verb is "edit" ? new PostOutcome.Deferred(world.Time.GetUtcNow().AddMinutes(10), "the limit of edits", WholeLane: true) { OnlyItsKind = true } : null);
        await world.RunAsync(chile, DeliveryRank.Correction, "corrected", CardState.Corrected);
        await world.RunAsync(await world.Tables.StoryAsync("place:ukraine"), DeliveryRank.Flash, "flash");

        await world.RunUntilAsync(p => p.Messages.Count == 6 && p.Requests.Any(r => r.Verb is "edit"));

        world.Platform.Requests.Count(r => r.Verb is "edit").ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_flood_of_important_news_does_not_starve_the_routine(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.InFlight = 1;
        world.Options.Window = 8;
        for (var i = 0; i < 300; i++)
        {
            await world.ChannelAsync($"c{i}", "place:ukraine");
        }

        await world.ChannelAsync("routine", "place:chile");
        await world.RunAsync(await world.Tables.StoryAsync("place:ukraine"), DeliveryRank.Flash, "flash");
        await world.RunAsync(await world.Tables.StoryAsync("place:chile"), DeliveryRank.Routine, "routine");

        await world.RunUntilAsync(p => p.Messages.Count == 301);

        world.Platform.Messages.ToList().FindIndex(m => m.Now.Headline is "routine").ShouldBeLessThan(200);
    }
}
