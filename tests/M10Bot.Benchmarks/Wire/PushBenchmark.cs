using System.Diagnostics;
using System.Globalization;
using System.Text;
using M10Bot.News.Wire;
using M10Bot.Tests.Scenarios;
using M10Bot.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Benchmarks.Wire;

/// <summary>From the first byte of a pushed item to the moment both chats have it.</summary>
internal static class PushBenchmark
{
    private const string Secret = "a secret of this harness alone";
    private const int WarmUps = 10;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var items = arguments is ["--items", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 200;
        Console.WriteLine($"{Environment.ProcessorCount} cores, load average {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
        var chats = await Chats.StartAsync(); // ends with the bot
        chats.LiftLimits();
        await using var bot = await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.FastSettings, StringComparer.Ordinal)
        {
            ["Web:Address"] = "http://127.0.0.1:0",
            ["Wire:Senders:0:Name"] = "desk",
            ["Wire:Senders:0:Source"] = "M10News",
            ["Wire:Senders:0:Secrets:0"] = Secret,
        });
        await chats.OpenChannelsAsync();
        using var http = new HttpClient { BaseAddress = new Uri(bot.Host.Services.GetServices<IHostedService>().OfType<WebServer>().Single().Listening!) };
        var (answered, shown) = (new List<double>(), new List<double>());
        for (var i = 0; i < WarmUps + items; i++)
        {
            var clock = Stopwatch.StartNew();
            await PushAsync(http, Item(i));
            var answer = clock.Elapsed.TotalMilliseconds;
            while (chats.DiscordCount <= i || chats.SlackCount <= i)
            {
                await Task.Delay(1);
            }

            if (i >= WarmUps)
            {
                answered.Add(answer);
                shown.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        Print("pushed item → answered", answered);
        Print("pushed item → in Discord and in Slack", shown);
        return 0;
    }

    private static async Task PushAsync(HttpClient http, string item)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/wire") { Content = new StringContent(item, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-M10-Timestamp", time);
        request.Headers.Add("X-M10-Signature", WireSignature.Of(Secret, time, Encoding.UTF8.GetBytes(item)));
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    // Words that differ from item to item: alike texts would be one story.
    private static string Item(int number)
    {
        var random = new Random(number);
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26))))));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"uri":"urn:bench:{{number}}","version":"1","urgency":2,"headlines":[{"value":"{{Words(6)}}"}],"bodies":[{"value":"{{Words(18)}}.\n\n{{Words(14)}}.\n\n{{Words(16)}}."}]}""");
    }

    private static void Print(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | p50 {milliseconds[milliseconds.Count / 2]:0.0} ms | p99 {milliseconds[(int)((milliseconds.Count - 1) * 0.99)]:0.0} ms | {milliseconds.Count} |"));
    }
}
