using System.Diagnostics;
using M10Bot.Tests.Scenarios;

namespace M10Bot.Benchmarks.Crash;

/// <summary>
/// Kills the bot as the kernel kills, again and again, while it sends; then lets it finish and counts what the simulator holds.
/// A part of the kills strikes while it starts. PostgreSQL needs <c>M10BOT_TEST_POSTGRES</c> (<c>DURABLE=1 tests/postgres.sh run …</c>).
/// </summary>
internal sealed class CrashHarness(CrashOptions options, CrashWorld world)
{
    private const int CorrectEvery = 5;
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StillFor = TimeSpan.FromMinutes(3);

    private readonly Random _random = new(options.Seed);
    private readonly HashSet<string> _corrected = new(StringComparer.Ordinal);
    private int _next;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = CrashOptions.Read(arguments);
        Console.WriteLine($"seed {options.Seed}: {options.Kills} kills, {options.Deliveries:N0} deliveries on each platform to {options.Channels} channels, {options.Engine}");
        await using var world = await CrashWorld.StartAsync(options);
        return await new CrashHarness(options, world).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        var (duringStart, inFlight) = (0, 0);
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            await DropAsync(until: options.Stories * kill / options.Kills);
            await using var life = BotProcess.Start(world.Settings);
            if (_random.Next(5) == 0)
            {
                duringStart++;
            }
            else
            {
                await life.ReadyAsync(LongestStart);
                await UnderWayAsync();
            }

            await AfterAsync(LongestLife * _random.NextDouble());
            if (life.HasEnded)
            {
                throw new InvalidOperationException($"The bot ended by itself:\n{life.Output}");
            }

            await life.KillAsync();
            inFlight += (await world.DeliveriesAsync()).Any(d => d.State is "claimed") ? 1 : 0;
        }

        var killed = clock.Elapsed;
        await using var last = BotProcess.Start(world.Settings);
        await last.ReadyAsync(LongestStart);
        await FinishedAsync(last);
        Console.WriteLine($"{options.Kills} kills in {killed:mm\\:ss}, {duringStart} of them while it started, {inFlight} with deliveries claimed; all quiet after {clock.Elapsed:mm\\:ss}");
        return await ReportAsync();
    }

    // Every fifth story is corrected later on, so that edits are under way among the posts.
    private async Task DropAsync(int until)
    {
        for (; _next < until; _next++)
        {
            await world.DropAsync(CrashArticles.Report(_next));
            if (_next % CorrectEvery == CorrectEvery - 1)
            {
                var story = _random.Next(_next + 1);
                if (_corrected.Add(CrashArticles.Spell(story)))
                {
                    await world.DropAsync(CrashArticles.Correction(story));
                }
            }
        }
    }

    // On a busy machine a kill would otherwise come before the first request of every life.
    private async Task UnderWayAsync()
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < LongestWait && !(await world.DeliveriesAsync()).Any(d => d.State is "claimed"))
        {
            await AfterAsync(ShortLook);
        }
    }

    // Done, or the same numbers for so long that nothing will come any more; the count then says what is missing.
    private async Task FinishedAsync(BotProcess life)
    {
        var (since, before) = (Stopwatch.StartNew(), "");
        while (since.Elapsed < StillFor && !life.HasEnded)
        {
            var now = await world.DeliveriesAsync();
            if (world.Undropped == 0 && now.All(d => d.State is "done" or "doubt") && now.Sum(d => d.Count) == 2L * options.Stories * options.Channels)
            {
                return;
            }

            var seen = $"{world.Undropped} {string.Join(' ', now)}";
            if (!string.Equals(seen, before, StringComparison.Ordinal))
            {
                since.Restart();
                before = seen;
            }

            await AfterAsync(Look);
        }

        Console.WriteLine($"it did not finish; the tables hold {before}\n{life.Output}");
    }

    private async Task<int> ReportAsync()
    {
        var states = await world.DeliveriesAsync();
        CrashCount[] counts =
        [
            CrashCount.Of("Discord", world.DiscordMessages(), _corrected, options),
            CrashCount.Of("Slack", world.SlackMessages(), _corrected, options),
        ];
        Console.WriteLine("| platform | owed | shown | lost | twice | stale | in doubt |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var isSound = true;
        foreach (var count in counts)
        {
            var doubt = states.Where(s => s.State is "doubt" && s.Platform.Equals(count.Platform, StringComparison.OrdinalIgnoreCase)).Sum(s => s.Count);
            Console.WriteLine($"| {count.Platform} | {count.Owed:N0} | {count.Shown:N0} | {count.Lost} | {count.Twice} | {count.Stale} | {doubt} |");
            isSound &= count.Lost <= doubt && count.Twice == 0 && count.Stale <= doubt;
        }

        Console.WriteLine($"requests that met a fault: {world.FaultsMet}; edits for corrections: {_corrected.Count * options.Channels:N0} on each platform");
        return isSound ? 0 : 1;
    }

    private static async Task AfterAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time > TimeSpan.FromMilliseconds(1) ? time : TimeSpan.FromMilliseconds(1));
        await timer.WaitForNextTickAsync();
    }
}
