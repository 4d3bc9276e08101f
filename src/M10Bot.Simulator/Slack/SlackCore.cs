using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Acting;
using M10Bot.Simulator.Slack.Installing;
using M10Bot.Simulator.Slack.Requests;
using M10Bot.Simulator.Slack.SocketMode;
using M10Bot.Simulator.Slack.WebApi;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack;

/// <summary>What the parts of the simulated Slack share.</summary>
internal sealed class SlackCore
{
    private const int MostComplaints = 1_000;
    private readonly Random _random;
    private readonly PageFeed _feed;
    private readonly List<string> _complaints = [];

    public SlackCore(SimulatorOptions options, TimeProvider time, Random random, Journal journal, PageFeed feed)
    {
        (Options, Time, Journal, _random, _feed) = (options, time, journal, random, feed);
        Manifest = SlackManifest.Read(options.SlackManifest);
        Commands = [.. Manifest.Commands];
        IsSocketMode = Manifest.IsSocketMode;
        IsRotating = Manifest.IsRotating;
        RedirectUrls = [.. Manifest.RedirectUrls];
        Triggers = new Triggers(time);
        Tokens = new TokenBook(this);
        Grants = new GrantBook(this);
        Sockets = new SlackSockets(this);
        RequestUrls = new SlackRequestUrls(this);
        App = new AppDoor(this);
        Events = new EventStream(this);
        Hooks = new ResponseHooks(this);
        Views = new ViewBook(this);
        Schedule = new MessageSchedule(this);
    }

    public SimulatorOptions Options { get; }

    public TimeProvider Time { get; }

    public Journal Journal { get; }

    public SlackManifest Manifest { get; }

    public SlackLimits Limits { get; } = new();

    public SlackFaults Faults { get; } = new();

    public Triggers Triggers { get; }

    public TokenBook Tokens { get; }

    public GrantBook Grants { get; }

    public SlackSockets Sockets { get; }

    public SlackRequestUrls RequestUrls { get; }

    public AppDoor App { get; }

    public EventStream Events { get; }

    public ResponseHooks Hooks { get; }

    public ViewBook Views { get; }

    public MessageSchedule Schedule { get; }

    /// <summary>Told of every Web API call that reached its method, with what was sent.</summary>
    public Action<string, CallArguments>? OnCall { get; set; }

    public bool IsEditWindowClosed { get; set; }

    /// <summary>True makes a post with a <c>client_msg_id</c> that was seen before answer as a duplicate; Slack's own way is not documented.</summary>
    public bool DropsRepeatedClientIds { get; set; }

    /// <summary>True delivers through sockets and never to request URLs; false the other way round.</summary>
    public bool IsSocketMode { get; set; }

    /// <summary>True makes new tokens expire after <see cref="TokenLife"/>.</summary>
    public bool IsRotating { get; set; }

    public TimeSpan TokenLife { get; set; } = TimeSpan.FromSeconds(43_200);

    public List<SlackCommand> Commands { get; }

    public List<string> RedirectUrls { get; }

    /// <summary>Every workspace, the app installed or not. Guarded by itself.</summary>
    public List<SlackWorkspace> Teams { get; } = [];

    public List<SlackOrg> Orgs { get; } = [];

    /// <summary>The workspace that the page shows.</summary>
    public SlackWorkspace Newsroom { get; set; } = null!;

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

    /// <summary>Notes what an honest client would not have done, though Slack lets it pass.</summary>
    public void Complain(string what)
    {
        lock (_complaints)
        {
            if (_complaints.Count < MostComplaints)
            {
                _complaints.Add(what);
            }
        }

        Journal.Write("slack", "complaint", what);
    }

    public IReadOnlyList<string> Complaints()
    {
        lock (_complaints)
        {
            return [.. _complaints];
        }
    }

    public IReadOnlyList<SlackWorkspace> AllTeams()
    {
        lock (Teams)
        {
            return [.. Teams];
        }
    }

    /// <summary>Tells the open pages; they show the newsroom only.</summary>
    public void Tell(SlackWorkspace workspace, string kind, SlackMessage message)
    {
        if (_feed.HasListeners && ReferenceEquals(workspace, Newsroom))
        {
            Tell(kind, new JsonObject { ["channel"] = message.Channel, ["message"] = message.ToPage() });
        }
    }

    /// <param name="workspace">Where it changed.</param>
    /// <param name="kind"><c>channel.update</c> or <c>channel.delete</c>.</param>
    /// <param name="channel">As it is now.</param>
    public void Tell(SlackWorkspace workspace, string kind, SlackChannel channel)
    {
        if (ReferenceEquals(workspace, Newsroom))
        {
            Tell(kind, new JsonObject { ["channel"] = channel.ToPage() });
        }
    }

    public void Tell(string kind, JsonObject what)
    {
        what["pane"] = "slack";
        what["kind"] = kind;
        _feed.Publish(what.ToJsonString());
    }
}
