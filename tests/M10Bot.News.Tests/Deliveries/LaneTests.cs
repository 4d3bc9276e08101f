using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>One destination in a lane beside the others: its order, its rests, its refusals.</summary>
public sealed class LaneTests
{
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
