using System.Threading.Channels;

namespace M10Bot.Discord.Interactions;

/// <summary>Interactions between the gateway's reader and those who answer them.</summary>
internal sealed class InteractionQueue(TimeProvider time)
{
    private readonly Channel<Arrival> _channel = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(2_048) { SingleWriter = true });

    /// <summary>False where so many wait that this one would come too late anyway.</summary>
    public bool TryAdd(InteractionWire interaction) => _channel.Writer.TryWrite(new Arrival(interaction, time.GetTimestamp()));

    public IAsyncEnumerable<Arrival> ReadAllAsync(CancellationToken ct) => _channel.Reader.ReadAllAsync(ct);
}

/// <param name="At">The monotonic time of arrival.</param>
internal readonly record struct Arrival(InteractionWire Interaction, long At);
