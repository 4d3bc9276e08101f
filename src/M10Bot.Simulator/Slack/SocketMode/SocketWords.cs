using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Requests;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.SocketMode;

/// <summary>What the simulated Slack says on a link (docs.slack.dev/apis/events-api/using-socket-mode).</summary>
internal static class SocketWords
{
    public static string Hello(int count, TimeSpan life) => new JsonObject
    {
        ["type"] = "hello",
        ["num_connections"] = count,
        ["connection_info"] = new JsonObject { ["app_id"] = SlackIds.App },
        ["debug_info"] = new JsonObject { ["host"] = "applink-simulated", ["build_number"] = 1, ["approximate_connection_time"] = (int)life.TotalSeconds },
    }.ToJsonString();

    public static string Disconnect(string reason) => new JsonObject
    {
        ["type"] = "disconnect",
        ["reason"] = reason,
        ["debug_info"] = new JsonObject { ["host"] = "applink-simulated" },
    }.ToJsonString();

    public static string Envelope(string id, string type, JsonObject payload, int retry, string reason)
    {
        var envelope = new JsonObject
        {
            ["envelope_id"] = id,
            ["type"] = type,
            ["accepts_response_payload"] = type is not AppDoor.Events,
            ["payload"] = payload,
        };
        if (type is AppDoor.Events)
        {
            envelope["retry_attempt"] = retry;
            envelope["retry_reason"] = reason;
        }

        return envelope.ToJsonString();
    }
}
