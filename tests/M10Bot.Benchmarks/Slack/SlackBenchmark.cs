using System.Diagnostics;
using System.Globalization;
using M10Bot.Benchmarks.Deliveries;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.Slack;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Benchmarks.Slack;

/// <summary>The client of Slack: how many posts, how fast an acknowledgement, a flash to many workspaces, a kill at the limit's pace, an hour with faults.</summary>
internal static class SlackBenchmark
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        Console.WriteLine(DeliveryBench.Surroundings());
        switch (arguments)
        {
            case ["posts", .. var rest]:
                await PostsBenchmark.RunAsync(TimeSpan.FromSeconds(Number(rest, 0, 10)));
                break;
            case ["ack", .. var rest]:
                await AckBenchmark.RunAsync(Number(rest, 0, 20));
                break;
            case ["flash", .. var rest]:
                await FlashAsync(Number(rest, 0, 500), Number(rest, 1, 4), Number(rest, 2, 300));
                break;
            case ["kill", .. var rest]:
                await KillAsync(Number(rest, 0, 200), Number(rest, 1, 50));
                break;
            case ["hour", .. var rest]:
                return await HourBenchmark.RunAsync(Number(rest, 0, 60), Number(rest, 1, 20));
            default:
                return Usage();
        }

        Console.WriteLine(DeliveryBench.Surroundings());
        return 0;
    }

    // Slack's rates as it documents them and no burst, kept by both sides: the pace is what takes the time. On a slower clock,
    // so that a machine that is both sides at once does not count.
    private static async Task FlashAsync(int workspaces, int each, int slower)
    {
        var time = new ScaledTime(1.0 / slower);
        var options = new SlackOptions { ChannelBurst = 1, WorkspacePostsBurst = 1 };
        await using var world = await SlackWorld.StartAsync(withLanes: true, time, options, workspaces);
        world.Fake.PostGap = TimeSpan.FromSeconds(0.9 / options.WorkspacePostsPerSecond);
        await world.ChannelsAsync(workspaces, each);
        var story = await world.Tables.StoryAsync("place:ukraine");
        var signal = new DeliverySignal();
        var (owed, last) = (TimeSpan.Zero, TimeSpan.Zero);
        await world.DeliverAsync(signal, NullLogger<LaneRunner>.Instance, async () =>
        {
            var clock = Stopwatch.StartNew();
            await world.Tables.RunAsync(world.Deliveries, story, DeliveryRank.Flash, Some.Card("Flash", CardState.Flash));
            owed = clock.Elapsed;
            signal.Wake();
            while (world.Fake.Messages.Count < workspaces * each)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5));
            }

            last = clock.Elapsed / slower;
        });
        var twice = world.Fake.Messages.GroupBy(m => m.Key, StringComparer.Ordinal).Count(g => g.Count() > 1);
        var allowed = (each - 1) / options.WorkspacePostsPerSecond;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"flash to {workspaces} workspaces x {each} channels at {options.WorkspacePostsPerSecond}/s each, no burst, on a clock {slower} times slower: owed after {owed.TotalMilliseconds:N0} ms of real time, the last stands after {last.TotalSeconds:F3} s; the limits alone take {allowed:F3} s: {allowed / last.TotalSeconds:P1} of what they allow (wanted 98 %); ratelimited {world.Fake.RateLimited}; twice {twice}"));
    }

    private static async Task KillAsync(int channels, int perMinute)
    {
        var options = new SlackOptions { UpdatesPerMinute = perMinute };
        await using var world = await SlackWorld.StartAsync(withLanes: true, TimeProvider.System, options, workspaces: 1);
        world.Fake.EditsPerMinute = perMinute;
        await world.ChannelsAsync(1, channels);
        var story = await world.Tables.StoryAsync("place:ukraine");
        var signal = new DeliverySignal();
        await world.DeliverAsync(signal, NullLogger<LaneRunner>.Instance, async () =>
        {
            await world.Tables.RunAsync(world.Deliveries, story, DeliveryRank.Flash, Some.Card("Flash", CardState.Flash));
            signal.Wake();
            await world.UntilQuietAsync();
            var clock = Stopwatch.StartNew();
            await world.Tables.RunAsync(world.Deliveries, story, DeliveryRank.Kill, Some.Card("Withdrawn", CardState.Withdrawn, version: 2));
            var expected = (await world.Queries.ProofAsync(story, CancellationToken.None))!.Expected!.Value - world.Time.GetUtcNow();
            signal.Wake();
            await world.UntilQuietAsync();
            var took = clock.Elapsed.TotalSeconds;
            var proof = (await world.Queries.ProofAsync(story, CancellationToken.None))!;
            var least = Math.Max(0, channels - options.UpdatesBurst) / (perMinute / 60.0);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kill in {channels} channels at {perMinute} edits a minute: done in {proof.Done} of {proof.Owed}, each with a receipt, after {took:F1} s; the pace allows {least:F1} s; the desk expected {expected.TotalSeconds:F1} s (off by {Math.Abs(expected.TotalSeconds - took) / took:P1}); ratelimited {world.Fake.RateLimited}; still readable {world.Fake.Messages.Count(m => !m.Text.StartsWith("WITHDRAWN", StringComparison.Ordinal))}"));
        });
    }

    private static int Usage()
    {
        Console.Error.WriteLine("slack posts [seconds] | ack [seconds] | flash [workspaces] [channels each] [times slower] | kill [channels] [edits a minute] | hour [minutes] [times faster]");
        return 2;
    }

    private static int Number(string[] arguments, int place, int usual) =>
        arguments.Length > place ? int.Parse(arguments[place], CultureInfo.InvariantCulture) : usual;
}
