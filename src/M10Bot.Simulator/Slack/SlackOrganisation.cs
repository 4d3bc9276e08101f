using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack;

/// <summary>An Enterprise Grid organisation as a test handles it.</summary>
public sealed class SlackOrganisation
{
    private readonly SlackCore _core;
    private readonly SlackOrg _org;

    internal SlackOrganisation(SlackCore core, SlackOrg org) => (_core, _org) = (core, org);

    public string Id => _org.Id;

    /// <summary>Makes a workspace part of the organisation.</summary>
    public void Take(SlackTeam team) => team.Workspace.Org = _org;

    /// <summary>An org admin adds the app to one of the organisation's workspaces, and the app is told.</summary>
    public void Grant(SlackTeam team)
    {
        var workspace = team.Workspace;
        lock (_org.Added)
        {
            _org.Added.Add(workspace);
        }

        (workspace.Org, workspace.OrgInstall, workspace.IsInstalled) = (_org, _org, true);
        Tell(workspace, "team_access_granted");
    }

    /// <summary>The app is taken out of a workspace again.</summary>
    public void Withdraw(SlackTeam team)
    {
        var workspace = team.Workspace;
        lock (_org.Added)
        {
            _org.Added.Remove(workspace);
        }

        Tell(workspace, "team_access_revoked");
        workspace.OrgInstall = null;
    }

    private void Tell(SlackWorkspace workspace, string type) =>
        _core.Events.Raise(workspace, type, new JsonObject { ["type"] = type, ["team_ids"] = new JsonArray(workspace.Id) });
}
