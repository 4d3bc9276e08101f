using M10Bot.Discord.Rest;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Gateway;

/// <summary>Keeps one shard's connection to Discord's gateway: signs in, resumes, backs off, and stops where only a person can help.</summary>
internal sealed partial class ShardRun(
    Shard shard,
    DiscordOptions options,
    ShardPlan plan,
    SignIns signIns,
    GatewayDirectory directory,
    GatewayEvents events,
    Func<GatewaySocket> sockets,
    Jitter jitter,
    TimeProvider time,
    ILogger logger)
{
    private const int ShardingRequired = 4011;

    // A resume that brings nothing at all is not tried for ever.
    private const int MostFruitless = 3;

    private readonly GatewaySession _session = new();
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Backoff _backoff = new(jitter);
    private Uri? _address;
    private int _fruitless;

    /// <summary>Why the gateway was left for good; not complete while it is kept.</summary>
    public Task<string> Stopped => _stopped.Task;

    public async Task RunAsync(CancellationToken ct)
    {
        _session.Stands = _backoff.Succeeded;
        while (!ct.IsCancellationRequested)
        {
            if (await AddressAsync(ct) is not { } address)
            {
                await Task.Delay(_backoff.Failed(), time, ct);
                continue;
            }

            var end = await ConnectAsync(address, ct);
            if (end.Code == ShardingRequired && plan.TryOutgrow(shard.Count))
            {
                LogOutgrown(logger, shard);
                return;
            }

            if (end.Next == Next.Stop)
            {
                _stopped.TrySetResult(end.Why);
                LogStopped(logger, shard, end.Why);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, ct); // keeps the shard, so that no other replica runs into the same
            }

            if (end.Next == Next.Identify)
            {
                _session.Drop();
            }

            var wait = _backoff.Failed() + end.Pause;
            LogEnded(logger, end.IsFault ? LogLevel.Error : LogLevel.Information, shard, end.Why, wait, _session.CanResume);
            await Task.Delay(wait, time, ct);
        }
    }

    private async Task<GatewayEnd> ConnectAsync(Uri address, CancellationToken ct)
    {
        await using var socket = sockets();
        using var connection = new GatewayConnection(socket, _session, shard, options, jitter, time, events, logger);
        var before = _session.Sequence;
        var end = await connection.RunAsync(address, ct);
        _fruitless = _session.Sequence != before ? 0 : _fruitless + 1;
        return end.Next == Next.Resume && _fruitless >= MostFruitless ? end with { Next = Next.Identify } : end;
    }

    private async Task<Uri?> AddressAsync(CancellationToken ct)
    {
        var query = "?v=10&encoding=json" + (options.CompressGateway ? "&compress=zlib-stream" : "");
        if (_session.CanResume && (_session.ResumeAddress ?? _address) is { } resume)
        {
            return new Uri(resume, query);
        }

        await signIns.EnterAsync(shard, ct);
        if (await directory.AskAsync(ct) is not { } gateway)
        {
            return null;
        }

        await KeepBudgetAsync(gateway.SessionStartLimit, ct);
        _address = new Uri(gateway.Url!);
        return new Uri(_address, query);
    }

    // Using sign-ins up resets the bot's token, so the last tenth of a day's budget is spread over the rest of the day.
    private async Task KeepBudgetAsync(SessionStartLimit? limit, CancellationToken ct)
    {
        if (limit is null || limit.Remaining > limit.Total / 10 || ErrorBody.Seconds(limit.ResetAfter / 1000) is not { } reset)
        {
            return;
        }

        var wait = reset / Math.Max(1, limit.Remaining);
        LogBudget(logger, limit.Remaining, wait);
        await Task.Delay(wait, time, ct);
    }

    [LoggerMessage("Shard {Shard}: the connection to Discord's gateway ended: {Why}. Next one in {Wait}; it resumes: {Resumes}")]
    private static partial void LogEnded(ILogger logger, LogLevel level, Shard shard, string why, TimeSpan wait, bool resumes);

    [LoggerMessage(LogLevel.Critical, "Shard {Shard}: Discord's gateway is left for good: {Why}")]
    private static partial void LogStopped(ILogger logger, Shard shard, string why);

    [LoggerMessage(LogLevel.Warning, "Shard {Shard}: the bot is in too many servers for so few connections; Discord is asked how many it takes now")]
    private static partial void LogOutgrown(ILogger logger, Shard shard);

    [LoggerMessage(LogLevel.Warning, "Only {Remaining} sign-ins to Discord are left for today; the next one waits {Wait}")]
    private static partial void LogBudget(ILogger logger, int remaining, TimeSpan wait);
}
