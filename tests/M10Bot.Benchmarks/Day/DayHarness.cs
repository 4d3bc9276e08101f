using System.Diagnostics;
using M10Bot.Benchmarks.Crash;
using M10Bot.Tests.Scenarios;

namespace M10Bot.Benchmarks.Day;

/// <summary>
/// A newsroom's day in a few minutes: stories break, grow, are corrected and killed; requests go wrong; the bot is killed now and then.
/// At the end every story in every channel is accounted for. PostgreSQL needs <c>M10BOT_TEST_POSTGRES</c> (<c>DURABLE=1 tests/postgres.sh run …</c>).
/// </summary>
internal sealed class DayHarness(DayOptions options, DayPlan plan, CrashWorld world)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StillFor = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = DayOptions.Read(arguments);
        var plan = new DayPlan(options);
        Console.WriteLine($"seed {options.Seed}: {options.Stories} stories in {plan.Items.Count} articles, {options.Destinations:N0} destinations, {options.Kills} kills, {options.Engine}, a day of {options.Lasts.TotalMinutes:0} min");
        await using var world = await CrashWorld.StartAsync(
            new CrashOptions { Channels = options.Channels, Deliveries = options.Channels, Engine = options.Engine, Seed = options.Seed }, plan.FollowedBy);
        return await new DayHarness(options, plan, world).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        var life = BotProcess.Start(world.Settings);
        try
        {
            await life.ReadyAsync(LongestStart);
            var (filed, killed) = (0, 0);
            while (filed < plan.Items.Count || killed < options.Kills)
            {
                var now = clock.Elapsed / options.Lasts;
                for (; filed < plan.Items.Count && plan.Items[filed].At <= now; filed++)
                {
                    await world.DropAsync(plan.Items[filed].Text);
                }

                if (killed < options.Kills && now >= (killed + 1.0) / (options.Kills + 1))
                {
                    await life.KillAsync();
                    await life.DisposeAsync();
                    killed++;
                    life = BotProcess.Start(world.Settings);
                    await life.ReadyAsync(LongestStart);
                }

                await PauseAsync(TimeSpan.FromMilliseconds(20));
            }

            var isQuiet = await QuietAsync(life);
            Console.WriteLine($"the day took {clock.Elapsed:mm\\:ss}; requests that met a fault: {world.FaultsMet}");
            return await ReportAsync() && isQuiet ? 0 : 1;
        }
        finally
        {
            await life.DisposeAsync();
        }
    }

    // Nothing on its way any more, or the same numbers for so long that nothing will come; the account then says what is missing.
    private async Task<bool> QuietAsync(BotProcess life)
    {
        var (since, before) = (Stopwatch.StartNew(), "");
        while (since.Elapsed < StillFor && !life.HasEnded)
        {
            var now = await world.DeliveriesAsync();
            if (world.Undropped == 0 && now.All(d => d.State is "done" or "doubt" or "dropped"))
            {
                return true;
            }

            var seen = $"{world.Undropped} {string.Join(' ', now)}";
            if (!string.Equals(seen, before, StringComparison.Ordinal))
            {
                since.Restart();
                before = seen;
            }

            await PauseAsync(Look);
        }

        Console.WriteLine($"it did not end; the tables hold {before}\n{life.Output}");
        return false;
    }

    private async Task<bool> ReportAsync()
    {
        var (deliveries, standing) = (await world.EachDeliveryAsync(), world.Standing());
        DayAccount[] accounts =
        [
            DayAccount.Of("discord", plan, world.ChannelsOf("discord"), deliveries, standing),
            DayAccount.Of("slack", plan, world.ChannelsOf("slack"), deliveries, standing),
        ];
        Console.WriteLine("| platform | owed | show the last version | show the withdrawal | killed before they were shown | in doubt | lost | stale | twice | to channels that do not follow |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var a in accounts)
        {
            Console.WriteLine($"| {a.Platform} | {a.Owed:N0} | {a.Shown:N0} | {a.Withdrawn:N0} | {a.Spared} | {a.InDoubt} | {a.Lost} | {a.Stale} | {a.Twice} | {a.Unowed} |");
        }

        foreach (var example in accounts.SelectMany(a => a.Examples))
        {
            Console.WriteLine(example);
        }

        return accounts.All(a => a.IsSound);
    }

    private static async Task PauseAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
