using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Installing;

/// <summary>The app comes into a workspace and leaves it, and is told.</summary>
internal static class Installs
{
    /// <summary>Scopes only ever grow; an organisation's install is in no workspace until it is added there.</summary>
    public static void Add(SlackCore core, Grant grant)
    {
        if (grant.Team is not { } team)
        {
            return;
        }

        lock (team.Gate)
        {
            team.Scopes = (team.IsInstalled ? team.Scopes.Union(grant.Scopes, StringComparer.Ordinal) : grant.Scopes).ToHashSet(StringComparer.Ordinal);
            team.IsInstalled = true;
            team.InstalledAt = core.Time.GetUtcNow();
        }
    }

    /// <summary>Ends one token; with the last one the app is gone.</summary>
    public static void Revoke(SlackCore core, SlackWorkspace team, SlackToken? token)
    {
        if (token is { Number: > 0 })
        {
            core.Tokens.Kill(token);
            if (core.Tokens.HasLiving(team))
            {
                return;
            }
        }

        Remove(core, team, isTold: true);
    }

    /// <summary>Every token dies at once.</summary>
    public static void Remove(SlackCore core, SlackWorkspace team, bool isTold)
    {
        team.IsInstalled = false;
        core.Tokens.KillAll(team);
        if (isTold)
        {
            Tell(core, team, core.Time.GetUtcNow(), revokedFirst: true);
        }
    }

    /// <summary>The two events come in either order.</summary>
    public static void Tell(SlackCore core, SlackWorkspace team, DateTimeOffset when, bool revokedFirst)
    {
        if (!revokedFirst)
        {
            Uninstalled();
        }

        core.Events.Raise(team, "tokens_revoked", new JsonObject
        {
            ["type"] = "tokens_revoked",
            ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(team.BotUser) },
        }, when);
        if (revokedFirst)
        {
            Uninstalled();
        }

        void Uninstalled() => core.Events.Raise(team, "app_uninstalled", new JsonObject { ["type"] = "app_uninstalled" }, when);
    }
}
