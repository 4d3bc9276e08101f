namespace M10Bot.Slack.Workspaces;

/// <summary>The app in one workspace, or in an Enterprise organisation as a whole.</summary>
internal sealed record SlackInstall
{
    /// <summary>Empty for an organisation's install.</summary>
    public required string Team { get; init; }

    /// <summary>The organisation's id; empty outside Enterprise Grid.</summary>
    public string Enterprise { get; init; } = "";

    /// <summary>The bot as a user.</summary>
    public required string User { get; init; }

    public string Bot { get; init; } = "";

    /// <summary>Secret.</summary>
    public required string Token { get; init; }

    /// <summary>Secret. Null where tokens do not rotate.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the token ends; null where tokens do not rotate.</summary>
    public DateTimeOffset? Expires { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The person who installed it: an admin for the bot.</summary>
    public string Installer { get; init; } = "";

    public DateTimeOffset Installed { get; init; }
}
