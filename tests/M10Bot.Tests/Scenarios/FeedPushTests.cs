using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Feeds;
using M10Bot.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Tests.Scenarios;

/// <summary>WebSub through the whole bot: a feed names its hub, the hub is asked, confirms and pushes over real HTTP, and both chats show it.</summary>
public sealed class FeedPushTests : IDisposable
{
    private readonly Publisher _publisher = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task What_a_hub_pushes_is_in_both_chats_and_what_only_says_it_is_one_counts_for_nothing()
    {
        var chats = await Chats.StartAsync(); // ends with the bot
        await using var bot = await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.Settings, StringComparer.Ordinal)
        {
            ["Web:Address"] = "http://127.0.0.1:0",
            ["Web:PublicAddress"] = "https://bot.example.net",
            ["Feeds:HubSecret"] = "a secret that only this test knows",
            ["Feeds:InnerHosts:0"] = "127.0.0.1",
            ["Feeds:Fastest"] = "00:30:00", // what comes does not come by polling
        });
        await chats.OpenChannelsAsync();
        var address = bot.Host.Services.GetServices<IHostedService>().OfType<WebServer>().Single().Listening!;
        var head = $"""<atom:link rel="hub" href="{_publisher.Address}hub"/><atom:link rel="self" href="{_publisher.Address}rss"/>""";
        _publisher.Feed = Publisher.Rss(head, ("old", "An old story that nobody is to be sent", "It stood there before."));
        (await chats.SlackCommandAsync("admin", $"/m10 feed add {_publisher.Address}rss")).ShouldContain("An old story");
        await chats.SlackCommandAsync("admin", "/m10 feed start 1");
        var store = bot.Host.Services.GetRequiredService<FeedStore>();
        await UntilAsync(async () => (await store.FindAsync(1, default))!.Read is not null);

        await bot.Host.Services.GetServices<IHostedService>().OfType<FeedHubWorker>().Single().LookAsync(default);
        await chats.UntilAsync(() => !_publisher.Subscriptions.IsEmpty, "the hub is asked");
        _publisher.Subscriptions.TryPeek(out var form).ShouldBeTrue();
        form!["hub.topic"].ShouldBe($"{_publisher.Address}rss");
        var callback = form["hub.callback"].Replace("https://bot.example.net", address, StringComparison.Ordinal);
        (await _http.GetAsync($"{callback}&hub.mode=subscribe&hub.topic=https%3A%2F%2Fother.example.org%2F&hub.challenge=x&hub.lease_seconds=600")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await _http.GetStringAsync($"{callback}&hub.mode=subscribe&hub.topic={Uri.EscapeDataString(form["hub.topic"])}&hub.challenge=4711&hub.lease_seconds=864000")).ShouldBe("4711");
        (await chats.SlackCommandAsync("admin", "/m10 feeds")).ShouldContain("pushed by its hub");

        var forged = Publisher.Rss(head, ("forged", "Parliament of Estonia dissolved", "Nobody said so in Tallinn, the capital of Estonia, on Sunday."));
        await PushAsync(callback, forged, "a secret that somebody else knows");
        await PushAsync(callback, Publisher.Rss(head, ("new", "Port of Riga closed after a fire", "Firefighters from Estonia joined the effort, the port authority of Riga in Latvia said on Sunday.")), form["hub.secret"]);

        await chats.UntilAsync(() => chats.DiscordPosts().Count > 0 && chats.SlackPosts().Count > 0, "what was pushed, in both chats");
        Chats.TextOf(chats.DiscordPosts().ShouldHaveSingleItem()).ShouldContain("Port of Riga closed after a fire");
        Chats.TextOf(chats.SlackPosts().ShouldHaveSingleItem()).ShouldContain("Port of Riga closed after a fire");
    }

    public void Dispose()
    {
        _publisher.Dispose();
        _http.Dispose();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(RunningBot.Patience);
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo())
        {
            await pulse.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task PushAsync(string callback, string feed, string secret)
    {
        var body = Encoding.UTF8.GetBytes(feed);
        using var request = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/rss+xml");
        request.Headers.TryAddWithoutValidation("X-Hub-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}");
        using var response = await _http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(202);
    }
}
