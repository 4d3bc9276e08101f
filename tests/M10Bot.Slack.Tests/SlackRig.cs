using M10Bot.News.Chat;
using M10Bot.Slack.Requests;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;
using M10Bot.Testing;

namespace M10Bot.Slack.Tests;

/// <summary>The project's parts put together around a scripted Slack and a clock that stands still.</summary>
internal sealed class SlackRig : IDisposable
{
    public const string BotToken = "xoxb-test-secret";
    public const string AppToken = "xapp-test-secret";
    public static readonly Destination News = new(Platform.Slack, "T1", DestinationKind.Channel, "C1");
    public static readonly Destination Ann = new(Platform.Slack, "T1", DestinationKind.Person, "U0ANN");
    public static readonly DeliveryKey Key = new("k7f3");

    /// <summary>The one workspace of most tests.</summary>
    public static readonly SlackInstall Us = new() { Team = "T1", User = "U0BOT", Bot = "B0BOT", Token = BotToken };

    private readonly HttpClient _http;

    public SlackRig(bool isReady = true, SeenStore? shared = null)
    {
        Options = new SlackOptions { BotToken = BotToken, AppToken = AppToken, ConnectionSpacing = TimeSpan.FromSeconds(30), Connections = 1 };
        _http = new HttpClient(Slack) { Timeout = Timeout.InfiniteTimeSpan };
        Pace = new SlackPace(Options, Time);
        Installs = new SlackInstalls(Options);
        Web = new SlackWeb(_http, Options, Pace, Installs, Time, Random, Log.For<SlackWeb>());
        Roles = new SlackRoles(Web, Installs, new SlackGroups(Web, Time), Options, Time);
        Messages = new SlackMessages(Web, Time, Log.For<SlackMessages>());
        History = new SlackHistory(Web, Messages, Installs, Options, Time);
        var thread = new SlackThread(Web, Messages, Installs, Options, Time, Log.For<SlackThread>());
        ChatPlatform = new SlackPlatform(Messages, thread, Installs, History, new SlackLinks(Web, History, Installs), new SlackOutcomes(Time), Options, Time, Log.For<SlackPlatform>());
        var commands = new SlackCommands(Commands.Port, Roles);
        var replies = new SlackReplies(Web, Options, Log.For<SlackReplies>());
        var home = new SlackHome(commands, replies);
        var actions = new SlackActions(commands, replies, home, Options, Time, Log.For<SlackActions>());
        var uninstall = new SlackUninstall(Installs, store: null, Log.For<SlackUninstall>());
        var events = new SlackEvents(Installs, uninstall, Places.Port, Roles, home, commands, Messages, Options, Log.For<SlackEvents>());
        Requests = new SlackRequests(commands, actions, events, replies, Installs, Options, Time, Log.For<SlackRequests>(), shared);
        if (isReady)
        {
            Installs.Put(Us);
        }
    }

    public WatchedTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));

    public Random Random { get; } = new(7);

    public ScriptedSlack Slack { get; } = new();

    public CollectedLog Log { get; } = new();

    public ScriptedCommands Commands { get; } = new();

    public SlackOptions Options { get; }

    public SlackPace Pace { get; }

    public SlackWeb Web { get; }

    public SlackInstalls Installs { get; }

    public ScriptedPlaces Places { get; } = new();

    public SlackRoles Roles { get; }

    public SlackMessages Messages { get; }

    public SlackHistory History { get; }

    public IChatPlatform ChatPlatform { get; }

    public SlackRequests Requests { get; }

    public static Card Flash => new()
    {
        Kicker = new Kicker(CardState.Flash, ["Ukraine", "single source"]),
        Headline = "Port of Riga closed after fire",
        Link = "https://example.org/a?x=1&y=2",
        Points = ["Fire at terminal 2 & 3, officials say."],
        Actions = [CardAction.ToCommand("Summary", "summary", ("story", "12")), CardAction.ToLink("Full story", "https://example.org/a")],
        Credit = "M10News · © 2026 M10News",
        Published = new DateTimeOffset(2026, 11, 22, 14, 2, 0, TimeSpan.Zero),
    };

    public static async Task<T> Soon<T>(Task<T> task) => await task.WaitAsync(WatchedTime.Patience);

    public static async Task Soon(Task task) => await task.WaitAsync(WatchedTime.Patience);

    /// <summary>Returns once so many commands were begun.</summary>
    public Task WhenRanAsync(int count) => WhenAsync(() => Commands.Begun >= count);

    public async Task WhenAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(WatchedTime.Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        Slack.Unexpected.ShouldBeEmpty();
        Log.Lines.ShouldNotContain(l => l.Contains("-secret", StringComparison.Ordinal) || l.Contains("ticket", StringComparison.Ordinal));
    }
}

/// <summary>Commands that answer as the test says.</summary>
internal sealed class ScriptedCommands
{
    public List<CommandRequest> Ran { get; } = [];

    public int Begun
    {
        get
        {
            lock (Ran)
            {
                return Ran.Count;
            }
        }
    }

    public Func<CommandRequest, CancellationToken, Task<CommandReply>> Answer { get; set; } = (_, _) => Task.FromResult(CommandReply.Say("Done"));

    public Func<string, string, IReadOnlyList<Suggestion>> Offer { get; set; } = (_, _) => [];

    /// <summary>Names of commands for few.</summary>
    public HashSet<string> Restricted { get; } = new(StringComparer.Ordinal);

    public CommandPort Port => new()
    {
        Parse = Parse,
        RunAsync = RunAsync,
        SuggestAsync = (request, option, typed, _) => Task.FromResult(Offer($"{request.Command}.{option}", typed)),
        HomeAsync = (request, _) => Task.FromResult<IReadOnlyList<Card>>([new Card { Headline = "What you follow", Lines = [request.Caller.Role.ToString()] }]),
        IsRestricted = Restricted.Contains,
    };

    private static CommandCall Parse(string text) => new(text.Split(' ')[0], new Dictionary<string, string>(StringComparer.Ordinal) { ["rest"] = text });

    private async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        lock (Ran)
        {
            Ran.Add(request);
        }

        return await Answer(request, ct);
    }
}

/// <summary>Remembers what was done about places.</summary>
internal sealed class ScriptedPlaces
{
    public List<string> Done { get; } = [];

    public PlacePort Port => new()
    {
        SuspendAsync = (place, why, remedy, _) => Note($"suspend {place.Workspace}/{place.Address}: {why}. {remedy}"),
        ResumeAsync = (place, _) => Note($"resume {place.Workspace}/{place.Address}"),
        CloseAsync = (place, _) => Note($"close {place.Workspace}/{place.Address}"),
        MoveAsync = (place, to, _) => Note($"move {place.Workspace}/{place.Address} to {to}"),
        ForgetAsync = (workspace, _) => Note($"forget {workspace}"),
    };

    private Task Note(string what)
    {
        Done.Add(what);
        return Task.CompletedTask;
    }
}
