using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Ownership;
using M10Bot.News.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>A database, a scripted platform and as many processes that deliver from one to the other as a test needs.</summary>
internal sealed class DeliveryWorld : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly List<DeliveryProcess> _processes = [];

    private DeliveryWorld(TestDatabase test)
    {
        _test = test;
        Tables = new NewsTables(test.Database);
        Deliveries = new DeliveryStore(test.Database, Time, Microsoft.Extensions.Options.Options.Create(Options));
        Status = new StatusStore(test.Database);
        Lanes = new LaneStore(test.Database, Time);
        Suspensions = new SuspensionStore(test.Database, Time);
        Outcomes = new OutcomeStore(test.Database, Time);
    }

    public Database Database => _test.Database;

    public FakeTimeProvider Time { get; } = new(Some.Time);

    public ScriptedPlatform Platform { get; } = new();

    /// <summary>What the processes said: told where a test waits in vain.</summary>
    public CollectedLog Log { get; } = new();

    public DeliveryOptions Options { get; } = new();

    public NewsTables Tables { get; }

    public DeliveryStore Deliveries { get; }

    public StatusStore Status { get; }

    public LaneStore Lanes { get; }

    public SuspensionStore Suspensions { get; }

    public OutcomeStore Outcomes { get; }

    public static async Task<DeliveryWorld> CreateAsync(string engine) => new(await TestDatabase.CreateAsync(engine));

    public Task<long> ChannelAsync(string address, params string[] topics) => Tables.DestinationAsync(Some.Channel(address), "scripted", topics);

    /// <summary>Runs the story's next version.</summary>
    public async Task<int> RunAsync(long story, DeliveryRank rank, string headline, CardState state = CardState.Breaking)
    {
        var (_, owed) = await Tables.RunAsync(Deliveries, story, rank, Some.Card(headline, state));
        _processes.ForEach(p => p.Signal.Wake());
        return owed;
    }

    /// <summary>A process starts.</summary>
    public async Task<DeliveryProcess> StartAsync(Action<CuttableDialect>? before = null)
    {
        var (database, engine) = _test.OpenCuttable();
        before?.Invoke(engine);
        var process = new DeliveryProcess(database, engine, this);
        _processes.Add(process);
        await process.StartAsync();
        return process;
    }

    /// <summary>A process runs until the condition holds, and is stopped in good order.</summary>
    public async Task RunUntilAsync(Func<ScriptedPlatform, bool> condition)
    {
        var process = await StartAsync();
        try
        {
            await Platform.WhenAsync(condition);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Waited in vain. The log says: {string.Join('\n', Log.Lines)}", e);
        }

        await process.StopAsync();
    }

    /// <summary>Returns once a delivery of that rank is in a lane's hands.</summary>
    public async Task WhenClaimedAsync(DeliveryRank rank)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await Tables.ScalarAsync<long>("select count(*) from delivery where rank = @rank and state = 'claimed'", new { rank = (int)rank }) == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Returns once so many deliveries stand in that state.</summary>
    public async Task WhenStateAsync(string state, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while ((await Tables.StatesAsync()).GetValueOrDefault(state) != count)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Returns once so many deliveries, and no other, stand as shown.</summary>
    public async Task WhenAllDoneAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        for (var look = 1; await Tables.StatesAsync() is var states && (states.Count != 1 || states.GetValueOrDefault("done") != count); look++)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (look % 20 == 0)
            {
                Time.Advance(TimeSpan.FromSeconds(1)); // deadlines of the dead pass
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await _test.DisposeAsync();
    }
}

/// <summary>What one process of the bot holds of deliveries.</summary>
internal sealed class DeliveryProcess : IAsyncDisposable
{
    private readonly CuttableDialect _engine;
    private readonly DeliveryJournal _journal;
    private readonly OwnedKeys _keys;
    private readonly DeliveryWorker _worker;
    private bool _hasEnded;

    public DeliveryProcess(Database database, CuttableDialect engine, DeliveryWorld world)
    {
        _engine = engine;
        var options = Options.Create(world.Options);
        var lanes = new LaneStore(database, world.Time);
        _journal = new DeliveryJournal(new OutcomeStore(database, world.Time, options), world.Time, world.Log.For<DeliveryJournal>());
        var runners = new LaneRunners(lanes, _journal, new CardShelf(lanes), world.Time, options, world.Log.For<LaneRunner>());
        var work = new LaneWork(lanes, runners, Signal, [world.Platform], world.Time, options, world.Log.For<LaneWork>());
        _keys = new OwnedKeys([work], world.Log.For<OwnedKeys>());
        _worker = new DeliveryWorker(lanes, new LocalOwner(_keys), Signal, world.Time, options, world.Log.For<DeliveryWorker>());
    }

    public DeliverySignal Signal { get; } = new();

    public Task StartAsync() => _worker.StartAsync(CancellationToken.None);

    /// <summary>In good order: claims are given back.</summary>
    public async Task StopAsync()
    {
        _hasEnded = true;
        await _keys.StoppingAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(90));
        await _worker.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(90));
    }

    /// <summary>As by kill -9: from here on it changes nothing any more.</summary>
    public void Kill() => _engine.Cut();

    /// <summary>What its way to the tables does from here on.</summary>
    public CuttableDialect Engine => _engine;

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        if (!_hasEnded)
        {
            await _keys.StoppingAsync(new CancellationToken(canceled: true));
            await _worker.StopAsync(new CancellationToken(canceled: true));
        }

        _worker.Dispose();
    }
}
