using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>chat.postMessage and chat.postEphemeral.</summary>
internal static class PostMethods
{
    public static SlackAnswer Post(SlackCall call)
    {
        if ((MessageContent.Read(call.Args, isUpdate: false, out var content) ?? call.NotText("channel", "thread_ts") ?? Empty(content)) is { } no)
        {
            return no;
        }

        if (content.IsRenamed && call.Lacks("chat:write.customize") is { } lacking)
        {
            return lacking;
        }

        var team = call.Team;
        SlackMessage message;
        lock (team.Gate)
        {
            if (FindPlace(call, out var channel) is { } refused)
            {
                return refused;
            }

            if (FindThread(call, channel, out var thread) is { } unthreaded)
            {
                return unthreaded;
            }

            message = new SlackMessage
            {
                Channel = channel.Id,
                Ts = team.NextTs(),
                Team = team.Id,
                User = team.BotUser,
                BotId = team.BotId,
                Text = content.Text ?? "",
                Blocks = content.Blocks,
                Attachments = content.Attachments,
                Metadata = content.Metadata,
                ThreadTs = thread,
                IsBroadcast = thread is not null && call.Args.Flag("reply_broadcast"),
                IsRenamed = content.IsRenamed,
                WouldNotify = content.Alerts,
            };
            channel.Add(message);
        }

        call.Core.Tell(team, "message.create", message);
        call.Core.Events.RaiseMessage(team, message);
        var answer = SlackAnswer.Yes(new JsonObject { ["channel"] = message.Channel, ["ts"] = message.Ts, ["message"] = message.ToJson(allMetadata: true) });
        return content.IsCut ? answer.Warn("message_truncated") : answer;
    }

    public static SlackAnswer PostEphemeral(SlackCall call)
    {
        if ((MessageContent.Read(call.Args, isUpdate: false, out var content) ?? call.NotText("channel", "user", "thread_ts") ?? Empty(content)) is { } no)
        {
            return no;
        }

        var team = call.Team;
        SlackMessage message;
        lock (team.Gate)
        {
            if (FindPlace(call, out var channel) is { } refused)
            {
                return refused;
            }

            var user = call.Args.Text("user") ?? "";
            if (team.Person(user) is null || !channel.Members.Contains(user))
            {
                return SlackAnswer.No("user_not_in_channel");
            }

            message = new SlackMessage
            {
                Channel = channel.Id,
                Ts = team.NextTs(),
                Team = team.Id,
                User = team.BotUser,
                BotId = team.BotId,
                Text = content.Text ?? "",
                Blocks = content.Blocks,
                Attachments = content.Attachments,
                EphemeralFor = user,
            };
            channel.Add(message);
        }

        call.Core.Tell(team, "message.create", message);
        return SlackAnswer.Yes(new JsonObject { ["message_ts"] = message.Ts });
    }

    private static SlackAnswer? Empty(MessageContent content) => content.IsEmpty ? SlackAnswer.No("no_text") : null;

    private static SlackAnswer? FindPlace(SlackCall call, out SlackChannel channel)
    {
        var team = call.Team;
        channel = null!;
        if (call.Args.Text("channel") is { } id && team.Person(id) is { IsBot: false } person)
        {
            if (person.IsDeleted)
            {
                return SlackAnswer.No("user_disabled");
            }

            channel = team.Direct(person);
            return null;
        }

        if (call.FindChannel(out channel) is { } no)
        {
            return no;
        }

        if (channel.IsArchived)
        {
            return SlackAnswer.No("is_archived");
        }

        return team.BotIsIn(channel) || team.Scopes.Contains("chat:write.public") ? null : SlackAnswer.No("not_in_channel");
    }

    private static SlackAnswer? FindThread(SlackCall call, SlackChannel channel, out string? thread)
    {
        thread = null;
        var asked = call.Args.Text("thread_ts");
        if (channel.Policy == SlackPolicy.ReadOnly)
        {
            return SlackAnswer.No("restricted_action_read_only_channel");
        }

        if (asked is null)
        {
            return channel.Policy == SlackPolicy.ThreadOnly ? SlackAnswer.No("restricted_action_thread_only_channel") : null;
        }

        if (channel.Find(asked) is not { EphemeralFor: null } parent)
        {
            return SlackAnswer.No("thread_not_found");
        }

        // A reply to a reply hangs on the first message.
        thread = parent.IsReply ? parent.ThreadTs : parent.Ts;
        return null;
    }
}
