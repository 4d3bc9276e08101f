using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack;

/// <summary>Asks Slack who we are until it answers; a refused token is said once, loudly, and asked about again later.</summary>
internal sealed partial class SlackSessionWorker(
    SlackWeb web,
    SlackSession session,
    TimeProvider time,
    Random random,
    ILogger<SlackSessionWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(random);
        string? lastRefusal = null;
        while (session.Identity is null)
        {
            var rest = backoff.Next();
            switch (await web.CallAsync(SlackCall.Form("auth.test"), SlackJson.Default.AuthReply, stoppingToken))
            {
                case SlackResult<AuthReply>.Ok { Reply: { TeamId: { Length: > 0 } team, UserId: { Length: > 0 } user } reply }:
                    session.Begin(new SlackIdentity(team, user, reply.BotId ?? ""));
                    LogReady(logger, team);
                    return;
                case SlackResult<AuthReply>.RateLimited limited:
                    rest = limited.Until - time.GetUtcNow();
                    break;
                case SlackResult<AuthReply>.Rejected { Error: var error }:
                    rest = error.After > rest ? error.After : rest;
                    if (!string.Equals(error.Code, lastRefusal, StringComparison.Ordinal))
                    {
                        LogRefused(logger, error.Why, error.Remedy);
                        lastRefusal = error.Code;
                    }

                    break;
            }

            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.FromSeconds(1), time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Slack is ready in workspace {Team}")]
    private static partial void LogReady(ILogger logger, string team);

    [LoggerMessage(LogLevel.Critical, "Slack cannot be used: {Why}. {Remedy}")]
    private static partial void LogRefused(ILogger logger, string why, string remedy);
}
