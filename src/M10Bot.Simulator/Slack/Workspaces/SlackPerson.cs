namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>A member of the simulated workspace, as the tests and the page name them.</summary>
/// <param name="Key">Short name: <c>member</c>, <c>editor</c>, <c>admin</c>.</param>
/// <param name="Id">Slack's user id.</param>
/// <param name="Name">What others see.</param>
/// <param name="Role">What the page shows; only <c>admin</c> means anything to Slack itself.</param>
public sealed record SlackPerson(string Key, string Id, string Name, string Role)
{
    public bool IsBot { get; init; }

    public bool IsDeleted { get; init; }

    public bool IsGuest { get; init; }

    public bool IsOwner { get; init; }

    /// <summary>The id of another workspace where this is somebody from there, met in a shared channel; null for members.</summary>
    public string? HomeTeam { get; init; }

    /// <summary>Null models a profile without a time zone; Slack leaves the fields out then.</summary>
    public string? TimeZone { get; init; } = "Etc/UTC";

    public string Locale { get; init; } = "en-GB";

    internal bool IsAdmin => string.Equals(Role, "admin", StringComparison.Ordinal);
}
