using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Control;
using M10Bot.Simulator.Slack.Workspaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Slack;

/// <summary>What tests order of the simulated Slack from outside its process: loopback only, JSON in and out.</summary>
internal sealed class SlackControl(SlackSimulator slack)
{
    private const int MostCalls = 10_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/control/slack/settings", LoopbackOnly.Guard(context => DoAsync(context, Set)));
        routes.MapPost("/control/slack/faults", LoopbackOnly.Guard(context => DoAsync(context, b => SlackFaultMenu.Choose(slack, b))));
        routes.MapPost("/control/slack/world", LoopbackOnly.Guard(context => DoAsync(context, Change)));
        routes.MapGet("/control/slack/complaints", LoopbackOnly.Guard(context => context.Response.WriteAsJsonAsync(Complaints())));
    }

    private JsonObject Complaints() => new() { ["complaints"] = new JsonArray([.. slack.Complaints.Select(c => JsonValue.Create(c))]) };

    /// <summary><c>{"socket_mode": false, "request_url": "http://127.0.0.1:3000/slack/events", "redirect_url": "…", "rotating": true, "posts_per_minute": 5, "lifted": true}</c></summary>
    private string? Set(JsonElement body)
    {
        if (body.Text("request_url") is { } url)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || !target.IsLoopback)
            {
                return "request_url must be an address on loopback.";
            }

            slack.RequestUrls.Use(target);
        }

        if (body.Member("socket_mode") is { ValueKind: JsonValueKind.True or JsonValueKind.False } mode)
        {
            slack.IsSocketMode = mode.GetBoolean();
        }

        if (body.Text("redirect_url") is { } redirect)
        {
            slack.RedirectUrls.Add(redirect);
        }

        slack.IsRotating = body.Member("rotating")?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => slack.IsRotating };
        slack.Limits.IsLifted = body.Member("lifted")?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => slack.Limits.IsLifted };
        if (body.Member("posts_per_minute") is { ValueKind: JsonValueKind.Number } posts && posts.TryGetInt32(out var most) && most is > 0 and <= MostCalls)
        {
            slack.Limits.PostsPerMinute = most;
        }

        return null;
    }

    /// <summary><c>{"do": "archive", "channel": "C0DESK"}</c>: also unarchive, rename (with name), delete, invite, kick, uninstall, reinstall, add_team (with id and name).</summary>
    private string? Change(JsonElement body)
    {
        var channel = body.Text("channel") ?? "";
        var name = body.Text("name") ?? "";
        try
        {
            switch (body.Text("do"))
            {
                case "archive":
                    slack.Newsroom.Archive(channel);
                    return null;
                case "unarchive":
                    slack.Newsroom.Unarchive(channel);
                    return null;
                case "rename":
                    slack.Newsroom.Rename(channel, name);
                    return null;
                case "delete":
                    slack.Newsroom.Delete(channel);
                    return null;
                case "invite":
                    slack.Newsroom.Invite(channel, "U0ADMIN");
                    return null;
                case "kick":
                    slack.Newsroom.Kick(channel, "U0ADMIN");
                    return null;
                case "uninstall":
                    slack.Newsroom.Uninstall();
                    return null;
                case "reinstall":
                    slack.Newsroom.Reinstall();
                    return null;
                case "add_team" when body.Text("id") is { } id && name.Length > 0:
                    slack.AddTeamWithoutApp(id, name).AddPerson(new SlackPerson("admin", "U0ADMIN" + id, "Ada Admin", "admin"));
                    return null;
                default:
                    return "do must be archive, unarchive, rename, delete, invite, kick, uninstall, reinstall or add_team.";
            }
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    private static async Task DoAsync(HttpContext context, Func<JsonElement, string?> act)
    {
        if (await ControlBody.ReadAsync(context) is not { } body)
        {
            return;
        }

        if (act(body) is { } fault)
        {
            await ControlBody.RefuseAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        await context.Response.WriteAsJsonAsync(new JsonObject { ["ok"] = true });
    }
}
