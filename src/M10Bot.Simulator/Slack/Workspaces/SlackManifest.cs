namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>What the app asked for when it was installed; the scopes and events of M10Bot's own manifest.</summary>
internal static class SlackManifest
{
    public static IReadOnlySet<string> Scopes { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "commands", "chat:write", "chat:write.public", "channels:read", "groups:read", "im:write", "im:history", "im:read",
        "app_mentions:read", "users:read", "team:read", "channels:join", "channels:history", "groups:history",
    };

    /// <summary>Event and the scope it needs; null for none.</summary>
    public static IReadOnlyDictionary<string, string?> Events { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["app_home_opened"] = null,
        ["app_mention"] = "app_mentions:read",
        ["app_uninstalled"] = null,
        ["tokens_revoked"] = null,
        ["message.im"] = "im:history",
        ["channel_archive"] = "channels:read",
        ["channel_unarchive"] = "channels:read",
        ["channel_rename"] = "channels:read",
        ["channel_deleted"] = "channels:read",
        ["channel_left"] = "channels:read",
        ["group_archive"] = "groups:read",
        ["group_unarchive"] = "groups:read",
        ["group_rename"] = "groups:read",
        ["group_left"] = "groups:read",
        ["member_joined_channel"] = "channels:read",
        ["member_left_channel"] = "channels:read",
        ["user_change"] = "users:read",
    };
}

/// <summary>A slash command as Slack lists it to those who type.</summary>
public sealed record SlackCommand(string Command, string Description, string UsageHint, bool ShouldEscape = true);
