using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Acting;
using M10Bot.Simulator.Slack.SocketMode;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack;

/// <summary>What the parts of the simulated Slack share.</summary>
internal sealed class SlackCore
{
    private readonly Random _random;
    private readonly PageFeed _feed;

    public SlackCore(SimulatorOptions options, TimeProvider time, Random random, Journal journal, PageFeed feed)
    {
        (Options, Time, Journal, _random, _feed) = (options, time, journal, random, feed);
        Triggers = new Triggers(time);
        Sockets = new SlackSockets(this);
        Events = new EventStream(this);
        Hooks = new ResponseHooks(this);
        Views = new ViewBook(this);
    }

    public SimulatorOptions Options { get; }

    public TimeProvider Time { get; }

    public Journal Journal { get; }

    public SlackLimits Limits { get; } = new();

    public SlackFaults Faults { get; } = new();

    public Triggers Triggers { get; }

    public SlackSockets Sockets { get; }

    public EventStream Events { get; }

    public ResponseHooks Hooks { get; }

    public ViewBook Views { get; }

    public bool IsEditWindowClosed { get; set; }

    public List<SlackCommand> Commands { get; } =
        [new("/m10", "Subscribe channels to breaking news and manage alerts", "subscribe <topic> | list | latest | help")];

    /// <summary>By bot token. The first one is the newsroom that the page shows.</summary>
    public Dictionary<string, SlackWorkspace> Installs { get; } = new(StringComparer.Ordinal);

    public SlackWorkspace Newsroom => Installs[Options.SlackBotToken];

    /// <summary>Ends with the host.</summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>Where the simulator listens, e.g. <c>http://127.0.0.1:5010</c>; known once it does.</summary>
    public Func<string> Address { get; set; } = () => "";

    public string NewKey()
    {
        lock (_random)
        {
            return Convert.ToHexStringLower(BitConverter.GetBytes(_random.NextInt64()));
        }
    }

    /// <summary>Tells the open pages; they show the newsroom only.</summary>
    public void Tell(SlackWorkspace workspace, string kind, SlackMessage message)
    {
        if (ReferenceEquals(workspace, Newsroom))
        {
            Tell(kind, new JsonObject { ["channel"] = message.Channel, ["message"] = message.ToPage() });
        }
    }

    public void Tell(string kind, JsonObject what)
    {
        what["pane"] = "slack";
        what["kind"] = kind;
        _feed.Publish(what.ToJsonString());
    }
}
