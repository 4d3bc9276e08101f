using System.Globalization;
using M10Bot.Discord.Rest;
using M10Bot.News.Ownership;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Gateway;

/// <summary>Keeps the shard's connection to Discord's gateway: signs in, resumes, backs off, and stops where only a person can help.</summary>
internal sealed partial class ShardWork(
    DiscordOptions options,
    DiscordRest rest,
    GatewayEvents events,
    Func<GatewaySocket> sockets,
    Jitter jitter,
    TimeProvider time,
    ILogger<ShardWork> logger) : KeyWork
{
    // A resume that brings nothing at all is not tried for ever.
    private const int MostFruitless = 3;

    private readonly GatewaySession _session = new();
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Backoff _backoff = new(jitter);
    private Uri? _address;
    private int _fruitless;

    public override string Kind => ShardKey.Kind;

    /// <summary>Why the gateway was left for good; not complete while it is kept.</summary>
    public Task<string> Stopped => _stopped.Task;

    public override async Task RunAsync(string name, CancellationToken ct)
    {
        events.Stands = _backoff.Succeeded;
        _session.Drop(); // another replica may have had the shard since
        while (!ct.IsCancellationRequested)
        {
            if (await AddressAsync(ct) is not { } address)
            {
                await Task.Delay(_backoff.Failed(), time, ct);
                continue;
            }

            var end = await ConnectAsync(address, ct);
            if (end.Next == Next.Stop)
            {
                _stopped.TrySetResult(end.Why);
                LogStopped(logger, end.Why);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, ct); // keeps the shard, so that no other replica runs into the same
            }

            if (end.Next == Next.Identify)
            {
                _session.Drop();
            }

            var wait = _backoff.Failed() + end.Pause;
            LogEnded(logger, end.IsFault ? LogLevel.Error : LogLevel.Information, end.Why, wait, _session.CanResume);
            await Task.Delay(wait, time, ct);
        }
    }

    private async Task<GatewayEnd> ConnectAsync(Uri address, CancellationToken ct)
    {
        await using var socket = sockets();
        using var connection = new GatewayConnection(socket, _session, options, jitter, time, events, logger);
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

        var reply = await rest.SendAsync(RestCall.GetGateway(), ct);
        if (reply is not RestReply.Done done
            || DiscordJson.Read(done.Body, DiscordJson.Wire.GatewayBot) is not { } gateway
            || !Uri.TryCreate(gateway.Url, UriKind.Absolute, out var address)
            || !SafeAddress.MayCarryToken(address))
        {
            LogNoAddress(logger, reply is RestReply.NotNow notNow ? notNow.Why : "no usable answer");
            return null;
        }

        if (gateway.Shards > options.ShardCount)
        {
            LogShards(logger, gateway.Shards, options.ShardCount);
        }

        await KeepBudgetAsync(gateway.SessionStartLimit, ct);
        _address = address;
        return new Uri(address, query);
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

    [LoggerMessage("The connection to Discord's gateway ended: {Why}. Next one in {Wait}; it resumes: {Resumes}")]
    private static partial void LogEnded(ILogger logger, LogLevel level, string why, TimeSpan wait, bool resumes);

    [LoggerMessage(LogLevel.Critical, "Discord's gateway is left for good: {Why}")]
    private static partial void LogStopped(ILogger logger, string why);

    [LoggerMessage(LogLevel.Warning, "Discord's gateway could not be asked for: {Why}")]
    private static partial void LogNoAddress(ILogger logger, string why);

    [LoggerMessage(LogLevel.Warning, "Discord advises {Advised} connections; Discord:ShardCount is {Count}")]
    private static partial void LogShards(ILogger logger, int advised, int count);

    [LoggerMessage(LogLevel.Warning, "Only {Remaining} sign-ins to Discord are left for today; the next one waits {Wait}")]
    private static partial void LogBudget(ILogger logger, int remaining, TimeSpan wait);
}

internal static class ShardKey
{
    public const string Kind = "shard";

    public static OwnedKey Of(DiscordOptions options) =>
        new(Kind, string.Create(CultureInfo.InvariantCulture, $"{options.ShardId}-of-{options.ShardCount}"));
}
