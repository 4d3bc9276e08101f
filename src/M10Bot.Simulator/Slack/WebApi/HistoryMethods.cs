using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>conversations.history, conversations.replies and chat.getPermalink.</summary>
internal static class HistoryMethods
{
    private const int MostPerPage = 999;
    private const int MostDistributed = 15;

    public static SlackAnswer History(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            if (FindReadable(call, out var channel) is { } no)
            {
                return no;
            }

            var found = channel.Messages.Where(m => IsShown(channel, m) && (!m.IsReply || m.IsBroadcast)).Reverse();
            return Show(call, channel, found);
        }
    }

    public static SlackAnswer Replies(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            if (FindReadable(call, out var channel) is { } no)
            {
                return no;
            }

            var ts = call.Args.Text("ts") ?? "";
            if (channel.Find(ts) is not { EphemeralFor: null } parent || !IsShown(channel, parent))
            {
                return SlackAnswer.No("thread_not_found");
            }

            var thread = parent.ThreadTs ?? parent.Ts;
            var found = channel.Messages.Where(m => IsShown(channel, m) && (m.Ts.Is(thread) || m.ThreadTs.Is(thread)));
            return Show(call, channel, found);
        }
    }

    public static SlackAnswer Permalink(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            if (call.FindChannel(out var channel) is { } no)
            {
                return no;
            }

            if (channel.Find(call.Args.Text("message_ts") ?? "") is not { IsDeleted: false, EphemeralFor: null } message)
            {
                return SlackAnswer.No("message_not_found");
            }

            var link = $"{call.Team.Url}archives/{channel.Id}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}";
            return SlackAnswer.Yes(new JsonObject
            {
                ["channel"] = channel.Id,
                ["permalink"] = message.IsReply ? $"{link}?thread_ts={message.ThreadTs}&cid={channel.Id}" : link,
            });
        }
    }

    private static SlackAnswer Show(SlackCall call, SlackChannel channel, IEnumerable<SlackMessage> found)
    {
        if (!Paging.IsBound(call.Args.Text("oldest"), -1, out var oldest))
        {
            return SlackAnswer.No("invalid_ts_oldest");
        }

        if (!Paging.IsBound(call.Args.Text("latest"), long.MaxValue, out var latest))
        {
            return SlackAnswer.No("invalid_ts_latest");
        }

        var edge = call.Args.Flag("inclusive") ? 0 : 1;
        var within = found.Where(m => SlackIds.Microseconds(m.Ts) is { } at && at >= oldest + edge && at <= latest - edge).ToList();
        var most = call.Core.Limits.IsDistributed ? MostDistributed : MostPerPage;
        if (Paging.Cut(call, within, m => m.Ts, most, out var page, out var next) is { } no)
        {
            return no;
        }

        var all = call.Args.Flag("include_all_metadata");
        var answer = new JsonObject
        {
            ["messages"] = new JsonArray([.. page.Select(m => Describe(channel, m, all))]),
            ["has_more"] = next.Length > 0,
            ["pin_count"] = 0,
        };
        if (next.Length > 0)
        {
            answer["response_metadata"] = Paging.Metadata(next);
        }

        return SlackAnswer.Yes(answer);
    }

    private static JsonObject Describe(SlackChannel channel, SlackMessage message, bool allMetadata)
    {
        if (message.IsDeleted)
        {
            return new JsonObject { ["type"] = "message", ["subtype"] = "tombstone", ["text"] = "This message was deleted.", ["user"] = "USLACKBOT", ["ts"] = message.Ts, ["thread_ts"] = message.Ts };
        }

        var json = message.ToJson(allMetadata);
        if (ReplyCount(channel, message) is > 0 and var replies)
        {
            json["thread_ts"] = message.Ts;
            json["reply_count"] = replies;
        }

        return json;
    }

    /// <summary>A deleted message stays as a placeholder where replies hang on it.</summary>
    private static bool IsShown(SlackChannel channel, SlackMessage message) =>
        message.EphemeralFor is null && (!message.IsDeleted || ReplyCount(channel, message) > 0);

    private static int ReplyCount(SlackChannel channel, SlackMessage message) =>
        message.IsReply ? 0 : channel.RepliesTo(message.Ts);

    private static SlackAnswer? FindReadable(SlackCall call, out SlackChannel channel)
    {
        if (call.FindChannel(out channel) is { } no)
        {
            return no;
        }

        return call.LacksRead(channel, "history") ?? (call.Team.BotIsIn(channel) ? null : SlackAnswer.No("not_in_channel"));
    }
}
