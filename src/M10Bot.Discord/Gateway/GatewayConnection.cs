using System.Text.Json;
using M10Bot.Discord.Rest;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Gateway;

/// <summary>One connection to the gateway, from its Hello to its end.</summary>
internal sealed partial class GatewayConnection(
    GatewaySocket socket,
    GatewaySession session,
    Shard shard,
    DiscordOptions options,
    Jitter jitter,
    TimeProvider time,
    GatewayEvents events,
    ILogger logger) : IDisposable
{
    private const int KeepsSession = 4000; // 1000 and 1001 would end it

    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(30);

    private readonly ZlibInflater _inflater = new();

    // Discord closes at 120 messages a minute; a peer that asks for heartbeats without end does not get us there.
    private readonly SlidingWindow _sends = new(110, TimeSpan.FromMinutes(1));
    private readonly Lock _sendsLock = new();
    private volatile bool _isAcknowledged = true;
    private volatile GatewayEnd? _ending;

    /// <summary>Signs in or resumes, hears until the connection ends, and says how to go on.</summary>
    public async Task<GatewayEnd> RunAsync(Uri address, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var heart = Task.CompletedTask;
        try
        {
            using (var hello = new CancellationTokenSource(HelloWithin, time))
            using (var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, hello.Token))
            {
                await socket.ConnectAsync(address, both.Token);
                var (message, end) = await ReadAsync(both.Token);
                if (end is not null || Began(message) is not { } interval)
                {
                    return end ?? new GatewayEnd(Next.Resume, "the gateway did not begin with Hello");
                }

                heart = BeatAsync(interval, over.Token);
                await GreetAsync(both.Token);
            }

            return await HearAsync(over.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return _ending ?? new GatewayEnd(Next.Resume, "the gateway did not answer in time");
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or IOException or HttpRequestException or InvalidDataException)
        {
            return _ending ?? new GatewayEnd(Next.Resume, "the connection broke");
        }
        finally
        {
            await socket.CloseAsync(ct.IsCancellationRequested ? 1000 : KeepsSession);
            await over.CancelAsync();
            await heart;
        }
    }

    public void Dispose() => _inflater.Dispose();

    private static TimeSpan? Began(GatewayMessage message) =>
        message.Op == Op.Hello && DiscordJson.Read(message.D.Span, DiscordJson.Wire.Hello) is { HeartbeatInterval: >= 100 and <= 600_000 } hello
            ? TimeSpan.FromMilliseconds(hello.HeartbeatInterval)
            : null;

    private Task GreetAsync(CancellationToken ct) => session is { CanResume: true, Id: { } id, Sequence: { } sequence }
        ? SendAsync(Op.Resume, JsonSerializer.SerializeToElement(new Resume(options.Token!, id, sequence), DiscordJson.Wire.Resume), ct)
        : SendAsync(
            Op.Identify,
            JsonSerializer.SerializeToElement(
                new Identify(options.Token!, Identify.Guilds, new IdentifyProperties("linux", "M10Bot", "M10Bot"), [shard.Index, shard.Count]),
                DiscordJson.Wire.Identify),
            ct);

    private async Task<GatewayEnd> HearAsync(CancellationToken ct)
    {
        while (true)
        {
            var (message, end) = await ReadAsync(ct);
            if (end is not null)
            {
                return _ending ?? end;
            }

            switch (message.Op)
            {
                case Op.Dispatch:
                    events.Take(message, session);
                    break;
                case Op.Heartbeat:
                    await HeartbeatAsync(ct);
                    break;
                case Op.HeartbeatAck:
                    _isAcknowledged = true;
                    break;
                case Op.Reconnect:
                    return new GatewayEnd(Next.Resume, "the gateway asked for a new connection");
                case Op.InvalidSession:
                    var canResume = message.D.Span.SequenceEqual("true"u8);
                    var pause = jitter.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
                    return new GatewayEnd(canResume ? Next.Resume : Next.Identify, "the session is no longer valid") { Pause = pause };
                default:
                    break;
            }
        }
    }

    /// <summary>The next message that can be read, or the connection's end.</summary>
    private async Task<(GatewayMessage Message, GatewayEnd? End)> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var frame = await socket.ReceiveAsync(ct);
            if (frame.Body is not { } body)
            {
                return (default, CloseCodes.For(frame.CloseCode));
            }

            if (frame.IsBinary)
            {
                if (_inflater.Add(body.Span) is not { } whole)
                {
                    continue;
                }

                body = whole;
            }

            if (GatewayMessage.TryRead(body, out var message))
            {
                return (message, null);
            }

            LogUnreadable(logger, body.Length);
        }
    }

    // First after a share of the interval by chance, then every interval. A beat that was not answered means a dead line.
    private async Task BeatAsync(TimeSpan interval, CancellationToken ct)
    {
        try
        {
            await Task.Delay(interval * jitter.Fraction(), time, ct);
            while (true)
            {
                if (!_isAcknowledged)
                {
                    _ending = new GatewayEnd(Next.Resume, "the gateway no longer answers heartbeats");
                    await socket.CloseAsync(KeepsSession);
                    return;
                }

                _isAcknowledged = false;
                await HeartbeatAsync(ct);
                await Task.Delay(interval, time, ct);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Net.WebSockets.WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is over; the reader says why.
        }
    }

    private Task HeartbeatAsync(CancellationToken ct)
    {
        var sequence = session.Sequence is { } s ? JsonSerializer.SerializeToElement(s, DiscordJson.Wire.Int64) : default;
        return SendAsync(Op.Heartbeat, sequence, ct);
    }

    private Task SendAsync(int op, JsonElement d, CancellationToken ct)
    {
        lock (_sendsLock)
        {
            var now = time.GetElapsedTime(0);
            if (_sends.WaitAt(now) > TimeSpan.Zero)
            {
                return Task.CompletedTask;
            }

            _sends.Book(now);
        }

        var text = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteNumber("op", op);
            writer.WritePropertyName("d");
            if (d.ValueKind == JsonValueKind.Undefined)
            {
                writer.WriteNullValue();
            }
            else
            {
                d.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return socket.SendAsync(text.WrittenMemory, ct);
    }

    [LoggerMessage(LogLevel.Debug, "A gateway message of {Length} bytes could not be read")]
    private static partial void LogUnreadable(ILogger logger, int length);
}
