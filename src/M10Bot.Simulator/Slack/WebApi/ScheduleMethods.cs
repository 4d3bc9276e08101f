using System.Globalization;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>chat.scheduleMessage, chat.scheduledMessages.list and chat.deleteScheduledMessage.</summary>
internal static class ScheduleMethods
{
    private const int MostPerPage = 100;
    private const int MostPerWindow = 30;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(120);

    public static SlackAnswer Schedule(SlackCall call)
    {
        if (PostMethods.Read(call, out var content) is { } no)
        {
            return no;
        }

        if (!long.TryParse(call.Args.Text("post_at") ?? call.Args.Number("post_at")?.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var seconds) || seconds is < 0 or > 99_999_999_999)
        {
            return SlackAnswer.No("invalid_time");
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var now = call.Core.Time.GetUtcNow();
        if (at <= now || at > now + Furthest)
        {
            return SlackAnswer.No(at <= now ? "time_in_past" : "time_too_far");
        }

        Scheduled scheduled;
        lock (call.Team.Gate)
        {
            if (PostMethods.FindPlace(call, out var channel) is { } refused)
            {
                return refused;
            }

            if (PostMethods.FindThread(call, channel, out var thread) is { } unthreaded)
            {
                return unthreaded;
            }

            if (call.Core.Schedule.Of(call.Team).Count(s => ReferenceEquals(s.Channel, channel) && (s.At - at).Duration() < Window) >= MostPerWindow)
            {
                return SlackAnswer.No("restricted_too_many");
            }

            scheduled = call.Core.Schedule.Add(call.Team, channel, content, thread, at);
        }

        return SlackAnswer.Yes(new JsonObject
        {
            ["channel"] = scheduled.Channel.Id,
            ["scheduled_message_id"] = scheduled.Id,
            ["post_at"] = seconds,
            ["message"] = new JsonObject { ["text"] = content.Text ?? "", ["user"] = call.Team.BotUser, ["bot_id"] = call.Team.BotId, ["type"] = "delayed_message", ["team"] = call.Team.Id },
        });
    }

    public static SlackAnswer List(SlackCall call)
    {
        var channel = call.Args.Text("channel");
        List<Scheduled> all = [.. call.Core.Schedule.Of(call.Team).Where(s => channel is null || s.Channel.Id.Is(channel)).OrderBy(s => s.At)];
        return Paging.Cut(call, all, s => s.Id, MostPerPage, out var page, out var next) ?? SlackAnswer.Yes(new JsonObject
        {
            ["scheduled_messages"] = new JsonArray([.. page.Select(s => new JsonObject
            {
                ["id"] = s.Id,
                ["channel_id"] = s.Channel.Id,
                ["post_at"] = s.At.ToUnixTimeSeconds(),
                ["date_created"] = s.Made.ToUnixTimeSeconds(),
                ["text"] = s.Content.Text ?? "",
            })]),
            ["response_metadata"] = Paging.Metadata(next),
        });
    }

    public static SlackAnswer Delete(SlackCall call) =>
        call.Core.Schedule.Remove(call.Team, call.Args.Text("channel") ?? "", call.Args.Text("scheduled_message_id") ?? "")
            ? SlackAnswer.Yes()
            : SlackAnswer.No("invalid_scheduled_message_id");
}
