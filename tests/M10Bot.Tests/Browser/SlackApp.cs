using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using M10Bot.Simulator;

namespace M10Bot.Tests.Browser;

/// <summary>A small app on the simulated Slack that does what a test of the page needs: a card, a modal with a fault, a home.</summary>
internal sealed class SlackApp : IAsyncDisposable
{
    private const string Card = """
        [{"type":"section","text":{"type":"mrkdwn","text":"*A strong earthquake*","verbatim":true}},
         {"type":"actions","block_id":"a","elements":[
           {"type":"button","action_id":"mute","text":{"type":"plain_text","text":"Mute story"}},
           {"type":"button","action_id":"kill","style":"danger","text":{"type":"plain_text","text":"Withdraw"},
            "confirm":{"title":{"type":"plain_text","text":"Withdraw this story?"},"text":{"type":"mrkdwn","text":"It goes from every channel."},"confirm":{"type":"plain_text","text":"Withdraw it"},"deny":{"type":"plain_text","text":"Keep it"}}}]}]
        """;

    private const string Modal = """
        {"type":"modal","callback_id":"settings","title":{"type":"plain_text","text":"News settings"},"submit":{"type":"plain_text","text":"Save"},"close":{"type":"plain_text","text":"Cancel"},
         "blocks":[
          {"type":"input","block_id":"topic","label":{"type":"plain_text","text":"Topic"},"element":{"type":"external_select","action_id":"t","min_query_length":1}},
          {"type":"input","block_id":"pace","label":{"type":"plain_text","text":"Pace"},"element":{"type":"radio_buttons","action_id":"p","options":[{"text":{"type":"plain_text","text":"Everything"},"value":"all"},{"text":{"type":"plain_text","text":"Flashes only"},"value":"flash"}]}}]}
        """;

    private const string Home = """{"type":"home","blocks":[{"type":"header","text":{"type":"plain_text","text":"What you follow"}},{"type":"actions","block_id":"h","elements":[{"type":"button","action_id":"add","text":{"type":"plain_text","text":"Follow a topic"}}]}]}""";

    private readonly SimulatorHost _simulator;
    private readonly HttpClient _http = new();
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;

    private SlackApp(SimulatorHost simulator) => _simulator = simulator;

    /// <summary>Action ids and callback ids as they came.</summary>
    public List<string> Seen { get; } = [];

    public static async Task<SlackApp> StartAsync(SimulatorHost simulator)
    {
        var app = new SlackApp(simulator);
        var opened = await app.CallAsync("apps.connections.open", new JsonObject(), "xapp-simulated");
        await app._socket.ConnectAsync(new Uri(opened["url"]!.GetValue<string>()), CancellationToken.None);
        app._running = app.RunAsync();
        return app;
    }

    /// <returns>The message's ts.</returns>
    public async Task<string> PostAsync(string text, string? thread = null)
    {
        var post = new JsonObject { ["channel"] = "C0BREAKING", ["text"] = text, ["thread_ts"] = thread };
        if (thread is null)
        {
            post["blocks"] = JsonNode.Parse(Card);
        }

        return (await CallAsync("chat.postMessage", post))["ts"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _socket.Dispose();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), _end.Token);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                var envelope = JsonNode.Parse(buffer.AsSpan(0, length))!;
                if (envelope["envelope_id"] is { } id)
                {
                    var ack = new JsonObject { ["envelope_id"] = id.GetValue<string>(), ["payload"] = await AnswerAsync(envelope["payload"]!) };
                    await _socket.SendAsync(Encoding.UTF8.GetBytes(ack.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, _end.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // the test is over
        }
    }

    private async Task<JsonObject> AnswerAsync(JsonNode payload)
    {
        var kind = payload["type"]?.GetValue<string>() ?? "command";
        switch (kind)
        {
            case "command" or "shortcut":
                await CallAsync("views.open", new JsonObject { ["trigger_id"] = payload["trigger_id"]!.GetValue<string>(), ["view"] = JsonNode.Parse(Modal) });
                return [];
            case "event_callback" when payload["event"]!["type"]!.GetValue<string>() is "app_home_opened":
                await CallAsync("views.publish", new JsonObject { ["user_id"] = payload["event"]!["user"]!.GetValue<string>(), ["view"] = JsonNode.Parse(Home) });
                return [];
            case "block_suggestion":
                return JsonNode.Parse("""{"options":[{"text":{"type":"plain_text","text":"Ukraine"},"value":"ukraine"},{"text":{"type":"plain_text","text":"Uganda"},"value":"uganda"}]}""")!.AsObject();
            case "view_submission" when payload["view"]!["state"]!["values"]!["topic"]!["t"]!["selected_option"]!["value"]!.GetValue<string>() is "ukraine":
                return JsonNode.Parse("""{"response_action":"errors","errors":{"topic":"Followed already."}}""")!.AsObject();
            default:
                lock (Seen)
                {
                    Seen.Add(payload["actions"]?[0]!["action_id"]!.GetValue<string>() ?? payload["callback_id"]?.GetValue<string>() ?? kind);
                }

                return [];
        }
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject args, string token = "xoxb-simulated")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_simulator.SlackApi}/{method}")
        {
            Content = new StringContent(args.ToJsonString(), Encoding.UTF8, "application/json"),
            Headers = { { "Authorization", "Bearer " + token } },
        };
        using var response = await _http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        answer["ok"]!.GetValue<bool>().ShouldBeTrue(answer.ToJsonString());
        return answer;
    }
}
