using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using M10Bot.News.Chat;
using M10Bot.News.Ownership;
using M10Bot.Slack;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace M10Bot.Benchmarks.Slack;

/// <summary>How many posts the client makes with limits lifted, beside a bare HttpClient loop that sends the same bytes to the same server and reads the same answers.</summary>
internal static class PostsBenchmark
{
    private const int AtOnce = 64;
    private const int Rounds = 5;
    private const int Workspaces = 100;

    public static async Task RunAsync(TimeSpan lasting)
    {
        await using var server = await PostsServer.StartAsync();
        await using var services = Client(server.Api);
        var platform = services.GetRequiredService<IChatPlatform>();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce });
        var bodies = Enumerable.Range(0, 2_000).Select(i => SlackCall.Json("", SlackMessages.Of(To(i), OneFlash.Card, OneFlash.Key), SlackJson.Default.MessageArguments).Body).ToArray();
        var (bare, client) = (new List<Round>(), new List<Round>());
        for (var round = 0; round <= Rounds; round++)
        {
            var plain = await LoopAsync(lasting, i => PostBareAsync(http, server.Api, bodies[i % bodies.Length]));
            var ours = await LoopAsync(lasting, async i =>
            {
                if (await platform.PostAsync(To(i), OneFlash.Card, OneFlash.Key, CancellationToken.None) is not PostOutcome.Posted)
                {
                    throw new InvalidOperationException("A post did not arrive.");
                }
            });
            if (round > 0) // the first one warms up
            {
                bare.Add(plain);
                client.Add(ours);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| posts with limits lifted, {AtOnce} at once, {bodies[0].Length} bytes each | a second, median (best) | processor time of this process a post | allocated a post |"));
        Console.WriteLine("|---|---|---|---|");
        Print("a bare HttpClient loop", bare);
        Print("the client: render, pace, send, read the answer", client);
        var shares = client.Zip(bare, (ours, plain) => ours.PerSecond / plain.PerSecond).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the client makes {shares[shares.Count / 2]:P0} of the bare loop (rounds {shares[0]:P0} to {shares[^1]:P0}; wanted 60 %)"));
    }

    private static Destination To(int i) => new(Platform.Slack, $"T{i % Workspaces}", DestinationKind.Channel, $"C{1_000 + (i % 2_000)}");

    private static async Task PostBareAsync(HttpClient http, Uri api, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{api.AbsoluteUri}/chat.postMessage"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "xoxb-0");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<Round> LoopAsync(TimeSpan lasting, Func<int, Task> post)
    {
        var count = 0;
        var (watch, used, allocated) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < lasting)
            {
                await post(Interlocked.Increment(ref count));
            }
        })));
        return new Round(
            count / watch.Elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / count,
            (GC.GetTotalAllocatedBytes() - allocated) / (double)count);
    }

    // As the program builds it, but for the limits.
    private static ServiceProvider Client(Uri api)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(TimeProvider.System).AddSingleton(Random.Shared);
        services.AddOwnership().AddSlack(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Slack:BotToken"] = "xoxb-0",
            ["Slack:AppToken"] = "xapp-0",
            ["Slack:ApiBase"] = api.AbsoluteUri,
            ["Slack:ChannelPerSecond"] = "1000",
            ["Slack:ChannelBurst"] = "1000",
            ["Slack:WorkspacePostsPerSecond"] = "10000",
            ["Slack:WorkspacePostsBurst"] = "10000",
        }).Build());
        var provider = services.BuildServiceProvider();
        var installs = provider.GetRequiredService<SlackInstalls>();
        for (var i = 0; i < Workspaces; i++)
        {
            installs.Put(new SlackInstall { Team = $"T{i}", User = "UBOT", Bot = "BBOT", Token = "xoxb-0" });
        }

        return provider;
    }

    private static void Print(string what, List<Round> rounds)
    {
        double Median(Func<Round, double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {Median(r => r.PerSecond):N0} ({rounds.Max(r => r.PerSecond):N0}) | {Median(r => r.Microseconds):F1} µs | {Median(r => r.Bytes):N0} bytes |"));
    }

    /// <param name="PerSecond">Posts.</param>
    /// <param name="Microseconds">Of processor time, this process alone, a post.</param>
    /// <param name="Bytes">Allocated a post.</param>
    private sealed record Round(double PerSecond, double Microseconds, double Bytes);
}
