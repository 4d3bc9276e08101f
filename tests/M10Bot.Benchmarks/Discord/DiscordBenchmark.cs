using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using M10Bot.Discord;
using M10Bot.Discord.Rendering;
using M10Bot.News.Chat;
using M10Bot.News.Ownership;
using M10Bot.Tests.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace M10Bot.Benchmarks.Discord;

/// <summary>The client beside a bare loop on the same server, and the whole bot with many servers, commands and one flash.</summary>
internal static class DiscordBenchmark
{
    private const int AtOnce = 64;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var seconds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5;
        Console.WriteLine($"{Environment.ProcessorCount} cores, load average {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
        switch (arguments.FirstOrDefault())
        {
            case "posts":
                await PostsAsync(TimeSpan.FromSeconds(seconds));
                return 0;
            case "bot":
                await BotAsync(seconds);
                return 0;
            case "flash":
                return await FlashBenchmark.RunAsync(channels: arguments.Length > 1 ? seconds : 2_000, perSecond: 50);
            case "life":
                return await LifeBenchmark.RunAsync(arguments.Length > 1 ? seconds : 60);
            case null:
                await PostsAsync(TimeSpan.FromSeconds(seconds));
                await BotAsync(seconds);
                return await FlashBenchmark.RunAsync(2_000, 50);
            default:
                await Console.Error.WriteLineAsync("discord [posts|bot [seconds]] [flash [channels]] [life [minutes]]");
                return 2;
        }
    }

    // Turn and turn about, so that what else the machine does meets both alike.
    private static async Task PostsAsync(TimeSpan lasting)
    {
        await using var server = await FakeDiscordProcess.StartAsync();
        await using var services = Client(server.Api);
        var platform = services.GetRequiredService<IChatPlatform>();
        var body = JsonSerializer.SerializeToUtf8Bytes(CardRenderer.Render(OneFlash.Card, Look.Components, OneFlash.Key).ToPost(OneFlash.Key), DiscordJson.Wire.MessagePost);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce });
        var (bare, client) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var plain = await LoopAsync(lasting, i => PostBareAsync(http, server.Api, i, body));
            var ours = await LoopAsync(lasting, async i =>
            {
                var to = new Destination(Platform.Discord, "81", DestinationKind.Channel, $"{1_000 + (i % 2_000)}");
                if (await platform.PostAsync(to, OneFlash.Card, OneFlash.Key, CancellationToken.None) is not PostOutcome.Posted)
                {
                    throw new InvalidOperationException("A post was not taken.");
                }
            });
            if (round > 0) // the first one warms up
            {
                bare.Add(plain);
                client.Add(ours);
            }
        }

        Console.WriteLine("| posts a second, 64 at once, limits lifted | median | best |");
        Console.WriteLine("|---|---|---|");
        Print("a bare HttpClient loop", bare);
        Print("the client: render, pace, send, compare", client);
        var shares = client.Zip(bare, (ours, plain) => ours / plain).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the client makes {shares[shares.Count / 2]:P0} of the bare loop (rounds {shares[0]:P0} to {shares[^1]:P0})"));
    }

    private static async Task PostBareAsync(HttpClient http, string api, int number, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{api}/channels/{1_000 + (number % 2_000)}/messages"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bot", "t");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<double> LoopAsync(TimeSpan lasting, Func<int, Task> post)
    {
        var count = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < lasting)
            {
                await post(Interlocked.Increment(ref count));
            }
        })));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task BotAsync(int seconds)
    {
        const int Guilds = 2_500;
        await using var server = await FakeDiscordProcess.StartAsync(Guilds, channels: 50);
        using var folder = new TemporaryFolder();
        await using var bot = BotProcess.Start(new Dictionary<string, string?>(folder.Settings, StringComparer.Ordinal)
        {
            ["Discord:Token"] = "t",
            ["Discord:ApiBase"] = server.Api,
        });
        await bot.ReadyAsync(TimeSpan.FromMinutes(1));
        JsonElement usable;
        do
        {
            await Task.Delay(100);
            usable = await server.UsableAsync();
        }
        while (!usable.TryGetProperty("usable", out var at) || at.GetDouble() < 0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Guilds} servers × 50 channels: the last one told {usable.GetProperty("told").GetDouble():0} ms after READY, a command behind it answered after {usable.GetProperty("usable").GetDouble():0} ms"));
        var peak = bot.ResidentMegabytes;
        await Task.Delay(TimeSpan.FromSeconds(20));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident: {peak:0} MB right after, {bot.ResidentMegabytes:0} MB twenty seconds later"));
        await server.AskAsync("help", 200, 400); // warms up
        await server.AskAsync("latest", 200, 400);
        foreach (var command in (string[])["help", "latest"])
        {
            var answers = await server.AskAsync(command, 200, 200 * seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"/{command} at 200/s: {answers.GetProperty("answered").GetInt32()} of {answers.GetProperty("asked").GetInt32()} answered, p50 {answers.GetProperty("p50").GetDouble():0.00} ms, p99 {answers.GetProperty("p99").GetDouble():0.00} ms, most {answers.GetProperty("most").GetDouble():0.0} ms"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident after the commands: {bot.ResidentMegabytes:0} MB"));
    }

    private static ServiceProvider Client(string api)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(TimeProvider.System).AddSingleton(Random.Shared);
        services.AddSingleton(new CommandPort([], (_, _) => Task.FromResult(CommandReply.Say("x")), (_, _, _, _) => Task.FromResult<IReadOnlyList<Suggestion>>([])));
        services.AddOwnership().AddDiscord(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Discord:Token"] = "t",
            ["Discord:ApiBase"] = api,
            ["Discord:GlobalPerSecond"] = "1000000",
            ["Discord:ChannelPer5Seconds"] = "1000000",
        }).Build());
        return services.BuildServiceProvider();
    }

    private static void Print(string what, List<double> perSecond) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {perSecond.Order().ElementAt(perSecond.Count / 2):N0} | {perSecond.Max():N0} |"));
}
