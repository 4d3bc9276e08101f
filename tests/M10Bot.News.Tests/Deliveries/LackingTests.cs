using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>A message that stands and still lacks something (its publication, a reply) is edited once more, when the platform says, until it lacks nothing.</summary>
public sealed class LackingTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task It_is_edited_again_at_the_time_that_the_platform_named_and_then_done(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("announcements", "all");
        world.Platform.After = (request, _) => Task.FromResult<PostOutcome?>(
            request.Verb is "post" ? new PostOutcome.Posted(world.Platform.Messages[0].Receipt) { Again = world.Time.GetUtcNow() + TimeSpan.FromHours(1) } : null);
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");

        await world.RunUntilAsync(p => p.Requests.Count == 1);
        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["due"] = 1 });
        (await world.Tables.ScalarAsync<long>("select shown_version from delivery")).ShouldBe(1);

        world.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await world.RunUntilAsync(p => p.Requests.Count == 2);
        world.Platform.Requests.Select(r => r.Verb).ShouldBe(["post", "edit"]);
        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["done"] = 1 });
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_was_found_after_a_crash_and_may_lack_something_is_edited_once_more(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("announcements", "all");
        world.Platform.After = (request, _) => Task.FromResult<PostOutcome?>(request.Verb is "post" ? new PostOutcome.InDoubt("the line broke") : null);
        world.Platform.Settles = _ => new SettleOutcome.Found(world.Platform.Messages[0].Receipt, MayLack: true);
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Requests.Count >= 1);
        world.Time.Advance(TimeSpan.FromMinutes(1));

        await world.RunUntilAsync(p => p.Requests.Any(r => r.Verb is "edit"));

        world.Platform.Messages.ShouldHaveSingleItem();
        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["done"] = 1 });
    }

    /// <remarks>Seen red with the wait of what lacked kept for the newer version.</remarks>
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_a_version_lacks_holds_up_no_newer_one(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("forum", "all");
        world.Platform.After = (request, _) => Task.FromResult<PostOutcome?>(
            request.Verb is "post" ? null : new PostOutcome.Posted(world.Platform.Messages[0].Receipt) { Again = world.Time.GetUtcNow() + TimeSpan.FromMinutes(10), Still = "the title waits" });
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Requests.Count == 1);
        await world.RunAsync(story, DeliveryRank.Urgent, "second");
        await world.RunUntilAsync(p => p.Requests.Count == 2);
        (await world.Tables.ScalarAsync<string>("select state || ' ' || is_stale || ' ' || note from delivery")).ShouldBe("due 1 the title waits");

        await world.RunAsync(story, DeliveryRank.Correction, "third");
        await world.RunUntilAsync(p => p.Requests.Count == 3);
        world.Platform.Requests.Select(r => $"{r.Card!.Headline} {r.Card.IsRetitled}").ShouldBe(["first False", "second True", "third True"]);
    }

    /// <remarks>Seen red with the newer version made to wait as long.</remarks>
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_came_while_a_version_was_found_lacking_does_not_wait_for_it(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("forum", "all");
        var story = await world.Tables.StoryAsync();
        world.Platform.After = async (request, _) =>
        {
            if (request.Verb is not "post")
            {
                return null;
            }

            await world.RunAsync(story, DeliveryRank.Correction, "second");
            return new PostOutcome.Posted(world.Platform.Messages[0].Receipt) { Again = world.Time.GetUtcNow() + TimeSpan.FromHours(1) };
        };
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Requests.Count == 2);
        world.Platform.Messages[0].Cards[^1].Headline.ShouldBe("second");
    }

    /// <remarks>Seen red without the retry.</remarks>
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_readers_still_see_of_an_earlier_version_is_tried_again_when_the_place_is_mended(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("forum", "all");
        await world.ChannelAsync("other", "all");
        var isMended = false;
        world.Platform.After = (request, _) => Task.FromResult<PostOutcome?>(
            request.To.Address is "forum" && !isMended ? new PostOutcome.Posted(world.Platform.Messages.Single(m => m.To.Address is "forum").Receipt) { Still = "the title stays", Flaw = "the title stays" } : null);
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Requests.Count == 2);
        (await world.Tables.ScalarAsync<long>("select count(*) from delivery where state = 'done' and is_stale = 1")).ShouldBe(1);

        isMended = true;
        await world.Tables.ExecuteAsync("update destination set standing = 'suspended'");
        (await world.Deliveries.RepeatStaleAsync(Some.Channel("forum"), CancellationToken.None)).ShouldBe(0, "all of a suspended place waits for it");
        await world.Tables.ExecuteAsync("update destination set standing = 'good'");
        (await world.Deliveries.RepeatStaleAsync(Some.Channel("forum"), CancellationToken.None)).ShouldBe(1);
        (await world.Deliveries.RepeatStaleAsync(Some.Channel("other"), CancellationToken.None)).ShouldBe(0);
        await world.RunUntilAsync(p => p.Requests.Count == 3);
        (await world.Tables.ScalarAsync<long>("select count(*) from delivery where state = 'done' and is_stale = 0")).ShouldBe(2);
    }
}
