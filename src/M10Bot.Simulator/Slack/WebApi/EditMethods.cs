using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>chat.update and chat.delete.</summary>
internal static class EditMethods
{
    public static SlackAnswer Update(SlackCall call)
    {
        if ((MessageContent.Read(call.Args, isUpdate: true, call.Team, out var content) ?? call.NotText("channel", "ts")) is { } no)
        {
            return no;
        }

        if (content.IsEmpty && content.Metadata is null)
        {
            return SlackAnswer.No("no_text");
        }

        SlackMessage edited;
        lock (call.Team.Gate)
        {
            if (FindOwn(call, "cant_update_message", out var channel, out var message) is { } refused)
            {
                return refused;
            }

            if (channel.IsArchived)
            {
                return SlackAnswer.No("is_inactive");
            }

            if (call.Core.IsEditWindowClosed)
            {
                return SlackAnswer.No("edit_window_closed");
            }

            if (HasRichText(message.Blocks) && content.Blocks is { } blocks && blocks.GetArrayLength() > 0 && !HasRichText(blocks))
            {
                return SlackAnswer.No("block_mismatch");
            }

            edited = Apply(message, content, call.Team) with { IsBroadcast = message.IsBroadcast || (message.IsReply && call.Args.Flag("reply_broadcast")) };
            channel.Replace(edited);
        }

        call.Core.Tell(call.Team, "message.update", edited);
        return SlackAnswer.Yes(new JsonObject
        {
            ["channel"] = edited.Channel,
            ["ts"] = edited.Ts,
            ["text"] = edited.Text,
            ["message"] = edited.ToJson(allMetadata: true),
        });
    }

    public static SlackAnswer Delete(SlackCall call)
    {
        if (call.NotText("channel", "ts") is { } no)
        {
            return no;
        }

        SlackMessage deleted;
        lock (call.Team.Gate)
        {
            if (FindOwn(call, "cant_delete_message", out var channel, out var message) is { } refused)
            {
                return refused;
            }

            if (message.IsRenamed)
            {
                return SlackAnswer.No("cant_delete_message");
            }

            deleted = message with { IsDeleted = true };
            channel.Replace(deleted);
        }

        call.Core.Tell(call.Team, "message.delete", deleted);
        return SlackAnswer.Yes(new JsonObject { ["channel"] = deleted.Channel, ["ts"] = deleted.Ts });
    }

    private static SlackMessage Apply(SlackMessage message, MessageContent content, SlackWorkspace team)
    {
        // Text without blocks takes the old blocks away; they stay only where neither is sent.
        var blocks = content.Blocks is { } sent ? (sent.GetArrayLength() == 0 ? (JsonElement?)null : sent)
            : content.Text is not null ? null
            : message.Blocks;
        var attachments = content.Attachments is { } given ? (given.GetArrayLength() == 0 ? (JsonElement?)null : given) : message.Attachments;
        var metadata = content.Metadata is { } marks ? (marks.EnumerateObject().Any() ? marks : (JsonElement?)null) : message.Metadata;
        var isTextOnly = content.Text is not null && blocks is null;
        return message with
        {
            Text = content.Text ?? (content.Blocks is null ? message.Text : ""),
            Blocks = blocks,
            EarlierBlocks = message.Blocks,
            Attachments = attachments,
            Metadata = metadata,
            Version = message.Version + 1,
            EditedTs = isTextOnly ? team.NextTs() : message.EditedTs,
        };
    }

    private static SlackAnswer? FindOwn(SlackCall call, string notOurs, out SlackChannel channel, out SlackMessage message)
    {
        message = null!;
        if (call.FindChannel(out channel) is { } no)
        {
            return no;
        }

        if (channel.Find(call.Args.Text("ts") ?? "") is not { IsDeleted: false, EphemeralFor: null } found)
        {
            return SlackAnswer.No("message_not_found");
        }

        message = found;
        return found.BotId.Is(call.Team.BotId) ? null : SlackAnswer.No(notOurs);
    }

    private static bool HasRichText(JsonElement? blocks) =>
        blocks is { } array && array.EnumerateArray().Any(b => b.Text("type") is "rich_text");
}
