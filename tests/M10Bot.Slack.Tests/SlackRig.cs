using M10Bot.News.Chat;
using M10Bot.Slack.Requests;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Slack.Tests;

/// <summary>The project's parts put together around a scripted Slack and a clock that stands still.</summary>
internal sealed class SlackRig : IDisposable
{
    public const string BotToken = "xoxb-test-secret";
    public const string AppToken = "xapp-test-secret";
    public static readonly Destination News = new(Platform.Slack, "T1", DestinationKind.Channel, "C1");
    public static readonly Destination Ann = new(Platform.Slack, "T1", DestinationKind.Person, "U0ANN");
    public static readonly DeliveryKey Key = new("k7f3");
    private readonly HttpClient _http;

    public SlackRig(bool isReady = true)
    {
        Options = new SlackOptions { BotToken = BotToken, AppToken = AppToken, ConnectionSpacing = TimeSpan.FromSeconds(30), Connections = 1 };
        _http = new HttpClient(Slack) { Timeout = Timeout.InfiniteTimeSpan };
        Pace = new SlackPace(Options, Time);
        Web = new SlackWeb(_http, Options, Pace, Time, Random, Log.For<SlackWeb>());
        Roles = new SlackRoles(Web, Options, Time);
        Messages = new SlackMessages(Web, Time, Log.For<SlackMessages>());
        History = new SlackHistory(Web, Messages, Session, Options, Time);
        var thread = new SlackThread(Web, Messages, Session, Options, Time, Log.For<SlackThread>());
        ChatPlatform = new SlackPlatform(Messages, thread, Session, History, new SlackOutcomes(Time), Options, Time, Log.For<SlackPlatform>());
        Requests = new SlackRequests(Commands.Port, Roles, Session, Web, Options, Time, Log.For<SlackRequests>());
        if (isReady)
        {
            Session.Begin(new SlackIdentity("T1", "U0BOT", "B0BOT"));
        }
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));

    public Random Random { get; } = new(7);

    public ScriptedSlack Slack { get; } = new();

    public CollectedLog Log { get; } = new();

    public ScriptedCommands Commands { get; } = new();

    public SlackOptions Options { get; }

    public SlackPace Pace { get; }

    public SlackWeb Web { get; }

    public SlackSession Session { get; } = new();

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

    public static async Task<T> Soon<T>(Task<T> task) => await task.WaitAsync(TimeSpan.FromSeconds(10));

    public static async Task Soon(Task task) => await task.WaitAsync(TimeSpan.FromSeconds(10));

    public void Dispose()
    {
        _http.Dispose();
        Slack.Unexpected.ShouldBeEmpty();
        Log.Lines.ShouldNotContain(l => l.Contains("secret", StringComparison.Ordinal) || l.Contains("ticket", StringComparison.Ordinal));
    }
}

/// <summary>What was logged, to be searched.</summary>
internal sealed class CollectedLog
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger<T> For<T>() => new Logger<T>(this);

    private sealed class Logger<T>(CollectedLog log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log._lines)
            {
                log._lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");
            }
        }
    }
}

/// <summary>Commands that answer as the test says.</summary>
internal sealed class ScriptedCommands
{
    public List<CommandRequest> Ran { get; } = [];

    public Func<CommandRequest, CancellationToken, Task<CommandReply>> Answer { get; set; } = (_, _) => Task.FromResult(CommandReply.Say("Done"));

    public CommandPort Port => new(Parse, RunAsync);

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
