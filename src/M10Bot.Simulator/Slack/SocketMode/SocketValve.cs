using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace M10Bot.Simulator.Slack.SocketMode;

/// <summary>Sits under a WebSocket and can be shut: the line then looks open and carries nothing, not even pings, as a half-open one.</summary>
internal sealed class SocketValve(Stream inner) : Stream
{
    private readonly TaskCompletionSource _never = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsShut { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Puts a valve under every WebSocket of the path; ask for it with <see cref="Of"/>.</summary>
    public static void Install(IApplicationBuilder app, string path) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal) && context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new Upgrade(context, upgrade));
        }

        return next(context);
    });

    public static SocketValve? Of(HttpContext context) => context.Items[typeof(SocketValve)] as SocketValve;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        if (IsShut && count > 0)
        {
            await _never.Task.WaitAsync(cancellationToken);
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        IsShut ? ValueTask.CompletedTask : inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _never.TrySetCanceled();
        inner.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Upgrade(HttpContext context, IHttpUpgradeFeature inner) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => inner.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync()
        {
            var valve = new SocketValve(await inner.UpgradeAsync());
            context.Items[typeof(SocketValve)] = valve;
            return valve;
        }
    }
}
