using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>chat.postMessage and chat.postEphemeral.</summary>
internal static class PostMethods
{
    public static SlackAnswer Post(SlackCall call)
    {
        if (Read(call, out var content) is { } no)
        {
            return no;
        }

        var team = call.Team;
        SlackChannel channel;
        SlackMessage message;
        lock (team.Gate)
        {
            if (FindPlace(call, out channel) is { } refused)
            {
                return refused;
            }

            if (FindThread(call, channel, out var thread) is { } unthreaded)
            {
                return unthreaded;
            }

            if (Repeated(call, channel) is { } repeated)
            {
                return repeated;
            }

            message = Compose(team, channel, content) with
            {
                ThreadTs = thread,
                IsBroadcast = thread is not null && call.Args.Flag("reply_broadcast"),
                ClientId = call.Args.Text("client_msg_id"),
            };
            channel.Add(message);
        }

        call.Core.Tell(team, "message.create", message);
        call.Core.Events.RaiseMessage(team, channel, message);
        var answer = SlackAnswer.Yes(new JsonObject { ["channel"] = message.Channel, ["ts"] = message.Ts, ["message"] = message.ToJson(allMetadata: true) });
        return content.IsCut ? answer.Warn("message_truncated") : answer;
    }

    public static SlackAnswer PostEphemeral(SlackCall call)
    {
        if ((Read(call, out var content) ?? call.NotText("user")) is { } no)
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

            message = Compose(team, channel, content) with { EphemeralFor = user };
            channel.Add(message);
        }

        call.Core.Tell(team, "message.create", message);
        return SlackAnswer.Yes(new JsonObject { ["message_ts"] = message.Ts });
    }

    /// <summary>A refusal, or null and what the app wants to say.</summary>
    public static SlackAnswer? Read(SlackCall call, out MessageContent content) =>
        MessageContent.Read(call.Args, isUpdate: false, call.Team, out content)
        ?? call.NotText("channel", "thread_ts")
        ?? (content.IsEmpty ? SlackAnswer.No("no_text") : null)
        ?? (content.IsRenamed ? call.Lacks("chat:write.customize") : null);

    /// <summary>Call it inside the gate.</summary>
    public static SlackMessage Compose(SlackWorkspace team, SlackChannel channel, MessageContent content) => new()
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
        IsRenamed = content.IsRenamed,
        WouldNotify = content.Alerts,
    };

    public static SlackAnswer? FindPlace(SlackCall call, out SlackChannel channel)
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
            return call.Core.Manifest.HasMessages ? null : SlackAnswer.No("messages_tab_disabled");
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

    public static SlackAnswer? FindThread(SlackCall call, SlackChannel channel, out string? thread)
    {
        thread = null;
        var asked = call.Args.Text("thread_ts");
        if (channel.Policy is SlackPolicy.ReadOnly or SlackPolicy.Restricted)
        {
            return SlackAnswer.No(channel.Policy == SlackPolicy.ReadOnly ? "restricted_action_read_only_channel" : "restricted_action");
        }

        if (asked is null)
        {
            return channel.Policy == SlackPolicy.ThreadOnly ? SlackAnswer.No("restricted_action_thread_only_channel") : null;
        }

        if (channel.Policy is SlackPolicy.NonThreadable or SlackPolicy.ThreadsLocked)
        {
            return SlackAnswer.No(channel.Policy == SlackPolicy.NonThreadable ? "restricted_action_non_threadable_channel" : "restricted_action_thread_locked");
        }

        // A deleted message holds its thread together as long as replies hang on it.
        if (channel.Find(asked) is not { EphemeralFor: null } parent || (parent.IsDeleted && channel.RepliesTo(parent.ThreadTs ?? parent.Ts) == 0))
        {
            return SlackAnswer.No("thread_not_found");
        }

        // A reply to a reply hangs on the first message.
        thread = parent.IsReply ? parent.ThreadTs : parent.Ts;
        return null;
    }

    // Two error descriptions name such a check, the arguments do not: off unless a test switches it on.
    private static SlackAnswer? Repeated(SlackCall call, SlackChannel channel)
    {
        if (!call.Core.DropsRepeatedClientIds || call.Args.Text("client_msg_id") is not { } id || channel.Messages.FirstOrDefault(m => m.ClientId.Is(id)) is not { } first)
        {
            return null;
        }

        return first.IsDeleted
            ? SlackAnswer.No("duplicate_message_not_found")
            : SlackAnswer.Yes(new JsonObject { ["channel"] = first.Channel, ["ts"] = first.Ts, ["message"] = first.ToJson(allMetadata: true) });
    }
}
