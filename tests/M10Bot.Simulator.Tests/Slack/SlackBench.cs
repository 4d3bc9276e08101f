using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Testing;

namespace M10Bot.Simulator.Tests.Slack;

/// <summary>A running simulator with a clock that stands still, and raw clients against it.</summary>
internal sealed class SlackBench : IAsyncDisposable
{
    public const string Bot = "xoxb-simulated";
    public const string App = "xapp-simulated";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new();

    private SlackBench(SimulatorHost host, WatchedTime time) => (Host, Time) = (host, time);

    public SimulatorHost Host { get; }

    public WatchedTime Time { get; }

    /// <summary>A manifest with everything the simulator knows.</summary>
    public static string FullManifest
    {
        get
        {
            using var reader = new StreamReader(typeof(SlackBench).Assembly.GetManifestResourceStream("full-manifest.json")!);
            return reader.ReadToEnd();
        }
    }

    public static async Task<SlackBench> StartAsync(params Action<JsonNode>[] changes)
    {
        var manifest = JsonNode.Parse(FullManifest)!;
        Array.ForEach(changes, change => change(manifest));
        var time = new WatchedTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var options = new SimulatorOptions { SlackManifest = manifest.ToJsonString() };
        return new SlackBench(await SimulatorHost.StartAsync(options, time, new Random(1), CancellationToken.None), time);
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public async Task<HttpResponseMessage> SendAsync(string method, HttpContent? content, string? authorization = "Bearer " + Bot)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Host.SlackApi}/{method}") { Content = content };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await _http.SendAsync(request).WaitAsync(Patience);
    }

    /// <summary>Calls a method with JSON and gives back its answer.</summary>
    public async Task<JsonElement> CallAsync(string method, object args)
    {
        using var response = await SendAsync(method, Json(JsonSerializer.Serialize(args)));
        return await ReadAsync(response);
    }

    /// <summary>Calls a method with a form.</summary>
    public async Task<JsonElement> ReadAsync(string method, params (string Name, string Value)[] args)
    {
        using var response = await SendAsync(method, new FormUrlEncodedContent(args.Select(a => KeyValuePair.Create(a.Name, a.Value))));
        return await ReadAsync(response);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public async Task<string> PostAsync(string text = "Hello", string channel = "C0BREAKING") =>
        (await CallAsync("chat.postMessage", new { channel, text })).GetProperty("ts").GetString()!;

    public async Task<(int Status, JsonElement Answer)> ActAsync(string path, object body)
    {
        using var response = await _http.PostAsync(new Uri(path.StartsWith("http", StringComparison.Ordinal) ? path : $"{Host.Address}/page/slack/{path}"), Json(JsonSerializer.Serialize(body))).WaitAsync(Patience);
        return ((int)response.StatusCode, await ReadAsync(response));
    }

    public async Task<Uri> TicketAsync()
    {
        using var response = await SendAsync("apps.connections.open", null, "Bearer " + App);
        return new Uri((await ReadAsync(response)).GetProperty("url").GetString()!);
    }

    /// <summary>Opens a link and reads its hello.</summary>
    public async Task<SlackLine> ConnectAsync()
    {
        var line = new SlackLine();
        await line.Socket.ConnectAsync(await TicketAsync(), CancellationToken.None).WaitAsync(Patience);
        (await line.NextAsync()).GetProperty("type").GetString().ShouldBe("hello");
        return line;
    }

    /// <summary>Waits until somebody waits for the clock that long.</summary>
    public Task UntilTimerAsync(TimeSpan due, int count = 1) => UntilAsync(() => Time.Made(due) >= count);

    /// <summary>Waits until it is so: for what goes on in the simulator's own tasks.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            await pulse.WaitForNextTickAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Host.DisposeAsync();
    }
}

/// <summary>The client's end of one Socket Mode link.</summary>
internal sealed class SlackLine : IDisposable
{
    public ClientWebSocket Socket { get; } = new();

    public async Task<JsonElement> NextAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[4_096];
        WebSocketReceiveResult part;
        do
        {
            part = await Socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(SlackBench.Patience);
            part.MessageType.ShouldBe(WebSocketMessageType.Text);
            await whole.WriteAsync(buffer.AsMemory(0, part.Count));
        }
        while (!part.EndOfMessage);
        return JsonDocument.Parse(whole.ToArray()).RootElement;
    }

    public Task AckAsync(JsonElement envelope, JsonNode? payload = null)
    {
        var ack = new JsonObject { ["envelope_id"] = envelope.GetProperty("envelope_id").GetString() };
        if (payload is not null)
        {
            ack["payload"] = payload;
        }

        return SendAsync(ack.ToJsonString());
    }

    public Task SendAsync(string text) =>
        Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).WaitAsync(SlackBench.Patience);

    /// <summary>A fresh trigger id, of a command that the admin typed.</summary>
    public async Task<string> TriggerAsync(SlackBench slack) =>
        (await TypedAsync(slack, "C0BREAKING")).GetProperty("trigger_id").GetString()!;

    public async Task<string> ResponseUrlAsync(SlackBench slack, string channel) =>
        (await TypedAsync(slack, channel)).GetProperty("response_url").GetString()!;

    /// <summary>The other end closes in order.</summary>
    public async Task EndsAsync() =>
        (await Socket.ReceiveAsync(new byte[256], CancellationToken.None).WaitAsync(SlackBench.Patience)).MessageType.ShouldBe(WebSocketMessageType.Close);

    public void Dispose() => Socket.Dispose();

    private async Task<JsonElement> TypedAsync(SlackBench slack, string channel)
    {
        var typed = slack.ActAsync("command", new { person = "admin", channel, text = "/m10 latest" });
        var envelope = await NextAsync();
        await AckAsync(envelope);
        (await typed).Status.ShouldBe(200);
        return envelope.GetProperty("payload");
    }
}

internal static class JsonReading
{
    public static string? Error(this JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetString() : null;

    public static bool IsOk(this JsonElement answer) => answer.GetProperty("ok").GetBoolean();
}
