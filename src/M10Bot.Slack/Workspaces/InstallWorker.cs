using M10Bot.Slack.Requests;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Workspaces;

/// <summary>Keeps what is known of the installs true: what other processes installed, tokens that end soon, workspaces that left long ago.</summary>
internal sealed partial class InstallWorker(
    SlackInstalls installs, InstallStore store, SlackOAuth oauth, PlacePort places, TimeProvider time, ILogger<InstallWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(2); // of twelve
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30); // for who installs again

    private string _unreadable = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One round.</summary>
    internal async Task LookAsync(CancellationToken ct)
    {
        var mark = installs.Mark();
        var (known, unreadable) = await store.ListAsync(ct);
        installs.Replace(known, mark);
        if (string.Join(", ", unreadable) is var now && now != _unreadable)
        {
            _unreadable = now;
            if (now.Length > 0)
            {
                LogUnreadable(logger, now);
            }
        }

        foreach (var install in known.Where(i => installs.IsDue(i, time.GetUtcNow(), Ahead)))
        {
            await oauth.RefreshAsync(install, ct);
        }

        foreach (var team in await store.ForgottenAsync(time.GetUtcNow() - KeptFor, ct))
        {
            await places.ForgetAsync(team, ct);
            LogForgotten(logger, team);
        }
    }

    [LoggerMessage(LogLevel.Error, "The installs could not be looked through; the next look is in 15 seconds")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Critical, "The tokens of {Workspaces} cannot be decrypted: the keys in Slack:KeyFolder are not those they were encrypted with. Bring the folder back, or have the app installed again")]
    private static partial void LogUnreadable(ILogger logger, string workspaces);

    [LoggerMessage(LogLevel.Information, "Workspace {Team} removed the app a month ago; what was kept of it is erased")]
    private static partial void LogForgotten(ILogger logger, string team);
}
