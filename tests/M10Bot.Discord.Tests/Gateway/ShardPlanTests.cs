using M10Bot.Discord.Gateway;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Ownership;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests.Gateway;

public sealed class ShardPlanTests
{
    [Theory]
    [InlineData(0, 0, null, "0-of-3 1-of-3 2-of-3")]
    [InlineData(4, 0, null, "0-of-4 1-of-4 2-of-4 3-of-4")]
    [InlineData(4, 1, 2, "1-of-4 2-of-4")]
    [InlineData(4, 3, null, "3-of-4")]
    public void It_keeps_what_the_settings_say_and_else_as_many_as_discord_advises(int count, int first, int? last, string mine)
    {
        var plan = new ShardPlan(new DiscordOptions { ShardCount = count, FirstShard = first, LastShard = last });
        if (count == 0)
        {
            plan.Mine.ShouldBeEmpty("their number is not known yet");
        }

        plan.Hear(Gateway(3));
        plan.Hear(Gateway(5));
        string.Join(' ', plan.Mine).ShouldBe(mine);
    }

    [Fact]
    public void A_shards_name_is_its_key_and_can_be_read_back()
    {
        new Shard(2, 7).Key.ShouldBe(new OwnedKey("shard", "2-of-7"));
        Shard.Parse("2-of-7").ShouldBe(new Shard(2, 7));
    }

    [Fact]
    public async Task Sign_ins_of_one_process_are_five_seconds_apart_as_many_at_once_as_discord_takes()
    {
        var bench = new Bench();
        bench.Plan.Hear(Gateway(6, atOnce: 2));
        var signIns = new SignIns(bench.Plan, new LocalTurns(bench.Time), bench.Time);
        var all = Enumerable.Range(0, 6).Select(i => WatchedTime.Apart(() => signIns.EnterAsync(new Shard(i, 6), default))).ToList();
        for (var gone = 2; gone <= 6; gone += 2)
        {
            all.Count(t => t.IsCompletedSuccessfully).ShouldBe(gone);
            bench.Advance(TimeSpan.FromSeconds(5));
            all.Count(t => t.IsCompletedSuccessfully).ShouldBe(gone, "Discord counts five seconds from when it hears them");
            bench.Advance(TimeSpan.FromSeconds(0.5));
        }

        await Task.WhenAll(all).WaitAsync(Bench.Patience);
    }

    [Fact]
    public async Task Too_few_connections_by_discords_own_advice_are_asked_for_anew()
    {
        var bench = new Bench();
        bench.Discord.Answer(200, Told(1)).Answer(200, Told(1)).Answer(200, Told(2));
        var sockets = Enumerable.Range(0, 8).Select(_ => new ScriptedGateway()).ToList();
        var next = -1;
        var events = new GatewayEvents(bench.Guilds, new ApplicationId(null), new InteractionQueue(bench.Time), new RegistrationQueue(bench.Options), NullLogger<GatewayEvents>.Instance);
        var owner = new Keeper(bench.Shards(events, () => sockets[Interlocked.Increment(ref next)]));
        using var worker = new GatewayWorker(bench.Plan, bench.Directory(), owner, bench.Jitter, bench.Time);
        await worker.StartAsync(default);

        await sockets[0].Connected.WaitAsync(Bench.Patience);
        sockets[0].Hello();
        await sockets[0].HeardAsync(2);
        sockets[1].Hello(); // at once, for the clock runs on in ticks and would give them up unheard
        sockets[2].Hello();
        sockets[0].Drop(4011);
        await sockets[0].Closed.WaitAsync(Bench.Patience); // else the clock may run past heartbeats that nobody answers, before the drop is heard
        await bench.PassAsync(Task.WhenAll(sockets[1].Connected, sockets[2].Connected));
        var signedIn = new List<string>();
        foreach (var socket in sockets.Skip(1).Take(2))
        {
            signedIn.Add((await socket.HeardAsync(2)).GetProperty("shard").GetRawText());
        }

        signedIn.ShouldBe(["[0,2]", "[1,2]"], ignoreOrder: true);
        await worker.StopAsync(default);
        await owner.StopAsync();
    }

    private static GatewayBot Gateway(int shards, int atOnce = 1) => new("wss://gateway.example", shards, new SessionStartLimit(1000, 1000, 0, atOnce));

    private static string Told(int shards) =>
        $$$"""{"url":"wss://gateway.example","shards":{{{shards}}},"session_start_limit":{"total":1000,"remaining":1000,"reset_after":0,"max_concurrency":16}}""";

    /// <summary>Owns every key; one run at a time for each.</summary>
    private sealed class Keeper(ShardWork work) : IKeyOwner
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Dictionary<OwnedKey, Task> _runs = [];

        public void Wake(OwnedKey key)
        {
            lock (_runs)
            {
                if (!_runs.TryGetValue(key, out var run) || run.IsCompleted)
                {
                    _runs[key] = work.RunAsync(key.Name, _stop.Token);
                }
            }
        }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_runs.Values).WaitAsync(Bench.Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
