using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack;

/// <summary>The faults an admin can order from the page, each in words.</summary>
internal static class SlackFaultMenu
{
    private const int MostCalls = 1_000;
    private const string Sockets = "sockets";

    private static readonly (string Key, string Words, SlackFault? Fault, string On)[] Dishes =
    [
        ("reply-lost", "Carry out the next post, then lose the reply", SlackFault.ReplyLost, "chat.postMessage"),
        ("internal-error", "Carry out the next post, then answer internal_error", SlackFault.InternalErrorAfter, "chat.postMessage"),
        ("unavailable", "Answer the next post with 503 and do nothing", SlackFault.UnavailableBefore, "chat.postMessage"),
        ("slow", "Answer the next post after five seconds", SlackFault.Slow, "chat.postMessage"),
        ("rate-limited", "Answer the next post with 429, five seconds to wait", SlackFault.RateLimited, "chat.postMessage"),
        ("edit-lost", "Carry out the next edit, then lose the reply", SlackFault.ReplyLost, "chat.update"),
        ("event-lost", "Lose the next event", SlackFault.Lost, "events_api"),
        ("event-twice", "Deliver the next event twice", SlackFault.Repeated, "events_api"),
        ("command-twice", "Deliver the next command twice", SlackFault.Repeated, "slash_commands"),
        ("refresh", "Ask the app to come back on new sockets", null, Sockets),
        ("drop", "Cut every socket without a word", null, Sockets),
        ("freeze", "Leave every socket open and dead", null, Sockets),
        ("handshake-409", "Refuse the next socket with 409", SlackFault.Conflict, "socket"),
        ("too-many", "Tell the next socket that there are too many", SlackFault.TooMany, "socket"),
        ("clear", "Take back what is still to come", null, "clear"),
    ];

    public static JsonArray Describe() => new([.. Dishes.Select(d => new JsonObject { ["key"] = d.Key, ["words"] = d.Words })]);

    /// <summary><c>{"fault": "reply-lost", "count": 3}</c>, or any fault by its own name with <c>method</c>.</summary>
    /// <returns>Null, or what is wrong with the order.</returns>
    public static string? Choose(SlackSimulator slack, JsonElement order)
    {
        var count = order.Member("count") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var given) ? Math.Clamp(given, 1, MostCalls) : 1;
        var wait = TimeSpan.FromSeconds(5);
        if (order.Text("method") is { } method)
        {
            if (!Enum.TryParse<SlackFault>(order.Text("fault"), ignoreCase: true, out var named))
            {
                return "There is no such fault.";
            }

            slack.Faults.Plan(named, method, count, wait);
            return null;
        }

        var dish = Array.Find(Dishes, d => d.Key.Is(order.Text("fault")));
        if (dish.Key is null)
        {
            return "There is no such fault.";
        }

        if (dish.Fault is { } fault)
        {
            slack.Faults.Plan(fault, dish.On, count, wait);
        }
        else if (dish.On is Sockets)
        {
            (dish.Key switch { "refresh" => (Action)slack.Sockets.RequestRefresh, "drop" => slack.Sockets.Drop, _ => slack.Sockets.Freeze })();
        }
        else
        {
            slack.Faults.Clear();
        }

        return null;
    }
}
