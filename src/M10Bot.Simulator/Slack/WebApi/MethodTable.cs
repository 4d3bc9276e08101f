using System.Collections.Frozen;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>Every method the simulated Slack knows, with its tier, scope and arguments (docs.slack.dev/reference/methods).</summary>
internal static class MethodTable
{
    private const int Tier1 = 1;
    private const int Tier2 = 20;
    private const int Tier3 = 50;
    private const int Tier4 = 100;
    private const int Hundreds = 600;
    private const string Content = "channel text blocks attachments markdown_text metadata parse link_names ";
    private const string Post = Content + "thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn username icon_url icon_emoji as_user client_msg_id ";
    private const string Range = "channel oldest latest inclusive limit cursor include_all_metadata ";
    private const string Client = "client_id client_secret ";

    public static FrozenDictionary<string, SlackMethod> All { get; } = new SlackMethod[]
    {
        new("api.test", Tier4, null, ReadsJson: true, "error foo", TeamMethods.Echo) { Takes = TokenKind.None },
        new("auth.test", Hundreds, null, ReadsJson: true, "", TeamMethods.Test),
        new("auth.revoke", Tier3, null, ReadsJson: false, "test", InstallMethods.Revoke),
        new("auth.teams.list", Tier2, null, ReadsJson: false, "limit cursor include_icon", InstallMethods.ListTeams),
        new("apps.connections.open", Tier3, null, ReadsJson: true, "", TeamMethods.OpenConnection) { Takes = TokenKind.App },
        new("apps.uninstall", Tier1, null, ReadsJson: false, Client, InstallMethods.Uninstall),
        new("oauth.v2.access", Hundreds, null, ReadsJson: false, Client + "code code_verifier redirect_uri grant_type refresh_token", InstallMethods.Access) { Takes = TokenKind.None },
        new("oauth.v2.exchange", Tier3, null, ReadsJson: false, Client, InstallMethods.Exchange) { Takes = TokenKind.None },
        new("team.info", Tier3, "team:read", ReadsJson: false, "team domain", TeamMethods.Describe),
        new("users.info", Tier4, "users:read", ReadsJson: false, "user include_locale", TeamMethods.DescribeUser),
        new("users.list", Tier2, "users:read", ReadsJson: false, "limit cursor include_locale team_id", GroupMethods.People) { WantsTeam = true },
        new("users.conversations", Tier3, null, ReadsJson: false, "types exclude_archived limit cursor team_id user", ConversationMethods.ListOwn) { WantsTeam = true },
        new("usergroups.list", Tier2, "usergroups:read", ReadsJson: false, "include_count include_disabled include_users team_id", GroupMethods.List) { WantsTeam = true },
        new("usergroups.users.list", Tier2, "usergroups:read", ReadsJson: false, "usergroup include_disabled team_id", GroupMethods.Users) { WantsTeam = true },
        new("chat.postMessage", 0, "chat:write", ReadsJson: true, Post, PostMethods.Post),
        new("chat.postEphemeral", Tier4, "chat:write", ReadsJson: true, Post + "user", PostMethods.PostEphemeral),
        new("chat.scheduleMessage", Tier3, "chat:write", ReadsJson: true, Post + "post_at", ScheduleMethods.Schedule),
        new("chat.scheduledMessages.list", Tier3, null, ReadsJson: false, "channel oldest latest limit cursor team_id", ScheduleMethods.List) { WantsTeam = true },
        new("chat.deleteScheduledMessage", Tier3, "chat:write", ReadsJson: true, "channel scheduled_message_id as_user", ScheduleMethods.Delete),
        new("chat.update", Tier3, "chat:write", ReadsJson: true, Content + "ts reply_broadcast file_ids as_user", EditMethods.Update),
        new("chat.delete", Tier3, "chat:write", ReadsJson: true, "channel ts as_user", EditMethods.Delete),
        new("chat.getPermalink", Hundreds, null, ReadsJson: false, "channel message_ts", HistoryMethods.Permalink),
        new("conversations.info", Tier3, null, ReadsJson: false, "channel include_locale include_num_members", ConversationMethods.Describe),
        new("conversations.list", Tier2, null, ReadsJson: false, "types exclude_archived limit cursor team_id", ConversationMethods.List) { WantsTeam = true },
        new("conversations.members", Tier4, null, ReadsJson: false, "channel limit cursor", ConversationMethods.Members),
        new("conversations.open", Tier3, "im:write", ReadsJson: true, "channel users return_im prevent_creation", ConversationMethods.Open),
        new("conversations.join", Tier3, "channels:join", ReadsJson: true, "channel", ConversationMethods.Join),
        new("conversations.history", Tier3, null, ReadsJson: false, Range, HistoryMethods.History),
        new("conversations.replies", Tier3, null, ReadsJson: false, Range + "ts", HistoryMethods.Replies),
        new("views.open", Tier4, null, ReadsJson: true, "trigger_id view", ViewMethods.Open),
        new("views.push", Tier4, null, ReadsJson: true, "trigger_id view", ViewMethods.Push),
        new("views.update", Tier4, null, ReadsJson: true, "view_id external_id hash view", ViewMethods.Update),
        new("views.publish", Tier4, null, ReadsJson: true, "user_id hash view", ViewMethods.Publish),
    }.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);
}
