using System.Data.Common;
using M10Bot.News.Doors;
using M10Bot.News.Storage;

namespace M10Bot.Web;

/// <summary>For load balancers and watchdogs: <c>/health/live</c> answers while the process runs, <c>/health/ready</c> while its database does.</summary>
internal sealed class HealthDoor(Database database, TimeProvider time) : IHttpDoor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> Methods { get; } = ["GET", "HEAD"];

    public string Path => "/health/";

    public int MaxBytes => 0;

    public async Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct) => request.Path switch
    {
        "/health/live" => DoorReply.Text(200, "live"),
        "/health/ready" => await AnswersAsync(ct) ? DoorReply.Text(200, "ready") : DoorReply.Text(503, "The database does not answer."),
        _ => DoorReply.Text(404, "There are /health/live and /health/ready."),
    };

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await database.PingAsync(either.Token);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is DbException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }
}
