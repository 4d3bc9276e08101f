using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;

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
}
