using System.Net;
using System.Net.Http.Headers;

namespace M10Bot.News.Chat;

/// <summary>
/// A request's body that knows whether it was ever taken, since only a fault before that leaves no doubt, and that does not leave once its
/// request is out of time: a process that was frozen between the decision to send and the sending would otherwise send what another
/// has taken over meanwhile, before its own timer gets a turn.
/// </summary>
public sealed class SentContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly TimeProvider _time;
    private readonly long _since;
    private readonly TimeSpan _within;

    /// <param name="body">The body's bytes; may be none.</param>
    /// <param name="type">Its media type; null for none.</param>
    /// <param name="time">Whose clock counts.</param>
    /// <param name="since">When the request began, as <see cref="TimeProvider.GetTimestamp"/> tells.</param>
    /// <param name="within">How long after that it may leave. Later its serialization is an <see cref="OperationCanceledException"/>.</param>
    public SentContent(ReadOnlyMemory<byte> body, MediaTypeHeaderValue? type, TimeProvider time, long since, TimeSpan within)
    {
        (_body, _time, _since, _within) = (body, time, since, within);
        Headers.ContentType = type;
    }

    /// <summary>False as long as the other side can't have read anything of it.</summary>
    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(_since) >= _within || SendFence.IsPassed)
        {
            throw new OperationCanceledException("The request's time was over before it could leave.");
        }

        HasLeft = true;
        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
