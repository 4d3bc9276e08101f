using System.Text;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Workspaces;

/// <summary>Slack's OAuth v2: a code for a token, a token for its successor. docs.slack.dev/authentication/installing-with-oauth.</summary>
internal sealed partial class SlackOAuth(SlackWeb web, SlackInstalls installs, InstallStore store, SlackOptions options, TimeProvider time, ILogger<SlackOAuth> logger)
{
    private static readonly TimeSpan ClaimFor = TimeSpan.FromMinutes(1);

    /// <summary>Turns the code of a finished installation into an install, kept and in use.</summary>
    /// <returns>Null where Slack did not take the code.</returns>
    public async Task<SlackInstall?> RedeemAsync(string code, string redirectUri, CancellationToken ct)
    {
        if (await AskAsync(ct, ("code", code), ("redirect_uri", redirectUri)) is not { } reply || Read(reply) is not { } install)
        {
            return null;
        }

        // The bot's own id comes with auth.test alone.
        var who = await web.CallAsync(SlackCall.Form("auth.test") with { Token = install.Token }, SlackJson.Default.AuthReply, ct);
        install = who is SlackResult<AuthReply>.Ok { Reply.BotId: { } bot } ? install with { Bot = bot } : install;
        await store.SaveAsync(install, ct);
        installs.Put(install);
        LogInstalled(logger, install.Team, install.Enterprise);
        return install;
    }

    /// <summary>Gets the successor of a token that rotates, in one process at a time; the new pair is kept before it is used.</summary>
    public async Task RefreshAsync(SlackInstall install, CancellationToken ct)
    {
        if (!await store.ClaimAsync(install, ClaimFor, ct))
        {
            return; // another process does; the next look at the table brings it
        }

        if (await AskAsync(ct, ("grant_type", "refresh_token"), ("refresh_token", install.RefreshToken!)) is not { AccessToken: { Length: > 0 } token } reply)
        {
            LogNotRefreshed(logger, install.Team);
            return;
        }

        var next = install with { Token = token, RefreshToken = reply.RefreshToken ?? install.RefreshToken, Expires = ExpiryOf(reply) };
        if (await store.RenewAsync(next, ct))
        {
            installs.Renew(next);
        }
    }

    private async Task<OAuthReply?> AskAsync(CancellationToken ct, params (string Name, string Value)[] fields)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}"));
        var call = SlackCall.Form("oauth.v2.access", fields) with { Basic = basic };
        return await web.CallAsync(call, SlackJson.Default.OAuthReply, ct) is SlackResult<OAuthReply>.Ok ok ? ok.Reply : null;
    }

    private SlackInstall? Read(OAuthReply reply)
    {
        if (reply is not { AccessToken: { Length: > 0 } token, BotUserId: { Length: > 0 } user } || !string.Equals(reply.TokenType, "bot", StringComparison.Ordinal))
        {
            LogStrange(logger);
            return null;
        }

        var team = reply.IsEnterpriseInstall ? "" : reply.Team?.Id ?? "";
        var enterprise = reply.Enterprise?.Id ?? "";
        return team.Length + enterprise.Length == 0 ? null : new SlackInstall
        {
            Team = team,
            Enterprise = enterprise,
            User = user,
            Token = token,
            RefreshToken = reply.RefreshToken,
            Expires = ExpiryOf(reply),
            Name = (reply.IsEnterpriseInstall ? reply.Enterprise?.Name : reply.Team?.Name) ?? "",
            Installer = reply.AuthedUser?.Id ?? "",
            Installed = time.GetUtcNow(),
        };
    }

    private DateTimeOffset? ExpiryOf(OAuthReply reply) => reply.ExpiresIn is { } seconds ? time.GetUtcNow() + TimeSpan.FromSeconds(seconds) : null;

    [LoggerMessage(LogLevel.Information, "The app is installed in workspace {Team} {Enterprise}")]
    private static partial void LogInstalled(ILogger logger, string team, string enterprise);

    [LoggerMessage(LogLevel.Error, "The token of workspace {Team} could not be renewed; it is tried again in a minute")]
    private static partial void LogNotRefreshed(ILogger logger, string team);

    [LoggerMessage(LogLevel.Error, "Slack finished an installation without a bot token; the app's manifest lacks the bot's scopes")]
    private static partial void LogStrange(ILogger logger);
}
