using System.Text.Json.Nodes;
using M10Bot.Simulator;
using M10Bot.Testing;

namespace M10Bot.Tests.Scenarios;

/// <summary>A simulator and a data folder that outlive the bots that use them.</summary>
internal sealed class Chats : IAsyncDisposable
{
    private const string TestCard = "This is a test card";

    private static readonly HttpClient Http = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("m10bot-test-");

    private Chats(SimulatorHost simulator) => Simulator = simulator;

    public SimulatorHost Simulator { get; }

    public string WireFolder => Path.Combine(_folder.FullName, "wire");

    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Discord:Token"] = new SimulatorOptions().DiscordToken,
        ["Discord:ApiBase"] = Simulator.DiscordApi,
        ["Slack:BotToken"] = new SimulatorOptions().SlackBotToken,
        ["Slack:AppToken"] = new SimulatorOptions().SlackAppToken,
        ["Slack:ApiBase"] = Simulator.SlackApi,
        ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder.FullName, "m10bot.db")}",
        ["Wire:Folder"] = WireFolder,
        ["Discord:KeyFolder"] = Path.Combine(_folder.FullName, "keys"),
    };

    /// <summary>The same without the platforms' pace, for tests that count messages and not seconds.</summary>
    public Dictionary<string, string?> FastSettings => new(Settings, StringComparer.Ordinal)
    {
        ["Discord:GlobalPerSecond"] = "5000",
        ["Discord:ChannelPer5Seconds"] = "5000",
        ["Slack:ChannelPerSecond"] = "1000",
        ["Slack:ChannelBurst"] = "1000",
        ["Slack:WorkspacePostsPerSecond"] = "1000",
        ["Slack:WorkspacePostsBurst"] = "1000",
        ["Slack:RequestTimeout"] = "00:00:03",
        ["Slack:SettleTime"] = "00:00:01",
        ["Discord:RequestTimeout"] = "00:00:03",
        ["Deliveries:ClaimMargin"] = "00:00:00.5",
    };

    public void LiftLimits()
    {
        Simulator.Discord.Limits.Lifted = true;
        Simulator.Slack.Limits.IsLifted = true;
    }

    public static async Task<Chats> StartAsync()
    {
        var chats = new Chats(await SimulatorHost.StartAsync(new SimulatorOptions(), TimeProvider.System, Random.Shared, CancellationToken.None));
        Directory.CreateDirectory(chats.WireFolder);
        return chats;
    }

    /// <summary>The bot has registered its commands with Discord and holds a Slack socket.</summary>
    public Task ConnectedAsync() => UntilAsync(
        () => Simulator.Discord.View()["commands"]!.AsArray().Count > 0 && (!Simulator.Slack.IsSocketMode || Simulator.Slack.Sockets.Count > 0) && Simulator.Discord.Gateway.Connected > 0,
        "both platforms connected");

    /// <summary>An admin adds the first channel on both platforms.</summary>
    public async Task OpenChannelsAsync()
    {
        await DiscordCommandAsync("admin", "channel add", ("topics", "everything"));
        await SlackCommandAsync("admin", "/m10 channel add here");
    }

    public Task DropAsync(string name, string text) => WholeFile.DropAsync(WireFolder, name, text);

    /// <summary>How many messages stand in the first channel; unlike the page's view without a limit.</summary>
    public int DiscordCount => Simulator.Discord.Posts(Simulator.Discord.World.ChannelId("breaking-news")).Count(p => p.EphemeralFor is null && !p.Json.Contains(TestCard, StringComparison.Ordinal));

    /// <inheritdoc cref="DiscordCount"/>
    public int SlackCount => Simulator.Slack.Newsroom.Posts("C0BREAKING").Count(p => p.EphemeralFor is null);

    /// <summary>What the bot's messages in Discord's first channel say, oldest first; private answers left out.</summary>
    public IReadOnlyList<JsonObject> DiscordPosts() => Posts(Simulator.Discord.View());

    public IReadOnlyList<JsonObject> SlackPosts() => Posts(Simulator.Slack.View());

    /// <summary>Runs a command as a person and waits for the private answer; returns all of its text.</summary>
    public async Task<string> DiscordCommandAsync(string person, string name, params (string Option, string Value)[] options)
    {
        var known = PrivateAnswers(Simulator.Discord.View()).Count;
        var body = new JsonObject
        {
            ["person"] = person,
            ["channel"] = FirstChannel(Simulator.Discord.View()),
            ["name"] = name,
            ["options"] = new JsonObject(options.Select(o => KeyValuePair.Create(o.Option, (JsonNode?)JsonValue.Create(o.Value)))),
        };
        await CallAsync("discord/command", body);
        var answer = await AnswerAsync(() => Simulator.Discord.View(), known);
        if (name is "channel add")
        {
            TakeDiscordTestsAway();
        }

        return answer;
    }

    public async Task<string> SlackCommandAsync(string person, string text)
    {
        var known = PrivateAnswers(Simulator.Slack.View()).Count;
        await CallAsync("slack/command", new JsonObject { ["person"] = person, ["channel"] = FirstChannel(Simulator.Slack.View()), ["text"] = text });
        var answer = await AnswerAsync(() => Simulator.Slack.View(), known);
        foreach (var channel in text.Contains("channel add", StringComparison.Ordinal) ? Simulator.Slack.View()["channels"]!.AsArray() : [])
        {
            var id = channel!["id"]!.GetValue<string>();
            foreach (var test in Simulator.Slack.Newsroom.Posts(id).Where(m => m.Text.Contains(TestCard, StringComparison.Ordinal)))
            {
                Simulator.Slack.Newsroom.DeleteMessage(id, test.Ts);
            }
        }

        return answer;
    }

    /// <summary>What stands on a person's own page in Slack.</summary>
    public string SlackHome(string person) => TextOf(Simulator.Slack.View()["homes"]![person]);

    /// <summary>Opens that page until it shows this: it is made when it is opened, and what came a moment later shows when it is opened again.</summary>
    public async Task SlackHomeShowsAsync(string person, string words)
    {
        for (var i = 0; i < 60; i++)
        {
            Simulator.Slack.Newsroom.As(person).OpenHome();
            try
            {
                await UntilAsync(() => SlackHome(person).Contains(words, StringComparison.Ordinal), words, TimeSpan.FromSeconds(2));
                return;
            }
            catch (TimeoutException)
            {
                // Opened again.
            }
        }

        throw new TimeoutException($"{person}'s page in Slack does not show “{words}”, but: {SlackHome(person)}");
    }

    /// <summary>Waits, looking again whenever something happens in either chat, until it is so.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what, TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? RunningBot.Patience);
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (!isSo())
            {
                await pulse.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"Not within {(within ?? RunningBot.Patience).TotalSeconds} s: {what}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>All strings of a message that a reader sees, joined by newlines.</summary>
    public static string TextOf(JsonNode? node) => node switch
    {
        JsonObject o => string.Join('\n', o.Where(p => p.Key is not ("id" or "custom_id" or "url" or "nonce" or "ts" or "author")).Select(p => TextOf(p.Value)).Where(t => t.Length > 0)),
        JsonArray a => string.Join('\n', a.Select(TextOf).Where(t => t.Length > 0)),
        JsonValue v when v.TryGetValue<string>(out var s) => s,
        _ => "",
    };

    // A channel that is added gets a test card first; the scenarios look at the stories alone. In a forum it is a post of its own.
    private void TakeDiscordTestsAway()
    {
        foreach (var (channel, messages) in Simulator.Discord.View()["messages"]!.AsObject())
        {
            foreach (var id in messages!.AsArray().Where(m => m!["ephemeral_for"] is null && TextOf(m).Contains(TestCard, StringComparison.Ordinal)).Select(m => m!["id"]!.GetValue<string>()))
            {
                if (string.Equals(id, channel, StringComparison.Ordinal))
                {
                    Simulator.Discord.World.RemoveChannel(channel);
                }
                else
                {
                    Simulator.Discord.DeleteByModerator(channel, id);
                }
            }
        }
    }

    private async Task<string> AnswerAsync(Func<JsonObject> view, int known)
    {
        await UntilAsync(() => PrivateAnswers(view()) is var all && all.Count > known && !IsLoading(all[^1]), "an answer to the command");
        return TextOf(PrivateAnswers(view())[^1]);
    }

    private async Task CallAsync(string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri($"{Simulator.Address}/page/{path}"), content);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    private static string FirstChannel(JsonObject view) => view["channels"]![0]!["id"]!.GetValue<string>();

    private static List<JsonObject> Posts(JsonObject view) =>
        [.. Messages(view, FirstChannel(view)).Where(m => m["ephemeral_for"] is null && m["deleted"]?.GetValue<bool>() != true)];

    private static List<JsonObject> PrivateAnswers(JsonObject view) =>
        [.. view["messages"]!.AsObject().SelectMany(channel => Messages(view, channel.Key)).Where(m => m["ephemeral_for"] is not null)];

    private static IEnumerable<JsonObject> Messages(JsonObject view, string channel) =>
        (view["messages"]![channel]?.AsArray() ?? []).Select(m => m!.AsObject());

    private static bool IsLoading(JsonObject message) => message["loading"]?.GetValue<bool>() == true;
}
