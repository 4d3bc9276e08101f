using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>Checks 38, 39 and 41 to 45: events and sockets.</summary>
public sealed class DeliveryChecks
{
    [Fact]
    public async Task Check_38_only_subscribed_scoped_and_visible_events_come_and_ones_own_too()
    {
        await using var slack = await SlackBench.StartAsync(m => m["settings"]!["event_subscriptions"]!["bot_events"] = new JsonArray("message.im", "app_mention", "member_joined_channel"));
        using var line = await slack.ConnectAsync();
        var room = slack.Host.Slack.Newsroom;
        room.Archive("C0DESK");
        room.As("member").Say("C0GENERAL", "<@U0M10BOT> the bot is not in here");
        room.Scopes = room.Scopes.Where(s => s is not "app_mentions:read").ToHashSet(StringComparer.Ordinal);
        room.As("member").Say("C0BREAKING", "<@U0M10BOT> no scope");
        await slack.PostAsync(channel: "D0MEMBER");
        var own = (await line.NextAsync()).GetProperty("payload").GetProperty("event");
        own.GetProperty("type").GetString().ShouldBe("message");
        own.GetProperty("bot_id").GetString().ShouldBe("B0M10BOT");
    }

    [Fact]
    public async Task Check_39_an_envelope_is_complete_and_comes_again_three_times_under_the_same_event_id()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        var first = await line.NextAsync();
        first.GetProperty("accepts_response_payload").GetBoolean().ShouldBeFalse();
        var payload = first.GetProperty("payload");
        foreach (var name in new[] { "token", "team_id", "api_app_id", "type", "event_id", "event_time", "event_context", "authorizations", "is_ext_shared_channel", "event" })
        {
            payload.TryGetProperty(name, out _).ShouldBeTrue(name);
        }

        payload.GetProperty("authorizations")[0].GetProperty("user_id").GetString().ShouldBe("U0M10BOT");
        async Task<JsonElement> Again(TimeSpan pause)
        {
            slack.Time.Advance(TimeSpan.FromSeconds(3));
            if (pause > TimeSpan.Zero)
            {
                await slack.UntilTimerAsync(pause);
                slack.Time.Advance(pause);
            }

            return await line.NextAsync();
        }

        var again = new[] { await Again(TimeSpan.Zero), await Again(TimeSpan.FromMinutes(1)), await Again(TimeSpan.FromMinutes(5)) };
        again.Select(e => e.GetProperty("retry_attempt").GetInt32()).ShouldBe([1, 2, 3]);
        again.ShouldAllBe(e => e.GetProperty("payload").GetProperty("event_id").GetString() == payload.GetProperty("event_id").GetString());
        again.ShouldAllBe(e => e.GetProperty("retry_reason").GetString() == "timeout");
        slack.Time.Advance(TimeSpan.FromSeconds(3));
        await slack.UntilAsync(() => slack.Host.Journal.Entries.Any(e => e is { Call: "events_api", Verdict: "given up" }));
    }

    [Fact]
    public async Task Check_41_without_Socket_Mode_there_is_no_ticket_and_no_socket()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.IsSocketMode = false;
        (await line.NextAsync()).GetProperty("reason").GetString().ShouldBe("link_disabled");
        using var response = await slack.SendAsync("apps.connections.open", null, "Bearer " + SlackBench.App);
        (await SlackBench.ReadAsync(response)).IsOk().ShouldBeFalse();
        await using var app = await RequestUrlApp.StartAsync();
        slack.Host.Slack.RequestUrls.Use(app.Address);
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        (await app.NextAsync()).Body.ShouldContain("app_home_opened");
        slack.Host.Slack.IsSocketMode = true;
        using var socket = await slack.ConnectAsync();
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        (await socket.NextAsync()).GetProperty("type").GetString().ShouldBe("events_api");
        app.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Check_42_a_ticket_opens_one_socket_soon_and_ten_are_the_most()
    {
        await using var slack = await SlackBench.StartAsync();
        var ticket = await slack.TicketAsync();
        using var first = new ClientWebSocket();
        await first.ConnectAsync(ticket, CancellationToken.None).WaitAsync(SlackBench.Patience);
        (await RefusalAsync(ticket)).ShouldBe(HttpStatusCode.Forbidden);
        var stale = await slack.TicketAsync();
        slack.Time.Advance(TimeSpan.FromMinutes(1));
        (await RefusalAsync(stale)).ShouldBe(HttpStatusCode.Forbidden);
        slack.Host.Slack.Faults.Plan(SlackFault.Conflict, "socket");
        (await RefusalAsync(await slack.TicketAsync())).ShouldBe(HttpStatusCode.Conflict);
        slack.Host.Slack.Faults.Plan(SlackFault.TooMany, "socket");
        using var zombie = new SlackLine();
        await zombie.Socket.ConnectAsync(await slack.TicketAsync(), CancellationToken.None).WaitAsync(SlackBench.Patience);
        (await zombie.NextAsync()).GetProperty("reason").GetString().ShouldBe("too_many_websockets");
        var more = new List<SlackLine>();
        for (var i = 1; i < 10; i++)
        {
            more.Add(await slack.ConnectAsync());
        }

        using var eleventh = new SlackLine();
        await eleventh.Socket.ConnectAsync(await slack.TicketAsync(), CancellationToken.None).WaitAsync(SlackBench.Patience);
        (await eleventh.NextAsync()).GetProperty("reason").GetString().ShouldBe("too_many_websockets");
        more.ForEach(l => l.Dispose());
    }

    [Fact]
    public async Task Check_42_each_envelope_goes_to_one_socket_and_an_unknown_acknowledgement_to_none()
    {
        await using var slack = await SlackBench.StartAsync();
        using var one = await slack.ConnectAsync();
        using var two = await slack.ConnectAsync();
        await one.SendAsync("""{"envelope_id":"unknown"}""");
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        slack.Host.Slack.Newsroom.As("editor").OpenHome();
        var users = new[] { await one.NextAsync(), await two.NextAsync() }.Select(e => e.GetProperty("payload").GetProperty("event").GetProperty("user").GetString());
        users.ShouldBe(["U0ADMIN", "U0EDITOR"], ignoreOrder: true);
    }

    [Fact]
    public async Task Check_43_what_comes_with_an_acknowledgement_counts_where_it_is_asked_for_and_must_have_its_shape()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.Newsroom.As("admin").OpenHome();
        await line.AckAsync(await line.NextAsync(), new JsonObject { ["text"] = "ignored" });
        async Task<string?> Typed(JsonNode payload)
        {
            var typed = slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10" });
            await line.AckAsync(await line.NextAsync(), payload);
            return (await typed).Answer.Error();
        }

        (await Typed("just words")).ShouldBe("dispatch_unknown_error");
        (await Typed(new JsonObject { ["text"] = 5 })).ShouldBe("invalid_arguments");
        (await Typed(new JsonObject { ["blocks"] = new JsonArray(new JsonObject { ["type"] = "marquee" }) })).ShouldBe("invalid_blocks");
        (await Typed(new JsonObject { ["text"] = "Done." })).ShouldBeNull();
        slack.Host.Slack.Newsroom.AllMessages("C0BREAKING").Single().Text.ShouldBe("Done.");
    }

    [Fact]
    public async Task Check_44_a_socket_is_warned_asked_to_come_back_and_closed()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = new SlackLine();
        var ticket = new Uri(await slack.TicketAsync() + "&debug_reconnects=true");
        await line.Socket.ConnectAsync(ticket, CancellationToken.None).WaitAsync(SlackBench.Patience);
        (await line.NextAsync()).GetProperty("debug_info").GetProperty("approximate_connection_time").GetInt32().ShouldBe(360);
        async Task<string?> Reason(int seconds)
        {
            await slack.UntilTimerAsync(TimeSpan.FromSeconds(seconds));
            slack.Time.Advance(TimeSpan.FromSeconds(seconds));
            return (await line.NextAsync()).GetProperty("reason").GetString();
        }

        (await Reason(350)).ShouldBe("warning");
        (await Reason(10)).ShouldBe("refresh_requested");
        await slack.UntilTimerAsync(TimeSpan.FromSeconds(10), count: 2);
        slack.Host.Slack.Sockets.Count.ShouldBe(0);
        slack.Time.Advance(TimeSpan.FromSeconds(10));
        await line.EndsAsync();
    }

    [Fact]
    public async Task Check_44_a_socket_can_be_disabled_cut_or_left_half_open()
    {
        await using var slack = await SlackBench.StartAsync();
        using var disabled = await slack.ConnectAsync();
        slack.Host.Slack.Sockets.DisableLink();
        (await disabled.NextAsync()).GetProperty("reason").GetString().ShouldBe("link_disabled");
        using var cut = await slack.ConnectAsync();
        slack.Host.Slack.Sockets.Drop();
        await Should.ThrowAsync<WebSocketException>(() => cut.NextAsync());
        using var frozen = new SlackLine();
        frozen.Socket.Options.KeepAliveInterval = TimeSpan.FromMilliseconds(200);
        frozen.Socket.Options.KeepAliveTimeout = TimeSpan.FromMilliseconds(400);
        await frozen.Socket.ConnectAsync(await slack.TicketAsync(), CancellationToken.None).WaitAsync(SlackBench.Patience);
        await frozen.NextAsync();
        slack.Host.Slack.Sockets.Freeze();
        var end = await Record.ExceptionAsync(() => frozen.NextAsync());
        (end is WebSocketException or OperationCanceledException).ShouldBeTrue(end?.ToString());
        frozen.Socket.State.ShouldBe(WebSocketState.Aborted);
    }

    [Fact]
    public async Task Check_45_what_happens_while_nobody_listens_comes_later_as_a_retry()
    {
        await using var slack = await SlackBench.StartAsync();
        slack.Host.Slack.Newsroom.Kick("C0DESK", "U0ADMIN");
        using var line = await slack.ConnectAsync();
        var envelope = await line.NextAsync();
        envelope.GetProperty("retry_attempt").GetInt32().ShouldBe(1);
        envelope.GetProperty("payload").GetProperty("event").GetProperty("type").GetString().ShouldBe("channel_left");
    }

    [Fact]
    public async Task Check_45_an_envelope_comes_twice_out_of_order_in_pieces_behind_garbage_or_never()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        void Visit(string person, SlackFault? fault)
        {
            if (fault is { } planned)
            {
                slack.Host.Slack.Faults.Plan(planned, "events_api");
            }

            slack.Host.Slack.Newsroom.As(person).OpenHome();
        }

        async Task<(string?, string?)> Next()
        {
            var envelope = await line.NextAsync();
            await line.AckAsync(envelope);
            return (envelope.GetProperty("envelope_id").GetString(), envelope.GetProperty("payload").GetProperty("event").GetProperty("user").GetString());
        }

        Visit("admin", SlackFault.Repeated);
        (await Next()).ShouldBe(await Next());
        Visit("admin", SlackFault.OutOfOrder);
        Visit("editor", null);
        (await Next()).Item2.ShouldBe("U0EDITOR");
        (await Next()).Item2.ShouldBe("U0ADMIN");
        Visit("member", SlackFault.Fragmented);
        (await Next()).Item2.ShouldBe("U0MEMBER");
        Visit("admin", SlackFault.Lost);
        Visit("member", SlackFault.AfterGarbage);
        var received = await line.Socket.ReceiveAsync(new byte[64], CancellationToken.None).WaitAsync(SlackBench.Patience);
        received.MessageType.ShouldBe(WebSocketMessageType.Text);
        (await line.Socket.ReceiveAsync(new byte[64], CancellationToken.None).WaitAsync(SlackBench.Patience)).MessageType.ShouldBe(WebSocketMessageType.Binary);
        (await Next()).Item2.ShouldBe("U0MEMBER");
    }

    [Fact]
    public async Task Check_45_a_frame_of_a_megabyte_arrives_whole()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        slack.Host.Slack.Newsroom.As("member").Say("D0MEMBER", new string('x', 1_000_000));
        (await line.NextAsync()).GetProperty("payload").GetProperty("event").GetProperty("text").GetString()!.Length.ShouldBe(1_000_000);
    }

    private static async Task<HttpStatusCode> RefusalAsync(Uri ticket)
    {
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(ticket, CancellationToken.None));
        return socket.HttpStatusCode;
    }
}
