using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Requests;

/// <summary>The Events API: subscribed, scoped and visible events, repeated until acknowledged.</summary>
internal sealed class EventStream(SlackCore core)
{
    private static readonly TimeSpan TooOld = TimeSpan.FromHours(2);
    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <param name="team">Where it happened.</param>
    /// <param name="subscription">The name in the manifest, e.g. <c>message.im</c>.</param>
    /// <param name="what">The inner event, with its type.</param>
    /// <param name="at">When it happened, where that is not now.</param>
    public void Raise(SlackWorkspace team, string subscription, JsonObject what, DateTimeOffset? at = null)
    {
        if (!Hears(team, subscription))
        {
            return;
        }

        lock (team.Gate)
        {
            what["event_ts"] = team.NextTs();
        }

        var org = team.OrgInstall;
        var envelope = new JsonObject
        {
            ["token"] = "simulated",
            ["team_id"] = team.Id,
            ["api_app_id"] = SlackIds.App,
            ["type"] = "event_callback",
            ["event_id"] = "Ev" + core.NewKey(),
            ["event_time"] = (at ?? core.Time.GetUtcNow()).ToUnixTimeSeconds(),
            ["event_context"] = "4-" + team.Id,
            ["is_ext_shared_channel"] = false,
            ["authorizations"] = new JsonArray(new JsonObject
            {
                ["enterprise_id"] = org?.Id,
                ["team_id"] = org is null ? team.Id : null,
                ["user_id"] = team.BotUser,
                ["is_bot"] = true,
                ["is_enterprise_install"] = org is not null,
            }),
            ["event"] = what,
        };
        _ = DeliverAsync(envelope.Set("enterprise_id", org?.Id), core.Time.GetUtcNow());
    }

    /// <summary>Messages the app subscribed to reach it, its own too: a client has to see through the loop.</summary>
    public void RaiseMessage(SlackWorkspace team, SlackChannel channel, SlackMessage message)
    {
        var (subscription, kind) = channel.Kind switch
        {
            SlackChannelKind.Direct => ("message.im", "im"),
            SlackChannelKind.Private => ("message.groups", "group"),
            _ => ("message.channels", "channel"),
        };
        var isMention = channel.Kind != SlackChannelKind.Direct && message.BotId is null && message.Text.Contains($"<@{team.BotUser}>", StringComparison.Ordinal);
        if (!isMention && !Hears(team, subscription))
        {
            return; // most posts of a load run end here
        }

        bool isIn;
        lock (team.Gate)
        {
            isIn = team.BotIsIn(channel);
        }

        if (isIn && isMention)
        {
            Raise(team, "app_mention", Describe(message, "app_mention", null));
        }

        if (isIn)
        {
            Raise(team, subscription, Describe(message, "message", kind));
        }
    }

    private bool Hears(SlackWorkspace team, string subscription) =>
        core.Manifest.Events.TryGetValue(subscription, out var scope) && (scope is null || team.Scopes.Contains(scope));

    public void RaiseMembership(SlackWorkspace team, SlackChannel channel, string type, string user, string? inviter) =>
        Raise(team, type, new JsonObject
        {
            ["type"] = type,
            ["user"] = user,
            ["channel"] = channel.Id,
            ["channel_type"] = channel.Kind == SlackChannelKind.Public ? "C" : "G",
            ["team"] = team.Id,
        }.Set("inviter", inviter));

    private static JsonObject Describe(SlackMessage message, string type, string? channelType)
    {
        var what = message.ToJson(allMetadata: false);
        what["type"] = type;
        what["channel"] = message.Channel;
        return what.Set("channel_type", channelType);
    }

    private async Task DeliverAsync(JsonObject envelope, DateTimeOffset raised)
    {
        var ct = core.Stopping;
        var reason = "";
        try
        {
            for (var retry = 0; retry <= Pauses.Length; retry++)
            {
                var answer = await core.App.AskAsync(AppDoor.Events, (JsonObject)envelope.DeepClone(), retry, reason, ct);
                if (answer is AppAnswer.Acknowledged or AppAnswer.Lost or AppAnswer.Failed { IsFinal: true })
                {
                    return;
                }

                reason = answer is AppAnswer.Failed failed ? failed.Reason : core.IsSocketMode ? "timeout" : "http_timeout";
                if (answer is AppAnswer.NoLink && core.IsSocketMode)
                {
                    await core.Sockets.WhenOpenAsync().WaitAsync(TooOld - (core.Time.GetUtcNow() - raised), core.Time, ct);
                }
                else if (retry < Pauses.Length)
                {
                    await Task.Delay(Pauses[retry], core.Time, ct);
                }
            }

            core.Journal.Write("slack", AppDoor.Events, "given up");
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or ArgumentOutOfRangeException)
        {
            core.Journal.Write("slack", AppDoor.Events, "given up", "nobody was there in time");
        }
    }
}
