using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Control;

/// <summary>What tests order of the simulator from outside its process: loopback only, JSON in and out.</summary>
internal static class ControlRoutes
{
    private const int LongestJournal = 1_000;

    public static void Map(IEndpointRouteBuilder routes, TimeProvider time, Journal journal)
    {
        routes.MapGet("/control/clock", LoopbackOnly.Guard(context => context.Response.WriteAsJsonAsync(Now(time))));
        routes.MapPost("/control/clock", LoopbackOnly.Guard(context => AdvanceAsync(context, time)));
        routes.MapGet("/control/journal", LoopbackOnly.Guard(context => context.Response.WriteAsJsonAsync(Shown(journal, context.Request.Query))));
    }

    private static JsonObject Now(TimeProvider time) => new()
    {
        ["now"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        ["can_move"] = time is SimulatedClock,
    };

    /// <summary><c>{"advance_seconds": 901}</c></summary>
    private static async Task AdvanceAsync(HttpContext context, TimeProvider time)
    {
        if (await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        if (time is not SimulatedClock clock)
        {
            await ControlBody.RefuseAsync(context, 409, "This simulator runs on the machine's own clock, which nobody may move.");
            return;
        }

        if (!body.TryGetProperty("advance_seconds", out var seconds) || seconds.ValueKind != JsonValueKind.Number || seconds.GetDouble() is < 0 or > 31_536_000)
        {
            await ControlBody.RefuseAsync(context, 400, "Send {\"advance_seconds\": …} with a number from 0 to 31536000 (a year).");
            return;
        }

        clock.Advance(TimeSpan.FromSeconds(seconds.GetDouble()));
        await context.Response.WriteAsJsonAsync(Now(time));
    }

    /// <summary>The newest entries, oldest first; <c>platform</c> and <c>last</c> narrow them.</summary>
    private static JsonObject Shown(Journal journal, IQueryCollection query)
    {
        var platform = query["platform"].ToString();
        var last = int.TryParse(query["last"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, LongestJournal) : 100;
        var entries = journal.Entries.Where(e => platform.Length == 0 || string.Equals(e.Platform, platform, StringComparison.Ordinal)).TakeLast(last);
        return new JsonObject
        {
            ["entries"] = new JsonArray([.. entries.Select(e => (JsonNode)new JsonObject
            {
                ["at"] = e.At.ToString("O", CultureInfo.InvariantCulture),
                ["platform"] = e.Platform,
                ["call"] = e.Call,
                ["verdict"] = e.Verdict,
                ["detail"] = e.Detail,
            })]),
        };
    }
}
