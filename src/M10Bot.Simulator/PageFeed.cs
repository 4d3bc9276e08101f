using System.Collections.Concurrent;
using System.Threading.Channels;

namespace M10Bot.Simulator;

/// <summary>What the open pages are told as it happens (server-sent events); a slow page misses the oldest, and reloads.</summary>
public sealed class PageFeed
{
    private readonly ConcurrentDictionary<Guid, Channel<string>> _listeners = new();

    /// <summary>False while no page is open: what nobody sees need not be written.</summary>
    public bool HasListeners => !_listeners.IsEmpty;

    /// <summary>Sends one JSON object to every open page. Its fields: <c>pane</c>, <c>kind</c> and what the kind needs.</summary>
    public void Publish(string json)
    {
        foreach (var listener in _listeners.Values)
        {
            listener.Writer.TryWrite(json);
        }
    }

    internal async IAsyncEnumerable<string> ListenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var id = Guid.NewGuid();
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[id] = channel;
        try
        {
            await foreach (var json in channel.Reader.ReadAllAsync(ct))
            {
                yield return json;
            }
        }
        finally
        {
            _listeners.TryRemove(id, out _);
        }
    }
}
