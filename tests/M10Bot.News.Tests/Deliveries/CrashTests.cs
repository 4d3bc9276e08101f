using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>A process dies at each step of a delivery; the next one finishes the work: nothing lost, nothing twice.</summary>
public sealed class CrashTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Killed_with_claims_that_never_set_out_they_are_taken_up_at_once(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 3);
        var (epoch, _) = await world.Lanes.TakeOverAsync("scripted", "the one that dies", CancellationToken.None);
        var claim = new LaneClaim("scripted", epoch, 1, 50, 4, [], TimeSpan.FromSeconds(12));
        (await world.Lanes.ClaimAsync(claim, CancellationToken.None))!.Count.ShouldBe(3);

        await world.RunUntilAsync(p => p.Messages.Count == 3);

        world.Platform.Requests.Select(r => r.Verb).ShouldBe(["post", "post", "post"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Killed_after_the_attempt_was_recorded_and_before_the_platform_heard_of_it(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 3);
        var never = new TaskCompletionSource<PostOutcome?>();
        world.Platform.Before = (_, ct) => never.Task.WaitAsync(ct);
        var victim = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Requests.Count == 3);
        victim.Kill();
        world.Platform.Before = null;

        await FinishAsync(world, 3);

        world.Platform.Requests.Where(r => r.Verb is "settle").Select(r => r.To).Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Killed_after_the_platform_carried_it_out_and_before_the_reply_was_recorded(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 3);
        var started = new TaskCompletionSource<DeliveryProcess>();
        world.Platform.After = async (_, _) =>
        {
            (await started.Task).Kill();
            return null;
        };
        started.SetResult(await world.StartAsync());
        await world.Platform.WhenAsync(p => p.Messages.Count >= 1);

        await FinishAsync(world, 3);

        world.Platform.Messages.Select(m => m.To).ShouldBeUnique();
        world.Platform.Requests.Count(r => r.Verb is "settle").ShouldBeGreaterThan(0);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Until_the_deadline_of_the_dead_one_has_passed_its_destination_is_left_alone_and_others_are_not(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "place:ukraine");
        await world.ChannelAsync("b", "place:chile");
        await world.RunAsync(await world.Tables.StoryAsync("place:ukraine"), DeliveryRank.Routine, "1");
        var never = new TaskCompletionSource<PostOutcome?>();
        world.Platform.Before = (_, ct) => never.Task.WaitAsync(ct);
        var victim = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Requests.Count == 1);
        victim.Kill();
        world.Platform.Before = null;
        await world.RunAsync(await world.Tables.StoryAsync("place:ukraine"), DeliveryRank.Flash, "2");
        await world.RunAsync(await world.Tables.StoryAsync("place:chile"), DeliveryRank.Routine, "3");

        var heir = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Messages.Count == 1);
        world.Platform.Messages[0].Now.Headline.ShouldBe("3");
        world.Time.Advance(TimeSpan.FromSeconds(13));
        await world.Platform.WhenAsync(p => p.Messages.Count == 3);
        await heir.StopAsync();

        world.Platform.Messages.Count(m => m.Now.Headline is "1").ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_process_killed_again_and_again_in_mid_fan_out_loses_nothing_and_repeats_nothing(string engine)
    {
        const int Owed = 300; // more than five lives can send: what is under way goes on when its process is killed
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, Owed);
        for (var round = 1; round <= 5; round++)
        {
            var victim = await world.StartAsync();
            var enough = Math.Min(Owed, world.Platform.Messages.Count + 7);
            await world.Platform.WhenAsync(p => p.Messages.Count >= enough);
            victim.Kill();
            world.Time.Advance(TimeSpan.FromSeconds(13));
        }

        await FinishAsync(world, Owed);

        world.Platform.Messages.Select(m => m.To).ShouldBeUnique();
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_reply_that_is_lost_is_settled_by_what_the_platform_has(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 1);
        world.Platform.After = (request, _) => Task.FromResult<PostOutcome?>(request.Verb is "post" ? new PostOutcome.InDoubt("no reply") : null);
        var process = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Messages.Count == 1);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.Platform.WhenAsync(p => p.Requests.Count == 2);
        await process.StopAsync();

        world.Platform.Requests.Select(r => r.Verb).ShouldBe(["post", "settle"]);
        (await world.Tables.ScalarAsync<string>("select receipt_message from delivery where state = 'done'")).ShouldBe(world.Platform.Messages[0].Receipt.Message);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_story_killed_while_its_post_is_in_doubt_ends_withdrawn_even_where_the_platform_only_refuses_repeats(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Flash, "wrong");
        world.Platform.RecognisesKeys = true;
        world.Platform.Settles = _ => new SettleOutcome.SafeToRepeat(MayStand: true);
        world.Platform.After = (_, _) =>
        {
            world.Platform.After = null;
            return Task.FromResult<PostOutcome?>(new PostOutcome.InDoubt("no reply"));
        };
        await world.RunUntilAsync(p => p.Messages.Count == 1);

        (await world.RunAsync(story, DeliveryRank.Kill, "withdrawn", CardState.Withdrawn)).ShouldBe(1);
        var process = await world.StartAsync();
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.Platform.WhenAsync(p => p.Messages[0].Now.Headline is "withdrawn");
        await process.StopAsync();

        world.Platform.Messages.ShouldHaveSingleItem();
        world.Platform.Requests.Select(r => r.Verb).ShouldBe(["post", "settle", "post", "withdraw"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_repeat_that_is_not_accepted_says_nothing_of_the_first_attempt_that_may_stand(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        var story = await LeaveInDoubtAsync(world, (platform, outcome) => platform.After = outcome);
        world.Platform.After = null;
        await world.RunAsync(story, DeliveryRank.Correction, "blocked", CardState.Corrected);
        world.Platform.Settles = _ => new SettleOutcome.SafeToRepeat(MayStand: true);
        world.Platform.Before = (request, _) =>
            Task.FromResult<PostOutcome?>(request.Card?.Headline is "blocked" ? new PostOutcome.Declined("A word filter blocks the text.") : null);
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await world.RunUntilAsync(p => p.Requests.Count(r => r.Verb is "post") == 2);
        (await world.Tables.ScalarAsync<long>("select count(*) from delivery where state = 'due' and attempted_ms is not null")).ShouldBe(1);

        world.Platform.Settles = null; // by now the platform is asked for its history
        world.Time.Advance(TimeSpan.FromSeconds(30));
        var process = await world.StartAsync();
        await world.WhenStateAsync("done", 1);
        await process.StopAsync();

        world.Platform.Requests.Select(r => r.Verb).Where(v => v is not "settle").ShouldBe(["post", "post", "edit"]);
        world.Platform.Messages.ShouldHaveSingleItem().Now.Headline.ShouldBe("first");
        (await world.Tables.ScalarAsync<string>("select receipt_message from delivery")).ShouldBe(world.Platform.Messages[0].Receipt.Message);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_story_killed_before_its_lost_post_was_looked_for_is_not_put_up_to_be_withdrawn(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        var story = await LeaveInDoubtAsync(world, (platform, outcome) => platform.Before = outcome);
        await world.RunAsync(story, DeliveryRank.Kill, "withdrawn", CardState.Withdrawn);
        (world.Platform.Before, world.Platform.Settles) = (null, null);
        world.Time.Advance(TimeSpan.FromSeconds(30));
        var process = await world.StartAsync();
        await world.WhenStateAsync("dropped", 1);
        await process.StopAsync();

        world.Platform.Requests.Select(r => r.Verb).Where(v => v is not "settle").ShouldBe(["post"]);
    }

    [Theory]
    [InlineData(TestDatabase.Sqlite, true)]
    [InlineData(TestDatabase.Sqlite, false)]
    public async Task What_the_platform_cannot_tell_waits_for_a_person(string engine, bool stands)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 1);
        world.Platform.Settles = _ => new SettleOutcome.Unknowable("history is not allowed");
        world.Platform.After = (_, _) =>
        {
            world.Platform.After = null;
            return Task.FromResult<PostOutcome?>(new PostOutcome.InDoubt("no reply"));
        };
        var process = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Messages.Count == 1);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.Platform.WhenAsync(p => p.Requests.Count == 2);
        await process.StopAsync();

        var doubtful = (await world.Status.InDoubtAsync(10, CancellationToken.None)).ShouldHaveSingleItem();
        (doubtful.Destination, doubtful.Note).ShouldBe(("discord/81/channel/c0", "history is not allowed"));
        (await world.Deliveries.DecideAsync(doubtful.Id, stands, receipt: null, lacks: false, CancellationToken.None)).ShouldBeTrue();
        (await world.Deliveries.DecideAsync(doubtful.Id, stands, receipt: null, lacks: false, CancellationToken.None)).ShouldBeFalse("it was decided before");
        if (!stands)
        {
            await world.RunUntilAsync(p => p.Messages.Count == 2);
        }

        (await world.Tables.StatesAsync()).Keys.ShouldBe([stands ? "gone" : "done"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task At_stop_claims_are_given_back_and_what_is_under_way_is_seen_through(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.InFlight = 2;
        await OweToAsync(world, 10);
        var release = new TaskCompletionSource();
        world.Platform.Before = async (_, _) =>
        {
            await release.Task;
            return null;
        };
        var process = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Requests.Count == 2);

        var stopped = process.StopAsync();
        release.SetResult();
        await stopped;

        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["done"] = 2, ["due"] = 8 }, ignoreOrder: true);
        (await world.Tables.ScalarAsync<long>("select count(*) from delivery where state = 'due' and attempted_ms is not null")).ShouldBe(0);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_request_that_outlasts_the_stop_is_left_in_doubt_and_settled_by_the_next(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.StopWithin = TimeSpan.Zero;
        await OweToAsync(world, 1);
        world.Platform.After = async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return null;
        };
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        world.Platform.After = null;

        await world.RunUntilAsync(p => p.Requests.Count == 2);

        world.Platform.Requests.Select(r => r.Verb).ShouldBe(["post", "settle"]);
        (await world.Tables.StatesAsync()).Keys.ShouldBe(["done"]);
    }

    private static async Task OweToAsync(DeliveryWorld world, int channels)
    {
        for (var i = 0; i < channels; i++)
        {
            await world.ChannelAsync($"c{i}", "all");
        }

        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Urgent, "first");
    }

    // The next process waits out the deadlines it finds, then settles.
    /// <summary>A channel, a story, and a post of it whose end nobody saw and the platform can't be asked about for a while.</summary>
    private static async Task<long> LeaveInDoubtAsync(DeliveryWorld world, Action<ScriptedPlatform, Func<ScriptedRequest, CancellationToken, Task<PostOutcome?>>> script)
    {
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Flash, "first");
        script(world.Platform, (_, _) => Task.FromResult<PostOutcome?>(new PostOutcome.InDoubt("no reply")));
        world.Platform.Settles = _ => new SettleOutcome.Later(world.Time.GetUtcNow() + TimeSpan.FromSeconds(20), "not now");
        await world.RunUntilAsync(p => p.Requests.Count == 1);
        return story;
    }

    private static async Task FinishAsync(DeliveryWorld world, int messages)
    {
        var heir = await world.StartAsync();
        world.Time.Advance(TimeSpan.FromSeconds(13));
        await world.WhenAllDoneAsync(messages);
        await heir.StopAsync();
        world.Platform.Messages.Count.ShouldBe(messages);
    }
}
