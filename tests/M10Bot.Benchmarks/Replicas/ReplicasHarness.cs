using System.Diagnostics;
using System.Globalization;

namespace M10Bot.Benchmarks.Replicas;

/// <summary>
/// Three replicas and both chats; in mid fan-out the owner of the Discord lane is killed (kill -9), frozen for 20 s (SIGSTOP, SIGCONT)
/// stopped in good order (SIGTERM), or cut off from the others and the database for 20 s, and started again for the next run; or the
/// database crashes and comes back at once (restart), or is away for 60 s (database). Needs <c>M10BOT_TEST_POSTGRES</c>
/// (<c>DURABLE=1 tests/postgres.sh run …</c>).
/// </summary>
internal sealed class ReplicasHarness(ReplicaWorld world, string fault, int count)
{
    private const int StoriesPerRun = 12;
    private const int StruckAt = 90;

    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // What was on the wire when the process died may still land; it is no sign of a new owner.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DatabaseAway = TimeSpan.FromSeconds(60);

    private readonly List<Replica> _replicas = [];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var fault = arguments.Length > 0 ? arguments[0] : "kill";
        var runs = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5;
        var count = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 3;
        if (fault is not ("kill" or "freeze" or "stop" or "cut" or "restart" or "database") || (count < 2 && !IsDatabases(fault)))
        {
            await Console.Error.WriteLineAsync("replicas kill|freeze|stop|cut|restart|database [runs] [replicas; 1 with restart and database only]");
            return 2;
        }

        await using var world = await ReplicaWorld.StartAsync(count);
        var harness = new ReplicasHarness(world, fault, count);
        try
        {
            return await harness.RunAsync(runs);
        }
        finally
        {
            foreach (var replica in harness._replicas)
            {
                await replica.DisposeAsync();
            }
        }
    }

    private async Task<int> RunAsync(int runs)
    {
        for (var number = 0; number < count; number++)
        {
            _replicas.Add(await Replica.StartAsync(number, world.SettingsOf(number)));
        }

        Console.WriteLine($"{count} replicas, {ReplicaWorld.Channels} channels on each platform, {StoriesPerRun} stories a run, fault: {fault}");
        Console.WriteLine("| run | lanes struck | longest silence s, by lane | shard back after s | the struck one | lost | twice | order breaks |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var isSound = true;
        for (var run = 1; run <= runs; run++)
        {
            isSound &= await RunOnceAsync(run);
        }

        return isSound ? 0 : 1;
    }

    private async Task<bool> RunOnceAsync(int run)
    {
        var (discord, slack) = (world.Posted("discord"), world.Posted("slack"));
        await world.DropAsync(StoriesPerRun);
        await UntilAsync(() => world.Posted("discord") >= discord + StruckAt && world.Posted("slack") >= slack + StruckAt, "a fan-out under way");
        var owners = await world.OwnersAsync();
        var victim = _replicas.First(r => r.Process.Id == owners.First(o => o.Lane is "discord").Process);
        string[] lanes = [.. owners.Where(o => IsDatabases(fault) || o.Process == victim.Process.Id).Select(o => o.Lane)];

        world.Links.Know(_replicas.Select(r => r.Process.Id));
        var clock = Stopwatch.StartNew();
        var (silent, shard) = await StrikeAsync(victim, lanes, clock);
        var fate = await FateAsync(victim, clock);
        var all = world.Stories * ReplicaWorld.Channels;
        await UntilAsync(() => world.Posted("discord") >= all && world.Posted("slack") >= all, "all posted");
        await UntilAsync(async () => (await world.StatesAsync()) is [("done", var count)] && count == 2 * all, "all recorded");

        ReplicaCount[] counts = [world.Count("discord"), world.Count("slack")];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {run} | {string.Join(", ", lanes)} | {string.Join(", ", silent.Select(r => r.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)))} | {(shard is { } s ? s.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "–")} | {fate} | {counts.Sum(c => c.Lost)} | {counts.Sum(c => c.Twice)} | {counts.Sum(c => c.OrderBreaks)} |"));
        if (victim.Process.HasEnded)
        {
            _replicas[victim.Number] = await Replica.StartAsync(victim.Number, world.SettingsOf(victim.Number));
            await victim.DisposeAsync();
        }

        return counts.All(c => c is { Lost: 0, Twice: 0, OrderBreaks: 0 });
    }

    /// <returns>How long each struck lane was silent, and the shard where it was struck too.</returns>
    private async Task<(TimeSpan[] Silent, TimeSpan? Shard)> StrikeAsync(Replica victim, string[] lanes, Stopwatch clock)
    {
        var watches = lanes.Select(lane => new Silence(world.Posted(lane))).ToArray();
        clock.Restart();
        await (fault switch
        {
            "kill" => victim.Process.SignalAsync("KILL"),
            "freeze" => victim.Process.SignalAsync("STOP"),
            "stop" => victim.Process.SignalAsync("TERM"),
            "cut" => CutOffAsync(victim),
            "restart" => world.RestartDatabaseAsync(),
            _ => world.CutDatabaseAsync(DatabaseAway),
        });
        TimeSpan? shardGone = null, shardBack = null;
        await UntilAsync(
            () =>
            {
                for (var i = 0; i < lanes.Length; i++)
                {
                    watches[i].Look(world.Posted(lanes[i]), clock.Elapsed);
                }

                shardGone ??= world.GatewayConnections == 0 ? clock.Elapsed : null;
                shardBack ??= shardGone is not null && world.GatewayConnections > 0 ? clock.Elapsed : null;
                var isOver = fault is not "stop" || victim.Process.HasEnded;
                return isOver && watches.All(w => w.IsOver(clock.Elapsed, fault is "stop" ? Beat : Echo)) && (shardGone is null || shardBack is not null);
            },
            "every struck lane to be taken over");
        return ([.. watches.Select(w => w.Longest)], shardBack - (fault is "stop" ? shardGone : TimeSpan.Zero));
    }

    private async Task<string> FateAsync(Replica victim, Stopwatch clock)
    {
        if (IsDatabases(fault))
        {
            return _replicas.Count(r => r.Process.HasEnded) is > 0 and var ended ? $"{ended} ended" : "all live on";
        }

        if (fault is "freeze" or "cut")
        {
            var rest = Frozen - clock.Elapsed;
            await AfterAsync(rest > TimeSpan.Zero ? rest : Look);
            world.Links.Mend();
            await victim.Process.SignalAsync("CONT");
            var back = Stopwatch.StartNew();
            return await victim.Process.EndsAsync(TimeSpan.FromSeconds(15)) ? $"ended itself {back.Elapsed.TotalSeconds:0.0} s after it was back" : "lives on";
        }

        return await victim.Process.EndsAsync(TimeSpan.FromSeconds(30)) ? fault is "stop" ? $"down in {clock.Elapsed.TotalSeconds:0.0} s" : "dead" : "still up after 30 s";
    }

    private static bool IsDatabases(string fault) => fault is "restart" or "database";

    private Task CutOffAsync(Replica victim)
    {
        world.Links.CutOff(victim.Number, victim.Process.Id);
        return Task.CompletedTask;
    }

    private Task UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), what);

    private async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pulse = new PeriodicTimer(Look);
        try
        {
            while (!await isSo())
            {
                await pulse.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            var said = string.Join("\n", _replicas.Select(r => $"-- replica {r.Number}\n{r.Process.Output}"));
            throw new TimeoutException($"Not within {Patience}: {what}\n{string.Join(' ', await world.StatesAsync())}\n{string.Join(' ', await world.OwnersAsync())}\n{said}", e);
        }
    }

    private static async Task AfterAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }

    /// <summary>How long a lane sent nothing.</summary>
    private sealed class Silence(int posted)
    {
        private int _posted = posted;
        private TimeSpan _since;
        private bool _wasHeard;

        public TimeSpan Longest { get; private set; }

        public void Look(int posted, TimeSpan now)
        {
            if (posted > _posted)
            {
                Longest = now - _since > Longest ? now - _since : Longest;
                (_posted, _since) = (posted, now);
                _wasHeard |= now > Echo;
            }
        }

        /// <summary>It was heard again, and a silence is behind it or none came for a while.</summary>
        public bool IsOver(TimeSpan now, TimeSpan atLeast) => _wasHeard && (Longest > atLeast || now > TimeSpan.FromSeconds(5));
    }
}
