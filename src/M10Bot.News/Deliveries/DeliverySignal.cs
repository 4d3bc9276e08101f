using System.Threading.Channels;

namespace M10Bot.News.Deliveries;

/// <summary>Says within this process that deliveries are owed. Wakes that come close together count as one.</summary>
public sealed class DeliverySignal
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Call after the commit that owed something.</summary>
    public void Wake() => _calls.Writer.TryWrite(true);

    /// <summary>Returns at the next wake, or at once if there was one since the last call.</summary>
    internal async Task WaitAsync(CancellationToken ct) => await _calls.Reader.ReadAsync(ct);
}
