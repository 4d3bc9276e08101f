using System.Threading.Channels;

namespace M10Bot.Discord.Interactions;

/// <summary>Interactions between those who hear them, the gateway and the HTTP door, and those who answer them.</summary>
internal sealed class InteractionQueue(TimeProvider time)
{
    private readonly Channel<Arrival> _channel = Channel.CreateBounded<Arrival>(2_048);

    /// <param name="interaction">What arrived.</param>
    /// <param name="first">Where it came over HTTP: takes the first answer, and nothing where there is none.</param>
    /// <returns>False where so many wait that this one would come too late anyway.</returns>
    public bool TryAdd(InteractionWire interaction, TaskCompletionSource<byte[]>? first = null) =>
        _channel.Writer.TryWrite(new Arrival(interaction, time.GetTimestamp(), first));

    public IAsyncEnumerable<Arrival> ReadAllAsync(CancellationToken ct) => _channel.Reader.ReadAllAsync(ct);
}

/// <param name="At">The monotonic time of arrival.</param>
/// <param name="First">Takes the first answer in the place of Discord's callback; null where it came over the gateway.</param>
internal sealed record Arrival(InteractionWire Interaction, long At, TaskCompletionSource<byte[]>? First = null);
