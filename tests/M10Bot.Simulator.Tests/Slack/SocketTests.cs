using System.Net.WebSockets;

namespace M10Bot.Simulator.Tests.Slack;

public sealed class SocketTests
{
    [Fact]
    public async Task A_direct_message_of_a_person_and_of_the_bot_itself_are_both_told()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.Newsroom.As("member").Say("D0MEMBER", "help");
        var theirs = (await line.NextAsync()).GetProperty("payload").GetProperty("event");
        theirs.GetProperty("channel_type").GetString().ShouldBe("im");
        theirs.GetProperty("user").GetString().ShouldBe("U0MEMBER");
        await slack.PostAsync(channel: "D0MEMBER");
        (await line.NextAsync()).GetProperty("payload").GetProperty("event").GetProperty("bot_id").GetString().ShouldBe("B0M10BOT");
    }

    [Fact]
    public async Task A_refresh_sends_new_envelopes_to_the_new_link_only()
    {
        await using var slack = await SlackBench.StartAsync();
        using var old = await slack.ConnectAsync();
        slack.Host.Slack.Sockets.Warn();
        (await old.NextAsync()).GetProperty("reason").GetString().ShouldBe("warning");
        slack.Host.Slack.Sockets.RequestRefresh();
        (await old.NextAsync()).GetProperty("reason").GetString().ShouldBe("refresh_requested");
        using var renewed = await slack.ConnectAsync();
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        await renewed.AckAsync(await renewed.NextAsync());
        slack.Time.Advance(TimeSpan.FromSeconds(10));
        (await EndAsync(old)).ShouldBe(WebSocketMessageType.Close);
    }

    [Fact]
    public async Task Nonsense_from_a_client_ends_nothing()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        await line.SendAsync("{not json");
        await line.SendAsync("[]");
        await line.SendAsync("""{"envelope_id":"unknown"}""");
        await line.Socket.SendAsync(new byte[] { 1, 2, 3 }, WebSocketMessageType.Binary, true, CancellationToken.None);
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        (await line.NextAsync()).GetProperty("type").GetString().ShouldBe("events_api");
    }

    private static async Task<WebSocketMessageType> EndAsync(SlackLine line) =>
        (await line.Socket.ReceiveAsync(new byte[256], CancellationToken.None).WaitAsync(SlackBench.Patience)).MessageType;
}
