using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>Who we are, who they are, and the way into Socket Mode.</summary>
internal static class TeamMethods
{
    /// <summary>api.test gives back what it was sent.</summary>
    public static SlackAnswer Echo(SlackCall call)
    {
        var args = new JsonObject(call.Args.Names.Where(n => n is not "token").Select(n => KeyValuePair.Create<string, JsonNode?>(n, call.Args.Text(n))));
        if (call.Args.Text("error") is { Length: > 0 } error)
        {
            var refused = SlackAnswer.No(error);
            refused.Body["args"] = args;
            return refused;
        }

        return SlackAnswer.Yes(new JsonObject { ["args"] = args });
    }

    public static SlackAnswer Test(SlackCall call)
    {
        var org = call.Token?.Org;
        var body = new JsonObject
        {
            ["url"] = call.Team.Url,
            ["team"] = org?.Name ?? call.Team.Name,
            ["user"] = SlackIds.BotName,
            ["team_id"] = org?.Id ?? call.Team.Id,
            ["user_id"] = call.Team.BotUser,
            ["bot_id"] = call.Team.BotId,
            ["is_enterprise_install"] = org is not null,
        };
        if (call.Token?.ExpiresAt is { } end)
        {
            body["expires_in"] = (int)(end - call.Core.Time.GetUtcNow()).TotalSeconds;
        }

        return SlackAnswer.Yes(body.Set("enterprise_id", (org ?? call.Team.Org)?.Id));
    }

    public static SlackAnswer OpenConnection(SlackCall call)
    {
        var address = call.Core.Address().Replace("http://", "ws://", StringComparison.Ordinal);
        if (!call.Core.IsSocketMode)
        {
            return SlackAnswer.No("forbidden_team");
        }

        return SlackAnswer.Yes(new JsonObject { ["url"] = $"{address}/slack/link?ticket={call.Core.Sockets.NewTicket()}&app_id={SlackIds.App}" });
    }

    public static SlackAnswer Describe(SlackCall call) => SlackAnswer.Yes(new JsonObject
    {
        ["team"] = new JsonObject { ["id"] = call.Team.Id, ["name"] = call.Team.Name, ["domain"] = call.Team.Domain, ["email_domain"] = "" }
            .Set("enterprise_id", call.Team.Org?.Id).Set("enterprise_name", call.Team.Org?.Name),
    });

    public static SlackAnswer DescribeUser(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            return call.Team.Person(call.Args.Text("user") ?? "") is { } person
                ? SlackAnswer.Yes(new JsonObject { ["user"] = call.Team.Describe(person, call.Args.Flag("include_locale")) })
                : SlackAnswer.No("user_not_found");
        }
    }
}
