using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Simulator.Tests.Discord;

/// <summary>A started simulator, a clock that stands still, and a bare HTTP client with the bot's manners.</summary>
internal sealed class DiscordBench : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const string Token = "simulated-discord-token";

    private DiscordBench(SimulatorHost host, FakeTimeProvider time)
    {
        Host = host;
        Time = time;
        Http = new HttpClient { BaseAddress = new Uri(host.DiscordApi + "/"), Timeout = Patience };
        Http.DefaultRequestHeaders.UserAgent.ParseAdd("DiscordBot (https://m10.example, 1.0)");
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", Token);
    }

    public SimulatorHost Host { get; }

    public FakeTimeProvider Time { get; }

    public HttpClient Http { get; }

    public DiscordSimulator Discord => Host.Discord;

    public string News => Discord.World.ChannelId("breaking-news");

    public static async Task<DiscordBench> StartAsync()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var host = await SimulatorHost.StartAsync(new SimulatorOptions(), time, new Random(1), CancellationToken.None);
        return new DiscordBench(host, time);
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Reply> PatchAsync(string path, JsonNode body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<Reply> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Posts into #breaking-news.</summary>
    public Task<Reply> SayAsync(JsonNode message) => PostAsync($"channels/{News}/messages", message);

    public Task<Reply> SayAsync(string content) => SayAsync(new JsonObject { ["content"] = content });

    public Task<Reply> RegisterAsync(params JsonNode[] commands) =>
        PutAsync($"applications/{Discord.World.BotId}/commands", new JsonArray(commands));

    public Task<Reply> CallbackAsync(JsonElement interaction, JsonNode body, string query = "") =>
        PostAsync($"interactions/{interaction.GetProperty("id")}/{interaction.GetProperty("token")}/callback{query}", body);

    /// <summary>Answers a page's POST.</summary>
    public async Task<Reply> PageAsync(string call, JsonNode body, string? hostHeader = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Host.Address}/page/discord/{call}") { Content = Json(body.ToJsonString()) };
        request.Headers.Host = hostHeader;
        return await Reply.OfAsync(await Http.SendAsync(request));
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = Json(body.ToJsonString());
        }

        return await Reply.OfAsync(await Http.SendAsync(request));
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}

internal sealed record Reply(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public int Code => Body.GetProperty("code").GetInt32();

    public string Id => Body.GetProperty("id").GetString()!;

    public string this[string name] => Body.GetProperty(name).ToString();

    public string Header(string name) => Headers.GetValues(name).Single();

    /// <summary>The first string code at a place in the error tree, e.g. <c>embeds.0.title</c>.</summary>
    public string ErrorAt(string path)
    {
        Status.ShouldBe(400, Body.ToString());
        Code.ShouldBe(50035);
        var at = Body.GetProperty("errors");
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at.TryGetProperty(step, out var next) ? next : throw new ShouldAssertException($"no {step} of {path} in {Body}");
        }

        return at.GetProperty("_errors")[0].GetProperty("code").GetString()!;
    }

    public double Number(string header) => double.Parse(Header(header), CultureInfo.InvariantCulture);

    public static async Task<Reply> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            var isJson = response.Content.Headers.ContentType?.MediaType is "application/json";
            return new Reply((int)response.StatusCode, isJson ? JsonDocument.Parse(text).RootElement.Clone() : default, response.Headers);
        }
    }
}
