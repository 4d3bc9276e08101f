using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Control;
using M10Bot.Simulator.Discord.Gateway;
using M10Bot.Simulator.Discord.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Discord;

/// <summary>The fault menu from outside the process: what the page's admin and other programs' tests order, at once or by a script.</summary>
internal sealed class DiscordOrders(DiscordFaults faults, DiscordGateway gateway, DiscordLimits limits, DiscordWorld world, Func<IReadOnlyList<string>> breaches, TimeProvider time, Journal journal)
{
    private const int MaxTimes = 1_000;
    private const double MaxSeconds = 3_600;
    private static readonly Lock ScriptGate = new();
    private static readonly Dictionary<string, ulong> Rights = new(StringComparer.Ordinal)
    {
        ["view_channel"] = DiscordPermission.ViewChannel,
        ["send_messages"] = DiscordPermission.SendMessages,
        ["send_messages_in_threads"] = DiscordPermission.SendMessagesInThreads,
        ["embed_links"] = DiscordPermission.EmbedLinks,
        ["read_message_history"] = DiscordPermission.ReadMessageHistory,
        ["manage_threads"] = DiscordPermission.ManageThreads,
        ["manage_webhooks"] = DiscordPermission.ManageWebhooks,
    };

    private readonly HashSet<ITimer> _waiting = [];
    private readonly HashSet<string> _closed = [];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/control/discord/order", LoopbackOnly.Guard(context => TakeAsync(context, body => Run(body))));
        routes.MapPost("/control/discord/script", LoopbackOnly.Guard(context => TakeAsync(context, Schedule)));
        routes.MapGet("/control/discord", LoopbackOnly.Guard(context => context.Response.WriteAsJsonAsync(State())));
    }

    /// <summary>One order, e.g. <c>{"order":"fail_after","status":502,"on":"create","times":3}</c>.</summary>
    /// <returns>What is wrong with it, or null where it was taken.</returns>
    public string? Run(JsonElement order)
    {
        var name = order.GetText("order") ?? "";
        var times = (int)Math.Clamp(order.GetWhole("times") ?? 1, 1, MaxTimes);
        var wait = TimeSpan.FromSeconds(order.Get("seconds") is { ValueKind: JsonValueKind.Number } s ? Math.Clamp(s.GetDouble(), 0, MaxSeconds) : 5);
        var status = (int)(order.GetWhole("status") ?? 503);
        var eventName = order.GetText("event") ?? "INTERACTION_CREATE";
        if (Where(order.GetText("on") ?? "any") is not { } where)
        {
            return "“on” is any, create, edit, delete, callback or register.";
        }

        if (status is < 200 or > 599)
        {
            return "“status” is an HTTP status from 200 to 599.";
        }

        if (name is "deny")
        {
            return Deny(order);
        }

        var act = name switch
        {
            "lose_reply" => () => faults.LoseReply(where, times),
            "cut" => () => faults.CutConnection(where, times),
            "fail_before" => () => faults.FailBefore(status, where, times),
            "fail_after" => () => faults.FailAfter(status, where, times),
            "html" => () => faults.AnswerHtml(status, where, times),
            "slow" => () => faults.SlowReply(wait, where, times),
            "slow_body" => () => faults.SlowBody(wait, where, times),
            "rate_limit" => () => faults.RateLimit(wait, where, times, order.GetText("scope") is "global" or "shared" ? order.GetText("scope")! : "user"),
            "lose_dispatch" => () => faults.LoseDispatch(eventName, times),
            "duplicate_dispatch" => () => faults.DuplicateDispatch(eventName, times),
            "swap_dispatch" => () => faults.SwapDispatch(eventName, times),
            _ => OfGateway(name, order),
        };
        if (act is null)
        {
            return $"There is no order “{name}”.";
        }

        act();
        journal.Write("discord", "order", "taken", name);
        return null;
    }

    /// <summary><c>{"order":"deny","channel":"1300…","rights":["send_messages"]}</c>: what the bot may not do there until the next such order, or until all is cleared.</summary>
    private string? Deny(JsonElement order)
    {
        var names = order.Get("rights") is { ValueKind: JsonValueKind.Array } rights ? rights.EnumerateArray().Select(r => r.ToString()).ToList() : [];
        if (names.Find(n => !Rights.ContainsKey(n)) is not null || names.Count == 0)
        {
            return $"“rights” are some of {string.Join(", ", Rights.Keys)}.";
        }

        if (order.GetText("channel") is not { } channel || !world.HasChannel(channel))
        {
            return "“channel” is the id of a server's channel.";
        }

        world.SetBotPermissions(channel, deny: names.Aggregate(0UL, (all, name) => all | Rights[name]));
        lock (_closed)
        {
            _closed.Add(channel);
        }

        journal.Write("discord", "order", "taken", $"deny {string.Join(", ", names)}");
        return null;
    }

    private Action? OfGateway(string name, JsonElement order) => name switch
    {
        "drop_gateway" => gateway.CutAll,
        "close_gateway" => () => gateway.CloseAll((int)(order.GetWhole("code") ?? 4000)),
        "reconnect" => gateway.AskToReconnect,
        "invalidate" => () => gateway.InvalidateSessions(order.IsTrue("resumable")),
        "zombie" => () => gateway.IsMute = true,
        "wake" => () => gateway.IsMute = false,
        "misleading" => () => limits.Misleading = true,
        "honest" => () => limits.Misleading = false,
        "lift_limits" => () => limits.Lifted = true,
        "hold_limits" => () => limits.Lifted = false,
        "lenient" => () => limits.IsLenient = true,
        "clear" => Clear,
        _ => null,
    };

    /// <summary><c>{"steps":[{"after_seconds":30,"order":"zombie"},…]}</c>, on the simulated clock.</summary>
    private string? Schedule(JsonElement script)
    {
        foreach (var step in script.Members("steps"))
        {
            var wait = TimeSpan.FromSeconds(step.Get("after_seconds") is { ValueKind: JsonValueKind.Number } s ? Math.Max(0, s.GetDouble()) : 0);
            ITimer? timer = null;
            timer = time.CreateTimer(_ =>
            {
                Forget(timer);
                if (Run(step) is { } fault)
                {
                    journal.Write("discord", "order", "refused", fault);
                }
            }, state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            lock (ScriptGate)
            {
                _waiting.Add(timer);
            }

            timer.Change(wait, Timeout.InfiniteTimeSpan);
        }

        return script.Members("steps").Any() ? null : "A script has “steps”.";
    }

    private void Forget(ITimer? timer)
    {
        lock (ScriptGate)
        {
            if (timer is not null && _waiting.Remove(timer))
            {
                timer.Dispose();
            }
        }
    }

    private void Clear()
    {
        faults.Clear();
        gateway.IsMute = false;
        limits.Misleading = false;
        lock (_closed)
        {
            foreach (var channel in _closed.Where(world.HasChannel))
            {
                world.SetBotPermissions(channel);
            }

            _closed.Clear();
        }

        lock (ScriptGate)
        {
            foreach (var timer in _waiting)
            {
                timer.Dispose();
            }

            _waiting.Clear();
        }
    }

    private static Func<DiscordCall, bool>? Where(string on) => on switch
    {
        "any" => _ => true,
        "create" => c => c.IsCreate,
        "edit" => c => c.IsEdit,
        "delete" => c => c.IsDelete,
        "callback" => c => c.Route.EndsWith("/callback", StringComparison.Ordinal),
        "register" => c => c.Method is "PUT" && c.Route.EndsWith("/commands", StringComparison.Ordinal),
        _ => null,
    };

    private JsonObject State() => new()
    {
        ["connected"] = gateway.Connected,
        ["identifies"] = gateway.Identifies,
        ["resumes"] = gateway.Resumes,
        ["zombie"] = gateway.IsMute,
        ["struck"] = faults.Struck,
        ["waiting"] = faults.Waiting,
        ["violations"] = limits.Violations,
        ["refused"] = limits.Refused,
        ["invalid_requests"] = limits.InvalidRequests,
        ["breaches"] = new JsonArray([.. breaches().Select(b => JsonValue.Create(b))]),
    };

    private async Task TakeAsync(HttpContext context, Func<JsonElement, string?> act)
    {
        if (await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        if (act(body) is { } fault)
        {
            await ControlBody.RefuseAsync(context, 400, fault);
            return;
        }

        await context.Response.WriteAsJsonAsync(State());
    }
}
