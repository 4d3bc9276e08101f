using M10Bot.News.Feeds;
using System.Text.Json;
using Dapper;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Deliveries;
using M10Bot.News.Desk;
using M10Bot.News.Doors;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;
using M10Bot.News.Tests.Feeds;
using M10Bot.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Commands;

/// <summary>The commands over a real database, with a chat platform that only listens.</summary>
internal sealed class Newsroom : IAsyncDisposable
{
    /// <summary>The first story's, at the first destination.</summary>
    public const string RefusedDelivery =
        """
        insert into bulletin (story_id, version, state, created_ms, changed_ms) values (1, 1, 'breaking', 0, 0);
        insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, state, created_ms, wanted_ms)
        values (1, 1, 'slack/one', 3, 1, 'refused', 0, 0);
        """;

    public static readonly Topic Ukraine = new("place:ukraine", "Ukraine", TopicKind.Place);
    public static readonly Topic Nato = new("org:nato", "NATO", TopicKind.Organisation);
    public static readonly Topic Union = new("org:european-union", "European Union", TopicKind.Organisation);

    private static readonly DateTimeOffset Start = new(2026, 11, 2, 14, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private int _uri;

    private Newsroom(TestDatabase database)
    {
        _database = database;
        var catalogue = new TopicCatalogue(
        [
            (Ukraine, ["ukrainian", "kyiv"]),
            (Nato, ["north atlantic alliance"]),
            (Union, ["EU"]),
            (new Topic("medtop:15000000", "sport", TopicKind.Subject), []),
        ]);
        _services = new ServiceCollection()
            .AddSingleton(Database)
            .AddSingleton(catalogue)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<ILoggerFactory>(Log)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<IChatPlatform>(Platform)
            .AddSingleton<DeliveryStore>()
            .AddSingleton<DeliverySignal>()
            .AddSingleton<StatusStore>()
            .AddSingleton(Options.Create(new FeedOptions()))
            .AddSingleton<FeedStore>()
            .AddSingleton<FeedCategoryStore>()
            .AddSingleton(new FeedTopics(words => PublisherCodes.Category(words, catalogue)))
            .AddSingleton<FeedAlarm>()
            .AddSingleton(provider => new FeedClient(new FeedOptions(), Time, Web))
            .AddSingleton<FeedDiscovery>()
            .AddSingleton<FeedImport>()
            .AddSingleton<FeedListStore>()
            .AddSingleton<FeedListDoor>()
            .AddSingleton(Options.Create(Doors))
            .AddSingleton<ArticleReader>()
            .AddSingleton<StoryMatcher>()
            .AddSingleton<EmbargoAlarm>()
            .AddSingleton<DeliveryMergeStore>()
            .AddSingleton<StoryTopics>()
            .AddSingleton<NewsDesk>()
            .AddSingleton<StoryRetelling>()
            .AddSingleton<TopicDesk>()
            .AddSingleton<MergeDesk>()
            .AddSingleton<SplitDesk>()
            .AddSingleton(SummaryMachine.None)
            .AddSingleton<SummaryDesk>()
            .AddSingleton<EditorsDesk>()
            .AddSingleton<DeskQueries>()
            .AddSubscriptions()
            .AddCommands()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public ListeningPlatform Platform { get; } = new();

    public FakeWeb Web { get; } = new();

    public WebOptions Doors { get; } = new();

    public FeedListDoor ListDoor => _services.GetRequiredService<FeedListDoor>();

    public FeedStore Feeds => _services.GetRequiredService<FeedStore>();

    public RememberedLog Log { get; } = new();

    public Database Database => _database.Database;

    public CommandDispatcher Dispatcher => _services.GetRequiredService<CommandDispatcher>();

    public SubscriptionStore Subscriptions => _services.GetRequiredService<SubscriptionStore>();

    public DestinationStore Destinations => _services.GetRequiredService<DestinationStore>();

    public StoryQueries Stories => _services.GetRequiredService<StoryQueries>();

    public PlaceChanges Places => _services.GetRequiredService<PlaceChanges>();

    public NewsDesk Desk => _services.GetRequiredService<NewsDesk>();

    public IEnumerable<ICommand> Commands => _services.GetServices<ICommand>();

    public static async Task<Newsroom> OpenAsync(string engine = TestDatabase.Sqlite) => new(await TestDatabase.CreateAsync(engine));

    public static CommandRequest Request(string line, Role role = Role.Member, string person = "U1", string channel = "C1", bool direct = false) => new()
    {
        Platform = Chat.Platform.Slack,
        Workspace = "T1",
        Channel = direct ? "D1" : channel,
        IsDirect = direct,
        Caller = new Caller(person, role),
        Command = line,
    };

    /// <summary>Types a line as a person would.</summary>
    public Task<CommandReply> SayAsync(string line, Role role = Role.Member, string person = "U1", string channel = "C1", bool direct = false)
    {
        var typed = CommandLine.Parse(line, Dispatcher.Specs);
        return Dispatcher.RunAsync(Request(typed.Command, role, person, channel, direct) with { Arguments = typed.Arguments, IsRunOn = typed.IsRunOn }, CancellationToken.None);
    }

    /// <summary>Sends a form that the bot opened, filled in.</summary>
    public Task<CommandReply> SendAsync(Form form, Role role, params (string Field, string Value)[] answers) =>
        Dispatcher.RunAsync(
            Request(Form.AnswerCommand, role) with
            {
                Arguments = answers.Append((Form.KeyArgument, form.Key!)).Append((Form.SendArgument, "1")).ToDictionary(a => a.Item1, a => a.Item2, StringComparer.Ordinal),
            },
            CancellationToken.None);

    /// <summary>A channel in Slack that follows one topic.</summary>
    public Task<long> ChannelAsync(string address, string topic) =>
        new NewsTables(Database).DestinationAsync(new Destination(News.Chat.Platform.Slack, "T1", DestinationKind.Channel, address), "slack/T1", topic);

    /// <summary>Presses a button of a reply, by the key that a platform would hand back.</summary>
    public Task<CommandReply> PressAsync(CommandReply reply, string label, Role role = Role.Member, string person = "U1", bool direct = false)
    {
        var key = ActionKey.Encode(reply.Card.Actions.Single(a => string.Equals(a.Label, label, StringComparison.Ordinal)));
        ActionKey.TryDecode(key, out var command, out var arguments).ShouldBeTrue();
        return Dispatcher.RunAsync(Request(command!, role, person, direct: direct) with { Arguments = arguments! }, CancellationToken.None);
    }

    /// <summary>Puts a story into the tables as the desk does.</summary>
    public Task<long> StoryAsync(
        string headline,
        Topic? topic = null,
        string state = "open",
        string? bulletin = "breaking",
        string? link = null,
        string? note = null,
        string status = "usable",
        DateTimeOffset? embargo = null,
        string verdict = "run",
        string[]? sentences = null,
        string source = "M10News") =>
        Database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var now = Time.GetUtcNow().ToUnixTimeMilliseconds();
                var story = await connection.ExecuteScalarAsync<long>(
                    """
                    insert into story (headline, state, urgency, sources, first_ms, changed_ms)
                    values (@headline, @state, 3, 1, @now, @now) returning id
                    """,
                    new { headline, state, now },
                    transaction);
                var article = await connection.ExecuteScalarAsync<long>(
                    """
                    insert into article (source, uri, version, story_id, status, headline, body, summary, link, credit, copyright, note,
                                         language, urgency, published_ms, embargo_ms, received_ms)
                    values (@source, @uri, 1, @story, @status, @headline, 'body', @summary, @link, @credit, '© 2026', @note, 'en', 3, @now, @embargo, @now)
                    returning id
                    """,
                    new
                    {
                        source,
                        uri = $"uri-{++_uri}",
                        story,
                        status,
                        headline,
                        summary = JsonSerializer.Serialize(sentences ?? ["First sentence.", "Second sentence."]),
                        link,
                        credit = $"{source} Desk",
                        note,
                        now,
                        embargo = embargo?.ToUnixTimeMilliseconds(),
                    },
                    transaction);
                await connection.ExecuteAsync("update story set lead_id = @article where id = @story", new { article, story }, transaction);
                await connection.ExecuteAsync(
                    "insert into ruling (story_id, article_id, change, verdict, reasons, at_ms) values (@story, @article, 'new', @verdict, @reasons, @now)",
                    new { story, article, verdict, reasons = JsonSerializer.Serialize(new[] { "marked Urgent by the newsroom" }), now },
                    transaction);
                if (topic is not null)
                {
                    await connection.ExecuteAsync(
                        "insert into story_topic (story_id, topic, name, kind, words, weight) values (@story, @Code, @Name, 'place', @words, 2.5)",
                        new { story, topic.Code, topic.Name, words = JsonSerializer.Serialize(new[] { "Kyiv", "Ukrainian" }) },
                        transaction);
                }

                if (bulletin is not null)
                {
                    await connection.ExecuteAsync(
                        "insert into bulletin (story_id, version, state, created_ms, changed_ms) values (@story, 1, @bulletin, @now, @now)",
                        new { story, bulletin, now },
                        transaction);
                }

                return story;
            },
            CancellationToken.None);

    public Task<int> ExecuteAsync(string sql) =>
        Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(sql, transaction: transaction), CancellationToken.None);

    public Task<T> ScalarAsync<T>(string sql) =>
        Database.ReadAsync(async connection => (await connection.ExecuteScalarAsync<T>(sql))!, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>Remembers what was posted and answers what it is told to.</summary>
internal sealed class ListeningPlatform : IChatPlatform
{
    public List<(Destination To, Card Card, DeliveryKey Key)> Posts { get; } = [];

    public PostOutcome Next { get; set; } = new PostOutcome.Posted(new Receipt("C1", "1.0"));

    /// <summary>What it says to a link.</summary>
    public Func<string, LinkOutcome> Links { get; set; } = _ => new LinkOutcome.No(LinkFault.NoLink);

    /// <summary>What it says to a delivery in doubt.</summary>
    public SettleOutcome Settled { get; set; } = new SettleOutcome.Unknowable("the messages of the channel can't be read");

    /// <summary>Whose link it was last asked about.</summary>
    public Destination? LinkedTo { get; private set; }

    public Task<LinkOutcome> ReceiptOfAsync(Destination to, DeliveryKey key, string link, CancellationToken ct)
    {
        LinkedTo = to;
        return Task.FromResult(Links(link));
    }

    public Platform Platform => Platform.Slack;

    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(10);

    public LanePace Pace { get; set; } = new(Rate.None);

    public string LaneOf(Destination destination) => "slack/one";

    public Task<PostOutcome> PostAsync(Destination to, Card card, DeliveryKey key, CancellationToken ct)
    {
        Posts.Add((to, card, key));
        return Task.FromResult(Next);
    }

    public Task<PostOutcome> EditAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        throw new InvalidOperationException("No command edits.");

    public Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        throw new InvalidOperationException("No command withdraws.");

    public Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct) =>
        Task.FromResult(Settled);
}

internal sealed class RememberedLog : ILoggerFactory, ILogger
{
    public List<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
