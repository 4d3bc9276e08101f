using System.Globalization;
using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;
using M10Bot.Simulator;
using M10Bot.Simulator.Slack.Workspaces;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Crash;

/// <summary>All that outlives the bot: both chats with their channels, the tables, and the wire folder.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("m10bot-crash-");
    private readonly SimulatorHost _simulator;
    private readonly TestDatabase _database;
    private readonly List<string> _discord = [];
    private readonly List<string> _slack = [];
    private int _files;

    private CrashWorld(SimulatorHost simulator, TestDatabase database) => (_simulator, _database) = (simulator, database);

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Discord:Token"] = new SimulatorOptions().DiscordToken,
        ["Discord:ApiBase"] = _simulator.DiscordApi,
        ["Discord:GlobalPerSecond"] = "10000",
        ["Discord:ChannelPer5Seconds"] = "10000",
        ["Discord:RequestTimeout"] = "00:00:03",
        ["Slack:BotToken"] = new SimulatorOptions().SlackBotToken,
        ["Slack:AppToken"] = new SimulatorOptions().SlackAppToken,
        ["Slack:ApiBase"] = _simulator.SlackApi,
        ["Slack:ChannelPerSecond"] = "1000",
        ["Slack:ChannelBurst"] = "1000",
        ["Slack:WorkspacePostsPerSecond"] = "10000",
        ["Slack:WorkspacePostsBurst"] = "10000",
        ["Slack:UpdatesPerMinute"] = "600000",
        ["Slack:UpdatesBurst"] = "10000",
        ["Slack:RequestTimeout"] = "00:00:03",
        ["Slack:SettleTime"] = "00:00:01",
        ["Deliveries:ClaimMargin"] = "00:00:00.5",
        ["Storage:ConnectionString"] = _database.ConnectionString,
        ["Wire:Folder"] = Wire,
        ["Wire:SettleTime"] = "00:00:00.05",
        ["Wire:ScanEvery"] = "00:00:00.5",
        ["Logging:LogLevel:Default"] = "Error",
    };

    /// <summary>How many requests met one; the journal keeps the newest 50,000 requests of both platforms.</summary>
    public string FaultsMet =>
        $"Discord {_simulator.Discord.Faults.Struck:N0}, Slack {_simulator.Journal.Entries.Count(e => e.Platform is "slack" && IsFault(e.Verdict)):N0}";

    private string Wire => Path.Combine(_folder.FullName, "wire");

    /// <param name="options">Of them: engine, channels and seed.</param>
    /// <param name="topicsOf">What the channel of each number follows; everything where it is left out.</param>
    public static async Task<CrashWorld> StartAsync(CrashOptions options, Func<int, string[]>? topicsOf = null)
    {
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), TimeProvider.System, new Random(options.Seed), CancellationToken.None);
        simulator.Discord.Limits.Lifted = true;
        simulator.Slack.Limits.IsLifted = true;
        var world = new CrashWorld(simulator, await TestDatabase.CreateEmptyAsync(options.Engine));
        await world.FillAsync(options.Channels, topicsOf ?? (_ => ["all"]));
        CrashFaults.Plan(simulator, options.Seed);
        return world;
    }

    /// <summary>Drops an article into the wire folder, whole.</summary>
    public Task DropAsync(string text) =>
        WholeFile.DropAsync(Wire, string.Create(CultureInfo.InvariantCulture, $"article-{_files++:D6}.txt"), text);

    /// <summary>How many articles wait in the wire folder.</summary>
    public int Undropped => Directory.EnumerateFiles(Wire, "article-*.txt").Count();

    /// <summary>By platform and state, how many deliveries the tables hold.</summary>
    public Task<IReadOnlyList<(string Platform, string State, long Count)>> DeliveriesAsync() =>
        _database.Database.ReadAsync<IReadOnlyList<(string, string, long)>>(
            async connection => [.. await connection.QueryAsync<(string, string, long)>(
                """
                select s.platform, d.state, count(*) from delivery d join destination s on s.id = d.destination_id
                group by s.platform, d.state order by s.platform, d.state
                """)],
            CancellationToken.None);

    public IEnumerable<(string Channel, string Text)> DiscordMessages() =>
        _discord.SelectMany(c => _simulator.Discord.Posts(c).Where(p => !p.IsDeleted).Select(p => (c, p.Json)));

    public IEnumerable<(string Channel, string Text)> SlackMessages() =>
        _slack.SelectMany(c => _simulator.Slack.Newsroom.Posts(c).Select(p => (c, p.Text + p.Blocks?.GetRawText())));

    /// <summary>What stands in every channel, by the id that the platform gave it.</summary>
    public IReadOnlyDictionary<(string Channel, string Message), string> Standing() =>
        _discord.SelectMany(c => _simulator.Discord.Posts(c).Where(p => !p.IsDeleted).Select(p => (Key: (c, p.Id), Text: p.Json)))
            .Concat(_slack.SelectMany(c => _simulator.Slack.Newsroom.Posts(c).Select(p => (Key: (c, p.Ts), Text: p.Text + p.Blocks?.GetRawText()))))
            .ToDictionary(m => m.Key, m => m.Text);

    /// <summary>The channel of each number, by platform.</summary>
    public IReadOnlyList<string> ChannelsOf(string platform) => platform is "discord" ? _discord : _slack;

    /// <summary>Every delivery as the tables have it, with its story's slug.</summary>
    public Task<IReadOnlyList<CrashDelivery>> EachDeliveryAsync() =>
        _database.Database.ReadAsync<IReadOnlyList<CrashDelivery>>(
            async connection => [.. (await connection.QueryAsync<(string Slug, string Platform, string Channel, string State, string? Message)>(
                """
                select s.slug, t.platform, t.address, d.state, d.receipt_message
                from delivery d
                join destination t on t.id = d.destination_id
                join bulletin b on b.id = d.bulletin_id
                join story s on s.id = b.story_id
                """)).Select(d => new CrashDelivery(d.Slug, d.Platform, d.Channel, d.State, d.Message))],
            CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static bool IsFault(string verdict) => verdict is "cut" or "503" || verdict.Contains(", then ", StringComparison.Ordinal);

    private async Task FillAsync(int channels, Func<int, string[]> topicsOf)
    {
        Directory.CreateDirectory(Wire);
        var (guild, team) = (_simulator.Discord.World.MainGuildId, _simulator.Slack.Newsroom);

        // The bot's own lock on the data folder must be free again before it starts.
        await using var database = new Database(StorageRegistration.DialectFor(_database.ConnectionString));
        await database.MigrateAsync(CancellationToken.None);
        var tables = new NewsTables(database);
        for (var i = 0; i < channels; i++)
        {
            _discord.Add(_simulator.Discord.World.AddChannel(guild, $"crash-{i}"));
            _slack.Add($"C0CRASH{i}");
            team.AddChannel(_slack[i], $"crash-{i}", SlackChannelKind.Public, team.BotUser);
            await tables.DestinationAsync(new Destination(Platform.Discord, guild, DestinationKind.Channel, _discord[i]), "discord", topicsOf(i));
            await tables.DestinationAsync(new Destination(Platform.Slack, team.Id, DestinationKind.Channel, _slack[i]), $"slack/{team.Id}", topicsOf(i));
        }
    }
}

/// <param name="Slug">Of its story.</param>
/// <param name="Message">The receipt; null where there is none.</param>
internal sealed record CrashDelivery(string Slug, string Platform, string Channel, string State, string? Message);
