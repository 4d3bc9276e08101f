using System.Text;
using M10Bot.News.Doors;
using Microsoft.Extensions.Logging;
using NSec.Cryptography;

namespace M10Bot.Discord.Interactions;

/// <summary>Interactions over HTTP, for those who run behind a load balancer. Open where <c>Discord:PublicKey</c> is set.</summary>
/// <remarks>
/// Discord signs the time stamp and the bytes of the body; whatever is not signed by it gets 401 before it is read.
/// Discord tries that at random, and takes the address away from a bot that believes a false signature.
/// </remarks>
internal sealed partial class InteractionDoor : IHttpDoor
{
    private const int SignatureDigits = 128;

    // Discord gives up after three seconds.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2.8);
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    private readonly PublicKey? _key;
    private readonly InteractionQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public InteractionDoor(DiscordOptions options, InteractionQueue queue, TimeProvider time, ILogger<InteractionDoor> logger)
    {
        _key = options.PublicKey is { Length: > 0 } hex ? PublicKey.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString(hex), KeyBlobFormat.RawPublicKey) : null;
        (_queue, _time, _logger) = (queue, time, logger);
    }

    public IReadOnlyList<string> Methods { get; } = ["POST"];

    public string Path => "/discord/interactions";

    public int MaxBytes => 1024 * 1024;

    public async Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct)
    {
        if (_key is null)
        {
            return DoorReply.Text(404, "Interactions over HTTP are off; Discord:PublicKey turns them on.");
        }

        if (!IsDiscords(request, _key))
        {
            return DoorReply.Text(401, "The signature is not Discord's.");
        }

        if (DiscordJson.Read(request.Body.Span, DiscordJson.Wire.InteractionWire) is not { } interaction)
        {
            return DoorReply.Text(400, "This is no interaction.");
        }

        if (interaction.Type == InteractionWire.Ping)
        {
            return DoorReply.Json(200, """{"type":1}"""u8.ToArray());
        }

        var first = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.TryAdd(interaction, first))
        {
            LogTooMany(_logger);
            return DoorReply.Text(503, "Too many interactions wait; try again.");
        }

        try
        {
            var answer = await first.Task.WaitAsync(AnswerWithin, _time, ct);
            return answer.Length > 0 ? DoorReply.Json(200, answer) : DoorReply.Text(401, "This interaction was here before, or is of no kind that is answered.");
        }
        catch (TimeoutException)
        {
            first.TrySetCanceled(CancellationToken.None); // whoever answers now is told that it is too late
            return DoorReply.Text(503, "The answer did not come in time.");
        }
    }

    private bool IsDiscords(DoorRequest request, PublicKey key)
    {
        if (!request.Headers.TryGetValue("X-Signature-Ed25519", out var signature)
            || signature.Length != SignatureDigits
            || !signature.All(char.IsAsciiHexDigit)
            || !request.Headers.TryGetValue("X-Signature-Timestamp", out var stamp)
            || !long.TryParse(stamp, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }

        byte[] signed = [.. Encoding.ASCII.GetBytes(stamp), .. request.Body.Span];
        if (!SignatureAlgorithm.Ed25519.Verify(key, signed, Convert.FromHexString(signature)))
        {
            return false;
        }

        var skew = (_time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration();
        if (skew > MostSkew)
        {
            LogSkew(_logger, skew);
            return false;
        }

        return true;
    }

    [LoggerMessage(LogLevel.Warning, "An interaction over HTTP could not be taken: too many at once")]
    private static partial void LogTooMany(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "A request signed by Discord is {Skew} away from this machine's time and is refused; if all are, set the clock right")]
    private static partial void LogSkew(ILogger logger, TimeSpan skew);
}
