using System.Net;

namespace M10Bot.Slack.WebApi;

/// <summary>A body that knows whether it was ever taken: only a fault before that leaves no doubt.</summary>
internal sealed class SentContent : HttpContent
{
    private readonly byte[] _body;

    public SentContent(SlackCall call)
    {
        _body = call.Body;
        Headers.ContentType = call.MediaType;
    }

    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        HasLeft = true;
        return stream.WriteAsync(_body, 0, _body.Length);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
