using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Workspaces;

/// <summary>A workspace removed the app, or took its token back. Told twice, in either order, and now and then late.</summary>
/// <param name="installs">Those that are known.</param>
/// <param name="store">Null where the one token stands in the settings: it cannot be wiped there.</param>
/// <param name="logger">Says so.</param>
internal sealed partial class SlackUninstall(SlackInstalls installs, InstallStore? store, ILogger<SlackUninstall> logger)
{
    /// <summary>Wipes the tokens and stops the lane, unless the app was installed again after the event.</summary>
    /// <param name="install">Which.</param>
    /// <param name="eventTime">When it happened, in Unix seconds.</param>
    /// <param name="ct">Stops it.</param>
    public async Task EndAsync(SlackInstall install, long? eventTime, CancellationToken ct)
    {
        if (store is null)
        {
            LogSingle(logger, install.Team);
            return;
        }

        // An event names the second it happened in; an install within that second is the older one.
        var happened = eventTime is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds).AddMilliseconds(999) : DateTimeOffset.MaxValue;
        if (await store.EndAsync(install, happened, ct))
        {
            installs.Remove(install);
            LogEnded(logger, install.Team, install.Enterprise);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Workspace {Team} {Enterprise} removed the app: its tokens are wiped, its lane rests, and after thirty days what it ordered is erased")]
    private static partial void LogEnded(ILogger logger, string team, string enterprise);

    [LoggerMessage(LogLevel.Critical, "Workspace {Team} removed the app or revoked its token. Install the app again and set the new Slack:BotToken")]
    private static partial void LogSingle(ILogger logger, string team);
}
