using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Deliveries;

public sealed class LaneTests
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

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_slow_destination_holds_up_no_other(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("slow", "all");
        for (var i = 0; i < 5; i++)
        {
            await world.ChannelAsync($"quick{i}", "all");
        }

        var release = new TaskCompletionSource();
        world.Platform.Before = async (request, _) =>
        {
            if (request.To.Address is "slow")
            {
                await release.Task;
            }

            return null;
        };
        for (var i = 0; i < 30; i++)
        {
            await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, $"{i:00}");
        }

        var process = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Messages.Count == 150);
        world.Platform.Messages.ShouldAllBe(m => m.To.Address.StartsWith("quick", StringComparison.Ordinal));
        release.SetResult();
        await world.Platform.WhenAsync(p => p.Messages.Count == 180);
        await process.StopAsync();
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_is_owed_while_a_process_runs_is_sent_at_its_wake(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        var process = await world.StartAsync();

        await world.RunAsync(story, DeliveryRank.Flash, "first");
        await world.Platform.WhenAsync(p => p.Messages.Count == 1);
        await world.RunAsync(story, DeliveryRank.Kill, "withdrawn", CardState.Withdrawn);
        await world.Platform.WhenAsync(p => p.Messages[0].Now.Headline is "withdrawn");

        await process.StopAsync();
        world.Platform.Requests.Select(r => r.Verb).ShouldBe(["post", "withdraw"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_version_asked_for_while_the_one_before_is_under_way_follows_as_an_edit(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Flash, "first");
        world.Platform.Before = async (request, _) =>
        {
            if (request.Verb is "post")
            {
                await world.RunAsync(story, DeliveryRank.Correction, "corrected", CardState.Corrected);
            }

            return null;
        };

        await world.RunUntilAsync(p => p.Requests.Count == 2);

        world.Platform.Messages.ShouldHaveSingleItem().Cards.Select(c => c.Headline).ShouldBe(["first", "corrected"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_deferred_destination_rests_until_its_time_and_keeps_its_order(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var until = world.Time.GetUtcNow() + TimeSpan.FromSeconds(30);
        world.Platform.Before = (_, _) => Task.FromResult<PostOutcome?>(
            world.Time.GetUtcNow() < until ? new PostOutcome.Deferred(until, "rate limited") : null);
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "1");
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "2");
        await world.RunUntilAsync(p => p.Requests.Count == 1);

        var status = (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!;
        (status.Standing, status.Reason, status.Until, status.Waiting).ShouldBe(("resting", "rate limited", until, 2));
        var process = await world.StartAsync();
        world.Time.Advance(TimeSpan.FromSeconds(31));
        await world.Platform.WhenAsync(p => p.Messages.Count == 2);
        await process.StopAsync();

        world.Platform.Messages.Select(m => m.Now.Headline).ShouldBe(["1", "2"]);
        world.Platform.Requests.Count.ShouldBe(3, "nothing is asked of a destination that rests");
        status = (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!;
        (status.Standing, status.Waiting, status.Shown).ShouldBe(("good", 0, 2));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_deferral_ends_by_its_own_timer_while_the_process_runs(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.Tick = TimeSpan.FromMinutes(1);
        await world.ChannelAsync("a", "all");
        await world.ChannelAsync("b", "all");
        var until = world.Time.GetUtcNow() + TimeSpan.FromSeconds(5);
        world.Platform.Before = (_, _) => Task.FromResult<PostOutcome?>(
            world.Platform.Requests.Count == 1 ? new PostOutcome.Deferred(until, "outage", WholeLane: true) : null);
        world.Options.InFlight = 1;
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "1");
        var process = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Requests.Count == 1);

        world.Time.Advance(TimeSpan.FromSeconds(6));
        await world.Platform.WhenAsync(p => p.Messages.Count == 2);
        await process.StopAsync();

        world.Platform.Requests.Count.ShouldBe(3, "a held lane sends nothing for anyone");
        (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!.Standing.ShouldBe("good", "the lane's trouble is not the destination's");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_refused_destination_costs_nothing_until_it_is_resumed(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        world.Platform.Before = (_, _) => Task.FromResult<PostOutcome?>(new PostOutcome.Refused("The bot may not post there.", "Let it send messages."));
        for (var i = 0; i < 5; i++)
        {
            await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, $"{i}");
        }

        await world.RunUntilAsync(p => p.Requests.Count == 1);
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Flash, "5");

        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["refused"] = 6 }, ignoreOrder: true);
        (await world.Lanes.LanesWithWorkAsync(CancellationToken.None)).ShouldBeEmpty();
        var status = (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!;
        (status.Standing, status.Remedy, status.Refused).ShouldBe(("suspended", "Let it send messages.", 6));

        world.Platform.Before = null;
        (await world.Deliveries.ResumeAsync(Some.Channel("a"), CancellationToken.None)).ShouldBe(new Resumed(6, 0));
        await world.RunUntilAsync(p => p.Messages.Count == 6);
        world.Platform.Requests.Count.ShouldBe(7);
        (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!.Standing.ShouldBe("good");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_text_that_is_not_accepted_there_holds_up_nothing_else_and_its_correction_is_tried(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        world.Platform.Before = (request, _) =>
            Task.FromResult<PostOutcome?>(request.Card?.Headline is "blocked" ? new PostOutcome.Declined("A word filter blocks the text.") : null);
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Flash, "blocked");
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "another");
        await world.RunUntilAsync(p => p.Messages.Count == 1);

        (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!.Standing.ShouldBe("good");
        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["dropped"] = 1, ["done"] = 1 }, ignoreOrder: true);

        await world.RunAsync(story, DeliveryRank.Correction, "in other words", CardState.Corrected);
        await world.RunUntilAsync(p => p.Messages.Count == 2);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task An_edit_that_is_not_accepted_leaves_what_stands_and_a_later_version_is_tried(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        world.Platform.Before = (request, _) =>
            Task.FromResult<PostOutcome?>(request.Card?.Headline is "blocked" ? new PostOutcome.Declined("A word filter blocks the text.") : null);
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Flash, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        await world.RunAsync(story, DeliveryRank.Urgent, "blocked", CardState.Update);
        await world.RunUntilAsync(p => p.Requests.Count == 2);
        world.Platform.Messages.Single().Now.Headline.ShouldBe("first");

        await world.RunAsync(story, DeliveryRank.Urgent, "third", CardState.Update);
        await world.RunUntilAsync(p => p.Messages.Single().Now.Headline is "third");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_could_be_better_is_told_in_the_status_until_it_is(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        world.Platform.After = (request, _) => Task.FromResult<PostOutcome?>(
            request.Card?.Headline is "plain" ? new PostOutcome.Posted(new Receipt("a", "1")) { Flaw = "Give it a permission." } : null);
        var process = await world.StartAsync();
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "plain");
        await world.WhenAllDoneAsync(1);
        var status = (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!;
        (status.Standing, status.Reason).ShouldBe(("good", "Give it a permission."));

        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "as it should be");
        await world.WhenAllDoneAsync(2);
        (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!.Reason.ShouldBeNull();
        await process.StopAsync();
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_fault_in_the_platforms_client_stops_no_lane(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        await world.ChannelAsync("b", "all");
        world.Platform.Before = (request, _) =>
            request.To.Address is "a" && world.Platform.Requests.Count(r => r.To.Address is "a") == 1 ? throw new FormatException("a bug") : Task.FromResult<PostOutcome?>(null);
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "1");
        var process = await world.StartAsync();

        await world.Platform.WhenAsync(p => p.Messages.Count == 1);
        await world.WhenStateAsync("due", 1); // its end is written, so that its time is known
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.Platform.WhenAsync(p => p.Messages.Count == 2);
        await process.StopAsync();

        world.Platform.Requests.Where(r => r.To.Address is "a").Select(r => r.Verb).ShouldBe(["post", "settle", "post"]);
    }
}
