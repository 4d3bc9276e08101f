using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Deliveries;

public sealed class FenceTests
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(12);

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_newer_owner_voids_the_claims_of_the_older_one(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Urgent, "first");
        var (older, _) = await world.Lanes.TakeOverAsync("scripted", "older", CancellationToken.None);
        var held = (await ClaimAsync(world, older))!.ShouldHaveSingleItem();

        var (newer, inherited) = await world.Lanes.TakeOverAsync("scripted", "newer", CancellationToken.None);

        newer.ShouldBeGreaterThan(older);
        inherited.ShouldBeEmpty("what has not set out can be taken at once");
        (await ClaimAsync(world, older)).ShouldBeNull();
        (await world.Outcomes.WriteAsync([(held, Lasts)], [], CancellationToken.None)).ShouldBeEmpty();
        (await ClaimAsync(world, newer))!.ShouldHaveSingleItem().Id.ShouldBe(held.Id);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_an_older_owner_sent_is_handed_on_after_its_deadline_and_its_late_word_counts_no_more(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        var channel = await world.ChannelAsync("a", "all");
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Urgent, "first");
        var (older, _) = await world.Lanes.TakeOverAsync("scripted", "older", CancellationToken.None);
        var sent = (await ClaimAsync(world, older))!.ShouldHaveSingleItem();
        (await world.Outcomes.WriteAsync([(sent, Lasts)], [], CancellationToken.None)).Count.ShouldBe(1);

        var (newer, inherited) = await world.Lanes.TakeOverAsync("scripted", "newer", CancellationToken.None);
        inherited.ShouldHaveSingleItem().ShouldBe(new Inherited(channel, world.Time.GetUtcNow() + Lasts));
        (await ClaimAsync(world, newer))!.ShouldBeEmpty();
        world.Time.Advance(Lasts);
        (await world.Lanes.RecoverAsync("scripted", newer, CancellationToken.None)).ShouldBeEmpty();
        var doubtful = (await ClaimAsync(world, newer))!.ShouldHaveSingleItem();

        doubtful.IsInDoubt.ShouldBeTrue();
        doubtful.AttemptedVersion.ShouldBe(1);
        await world.Outcomes.WriteAsync([], [new DeliveryEnd(sent, EndKind.Shown) { Version = 1, Receipt = new Receipt("a", "late") }], CancellationToken.None);
        (await world.Tables.StatesAsync()).Keys.ShouldBe(["claimed"]);
    }

    /// <summary>What the chats' own clients go by, whatever requests a delivery takes.</summary>
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Nothing_may_leave_for_a_claim_whose_time_is_over(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Urgent, "first");
        var passed = new List<bool>();
        world.Platform.Before = (_, _) =>
        {
            passed.Add(SendFence.IsPassed);
            world.Time.Advance(world.Platform.RequestTimeout); // frozen here
            passed.Add(SendFence.IsPassed);
            return Task.FromResult<PostOutcome?>(null);
        };

        await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Messages.Count == 1);

        passed.ShouldBe([false, true]);
        SendFence.IsPassed.ShouldBeFalse("it is the delivery's alone");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_row_claimed_twice_by_one_owner_sets_out_once(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Routine, "first");
        var (epoch, _) = await world.Lanes.TakeOverAsync("scripted", "owner", CancellationToken.None);
        var first = (await ClaimAsync(world, epoch, 1))!.ShouldHaveSingleItem();
        await world.RunAsync(story, DeliveryRank.Correction, "second", CardState.Corrected);
        var second = (await ClaimAsync(world, epoch, 2))!.ShouldHaveSingleItem();

        (first.Id, first.Rank, second.Rank).ShouldBe((second.Id, 4, 1));
        var left = await world.Outcomes.WriteAsync([(first, Lasts), (second, Lasts)], [], CancellationToken.None);

        left.ShouldHaveSingleItem().Key.ShouldBe((second.Id, 2));
        left.Values.Single().WantedVersion.ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Two_processes_at_once_lose_nothing_and_repeat_nothing(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        for (var i = 0; i < 40; i++)
        {
            await world.ChannelAsync($"c{i}", "all");
        }

        var one = await world.StartAsync();
        var two = await world.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, $"{i}");
        }

        // A superseded owner leaves the lane alone for a while; time passes until all is done.
        var all = world.Platform.WhenAsync(p => p.Messages.Count >= 200);
        while (!all.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(all, world.Status.LanesAsync(CancellationToken.None));
        }

        await all;
        await Task.WhenAll(one.StopAsync(), two.StopAsync());

        world.Platform.Messages.Select(m => (m.To, m.Now.Headline)).ShouldBeUnique();
        world.Platform.Messages.Count.ShouldBe(200);
    }

    private static Task<IReadOnlyList<DueDelivery>?> ClaimAsync(DeliveryWorld world, long epoch, long claimNo = 1) =>
        world.Lanes.ClaimAsync(new LaneClaim("scripted", epoch, claimNo, 50, 4, [], Lasts), CancellationToken.None);
}
