using System.Net.WebSockets;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.SocketMode;

/// <summary>Keeps the configured number of sockets open; each is replaced before it is let go.</summary>
internal sealed partial class SocketModeWorker(
    SlackWeb web,
    SlackOptions options,
    ConnectSocket connect,
    HandleEnvelope handle,
    TimeProvider time,
    Random random,
    ILogger<SocketModeWorker> logger) : BackgroundService
{
    private const int MostHasty = 3;

    /// <summary>A socket that lived this long was a good one; shorter lives count towards the back-off.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TooManyRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DisabledRest = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Connections).Select(slot => KeepAsync(slot, stoppingToken)));

    private async Task KeepAsync(int slot, CancellationToken ct)
    {
        var backoff = new Backoff(random);
        var hasty = 0;
        SocketLink? current = null;
        try
        {
            await RestAsync(options.ConnectionSpacing * slot, ct);
            while (true)
            {
                if (await OpenAsync(backoff, ct) is not { } opened)
                {
                    return;
                }

                var previous = current;
                current = opened;
                LogOpen(logger, slot);
                await RetireAsync(previous);
                var since = time.GetTimestamp();
                var end = await opened.End.WaitAsync(ct);
                if (time.GetElapsedTime(since) >= Steady)
                {
                    backoff.Succeeded();
                    hasty = 0;
                }

                if (end == LinkEnd.Refresh && hasty++ < MostHasty)
                {
                    continue; // the successor first, then the old one goes
                }

                current = null;
                await RetireAsync(opened);
                await RestAfterAsync(end, backoff, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            LogStopping(logger, slot);
        }
        finally
        {
            await RetireAsync(current);
        }
    }

    private async Task RestAfterAsync(LinkEnd end, Backoff backoff, CancellationToken ct)
    {
        switch (end)
        {
            case LinkEnd.Disabled:
                LogDisabled(logger);
                await RestAsync(DisabledRest, ct);
                break;
            case LinkEnd.TooMany:
                LogTooMany(logger);
                await RestAsync(TooManyRest, ct);
                break;
            default:
                await RestAsync(backoff.Next(), ct);
                break;
        }
    }

    /// <summary>Tries until Slack says hello; null where the token is refused for good.</summary>
    private async Task<SocketLink?> OpenAsync(Backoff backoff, CancellationToken ct)
    {
        while (true)
        {
            var rest = backoff.Next();
            var result = await web.CallAsync(SlackCall.Form("apps.connections.open") with { AsApp = true }, SlackJson.Default.ConnectionReply, ct);
            switch (result)
            {
                case SlackResult<ConnectionReply>.Ok ok:
                    if (await GreetAsync(ok.Reply.Url, ct) is { } link)
                    {
                        return link;
                    }

                    break;
                case SlackResult<ConnectionReply>.RateLimited limited:
                    var until = limited.Until - time.GetUtcNow();
                    rest = until > rest ? until : rest;
                    break;
                case SlackResult<ConnectionReply>.Rejected { Error: { Action: SlackAction.Team or SlackAction.Developer } error }:
                    LogRefused(logger, error.Why, error.Remedy);
                    return null;
            }

            LogRetry(logger, rest);
            await RestAsync(rest, ct);
        }
    }

    private async Task<SocketLink?> GreetAsync(string? url, CancellationToken ct)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !SlackHosts.IsAllowed(address, Uri.UriSchemeWss, Uri.UriSchemeWs))
        {
            LogBadAddress(logger);
            return null;
        }

        using var limit = new CancellationTokenSource(HelloLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        SocketLink? link = null;
        var isGreeted = false;
        try
        {
            link = SocketLink.Start(await connect(address, either.Token), handle, time, logger, ct);
            await link.Hello.WaitAsync(either.Token);
            isGreeted = true;
            return link;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is WebSocketException or HttpRequestException or OperationCanceledException)
        {
            LogNoHello(logger, e.GetType().Name);
            return null;
        }
        finally
        {
            if (!isGreeted && link is not null)
            {
                await link.RetireAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>Bounded by its own limits, so that a stop still closes in good order.</summary>
    private static Task RetireAsync(SocketLink? link) => link?.RetireAsync(CancellationToken.None) ?? Task.CompletedTask;

    private async Task RestAsync(TimeSpan rest, CancellationToken ct)
    {
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, ct);
        }
    }

    [LoggerMessage(LogLevel.Information, "Slack socket {Slot} is open")]
    private static partial void LogOpen(ILogger logger, int slot);

    [LoggerMessage(LogLevel.Information, "Slack socket {Slot} closes")]
    private static partial void LogStopping(ILogger logger, int slot);

    [LoggerMessage(LogLevel.Critical, "Slack has Socket Mode switched off for this app: commands do not arrive until it is switched on again")]
    private static partial void LogDisabled(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Slack counts too many sockets for this app; is a second copy of the bot running?")]
    private static partial void LogTooMany(ILogger logger);

    [LoggerMessage(LogLevel.Critical, "Slack does not open sockets for this app: {Why}. {Remedy}")]
    private static partial void LogRefused(ILogger logger, string why, string remedy);

    [LoggerMessage(LogLevel.Information, "Slack socket: next try in {Rest}")]
    private static partial void LogRetry(ILogger logger, TimeSpan rest);

    [LoggerMessage(LogLevel.Warning, "Slack gave a socket address that is not one of wss")]
    private static partial void LogBadAddress(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "A Slack socket was opened but not greeted: {Kind}")]
    private static partial void LogNoHello(ILogger logger, string kind);
}
