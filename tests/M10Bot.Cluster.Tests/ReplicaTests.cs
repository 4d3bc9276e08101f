using System.Net;
using System.Net.Sockets;
using M10Bot.News.Deliveries;
using M10Bot.News.Ownership;
using M10Bot.News.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace M10Bot.Cluster.Tests;

/// <summary>Several replicas in this process, each a host of its own on one PostgreSQL.</summary>
public sealed class ReplicaTests(ITestOutputHelper output)
{
    private const int Keys = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Each_key_is_worked_on_by_one_replica_and_handed_over_when_it_stops()
    {
        if (await ReplicaWorld.CreateAsync(output) is not { } created)
        {
            return;
        }

        await using var world = created;
        await world.StartAsync();
        await world.StartAsync();
        await world.StartAsync();
        await world.WhenAsync(EachIsHeldOnce);
        output.WriteLine($"spread: {string.Join(" ", world.Held().Values.Select(h => h.Count))}");
        world.Held().Values.Count(h => h.Count > 0).ShouldBeGreaterThan(1, "one replica has all the keys");

        var busiest = world.Held().MaxBy(h => h.Value.Count).Key;
        await world.StopAsync(busiest);
        await world.WhenAsync(EachIsHeldOnce, ask: () => { }); // handed over as it stops: no tick has to find what is left
    }

    [Fact]
    public async Task A_replica_that_joins_gets_its_share_of_what_runs()
    {
        if (await ReplicaWorld.CreateAsync(output) is not { } created)
        {
            return;
        }

        await using var world = created;
        await world.StartAsync();
        await world.WhenAsync(EachIsHeldOnce);
        await world.StartAsync();
        await world.WhenAsync(held => EachIsHeldOnce(held) && held.Values.All(h => h.Count > 0));
        output.WriteLine($"spread: {string.Join(" ", world.Held().Values.Select(h => h.Count))}");
    }

    [Fact]
    public async Task Work_that_has_ended_frees_its_key_and_the_next_wake_starts_it_again()
    {
        if (await ReplicaWorld.CreateAsync(output) is not { } created)
        {
            return;
        }

        await using var world = created;
        await world.StartAsync();
        await world.WhenAsync(_ => world.Work.Starts == 1, ask: () => world.Wake(0));
        world.Work.Finish();
        await world.WhenAsync(_ => world.Work.Starts == 2, ask: () => world.Wake(0));
        world.Held().Values.Sum(h => h.Count).ShouldBe(1);
    }

    [Fact]
    public async Task A_replica_on_sqlite_does_not_start_and_says_why()
    {
        await using var test = await TestDatabase.CreateEmptyAsync(TestDatabase.Sqlite);
        using var host = Composed(test.ConnectionString, 11_111, new ScriptedWork());
        var fault = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());
        fault.Message.ShouldContain("PostgreSQL");
    }

    [Theory]
    [InlineData("Address", "", "Cluster:Address")]
    [InlineData("Address", "0.0.0.0", "Cluster:Address")]
    [InlineData("Address", "a machine", "Cluster:Address")]
    [InlineData("Name", "two words", "Name")]
    [InlineData("Listen", "anywhere", "Cluster:Listen")]
    [InlineData("Listen", "0.0.0.0", "Cluster:Listen")]
    [InlineData("Port", "70000", "Port")]
    public void A_setting_that_can_not_be_is_said_at_the_start(string key, string value, string words)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = "Host=nowhere",
            ["Cluster:Port"] = "11111",
            ["Cluster:Address"] = "127.0.0.1",
            [$"Cluster:{key}"] = value,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddStorage().AddOwnership().AddCluster(configuration).BuildServiceProvider();
        Should.Throw<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<ClusterOptions>>().Value).Message.ShouldContain(words);
    }

    [Fact]
    public void Without_a_port_this_process_owns_every_key()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Cluster:Name", "alone")]).Build();
        using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddStorage().AddOwnership().AddCluster(configuration).BuildServiceProvider();
        services.GetRequiredService<IKeyOwner>().GetType().Name.ShouldBe("LocalOwner");
    }

    // While replicas come and go Orleans may believe in two owners for a moment (the lanes' epochs bear that); it settles at one.
    private static bool EachIsHeldOnce(IReadOnlyDictionary<IHost, IReadOnlyList<OwnedKey>> held) =>
        held.Values.Sum(h => h.Count) == Keys && held.Values.SelectMany(h => h).Distinct().Count() == Keys;

    private static IHost Composed(string connectionString, int port, KeyWork work)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = connectionString,
            ["Cluster:Name"] = "test",
            ["Cluster:Address"] = "127.0.0.1",
            ["Cluster:Port"] = $"{port}",
        });
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<DeliverySignal>().AddSingleton(work)
            .AddStorage().AddOwnership().AddCluster(builder.Configuration);
        return builder.Build();
    }

    private sealed class ReplicaWorld(TestDatabase test) : IAsyncDisposable
    {
        private readonly List<IHost> _hosts = [];

        public ScriptedWork Work { get; } = new();

        public static async Task<ReplicaWorld?> CreateAsync(ITestOutputHelper output)
        {
            if (TestDatabase.Engines.Contains(TestDatabase.Postgres, StringComparer.Ordinal))
            {
                return new ReplicaWorld(await TestDatabase.CreateAsync(TestDatabase.Postgres));
            }

            output.WriteLine($"{TestDatabase.PostgresVariable} is not set: nothing was tested.");
            return null;
        }

        public async Task StartAsync()
        {
            var host = Composed(test.ConnectionString, FreePort(), Work);
            await host.StartAsync().WaitAsync(Patience);
            _hosts.Add(host);
        }

        public async Task StopAsync(IHost host)
        {
            await host.StopAsync().WaitAsync(Patience);
            _hosts.Remove(host);
            host.Dispose();
        }

        /// <summary>Every replica asks for every key.</summary>
        public void WakeAll()
        {
            for (var key = 0; key < Keys; key++)
            {
                Wake(key);
            }
        }

        public void Wake(int key) => _hosts.ForEach(h => h.Services.GetRequiredService<IKeyOwner>().Wake(new OwnedKey("scripted", $"{key}")));

        public Dictionary<IHost, IReadOnlyList<OwnedKey>> Held() => _hosts.ToDictionary(h => h, h => h.Services.GetRequiredService<OwnedKeys>().Held);

        /// <summary>Every replica asks for every key again and again, as the ticks do, until it is so.</summary>
        public Task WhenAsync(Func<IReadOnlyDictionary<IHost, IReadOnlyList<OwnedKey>>, bool> isSo) => WhenAsync(isSo, WakeAll);

        public async Task WhenAsync(Func<IReadOnlyDictionary<IHost, IReadOnlyList<OwnedKey>>, bool> isSo, Action ask)
        {
            using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            using var patience = new CancellationTokenSource(Patience);
            while (!isSo(Held()))
            {
                ask();
                await pulse.WaitForNextTickAsync(patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var host in _hosts.ToList())
            {
                await StopAsync(host);
            }

            await test.DisposeAsync();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }

    /// <summary>Runs until it is told to finish; one for all replicas.</summary>
    private sealed class ScriptedWork : KeyWork
    {
        private TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _starts;

        public override string Kind => "scripted";

        public int Starts => _starts;

        /// <summary>What runs now has nothing left to do.</summary>
        public void Finish() => Interlocked.Exchange(ref _finish, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

        public override async Task RunAsync(string name, CancellationToken ct)
        {
            var finish = _finish.Task; // before the test hears of it and ends it
            Interlocked.Increment(ref _starts);
            await finish.WaitAsync(ct);
        }
    }
}
