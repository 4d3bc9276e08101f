using System.Text;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Installing;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>oauth.v2.access, oauth.v2.exchange, auth.revoke, auth.teams.list and apps.uninstall.</summary>
internal static class InstallMethods
{
    private const int MostPerPage = 1_000;

    public static SlackAnswer Access(SlackCall call)
    {
        if (WrongClient(call) is { } wrong)
        {
            return wrong;
        }

        return (call.Args.Text("grant_type") ?? "authorization_code") switch
        {
            "refresh_token" => Refresh(call),
            "authorization_code" => Redeem(call),
            _ => SlackAnswer.No("invalid_grant_type"),
        };
    }

    public static SlackAnswer Exchange(SlackCall call)
    {
        if (WrongClient(call) is { } wrong)
        {
            return wrong;
        }

        if (!call.Core.IsRotating)
        {
            return SlackAnswer.No("token_rotation_not_enabled");
        }

        return call.Core.Tokens.Find(call.Args.Text("token") ?? "") is { IsDead: false, ExpiresAt: null, Number: > 0 } old
            ? Describe(call.Core, call.Core.Tokens.Exchange(old))
            : SlackAnswer.No("invalid_auth");
    }

    public static SlackAnswer Revoke(SlackCall call)
    {
        if (call.Args.Flag("test"))
        {
            return SlackAnswer.Yes(new JsonObject { ["revoked"] = false });
        }

        Installs.Revoke(call.Core, call.Team, call.Token);
        return SlackAnswer.Yes(new JsonObject { ["revoked"] = true });
    }

    public static SlackAnswer Uninstall(SlackCall call)
    {
        if (WrongClient(call) is { } wrong)
        {
            return wrong;
        }

        Installs.Remove(call.Core, call.Team, isTold: true);
        return SlackAnswer.Yes();
    }

    public static SlackAnswer ListTeams(SlackCall call)
    {
        var teams = call.Token?.Org?.Snapshot() ?? [call.Team];
        return Paging.Cut(call, teams, t => t.Id, MostPerPage, out var page, out var next) ?? SlackAnswer.Yes(new JsonObject
        {
            ["teams"] = new JsonArray([.. page.Select(t => new JsonObject { ["id"] = t.Id, ["name"] = t.Name })]),
            ["response_metadata"] = Paging.Metadata(next),
        });
    }

    private static SlackAnswer Refresh(SlackCall call) =>
        call.Core.Tokens.Refresh(call.Args.Text("refresh_token") ?? "") is { } next ? Describe(call.Core, next) : SlackAnswer.No("invalid_refresh_token");

    private static SlackAnswer Redeem(SlackCall call)
    {
        var (grant, error) = call.Core.Grants.Redeem(call.Args.Text("code") ?? "", call.Args.Text("redirect_uri"));
        if (grant is null)
        {
            return SlackAnswer.No(error);
        }

        Installs.Add(call.Core, grant);
        return Describe(call.Core, call.Core.Tokens.Issue(grant.Team, grant.Org), grant.Installer);
    }

    private static SlackAnswer Describe(SlackCore core, SlackToken token, SlackPerson? installer = null)
    {
        var team = token.Team ?? (token.Org!.Snapshot() is [var first, ..] ? first : null);
        var body = new JsonObject
        {
            ["app_id"] = SlackIds.App,
            ["authed_user"] = installer is null ? null : new JsonObject { ["id"] = installer.Id },
            ["scope"] = string.Join(',', team?.Scopes ?? core.Manifest.Scopes),
            ["token_type"] = "bot",
            ["access_token"] = token.Value,
            ["bot_user_id"] = team?.BotUser ?? SlackIds.OrgBotUser,
            ["team"] = token.Team is { } one ? new JsonObject { ["id"] = one.Id, ["name"] = one.Name } : null,
            ["enterprise"] = Enterprise(token),
            ["is_enterprise_install"] = token.Org is not null,
        };
        if (token.ExpiresAt is { } end)
        {
            body["expires_in"] = (int)(end - core.Time.GetUtcNow()).TotalSeconds;
            body["refresh_token"] = token.RefreshToken;
        }

        return SlackAnswer.Yes(body);
    }

    private static JsonObject? Enterprise(SlackToken token) =>
        (token.Org ?? token.Team?.Org) is { } org ? new JsonObject { ["id"] = org.Id, ["name"] = org.Name } : null;

    private static SlackAnswer? WrongClient(SlackCall call)
    {
        var (id, secret) = (call.Args.Text("client_id"), call.Args.Text("client_secret"));
        if (call.Authorization.StartsWith("Basic ", StringComparison.Ordinal))
        {
            var bytes = new byte[call.Authorization.Length];
            var pair = Convert.TryFromBase64String(call.Authorization[6..], bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) : [];
            (id, secret) = pair.Length == 2 ? (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])) : (null, null);
        }

        return !id.Is(call.Core.Options.SlackClientId) ? SlackAnswer.No("invalid_client_id")
            : !secret.Is(call.Core.Options.SlackClientSecret) ? SlackAnswer.No("bad_client_secret")
            : null;
    }
}
