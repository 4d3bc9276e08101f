using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Acting;
using M10Bot.Simulator.Slack.Workspaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Slack;

/// <summary>What the try-out page shows of the newsroom's Slack, and what a person does there.</summary>
internal sealed class SlackPage(SlackCore core, SlackSimulator slack)
{
    private const int MostBytes = 256 * 1024;
    private const int Shown = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/page/slack").AddEndpointFilter(LoopbackDoor.FilterAsync);
        page.MapPost("/command", context => ActAsync(context, TypeAsync));
        page.MapPost("/action", context => ActAsync(context, PressAsync));
        page.MapPost("/options", context => ActAsync(context, SuggestAsync));
        page.MapPost("/view-submit", context => ActAsync(context, SubmitAsync));
        page.MapPost("/view-fill", context => ActAsync(context, FillAsync));
        page.MapPost("/fault", context => ActAsync(context, FaultAsync));
        page.MapPost("/shortcut", context => ActAsync(context, ShortcutAsync));
        page.MapPost("/home", context => ActAsync(context, VisitAsync));
        page.MapPost("/say", context => ActAsync(context, SayAsync));
        page.MapPost("/view-close", context => ActAsync(context, CloseAsync));
    }

    public JsonObject View()
    {
        var team = core.Newsroom;
        lock (team.Gate)
        {
            var people = team.People.Where(p => !p.IsBot).ToList();
            var messages = new JsonObject();
            foreach (var channel in team.Channels)
            {
                messages[channel.Id] = new JsonArray([.. channel.Messages.Skip(Math.Max(0, channel.Messages.Count - Shown)).Select(m => m.ToPage())]);
            }

            return new JsonObject
            {
                ["team"] = new JsonObject { ["id"] = team.Id, ["name"] = team.Name, ["url"] = team.Url },
                ["bot"] = new JsonObject { ["id"] = team.BotId, ["user_id"] = team.BotUser, ["name"] = SlackIds.BotName },
                ["people"] = new JsonArray([.. people.Select(p => new JsonObject { ["key"] = p.Key, ["id"] = p.Id, ["name"] = p.Name, ["role"] = p.Role })]),
                ["channels"] = new JsonArray([.. team.Channels.Select(c => c.ToPage())]),
                ["commands"] = new JsonArray([.. core.Commands.Select(c => new JsonObject { ["command"] = c.Command, ["description"] = c.Description, ["usage_hint"] = c.UsageHint })]),
                ["shortcuts"] = new JsonArray([.. core.Manifest.Shortcuts.Select(s => new JsonObject { ["name"] = s.Name, ["callback_id"] = s.CallbackId, ["on_message"] = s.IsOnMessage, ["description"] = s.Description })]),
                ["groups"] = new JsonArray([.. team.Groups.Values.Select(g => new JsonObject { ["id"] = g.Id, ["handle"] = g.Handle })]),
                ["has_home"] = core.Manifest.HasHome,
                ["faults"] = SlackFaultMenu.Describe(),
                ["messages"] = messages,
                ["views"] = new JsonObject(people.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, core.Views.Top(team, p)?.ToJson()))),
                ["homes"] = new JsonObject(people.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, core.Views.Home(team, p)?.ToJson()))),
            };
        }
    }

    private static Task<SlackOutcome> TypeAsync(SlackActor actor, JsonElement body, CancellationToken ct)
    {
        if (body.Text("channel") is not { } channel || body.Text("text") is not { } text)
        {
            return Missing("channel and text");
        }

        return body.Text("thread_ts") is null
            ? actor.CommandAsync(channel, text, ct)
            : Task.FromResult(SlackOutcome.Impossible("Slash commands cannot be used in threads. Type it in the channel."));
    }

    private Task<SlackOutcome> FaultAsync(SlackActor actor, JsonElement body, CancellationToken ct)
    {
        if (body.Text("person") is not "admin")
        {
            return Task.FromResult(SlackOutcome.Impossible("Only the admin orders faults here."));
        }

        return Task.FromResult(SlackFaultMenu.Choose(slack, body) is { } wrong ? SlackOutcome.Impossible(wrong) : SlackOutcome.Fine);
    }

    private static Task<SlackOutcome> FillAsync(SlackActor actor, JsonElement body, CancellationToken ct) =>
        body.Text("view") is { } view && body.Member("state") is { } state ? Task.FromResult(actor.Fill(view, state)) : Missing("view and state");

    private static Task<SlackOutcome> ShortcutAsync(SlackActor actor, JsonElement body, CancellationToken ct)
    {
        if (body.Text("callback_id") is not { } callback)
        {
            return Missing("callback_id");
        }

        return body.Text("channel") is { } channel && body.Text("message") is { } message
            ? actor.ShortcutOnMessageAsync(callback, channel, message, ct)
            : actor.ShortcutAsync(callback, ct);
    }

    private static Task<SlackOutcome> VisitAsync(SlackActor actor, JsonElement body, CancellationToken ct)
    {
        actor.OpenHome();
        return Task.FromResult(SlackOutcome.Fine);
    }

    private static Task<SlackOutcome> SayAsync(SlackActor actor, JsonElement body, CancellationToken ct)
    {
        if (body.Text("channel") is not { } channel || body.Text("text") is not { Length: > 0 } text)
        {
            return Missing("channel and text");
        }

        return Task.FromResult(actor.Say(channel, text, body.Text("thread_ts")) is null ? SlackOutcome.Impossible("You cannot write here.") : SlackOutcome.Fine);
    }

    private static Task<SlackOutcome> SubmitAsync(SlackActor actor, JsonElement body, CancellationToken ct) =>
        body.Text("view") is { } view ? actor.SubmitAsync(view, body.Member("state"), ct) : Missing("view");

    private static Task<SlackOutcome> CloseAsync(SlackActor actor, JsonElement body, CancellationToken ct) =>
        actor.CloseAsync(body.Flag("all"), ct);

    private static Task<SlackOutcome> PressAsync(SlackActor actor, JsonElement body, CancellationToken ct)
    {
        if (body.Text("block_id") is not { } block || body.Text("action_id") is not { } action)
        {
            return Missing("block_id and action_id");
        }

        var value = body.Member("value")?.Clone();
        if (body.Text("view") is { } view)
        {
            return actor.PressInViewAsync(view, block, action, value, ct);
        }

        if (body.Text("channel") is not { } channel || body.Text("message") is not { } message)
        {
            return Missing("channel and message, or view");
        }

        return body.Flag("stale")
            ? actor.PressStaleAsync(channel, message, block, action, value, ct)
            : actor.PressAsync(channel, message, block, action, value, ct);
    }

    private static Task<SlackOutcome> SuggestAsync(SlackActor actor, JsonElement body, CancellationToken ct)
    {
        if (body.Text("block_id") is not { } block || body.Text("action_id") is not { } action)
        {
            return Missing("block_id and action_id");
        }

        (string, string)? message = body.Text("channel") is { } channel && body.Text("message") is { } ts ? (channel, ts) : null;
        return actor.SuggestAsync(body.Text("view"), message, block, action, body.Text("typed") ?? "", ct);
    }

    private static Task<SlackOutcome> Missing(string what) => Task.FromResult(SlackOutcome.Impossible($"{what} missing"));

    private async Task ActAsync(HttpContext context, Func<SlackActor, JsonElement, CancellationToken, Task<SlackOutcome>> act)
    {
        var body = await LoopbackDoor.ReadBodyAsync(context.Request, MostBytes);
        if (body is null || JsonExtensions.TryParse(body) is not { ValueKind: JsonValueKind.Object } json)
        {
            await AnswerAsync(context, SlackOutcome.Impossible("a JSON object is wanted"));
            return;
        }

        SlackPerson? person;
        lock (core.Newsroom.Gate)
        {
            person = core.Newsroom.PersonByKey(json.Text("person") ?? "");
        }

        var outcome = person is { IsBot: false }
            ? await act(new SlackActor(core, core.Newsroom, person), json, context.RequestAborted)
            : SlackOutcome.Impossible("no such person");
        await AnswerAsync(context, outcome);
    }

    private static async Task AnswerAsync(HttpContext context, SlackOutcome outcome)
    {
        var answer = new JsonObject();
        if (outcome.IsImpossible)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            answer["ok"] = outcome.IsFine;
        }

        if (outcome.Error is { } error)
        {
            answer["error"] = error;
        }

        if (outcome.FieldErrors.Count > 0)
        {
            answer["errors"] = new JsonObject(outcome.FieldErrors.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, e.Value)));
        }

        if (outcome.Options is { } options)
        {
            answer["options"] = options;
        }

        if (outcome.OptionGroups is { } groups)
        {
            answer["option_groups"] = groups;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
