using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>The database goes away, a card breaks the program, a channel is refused: what it costs, and how it ends.</summary>
public sealed class TroubleTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task While_the_database_is_away_ends_are_kept_and_when_it_is_back_all_goes_on_with_nothing_to_settle(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 30);
        var release = new TaskCompletionSource();
        world.Platform.Before = async (_, _) =>
        {
            await release.Task;
            return null;
        };
        var process = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Requests.Count >= 5);

        process.Engine.Cut();
        release.SetResult(); // what is under way ends while nothing can be written
        await world.Platform.WhenAsync(p => p.Messages.Count >= 5);
        (await world.Tables.StatesAsync()).ContainsKey("done").ShouldBeFalse();
        process.Engine.Mend();
        await world.WhenAllDoneAsync(30);
        await process.StopAsync();

        world.Platform.Messages.Count.ShouldBe(30);
        world.Platform.Requests.ShouldAllBe(r => r.Verb == "post");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_claim_whose_answer_was_lost_holds_nothing_back(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.Idle = TimeSpan.FromHours(1);
        await OweToAsync(world, 3);

        var process = await world.StartAsync(before => before.LoseNextAnswer()); // its first claim's
        await world.WhenAllDoneAsync(3);
        await process.StopAsync();

        world.Platform.Messages.Count.ShouldBe(3);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_card_at_which_the_program_fails_delays_no_other_news_of_its_channel_and_is_left_to_a_person(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 1, "poison");
        world.Platform.Before = (request, _) =>
            request.Card?.Headline is "poison" ? throw new FormatException("a bug") : Task.FromResult<PostOutcome?>(null);
        for (var i = 0; i < 3; i++)
        {
            await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, $"{i}");
        }

        var process = await world.StartAsync();
        await world.Platform.WhenAsync(p => p.Messages.Count == 3);
        (await world.Status.OfAsync(Some.Channel("c0"), CancellationToken.None))!.Standing.ShouldBe("good");
        for (var tries = 2; tries <= 5; tries++)
        {
            await world.WhenStateAsync("due", 1); // its end is written, so that its time is known
            world.Time.Advance(TimeSpan.FromMinutes(3));
            var enough = tries;
            await world.Platform.WhenAsync(p => p.Requests.Count(r => r.Card?.Headline is "poison") == enough);
        }

        await world.WhenStateAsync("doubt", 1);
        await process.StopAsync();

        (await world.Status.InDoubtAsync(5, CancellationToken.None)).ShouldHaveSingleItem().Note!.ShouldContain("5 times");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task An_edit_left_to_a_person_is_tried_again_with_the_next_version(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Flash, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        await world.Tables.ExecuteAsync("update delivery set state = 'doubt', wanted_version = 1");

        await world.RunAsync(story, DeliveryRank.Routine, "second", CardState.Update);
        await world.RunUntilAsync(p => p.Messages[0].Now.Headline is "second");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_suspended_destination_is_tried_again_by_itself_ever_more_rarely_the_newest_first_and_served_once_it_works(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        world.Platform.Before = (_, _) => Task.FromResult<PostOutcome?>(new PostOutcome.Refused("The bot may not post there.", "Let it send messages."));
        for (var i = 0; i < 5; i++)
        {
            await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, $"{i}");
        }

        await world.RunUntilAsync(p => p.Requests.Count == 1);
        (await world.Suspensions.TryAsync(CancellationToken.None)).ShouldBe(0, "its time has not come");

        world.Time.Advance(TimeSpan.FromMinutes(10));
        (await world.Suspensions.TryAsync(CancellationToken.None)).ShouldBe(1);
        (await world.Suspensions.TryAsync(CancellationToken.None)).ShouldBe(0, "another replica has it");
        await world.RunUntilAsync(p => p.Requests.Count == 2);
        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["refused"] = 5 }, ignoreOrder: true);
        var status = (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!;
        (status.Standing, status.Until).ShouldBe(("suspended", world.Time.GetUtcNow() + TimeSpan.FromHours(1)));

        world.Platform.Before = null;
        world.Time.Advance(TimeSpan.FromHours(1));
        (await world.Suspensions.TryAsync(CancellationToken.None)).ShouldBe(1);
        await world.RunUntilAsync(p => p.Messages.Count == 5);

        world.Platform.Messages.Select(m => m.Now.Headline).ShouldBe(["4", "0", "1", "2", "3"]);
        (await world.Status.OfAsync(Some.Channel("a"), CancellationToken.None))!.Standing.ShouldBe("good");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_trial_that_has_to_wait_leaves_the_suspension_as_it_is(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 1);
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "second");
        world.Platform.Before = (_, _) => Task.FromResult<PostOutcome?>(world.Platform.Requests.Count switch
        {
            1 => new PostOutcome.Refused("no", "Mend it."),
            2 => new PostOutcome.Deferred(world.Time.GetUtcNow() + TimeSpan.FromSeconds(5), "slow down"),
            _ => null,
        });
        await world.RunUntilAsync(p => p.Requests.Count == 1);
        world.Time.Advance(TimeSpan.FromMinutes(10));
        await world.Suspensions.TryAsync(CancellationToken.None);
        await world.RunUntilAsync(p => p.Requests.Count == 2);

        (await world.Status.OfAsync(Some.Channel("c0"), CancellationToken.None))!.Standing.ShouldBe("suspended");
        world.Time.Advance(TimeSpan.FromSeconds(6));
        await world.RunUntilAsync(p => p.Messages.Count == 2);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_was_refused_for_two_weeks_waits_for_an_admin(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await OweToAsync(world, 1);
        world.Platform.Before = (_, _) => Task.FromResult<PostOutcome?>(new PostOutcome.Refused("no", "Mend it."));
        await world.RunUntilAsync(p => p.Requests.Count == 1);
        for (var day = 1; day <= 40; day++)
        {
            world.Time.Advance(TimeSpan.FromDays(1));
            if (await world.Suspensions.TryAsync(CancellationToken.None) > 0)
            {
                var next = world.Platform.Requests.Count + 1;
                await world.RunUntilAsync(p => p.Requests.Count == next);
            }
        }

        world.Platform.Requests.Count.ShouldBe(9);
    }

    private static async Task OweToAsync(DeliveryWorld world, int channels, string headline = "first")
    {
        for (var i = 0; i < channels; i++)
        {
            await world.ChannelAsync($"c{i}", "all");
        }

        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Urgent, headline);
    }
}
