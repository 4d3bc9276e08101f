using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.SocketMode;

/// <summary>The Events API over Socket Mode: subscribed, scoped and visible events, repeated until acknowledged.</summary>
internal sealed class EventStream(SlackCore core)
{
    private static readonly TimeSpan TooOld = TimeSpan.FromHours(2);
    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <param name="team">Where it happened.</param>
    /// <param name="subscription">The name in the manifest, e.g. <c>message.im</c>.</param>
    /// <param name="what">The inner event, with its type.</param>
    public void Raise(SlackWorkspace team, string subscription, JsonObject what)
    {
        if (!SlackManifest.Events.TryGetValue(subscription, out var scope) || (scope is not null && !team.Scopes.Contains(scope)))
        {
            return;
        }

        lock (team.Gate)
        {
            what["event_ts"] = team.NextTs();
        }

        var envelope = new JsonObject
        {
            ["type"] = "event_callback",
            ["team_id"] = team.Id,
            ["api_app_id"] = SlackIds.App,
            ["event_id"] = "Ev" + core.NewKey(),
            ["event_time"] = core.Time.GetUtcNow().ToUnixTimeSeconds(),
            ["event_context"] = "4-" + team.Id,
            ["is_ext_shared_channel"] = false,
            ["authorizations"] = new JsonArray(new JsonObject
            {
                ["enterprise_id"] = null,
                ["team_id"] = team.Id,
                ["user_id"] = team.BotUser,
                ["is_bot"] = true,
                ["is_enterprise_install"] = false,
            }),
            ["event"] = what,
        };
        _ = DeliverAsync(envelope, core.Time.GetUtcNow());
    }

    /// <summary>Direct messages reach the app, its own too: a client has to see through the loop.</summary>
    public void RaiseMessage(SlackWorkspace team, SlackMessage message)
    {
        var isDirect = message.Channel.StartsWith('D');
        var isMention = message.BotId is null && message.Text.Contains($"<@{team.BotUser}>", StringComparison.Ordinal);
        if (!isDirect && !isMention)
        {
            return;
        }

        var what = message.ToJson(allMetadata: false);
        what["channel"] = message.Channel;
        if (isDirect)
        {
            what["channel_type"] = "im";
            Raise(team, "message.im", what);
        }
        else
        {
            what["type"] = "app_mention";
            Raise(team, "app_mention", what);
        }
    }

    public void RaiseMembership(SlackWorkspace team, SlackChannel channel, string type, string user, string? inviter) =>
        Raise(team, type, new JsonObject
        {
            ["type"] = type,
            ["user"] = user,
            ["channel"] = channel.Id,
            ["channel_type"] = channel.Kind == SlackChannelKind.Public ? "C" : "G",
            ["team"] = team.Id,
        }.Set("inviter", inviter));

    private async Task DeliverAsync(JsonObject envelope, DateTimeOffset raised)
    {
        var ct = core.Stopping;
        try
        {
            for (var retry = 0; retry <= Pauses.Length; retry++)
            {
                var answer = await core.Sockets.AskAsync("events_api", (JsonObject)envelope.DeepClone(), retry, ct);
                if (answer is SocketAnswer.Acknowledged)
                {
                    return;
                }

                if (answer is SocketAnswer.NoLink)
                {
                    await core.Sockets.WhenOpenAsync().WaitAsync(TooOld - (core.Time.GetUtcNow() - raised), core.Time, ct);
                }
                else if (retry < Pauses.Length)
                {
                    await Task.Delay(Pauses[retry], core.Time, ct);
                }
            }

            core.Journal.Write("slack", "event", "given up");
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or ArgumentOutOfRangeException)
        {
            core.Journal.Write("slack", "event", "given up", "nobody was there in time");
        }
    }
}
