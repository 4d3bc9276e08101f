using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>A place that works again after a long time is not flooded with what it missed.</summary>
public sealed class MercyTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task It_gets_the_newest_and_is_told_once_how_many_were_left_out(string engine)
    {
        await using var world = await SilentAsync(engine, most: 2, stories: 6);
        world.Platform.Before = null;

        (await world.Deliveries.ResumeAsync(Some.Channel("a"), CancellationToken.None)).ShouldBe(new Resumed(2, 4));
        await world.RunUntilAsync(p => p.Messages.Count == 2);
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "later");
        await world.RunUntilAsync(p => p.Messages.Count == 3);

        world.Platform.Messages.Select(m => (m.Now.Headline, string.Join(' ', m.Now.Lines))).ShouldBe(
            [("4", "4 older bulletins were left out while nothing could be sent here: “latest” shows them."), ("5", ""), ("later", "")]);
        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["done"] = 3, ["dropped"] = 4 }, ignoreOrder: true);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Tried_by_itself_the_newest_goes_first_and_old_news_stays_away(string engine)
    {
        await using var world = await SilentAsync(engine, most: 3, stories: 2);
        world.Time.Advance(TimeSpan.FromHours(7)); // beyond what OldestAfterSilence lets through
        for (var i = 0; i < 2; i++)
        {
            await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, $"new {i}");
        }

        world.Platform.Before = null;
        (await world.Suspensions.TryAsync(CancellationToken.None)).ShouldBe(1);
        await world.RunUntilAsync(p => p.Messages.Count == 2);

        world.Platform.Messages.Select(m => m.Now.Headline).ShouldBe(["new 1", "new 0"]);
        world.Platform.Messages[1].Now.Lines.ShouldHaveSingleItem().ShouldStartWith("2 older bulletins were left out");
        (await world.Tables.ScalarAsync<long>("select sum(left_out) from destination")).ShouldBe(0);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_stands_there_is_corrected_and_withdrawn_however_old_it_is(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.MostAfterSilence = 1;
        await world.ChannelAsync("a", "all");
        var (wrong, killed) = (await world.Tables.StoryAsync(), await world.Tables.StoryAsync());
        await world.RunAsync(wrong, DeliveryRank.Routine, "wrong");
        await world.RunAsync(killed, DeliveryRank.Routine, "false");
        await world.RunUntilAsync(p => p.Messages.Count == 2);
        await world.Deliveries.SuspendAsync(Some.Channel("a"), "archived", "Unarchive it.", false, CancellationToken.None);
        await world.RunAsync(wrong, DeliveryRank.Correction, "right", CardState.Corrected);
        await world.RunAsync(killed, DeliveryRank.Kill, "withdrawn", CardState.Withdrawn);
        world.Time.Advance(TimeSpan.FromDays(3));
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "news");

        (await world.Deliveries.ResumeAsync(Some.Channel("a"), CancellationToken.None)).ShouldBe(new Resumed(3, 0));
        await world.RunUntilAsync(p => p.Messages.Count == 3 && p.Requests.Count == 5);

        world.Platform.Messages.Select(m => m.Now.Headline).ShouldBe(["right", "withdrawn", "news"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_story_that_was_left_out_comes_with_its_next_version(string engine)
    {
        await using var world = await SilentAsync(engine, most: 1, stories: 2);
        world.Platform.Before = null;
        await world.Deliveries.ResumeAsync(Some.Channel("a"), CancellationToken.None);
        await world.RunUntilAsync(p => p.Messages.Count == 1);

        await world.RunAsync(1, DeliveryRank.Routine, "it moves", CardState.Update);
        await world.RunUntilAsync(p => p.Messages.Count == 2);

        world.Platform.Messages[1].Now.Headline.ShouldBe("it moves");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Killed_after_the_line_was_posted_it_is_not_said_again(string engine)
    {
        await using var world = await SilentAsync(engine, most: 1, stories: 3);
        world.Platform.Before = null;
        await world.Deliveries.ResumeAsync(Some.Channel("a"), CancellationToken.None);
        var started = new TaskCompletionSource<DeliveryProcess>();
        world.Platform.After = async (_, _) =>
        {
            (await started.Task).Kill();
            return null;
        };
        started.SetResult(await world.StartAsync());
        await world.Platform.WhenAsync(p => p.Messages.Count == 1);
        world.Platform.After = null;
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, "later");

        var heir = await world.StartAsync();
        world.Time.Advance(TimeSpan.FromSeconds(13));
        await world.Platform.WhenAsync(p => p.Messages.Count == 2);
        await world.WhenStateAsync("done", 2);
        await heir.StopAsync();

        world.Platform.Messages.Select(m => m.Now.Lines.Count).ShouldBe([1, 0]);
    }

    private static async Task<DeliveryWorld> SilentAsync(string engine, int most, int stories)
    {
        var world = await DeliveryWorld.CreateAsync(engine);
        world.Options.MostAfterSilence = most;
        await world.ChannelAsync("a", "all");
        world.Platform.Before = (_, _) => Task.FromResult<PostOutcome?>(new PostOutcome.Refused("The bot may not post there.", "Let it send messages."));
        for (var i = 0; i < stories; i++)
        {
            await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Routine, $"{i}");
        }

        await world.RunUntilAsync(p => p.Requests.Count == 1);
        return world;
    }
}
