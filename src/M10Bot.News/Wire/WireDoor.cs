using System.Data.Common;
using System.Text;
using M10Bot.News.Doors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Wire;

/// <summary><c>POST /wire</c>: signed ninjs items in, what became of each out (docs/newsroom.md).</summary>
internal sealed partial class WireDoor(WirePush push, IOptions<WireOptions> options, ILogger<WireDoor> logger) : IHttpDoor
{
    public IReadOnlyList<string> Methods { get; } = ["POST"];

    public string Path => "/wire";

    public int MaxBytes => options.Value.MaxBytes;

    public async Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct)
    {
        string? Header(string name) => request.Headers.GetValueOrDefault(name);
        try
        {
            var (status, json) = await push.TakeAsync(Header("X-M10-Sender"), Header("X-M10-Timestamp"), Header("X-M10-Signature"), request.Body, ct);
            return DoorReply.Json(status, Encoding.UTF8.GetBytes(json));
        }
        catch (DbException e)
        {
            LogUnfiled(logger, e);
            return DoorReply.Text(503, "Not all of it could be filed. Send it again in a moment: what is here already is known.");
        }
    }

    [LoggerMessage(LogLevel.Error, "Wire: a push could not be filed in full; its sender is asked to repeat it")]
    private static partial void LogUnfiled(ILogger logger, Exception exception);
}
