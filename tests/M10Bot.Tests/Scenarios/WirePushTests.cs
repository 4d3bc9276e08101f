using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using M10Bot.News.Wire;
using M10Bot.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Tests.Scenarios;

/// <summary>The newsroom's system pushes over real HTTP; both chats show it.</summary>
public sealed class WirePushTests : IDisposable
{
    private const string Secret = "a secret that only this test knows";
    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_pushed_item_is_one_living_message_in_both_chats_and_its_editors_note_is_never_shown()
    {
        var chats = await Chats.StartAsync(); // ends with the bot
        await using var bot = await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.Settings, StringComparer.Ordinal)
        {
            ["Web:Address"] = "http://127.0.0.1:0",
            ["Wire:Senders:0:Name"] = "desk",
            ["Wire:Senders:0:Source"] = "M10News",
            ["Wire:Senders:0:Secrets:0"] = Secret,
        });
        await chats.OpenChannelsAsync();
        var address = bot.Host.Services.GetServices<IHostedService>().OfType<WebServer>().Single().Listening!;

        (await PushAsync(address, Item(1, "Port of Riga closed after a fire", "\"urgency\":1,\"edNote\":\"Call the desk first\""))).ShouldBe(("filed", "new", "run"));
        await ShownAsync(chats, "FLASH", "Port of Riga closed after a fire");
        (await PushAsync(address, Item(1, "Port of Riga closed after a fire", "\"urgency\":1"))).Result.ShouldBe("repeat");
        (await PushAsync(address, Item(2, "Port of Riga open again after a fire", "\"signals\":[{\"uri\":\"http://cv.iptc.org/newscodes/signal/update\"}]"))).ShouldBe(("filed", "update", "run"));
        await ShownAsync(chats, "UPDATE", "Port of Riga open again after a fire");
        (await PushAsync(address, Item(3, "Port of Riga open again after a blaze", "\"signals\":[\"sig:correction\"],\"descriptions\":[{\"role\":\"correction\",\"value\":\"It was no arson.\"}]"))).ShouldBe(("filed", "correction", "run"));
        await ShownAsync(chats, "CORRECTED", "It was no arson.");
        (await PushAsync(address, """{"uri":"urn:test:riga","version":"4","pubStatus":"canceled"}""")).ShouldBe(("filed", "kill", "run"));
        await ShownAsync(chats, "WITHDRAWN", "M10News has withdrawn this story");

        foreach (var post in chats.DiscordPosts().Concat(chats.SlackPosts()))
        {
            Chats.TextOf(post).ShouldNotContain("Call the desk first");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Item(int version, string headline, string fields) =>
        $$"""{"uri":"urn:test:riga","version":"{{version}}","language":"en","headlines":[{"value":"{{headline}}"}],{{fields}},"bodies":[{"value":"Firefighters from Estonia joined the effort, the port authority of Riga in Latvia said on Sunday."}]}""";

    private static Task ShownAsync(Chats chats, string kicker, string words)
    {
        bool Shows(IReadOnlyList<JsonObject> posts) => posts.Count == 1 && Chats.TextOf(posts[0]) is var text
            && text.Contains(kicker, StringComparison.OrdinalIgnoreCase) && text.Contains(words, StringComparison.Ordinal);
        return chats.UntilAsync(() => Shows(chats.DiscordPosts()) && Shows(chats.SlackPosts()), $"{kicker} in both chats");
    }

    private async Task<(string? Result, string? Change, string? Verdict)> PushAsync(string address, string item)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/wire") { Content = new StringContent(item, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-M10-Sender", "desk");
        request.Headers.Add("X-M10-Timestamp", time);
        request.Headers.Add("X-M10-Signature", WireSignature.Of(Secret, time, Encoding.UTF8.GetBytes(item)));
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, body);
        var outcome = JsonNode.Parse(body)!["items"]![0]!;
        return ((string?)outcome["result"], (string?)outcome["change"], (string?)outcome["verdict"]);
    }
}
