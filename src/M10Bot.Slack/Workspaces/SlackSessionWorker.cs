using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Workspaces;

/// <summary>Asks Slack who the one token of the settings is, until it answers; a refused token is said once, loudly, and asked about again later.</summary>
internal sealed partial class SlackSessionWorker(
    SlackWeb web,
    SlackInstalls installs,
    SlackOptions options,
    TimeProvider time,
    Random random,
    ILogger<SlackSessionWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(random);
        string? lastRefusal = null;
        while (!installs.IsKnown)
        {
            var rest = backoff.Next();
            switch (await web.CallAsync(SlackCall.Form("auth.test") with { Token = options.BotToken }, SlackJson.Default.AuthReply, stoppingToken))
            {
                case SlackResult<AuthReply>.Ok { Reply: { TeamId: { Length: > 0 } team, UserId: { Length: > 0 } user } reply }:
                    installs.Put(new SlackInstall
                    {
                        Team = team,
                        Enterprise = reply.EnterpriseId ?? "",
                        User = user,
                        Bot = reply.BotId ?? "",
                        Token = options.BotToken,
                        Name = reply.Team ?? "",
                    });
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
