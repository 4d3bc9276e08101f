using M10Bot.News.Deliveries;
using M10Bot.News.Desk;
using M10Bot.News.Ownership;
using M10Bot.Slack;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;
using M10Bot.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace M10Bot.Benchmarks.Slack;

/// <summary>The client, and the whole lanes over a database where they are measured, against a fake Slack in the same process.</summary>
internal sealed class SlackWorld : IAsyncDisposable
{
    private readonly SocketsHttpHandler _handler = new() { ConnectTimeout = TimeSpan.FromSeconds(5), UseCookies = false, AllowAutoRedirect = false };

    private SlackWorld(FakeSlack fake, TestDatabase? data, TimeProvider time, SlackOptions options, int workspaces)
    {
        (Fake, Data, Time, Settings) = (fake, data, time, options);
        options.ApiBase = fake.Api;
        Http = new HttpClient(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        Installs = new SlackInstalls(options);
        for (var i = 0; i < workspaces; i++)
        {
            Installs.Put(new SlackInstall { Team = $"T{i}", User = "UBOT", Bot = "BBOT", Token = $"xoxb-{i}" });
        }

        Web = new SlackWeb(Http, options, new SlackPace(options, time), Installs, time, new Random(7), NullLogger<SlackWeb>.Instance);
        var messages = new SlackMessages(Web, time, NullLogger<SlackMessages>.Instance);
        var history = new SlackHistory(Web, messages, Installs, options, time);
        Platform = new SlackPlatform(
            messages,
            new SlackThread(Web, messages, Installs, options, time, NullLogger<SlackThread>.Instance),
            Installs,
            history,
            new SlackLinks(Web, history, Installs),
            new SlackOutcomes(time),
            options,
            time,
            NullLogger<SlackPlatform>.Instance);
        if (data is not null)
        {
            Tables = new NewsTables(data.Database);
            Deliveries = new DeliveryStore(data.Database, time);
            Queries = new DeskQueries(data.Database, [Platform], time);
        }
    }

    public FakeSlack Fake { get; }

    public TestDatabase? Data { get; }

    public TimeProvider Time { get; }

    public SlackOptions Settings { get; }

    public HttpClient Http { get; }

    public SlackInstalls Installs { get; }

    public SlackWeb Web { get; }

    public SlackPlatform Platform { get; }

    public NewsTables Tables { get; } = null!;

    public DeliveryStore Deliveries { get; } = null!;

    public DeskQueries Queries { get; } = null!;

    public static async Task<SlackWorld> StartAsync(bool withLanes, TimeProvider time, SlackOptions options, int workspaces) =>
        new(await FakeSlack.StartAsync(time), withLanes ? await TestDatabase.CreateAsync() : null, time, options, workspaces);

    /// <summary>Channels that follow everything, evenly over the workspaces.</summary>
    public Task ChannelsAsync(int workspaces, int each) => Tables.ExecuteAsync(
        """
        with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < @all)
        insert into destination (platform, workspace, kind, address, lane, added_by, added_ms)
        select 'slack', 'T' || (i % @workspaces), 'channel', 'C' || i, 'slack/T' || (i % @workspaces), 'bench', 0 from n;
        insert into subscription (destination_id, topic, name, created_by, created_ms) select id, 'all', 'all', 'bench', 0 from destination;
        """,
        new { all = workspaces * each, workspaces });

    /// <summary>Runs worker, lanes and journal while the work is done.</summary>
    public async Task DeliverAsync(DeliverySignal signal, ILogger<LaneRunner> logger, Func<Task> meanwhile)
    {
        var options = Options.Create(new DeliveryOptions());
        var outcomes = new OutcomeStore(Data!.Database, Time);
        var lanes = new LaneStore(Data.Database, Time);
        await using var journal = new DeliveryJournal(outcomes, Time, NullLogger<DeliveryJournal>.Instance);
        var runners = new LaneRunners(lanes, journal, new CardShelf(lanes), Time, options, logger);
        var work = new LaneWork(lanes, runners, signal, [Platform], Time, options, NullLogger<LaneWork>.Instance);
        var keys = new OwnedKeys([work], NullLogger<OwnedKeys>.Instance);
        using var worker = new DeliveryWorker(lanes, new LocalOwner(keys), signal, Time, options, NullLogger<DeliveryWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        await meanwhile();
        await keys.StoppingAsync(CancellationToken.None);
        await worker.StopAsync(CancellationToken.None);
    }

    /// <summary>Returns once nothing is due or under way.</summary>
    public async Task UntilQuietAsync()
    {
        while (await Tables.ScalarAsync<long>("select count(*) from delivery where state in ('due', 'claimed')") > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await Fake.DisposeAsync();
        if (Data is not null)
        {
            await Data.DisposeAsync();
        }
    }
}
