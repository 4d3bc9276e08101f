using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>POST /slack/api/{method}: token, scope, limits and faults, then the method itself.</summary>
internal sealed class WebApiDoor(SlackCore core)
{
    private const int MostBytes = 1024 * 1024;
    private readonly RateWindows _windows = new(core.Limits, core.Time);
    private readonly TokenDoor _tokens = new(core);

    public async Task HandleAsync(HttpContext context)
    {
        var name = (string?)context.Request.RouteValues["method"] ?? "";
        var body = await LoopbackDoor.ReadBodyAsync(context.Request, MostBytes);
        if (body is null)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var fault = core.Faults.Next(name);
        if (fault is { Fault: SlackFault.Cut })
        {
            core.Journal.Write("slack", name, "cut");
            context.Abort();
            return;
        }

        if (fault is { Fault: SlackFault.UnavailableBefore })
        {
            await UnavailableAsync(context, name);
            return;
        }

        if (fault is { Fault: SlackFault.RateLimited } limited)
        {
            await LimitAsync(context, name, (int)Math.Ceiling(limited.Wait.TotalSeconds));
            return;
        }

        var (answer, wait) = Answer(context, name, body);
        if (wait is { } seconds)
        {
            await LimitAsync(context, name, seconds);
            return;
        }

        await WriteAsync(context, name, answer, fault);
    }

    /// <summary>The method's answer, or the seconds to wait.</summary>
    private (SlackAnswer Answer, int? Wait) Answer(HttpContext context, string name, byte[] body)
    {
        if (!MethodTable.All.TryGetValue(name, out var method))
        {
            return (SlackAnswer.No("unknown_method"), null);
        }

        var isGet = HttpMethods.IsGet(context.Request.Method);
        if (method.Takes == TokenKind.App && isGet)
        {
            return (SlackAnswer.No("insecure_request"), null);
        }

        var (args, error, warning) = isGet
            ? (CallArguments.OfQuery(context.Request.QueryString.Value), null, null)
            : CallArguments.OfBody(context.Request.ContentType, body);
        if (args is null)
        {
            return (SlackAnswer.No(error ?? "invalid_form_data"), null);
        }

        var authorization = context.Request.Headers.Authorization.ToString();
        if (_tokens.Enter(authorization, method, args, out var team, out var token) is { } stranger)
        {
            return (stranger, null);
        }

        Watch(method, args, warning);
        core.OnCall?.Invoke(name, args);
        context.Response.Headers["x-oauth-scopes"] = method.Takes == TokenKind.App ? "connections:write" : string.Join(',', team.Scopes);
        if (method.Scope is { } scope)
        {
            context.Response.Headers["x-accepted-oauth-scopes"] = scope;
        }

        var call = new SlackCall(core, team, method.ReadsJson ? args : args.WithoutJson(), token, authorization);
        if (method.Scope is { } needed && call.Lacks(needed) is { } lacking)
        {
            return (lacking, null);
        }

        if (_windows.Refuse(team.Id, method, call.Args.Text("channel")) is { } wait)
        {
            return (SlackAnswer.No("ratelimited"), wait);
        }

        var answer = method.Run(call);
        if (answer.Body["warning"] is { } given)
        {
            core.Complain($"{name} was warned: {given}");
        }

        return (warning is null ? answer : answer.Warn(warning), null);
    }

    /// <summary>What a careful client never does; Slack itself lets it pass.</summary>
    private void Watch(SlackMethod method, CallArguments args, string? warning)
    {
        foreach (var name in args.Names.Where(n => !method.Known.Contains(n)))
        {
            core.Complain($"{method.Name} does not know the argument {name}");
        }

        if (args.IsJson && !method.ReadsJson)
        {
            core.Complain($"{method.Name} reads forms only and was sent JSON");
        }

        if (warning is not null)
        {
            core.Complain($"{method.Name} was warned: {warning}");
        }
    }

    private async Task WriteAsync(HttpContext context, string name, SlackAnswer answer, (SlackFault Fault, TimeSpan Wait)? fault)
    {
        core.Journal.Write("slack", name, fault is { } struck ? $"{answer.Verdict}, then {struck.Fault}" : answer.Verdict);
        var text = answer.Body.ToJsonString();
        switch (fault?.Fault)
        {
            case SlackFault.ReplyLost:
                context.Abort();
                return;
            case SlackFault.UnavailableAfter:
                await UnavailableAsync(context, name);
                return;
            case SlackFault.InternalErrorAfter:
                text = SlackAnswer.No("internal_error").Body.ToJsonString();
                break;
            case SlackFault.Truncated:
                text = text[..(text.Length / 2)];
                break;
            case SlackFault.Slow:
                await Task.Delay(fault.Value.Wait, core.Time, context.RequestAborted);
                break;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private async Task LimitAsync(HttpContext context, string name, int seconds)
    {
        core.Journal.Write("slack", name, "429");
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(SlackAnswer.No("ratelimited").Body.ToJsonString(), context.RequestAborted);
    }

    private async Task UnavailableAsync(HttpContext context, string name)
    {
        core.Journal.Write("slack", name, "503");
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync("<html><body>Service unavailable</body></html>", context.RequestAborted);
    }
}
