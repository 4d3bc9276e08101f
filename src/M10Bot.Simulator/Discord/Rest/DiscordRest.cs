using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using M10Bot.Simulator.Discord.State;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>The way of every REST request: route, caller, troubles, limits, body, answer, journal.</summary>
internal sealed partial class DiscordRest(
    World world, IReadOnlyList<Route> routes, RateLimiter limiter, DiscordLimits limits, DiscordFaults faults, Journal journal, string token)
{
    /// <summary>Is told of every call that was carried out or refused by a rule: method, path, request, status, answer.</summary>
    public Action<string, string, JsonElement, int, JsonElement>? Seen { get; set; }

    public async Task HandleAsync(HttpContext context)
    {
        var path = ((string?)context.Request.RouteValues["path"] ?? "").TrimEnd('/');
        var (route, values, otherMethod) = Find(context.Request.Method, path.Split('/'));
        var call = new DiscordCall(context.Request.Method, route?.Template ?? "", path);
        if (limiter.IsShutOut())
        {
            await WriteShutOutAsync(context);
            journal.Write("discord", Name(call), "429", "shut out");
            return;
        }

        var refusal = Doorway(context.Request, route, otherMethod);
        if (refusal is not null)
        {
            await WriteAsync(context, call, refusal, RateRuling.Free);
            return;
        }

        await PassAsync(context, route!, values!, call);
    }

    /// <summary>Any version but v10.</summary>
    public async Task RefuseAsync(HttpContext context)
    {
        var call = new DiscordCall(context.Request.Method, "", "");
        await WriteAsync(context, call, Answer.Error(404, 0, "404: Not Found"), RateRuling.Free);
    }

    private async Task PassAsync(HttpContext context, Route route, Dictionary<string, string> values, DiscordCall call)
    {
        if (faults.Take(call, after: false) is { } trouble)
        {
            await StrikeAsync(context, call, trouble);
            return;
        }

        var (body, refusal) = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var request = new Call(values, body, context.Request.Query, context.Request.Host.Value ?? "");
        var ruling = limiter.Judge(route, request);
        if (ruling.RetryAfter is { } wait)
        {
            await WriteAsync(context, call, TooMany(wait, ruling.Global), ruling, wait, ruling.Global ? "global" : "user");
            return;
        }

        if (refusal is null && route.Prepare is { } prepare)
        {
            await prepare(request, context.RequestAborted);
        }

        var answer = refusal ?? Run(route, request);
        Seen?.Invoke(call.Method, call.Path, body, answer.Status, answer.Body is { } node ? Wire.Element(node) : default);
        if (faults.Take(call, after: true) is not { } late)
        {
            await WriteAsync(context, call, answer, ruling);
        }
        else if (late is { Cut: false, Status: 0 })
        {
            if (!late.Halved)
            {
                await Task.Delay(late.Delay, world.Time, context.RequestAborted);
            }

            await WriteAsync(context, call, answer, ruling, pause: late.Halved ? late.Delay : null);
        }
        else
        {
            await StrikeAsync(context, call, late);
        }
    }

    private Answer Run(Route route, Call call)
    {
        lock (world.Gate)
        {
            return route.Handle(call);
        }
    }

    private (Route? Route, Dictionary<string, string>? Values, bool OtherMethod) Find(string method, string[] path)
    {
        var otherMethod = false;
        foreach (var route in routes)
        {
            if (route.Match(path) is not { } values)
            {
                continue;
            }

            if (string.Equals(route.Method, method, StringComparison.Ordinal))
            {
                return (route, values, false);
            }

            otherMethod = true;
        }

        return (null, null, otherMethod);
    }

    private Answer? Doorway(HttpRequest request, Route? route, bool otherMethod)
    {
        if (!limits.IsLenient && !AgentPattern().IsMatch(request.Headers.UserAgent.ToString()))
        {
            return Answer.Error(403, 40333, "internal network error");
        }

        if (route is null)
        {
            return otherMethod ? Answer.Error(405, 0, "405: Method Not Allowed") : Answer.Error(404, 0, "404: Not Found");
        }

        return route.NeedsBot && (world.TokenWasReset || !string.Equals(request.Headers.Authorization.ToString(), $"Bot {token}", StringComparison.Ordinal))
            ? Answer.Error(401, 0, "401: Unauthorized")
            : null;
    }

    private async Task StrikeAsync(HttpContext context, DiscordCall call, DiscordFaults.Fault fault)
    {
        if (fault.Html)
        {
            journal.Write("discord", Name(call), fault.Status.ToString(CultureInfo.InvariantCulture), "HTML");
            await WriteHtmlAsync(context, fault.Status, "upstream");
            return;
        }

        if (fault.Cut)
        {
            journal.Write("discord", Name(call), "cut", fault.After ? "carried out" : "not carried out");
            context.Abort();
            return;
        }

        var answer = fault.Status == 429
            ? TooMany(fault.Delay, fault.Scope is "global", fault.Scope is "shared")
            : new Answer(fault.Status, new JsonObject { ["message"] = $"{fault.Status.ToString(CultureInfo.InvariantCulture)}: ordered by the test", ["code"] = 0 });
        await WriteAsync(context, call, answer, RateRuling.Free, fault.Status == 429 ? fault.Delay : null, fault.Scope);
    }

    private static Answer TooMany(TimeSpan wait, bool global, bool shared = false) => new(429, new JsonObject
    {
        ["message"] = shared ? "The resource is being rate limited." : "You are being rate limited.",
        ["retry_after"] = Math.Round(wait.TotalSeconds, 3),
        ["global"] = global,
    });

    private async Task WriteAsync(HttpContext context, DiscordCall call, Answer answer, RateRuling ruling, TimeSpan? wait = null, string scope = "user", TimeSpan? pause = null)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (ruling.Headers is { } bucket)
        {
            response.Headers["X-RateLimit-Limit"] = bucket.Limit.ToString(CultureInfo.InvariantCulture);
            response.Headers["X-RateLimit-Remaining"] = bucket.Remaining.ToString(CultureInfo.InvariantCulture);
            response.Headers["X-RateLimit-Reset"] = bucket.ResetText;
            response.Headers["X-RateLimit-Reset-After"] = bucket.ResetAfterText;
            response.Headers["X-RateLimit-Bucket"] = bucket.Bucket;
        }

        if (answer.Status == 429)
        {
            wait ??= TimeSpan.FromSeconds(answer.Body?["retry_after"]?.GetValue<double>() ?? 1);
        }

        if (wait is { } seconds)
        {
            response.Headers.RetryAfter = Math.Ceiling(seconds.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            response.Headers["X-RateLimit-Scope"] = scope;
            if (scope is "global")
            {
                response.Headers["X-RateLimit-Global"] = "true";
            }
        }

        if (answer.Status is 401 or 403 or 429 && !(answer.Status == 429 && scope is "shared"))
        {
            limiter.CountInvalid();
        }

        journal.Write("discord", Name(call), answer.Status.ToString(CultureInfo.InvariantCulture), answer.Code == 0 ? "" : answer.Code.ToString(CultureInfo.InvariantCulture));
        if (answer.Body is { } body)
        {
            response.ContentType = "application/json";
            await WriteBodyAsync(context, Wire.Bytes(body), pause);
        }
    }

    private async Task WriteBodyAsync(HttpContext context, byte[] body, TimeSpan? pause)
    {
        var first = pause is null ? body.Length : body.Length / 2;
        await context.Response.Body.WriteAsync(body.AsMemory(0, first), context.RequestAborted);
        if (pause is { } wait)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(wait, world.Time, context.RequestAborted);
            await context.Response.Body.WriteAsync(body.AsMemory(first), context.RequestAborted);
        }
    }

    private static Task WriteShutOutAsync(HttpContext context) => WriteHtmlAsync(context, 429, "error code: 1015");

    private static async Task WriteHtmlAsync(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync($"<html><title>Access denied</title>{words}</html>", context.RequestAborted);
    }

    // Paths of interactions carry a token, so the journal names the template.
    private static string Name(DiscordCall call) =>
        call.Route.Contains("{token}", StringComparison.Ordinal) ? $"{call.Method} {call.Route}"
        : call.Route.Length > 0 ? $"{call.Method} {call.Path}"
        : $"{call.Method} (unknown route)";

    [GeneratedRegex(@"^DiscordBot \([^,()]+, [^()]+\)", RegexOptions.None, 1000)]
    private static partial Regex AgentPattern();
}
