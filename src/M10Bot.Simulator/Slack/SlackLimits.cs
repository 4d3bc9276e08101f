namespace M10Bot.Simulator.Slack;

/// <summary>How fast the simulated Slack lets a client go; changed at run time by tests and load runs.</summary>
public sealed class SlackLimits
{
    /// <summary>True lets everything through, for load runs.</summary>
    public bool IsLifted { get; set; }

    /// <summary>True is the profile of commercially distributed apps: one history read a minute, 15 messages at most.</summary>
    public bool IsDistributed { get; set; }

    /// <summary>Posts a channel takes at once before one a second holds.</summary>
    public int PostBurst { get; set; } = 5;

    /// <summary>Posts a workspace takes in a minute ("several hundred").</summary>
    public int PostsPerMinute { get; set; } = 400;

    /// <summary>The most a page of a list holds whatever limit is asked for: a short page with a cursor is not the end.</summary>
    public int LongestPage { get; set; } = 1_000;
}
