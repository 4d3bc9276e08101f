using System.Net;
using System.Net.WebSockets;
using M10Bot.Simulator.Slack;

namespace M10Bot.Simulator.Tests.Slack;

public sealed class SocketTests
{
    [Fact]
    public async Task A_ticket_opens_one_link_and_only_while_it_is_fresh()
    {
        await using var slack = await SlackBench.StartAsync();
        var ticket = await slack.TicketAsync();
        using var first = new SlackLine();
        await first.Socket.ConnectAsync(ticket, CancellationToken.None);
        var hello = await first.NextAsync();
        hello.GetProperty("type").GetString().ShouldBe("hello");
        hello.GetProperty("num_connections").GetInt32().ShouldBe(1);
        (await RefusalAsync(ticket)).ShouldBe(HttpStatusCode.Forbidden);
        var late = await slack.TicketAsync();
        slack.Time.Advance(TimeSpan.FromSeconds(31));
        (await RefusalAsync(late)).ShouldBe(HttpStatusCode.Forbidden);
        slack.Host.Slack.Faults.Plan(SlackFault.Conflict, "socket");
        (await RefusalAsync(await slack.TicketAsync())).ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_eleventh_link_is_sent_away()
    {
        await using var slack = await SlackBench.StartAsync();
        var lines = new List<SlackLine>();
        for (var i = 0; i < 10; i++)
        {
            lines.Add(await slack.ConnectAsync());
        }

        using var eleventh = new SlackLine();
        await eleventh.Socket.ConnectAsync(await slack.TicketAsync(), CancellationToken.None);
        (await eleventh.NextAsync()).GetProperty("reason").GetString().ShouldBe("too_many_websockets");
        slack.Host.Slack.Sockets.Count.ShouldBe(10);
        lines.ForEach(l => l.Dispose());
    }

    [Fact]
    public async Task An_event_goes_to_one_link_and_comes_again_until_it_is_acknowledged()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        var first = await line.NextAsync();
        first.GetProperty("type").GetString().ShouldBe("events_api");
        first.GetProperty("accepts_response_payload").GetBoolean().ShouldBeFalse();
        first.GetProperty("payload").GetProperty("event").GetProperty("type").GetString().ShouldBe("app_home_opened");
        slack.Time.Advance(TimeSpan.FromSeconds(3));
        var second = await line.NextAsync();
        second.GetProperty("retry_attempt").GetInt32().ShouldBe(1);
        second.GetProperty("retry_reason").GetString().ShouldBe("timeout");
        second.GetProperty("payload").GetProperty("event_id").GetString().ShouldBe(first.GetProperty("payload").GetProperty("event_id").GetString());
        await line.AckAsync(second);
        slack.Host.Slack.Newsroom.As("editor").OpenHome();
        (await line.NextAsync()).GetProperty("payload").GetProperty("event").GetProperty("user").GetString().ShouldBe("U0EDITOR");
    }

    [Fact]
    public async Task An_event_raised_while_nobody_listens_comes_later()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Newsroom.Kick("C0DESK", "U0ADMIN");
        using var line = await slack.ConnectAsync();
        var envelope = await line.NextAsync();
        envelope.GetProperty("retry_attempt").GetInt32().ShouldBe(1);
        envelope.GetProperty("payload").GetProperty("event").GetProperty("type").GetString().ShouldBe("channel_left");
    }

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
    public async Task A_disabled_link_says_so_and_closes()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.Sockets.DisableLink();
        (await line.NextAsync()).GetProperty("reason").GetString().ShouldBe("link_disabled");
        (await EndAsync(line)).ShouldBe(WebSocketMessageType.Close);
    }

    [Fact]
    public async Task A_dropped_link_ends_without_a_word()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.Sockets.Drop();
        await Should.ThrowAsync<WebSocketException>(() => EndAsync(line));
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

    private static async Task<HttpStatusCode> RefusalAsync(Uri ticket)
    {
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(ticket, CancellationToken.None));
        return socket.HttpStatusCode;
    }
}
