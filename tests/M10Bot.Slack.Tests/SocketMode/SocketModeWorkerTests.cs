using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using M10Bot.Slack.SocketMode;
using M10Bot.Testing;

namespace M10Bot.Slack.Tests.SocketMode;

public sealed class SocketModeWorkerTests : IAsyncLifetime
{
    private readonly SlackRig _rig = new();
    private readonly Channel<FakeSocket> _opened = Channel.CreateUnbounded<FakeSocket>();
    private readonly ConcurrentQueue<Func<WebSocket>> _faults = new();
    private HandleEnvelope _handle;
    private SocketModeWorker? _worker;

    public SocketModeWorkerTests()
    {
        _rig.Options.RequestTimeout = TimeSpan.FromDays(1); // the clock runs fast here; no call may time out by it
        _handle = (_, acknowledge, ct) => acknowledge(payload: null, ct);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_worker is not null)
        {
            await SlackRig.Soon(_worker.StopAsync(CancellationToken.None));
            _worker.Dispose();
        }

        _rig.Dispose();
    }

    [Fact]
    public async Task An_envelope_is_acknowledged_on_the_socket_that_brought_it()
    {
        var socket = await StartAsync();

        socket.Send(FakeSocket.Hello).Send(Envelope("e1"));

        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"e1"}""");
    }

    [Fact]
    public async Task Fragments_are_joined_and_rubbish_is_passed_over()
    {
        var socket = await StartAsync();
        var envelope = Envelope("e1");

        socket.Send(FakeSocket.Hello)
            .Send("{not json").Send("[1,2]").Send("null").Send("""{"type":7}""").Send("\0\u0001", WebSocketMessageType.Binary).Send("")
            .Send("""{"type":"novelty"}""")
            .Send(envelope[..10], isEnd: false).Send(envelope[10..11], isEnd: false).Send(envelope[11..]);

        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"e1"}""");
    }

    [Fact]
    public async Task A_large_envelope_arrives_whole_and_one_beyond_all_measure_ends_the_socket()
    {
        var socket = await StartAsync();
        socket.Send(FakeSocket.Hello).Send($$$"""{"type":"events_api","envelope_id":"big","payload":{"x":"{{{new string('a', 1_000_000)}}}"}}""");
        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"big"}""");

        _rig.Slack.Answer("apps.connections.open", Ticket);
        socket.Send(new string('a', 5_000_000));

        (await NextSocketAsync(0, 2)).ShouldNotBeNull();
        socket.IsAborted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task A_refresh_opens_the_new_socket_before_the_old_one_goes(string reason)
    {
        var release = new TaskCompletionSource();
        _handle = async (envelope, acknowledge, ct) =>
        {
            await (envelope.EnvelopeId is "slow" ? release.Task : Task.CompletedTask);
            await acknowledge(payload: null, ct);
        };
        var old = await StartAsync();
        old.Send(FakeSocket.Hello).Send(Envelope("slow"));
        _rig.Slack.Answer("apps.connections.open", Ticket);

        old.Send($$"""{"type":"disconnect","reason":"{{reason}}"}""");
        var next = await NextSocketAsync();
        old.Send(Envelope("late"));

        (await old.NextAsync()).ShouldBe("""{"envelope_id":"late"}""");
        old.Closed.IsCompleted.ShouldBeFalse();
        next.Send(FakeSocket.Hello).Send(Envelope("e2"));
        (await next.NextAsync()).ShouldBe("""{"envelope_id":"e2"}""");
        old.Closed.IsCompleted.ShouldBeFalse();
        release.SetResult();
        (await old.NextAsync()).ShouldBe("""{"envelope_id":"slow"}""");
        await SlackRig.Soon(old.Closed);
    }

    [Fact]
    public async Task A_dropped_socket_is_replaced_with_a_fresh_address()
    {
        var socket = await StartAsync();
        socket.Send(FakeSocket.Hello).Send(Envelope("e1"));
        await socket.NextAsync();
        _rig.Slack.Answer("apps.connections.open", Ticket);

        socket.Drop();
        var next = await NextSocketAsync(0, 2);

        next.Send(FakeSocket.Hello).Send(Envelope("e2"));
        (await next.NextAsync()).ShouldBe("""{"envelope_id":"e2"}""");
    }

    [Fact]
    public async Task A_socket_that_is_never_greeted_is_given_up()
    {
        var silent = await StartAsync();
        _rig.Slack.Answer("apps.connections.open", Ticket);

        await _rig.Time.StepAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        await SlackRig.Soon(silent.Closed);
        var next = await NextSocketAsync(0, 1);

        next.Send(FakeSocket.Hello);
    }

    [Fact]
    public async Task A_handshake_that_is_refused_is_tried_again_with_a_fresh_address()
    {
        _faults.Enqueue(() => throw new WebSocketException("409"));
        _rig.Slack.Answer("apps.connections.open", Ticket);

        var socket = await StartLateAsync(0, 1);

        socket.Send(FakeSocket.Hello).Send(Envelope("e1"));
        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"e1"}""");
    }

    [Fact]
    public async Task A_rate_limit_on_opening_is_waited_out()
    {
        _rig.Slack.Answer("apps.connections.open", HttpStatusCode.TooManyRequests, "", "40");

        var socket = await StartLateAsync(40, 41);

        socket.Send(FakeSocket.Hello);
    }

    [Theory]
    [InlineData("link_disabled", 600, "switched off")]
    [InlineData("too_many_websockets", 60, "too many sockets")]
    public async Task A_socket_that_slack_will_not_have_rests_long_and_says_so(string reason, int seconds, string words)
    {
        var socket = await StartAsync();
        _rig.Slack.Answer("apps.connections.open", Ticket);

        socket.Send(FakeSocket.Hello).Send($$"""{"type":"disconnect","reason":"{{reason}}"}""");
        await SlackRig.Soon(socket.Closed);
        var next = await NextSocketAsync(seconds, seconds);

        _rig.Log.Lines.ShouldContain(l => l.Contains(words, StringComparison.Ordinal));
        next.Send(FakeSocket.Hello);
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("not_allowed_token_type")]
    public async Task A_dead_token_ends_the_attempts_and_not_the_host(string error)
    {
        _rig.Slack.Answer("apps.connections.open", $$"""{"ok":false,"error":"{{error}}"}""");
        await BeginAsync();

        await SlackRig.Soon(_worker!.ExecuteTask!);

        _rig.Log.Lines.ShouldContain(l => l.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_not_of_a_secure_socket_is_not_opened()
    {
        _rig.Slack.Answer("apps.connections.open", """{"ok":true,"url":"ws://evil.example/link?ticket=1"}""");

        var socket = await StartLateAsync(0, 1);

        socket.Send(FakeSocket.Hello);
        _rig.Log.Lines.ShouldContain(l => l.Contains("not one of wss", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_sockets_open_apart_in_time()
    {
        _rig.Options.Connections = 2;
        var first = await StartAsync();
        first.Send(FakeSocket.Hello);
        _rig.Slack.Answer("apps.connections.open", Ticket);

        await UntilLoggedAsync("socket 0 is open"); // else the clock gives it up unheard
        var second = await NextSocketAsync(30, 30);

        second.Send(FakeSocket.Hello).Send(Envelope("e2"));
        (await second.NextAsync()).ShouldBe("""{"envelope_id":"e2"}""");
    }

    [Fact]
    public async Task Acknowledgements_go_one_at_a_time_however_many_come_at_once()
    {
        var socket = await StartAsync();
        socket.Send(FakeSocket.Hello);
        for (var i = 0; i < 150; i++)
        {
            socket.Send(Envelope($"e{i}"));
        }

        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 150; i++)
        {
            acknowledged.Add(await socket.NextAsync());
        }

        acknowledged.Count.ShouldBe(150);
        socket.WasCrowded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_failing_command_does_not_end_the_socket()
    {
        _handle = (envelope, acknowledge, ct) => envelope.EnvelopeId is "bad" ? throw new InvalidOperationException("broken") : acknowledge(payload: null, ct);
        var socket = await StartAsync();

        socket.Send(FakeSocket.Hello).Send(Envelope("bad")).Send(Envelope("good"));

        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"good"}""");
    }

    [Fact]
    public async Task A_stop_closes_in_good_order()
    {
        var socket = await StartAsync();
        socket.Send(FakeSocket.Hello).Send(Envelope("e1"));
        await socket.NextAsync();

        await SlackRig.Soon(_worker!.StopAsync(CancellationToken.None));

        socket.Closed.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private const string Ticket = """{"ok":true,"url":"wss://wss.slack.com/link/?ticket=abc"}""";

    private static string Envelope(string id) => $$$$"""{"type":"events_api","envelope_id":"{{{{id}}}}","payload":{"event_id":"{{{{id}}}}","event":{"type":"x"}}}""";

    private Task BeginAsync()
    {
        _worker = new SocketModeWorker(_rig.Web, _rig.Options, ConnectAsync, (e, a, ct) => _handle(e, a, ct), _rig.Time, _rig.Random, _rig.Log.For<SocketModeWorker>());
        return SlackRig.Soon(_worker.StartAsync(CancellationToken.None));
    }

    private async Task<FakeSocket> StartAsync()
    {
        _rig.Slack.Answer("apps.connections.open", Ticket);
        await BeginAsync();
        return await NextSocketAsync();
    }

    /// <summary>As <see cref="StartAsync"/>, where the first attempt fails and a rest of <paramref name="least"/> to <paramref name="most"/> seconds follows.</summary>
    private async Task<FakeSocket> StartLateAsync(double least, double most)
    {
        _rig.Slack.Answer("apps.connections.open", Ticket);
        await BeginAsync();
        return await NextSocketAsync(least, most);
    }

    private Task<WebSocket> ConnectAsync(Uri address, CancellationToken ct)
    {
        address.Scheme.ShouldBe("wss");
        if (_faults.TryDequeue(out var fault))
        {
            return Task.FromResult(fault());
        }

        var socket = new FakeSocket();
        _opened.Writer.TryWrite(socket);
        return Task.FromResult<WebSocket>(socket);
    }

    private async Task UntilLoggedAsync(string words)
    {
        using var limit = new CancellationTokenSource(WatchedTime.Patience);
        while (!_rig.Log.Lines.Any(l => l.Contains(words, StringComparison.Ordinal)))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<FakeSocket> NextSocketAsync() => await _opened.Reader.ReadAsync().AsTask().WaitAsync(WatchedTime.Patience);

    /// <summary>The next socket, after a rest of so many seconds and not a moment more: else the clock would give the new socket up unheard.</summary>
    private async Task<FakeSocket> NextSocketAsync(double least, double most)
    {
        await _rig.Time.StepAsync(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));
        return await NextSocketAsync();
    }
}
