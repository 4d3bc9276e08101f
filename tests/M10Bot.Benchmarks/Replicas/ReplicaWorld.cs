using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dapper;
using M10Bot.News.Chat;
using M10Bot.Simulator;
using M10Bot.Simulator.Slack.Workspaces;
using M10Bot.Testing;
using Npgsql;

namespace M10Bot.Benchmarks.Replicas;

/// <summary>All that outlives the replicas: both chats with their channels, one PostgreSQL, one wire folder.</summary>
internal sealed class ReplicaWorld : IAsyncDisposable
{
    public const int Channels = 30;

    private const string Place = "Harbour of ";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("m10bot-replicas-");
    private readonly SimulatorHost _simulator;
    private readonly TestDatabase _database;
    private readonly List<string> _discord = [];
    private readonly List<string> _slack = [];
    private readonly int[] _ports;
    private readonly ReplicaLinks _links;
    private int _stories;

    private ReplicaWorld(SimulatorHost simulator, TestDatabase database, int replicas)
    {
        (_simulator, _database, _ports) = (simulator, database, FreePorts(replicas));
        _links = new ReplicaLinks(_ports, new NpgsqlConnectionStringBuilder(database.ConnectionString).Port);
    }

    /// <summary>What the replicas reach each other and the database through.</summary>
    public ReplicaLinks Links => _links;

    public int Stories => _stories;

    public int GatewayConnections => _simulator.Discord.Gateway.Connected;

    private string Wire => Path.Combine(_folder.FullName, "wire");

    public static async Task<ReplicaWorld> StartAsync(int replicas)
    {
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), TimeProvider.System, Random.Shared, CancellationToken.None);
        simulator.Discord.Limits.Lifted = true;
        simulator.Slack.Limits.IsLifted = true;
        var world = new ReplicaWorld(simulator, await TestDatabase.CreateAsync(TestDatabase.Postgres), replicas);
        await world.FillAsync();
        return world;
    }

    /// <summary>Both lanes send 45 a second, so that a fan-out lasts long enough to be struck in its middle.</summary>
    public Dictionary<string, string?> SettingsOf(int replica) => new(StringComparer.Ordinal)
    {
        ["Cluster:Name"] = "harness",
        ["Cluster:Address"] = "127.0.0.1",
        ["Cluster:Port"] = _links.PortOf(replica).ToString(CultureInfo.InvariantCulture),
        ["Cluster:Listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_ports[replica]}"),
        ["Discord:Token"] = new SimulatorOptions().DiscordToken,
        ["Discord:ApiBase"] = _simulator.DiscordApi,
        ["Discord:GlobalPerSecond"] = "45",
        ["Discord:ChannelPer5Seconds"] = "10000",
        ["Discord:RequestTimeout"] = "00:00:03",
        ["Slack:BotToken"] = new SimulatorOptions().SlackBotToken,
        ["Slack:AppToken"] = new SimulatorOptions().SlackAppToken,
        ["Slack:ApiBase"] = _simulator.SlackApi,
        ["Slack:ChannelPerSecond"] = "1000",
        ["Slack:ChannelBurst"] = "1000",
        ["Slack:WorkspacePostsPerSecond"] = "45",
        ["Slack:WorkspacePostsBurst"] = "1",
        ["Slack:RequestTimeout"] = "00:00:03",
        ["Slack:SettleTime"] = "00:00:02",
        ["Storage:ConnectionString"] = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Port = _links.DatabasePortOf(replica) }.ToString(),
        ["Wire:Folder"] = Wire,
        ["Logging:LogLevel:Default"] = "Information",
    };

    /// <summary>Drops so many stories into the wire folder, each whole.</summary>
    public async Task DropAsync(int stories)
    {
        for (var i = 0; i < stories; i++)
        {
            var word = Spell(_stories);
            var name = string.Create(CultureInfo.InvariantCulture, $"article-{_stories:D6}.txt");
            await WholeFile.DropAsync(Wire, name, $"""
                Slug: harbour-{word}

                {Place}{word} reopens after the storm
                The harbour of {word} reopened on Monday, said {Spell(_stories * 7)} of the {Spell(_stories * 13)} line.

                """);
            _stories++;
        }
    }

    /// <summary>Which process owns each lane, as the tables say.</summary>
    public Task<IReadOnlyList<(string Lane, int Process)>> OwnersAsync() => _database.Database.ReadAsync<IReadOnlyList<(string, int)>>(
        async connection => [.. (await connection.QueryAsync<(string Lane, string Owner)>("select name, owner from lane order by name"))
            .Select(l => (l.Lane, int.Parse(l.Owner.Split('/')[1], CultureInfo.InvariantCulture)))],
        CancellationToken.None);

    public Task<IReadOnlyList<(string State, long Count)>> StatesAsync() => _database.Database.ReadAsync<IReadOnlyList<(string, long)>>(
        async connection => [.. await connection.QueryAsync<(string, long)>("select state, count(*) from delivery group by state order by state")],
        CancellationToken.None);

    /// <summary>The server ends every connection to the database and takes no new one until the time is over.</summary>
    public async Task CutDatabaseAsync(TimeSpan lasts)
    {
        var name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;
        await using var server = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(TestDatabase.PostgresVariable)!);
        await using var connection = await server.OpenConnectionAsync();
        await connection.ExecuteAsync($"alter database {name} with allow_connections false");
        await connection.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = @name", new { name });
        using (var timer = new PeriodicTimer(lasts))
        {
            await timer.WaitForNextTickAsync();
        }

        await connection.ExecuteAsync($"alter database {name} with allow_connections true");
    }

    /// <summary>The server is stopped at once, as by a failing machine, and started again.</summary>
    public async Task RestartDatabaseAsync()
    {
        string programs, folder;
        await using (var server = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(TestDatabase.PostgresVariable)!))
        {
            await using var connection = await server.OpenConnectionAsync();
            folder = (await connection.ExecuteScalarAsync<string>("show data_directory"))!;
            programs = (await connection.ExecuteScalarAsync<string>("select setting from pg_config where name = 'BINDIR'"))!;
        }

        var restart = $"{programs}/pg_ctl -D {folder} -m immediate -s -w restart >/dev/null 2>&1";
        using var shell = Environment.IsPrivilegedProcess ? Process.Start("su", ["-s", "/bin/sh", "postgres", "-c", restart]) : Process.Start("sh", ["-c", restart]);
        await shell.WaitForExitAsync();
        if (shell.ExitCode != 0)
        {
            throw new InvalidOperationException($"PostgreSQL did not restart: {restart}");
        }
    }

    /// <summary>How many messages stand in a platform's channels.</summary>
    public int Posted(string lane) => OfDiscord(lane)
        ? _discord.Sum(c => _simulator.Discord.Posts(c).Count)
        : _slack.Sum(c => _simulator.Slack.Newsroom.Posts(c).Count);

    /// <summary>Counts every story in every channel, from the first one dropped.</summary>
    public ReplicaCount Count(string lane)
    {
        var (lost, twice, breaks) = (0, 0, 0);
        var places = OfDiscord(lane)
            ? _discord.Select(c => _simulator.Discord.Posts(c).Select(p => p.Json))
            : _slack.Select(c => _simulator.Slack.Newsroom.Posts(c).Select(p => p.Text + p.Blocks?.GetRawText()));
        var numbers = Enumerable.Range(0, _stories).ToDictionary(Spell, n => n, StringComparer.Ordinal);
        foreach (var channel in places)
        {
            var seen = channel.Select(text => numbers[StoryIn(text)]).ToList();
            lost += _stories - seen.Distinct().Count();
            twice += seen.Count - seen.Distinct().Count();
            breaks += seen.Zip(seen.Skip(1)).Count(pair => pair.Second < pair.First);
        }

        return new ReplicaCount(lost, twice, breaks);
    }

    public async ValueTask DisposeAsync()
    {
        await _links.DisposeAsync();
        await _simulator.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static bool OfDiscord(string lane) => lane is "discord";

    private static string StoryIn(string text) => text[(text.IndexOf(Place, StringComparison.Ordinal) + Place.Length)..].Split(' ', 2)[0];

    // Letters instead of figures, so that no two stories read alike.
    private static string Spell(int number) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(c => (char)('K' + (c - '0')))) + "ville";

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        listeners.ForEach(l => l.Dispose());
        return ports;
    }

    private async Task FillAsync()
    {
        Directory.CreateDirectory(Wire);
        var (guild, team) = (_simulator.Discord.World.MainGuildId, _simulator.Slack.Newsroom);
        var tables = new NewsTables(_database.Database);
        for (var i = 0; i < Channels; i++)
        {
            _discord.Add(_simulator.Discord.World.AddChannel(guild, $"replica-{i}"));
            _slack.Add($"C0REPLICA{i}");
            team.AddChannel(_slack[i], $"replica-{i}", SlackChannelKind.Public, team.BotUser);
            await tables.DestinationAsync(new Destination(Platform.Discord, guild, DestinationKind.Channel, _discord[i]), "discord", "all");
            await tables.DestinationAsync(new Destination(Platform.Slack, team.Id, DestinationKind.Channel, _slack[i]), $"slack/{team.Id}", "all");
        }
    }
}

/// <param name="Lost">Story and channel that never came together.</param>
/// <param name="Twice">Messages beyond the first of a story in a channel.</param>
/// <param name="OrderBreaks">Messages that stand after a later story's.</param>
internal sealed record ReplicaCount(int Lost, int Twice, int OrderBreaks);
