namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>Every event a bot can subscribe to here, with the scope that lets it hear of it (docs.slack.dev/reference/events).</summary>
internal static class EventScopes
{
    public static IReadOnlyDictionary<string, string?> All { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["app_home_opened"] = null,
        ["app_mention"] = "app_mentions:read",
        ["app_uninstalled"] = null,
        ["tokens_revoked"] = null,
        ["message.im"] = "im:history",
        ["message.channels"] = "channels:history",
        ["message.groups"] = "groups:history",
        ["channel_archive"] = "channels:read",
        ["channel_unarchive"] = "channels:read",
        ["channel_rename"] = "channels:read",
        ["channel_deleted"] = "channels:read",
        ["channel_left"] = "channels:read",
        ["channel_id_changed"] = "channels:read",
        ["group_archive"] = "groups:read",
        ["group_unarchive"] = "groups:read",
        ["group_rename"] = "groups:read",
        ["group_deleted"] = "groups:read",
        ["group_left"] = "groups:read",
        ["member_joined_channel"] = "channels:read",
        ["member_left_channel"] = "channels:read",
        ["team_rename"] = "team:read",
        ["team_domain_change"] = "team:read",
        ["team_access_granted"] = null,
        ["team_access_revoked"] = null,
        ["user_change"] = "users:read",
        ["subteam_members_changed"] = "usergroups:read",
        ["subteam_updated"] = "usergroups:read",
    };
}
