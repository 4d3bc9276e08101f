using System.Collections.Frozen;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>Every method the simulated Slack knows, with its tier and scope (docs.slack.dev/reference/methods).</summary>
internal static class MethodTable
{
    private const int Tier2 = 20;
    private const int Tier3 = 50;
    private const int Tier4 = 100;
    private const int Hundreds = 600;

    public static FrozenDictionary<string, SlackMethod> All { get; } = new SlackMethod[]
    {
        new("auth.test", Hundreds, null, ReadsJson: true, TeamMethods.Test),
        new("apps.connections.open", Tier3, null, ReadsJson: true, TeamMethods.OpenConnection) { WantsAppToken = true },
        new("team.info", Tier3, "team:read", ReadsJson: false, TeamMethods.Describe),
        new("users.info", Tier4, "users:read", ReadsJson: false, TeamMethods.DescribeUser),
        new("users.conversations", Tier3, null, ReadsJson: false, ConversationMethods.ListOwn),
        new("chat.postMessage", 0, "chat:write", ReadsJson: true, PostMethods.Post),
        new("chat.postEphemeral", Tier4, "chat:write", ReadsJson: true, PostMethods.PostEphemeral),
        new("chat.update", Tier3, "chat:write", ReadsJson: true, EditMethods.Update),
        new("chat.delete", Tier3, "chat:write", ReadsJson: true, EditMethods.Delete),
        new("chat.getPermalink", Hundreds, null, ReadsJson: false, HistoryMethods.Permalink),
        new("conversations.info", Tier3, null, ReadsJson: false, ConversationMethods.Describe),
        new("conversations.list", Tier2, null, ReadsJson: false, ConversationMethods.List),
        new("conversations.members", Tier4, null, ReadsJson: false, ConversationMethods.Members),
        new("conversations.open", Tier3, "im:write", ReadsJson: true, ConversationMethods.Open),
        new("conversations.join", Tier3, "channels:join", ReadsJson: true, ConversationMethods.Join),
        new("conversations.history", Tier3, null, ReadsJson: false, HistoryMethods.History),
        new("conversations.replies", Tier3, null, ReadsJson: false, HistoryMethods.Replies),
        new("views.open", Tier4, null, ReadsJson: true, ViewMethods.Open),
        new("views.push", Tier4, null, ReadsJson: true, ViewMethods.Push),
        new("views.update", Tier4, null, ReadsJson: true, ViewMethods.Update),
        new("views.publish", Tier4, null, ReadsJson: true, ViewMethods.Publish),
    }.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);
}
