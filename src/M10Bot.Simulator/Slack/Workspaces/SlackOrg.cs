namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>An Enterprise Grid organisation: one install may serve those of its workspaces that an org admin added the app to.</summary>
internal sealed class SlackOrg(string id, string name)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>Where the app was added; guarded by itself.</summary>
    public List<SlackWorkspace> Added { get; } = [];

    public IReadOnlyList<SlackWorkspace> Snapshot()
    {
        lock (Added)
        {
            return [.. Added];
        }
    }
}

/// <summary>A user group such as <c>@desk</c>.</summary>
/// <param name="Id">Slack's id, e.g. <c>S0DESK</c>.</param>
/// <param name="Handle">What people type after the at sign.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Users">Ids of its members.</param>
public sealed record SlackUserGroup(string Id, string Handle, string Name, IReadOnlyList<string> Users)
{
    public bool IsDisabled { get; init; }
}
