using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>Who we are, who they are, and the way into Socket Mode.</summary>
internal static class TeamMethods
{
    public static SlackAnswer Test(SlackCall call) => SlackAnswer.Yes(new JsonObject
    {
        ["url"] = call.Team.Url,
        ["team"] = call.Team.Name,
        ["user"] = SlackIds.BotName,
        ["team_id"] = call.Team.Id,
        ["user_id"] = call.Team.BotUser,
        ["bot_id"] = call.Team.BotId,
        ["is_enterprise_install"] = false,
    });

    public static SlackAnswer OpenConnection(SlackCall call)
    {
        var address = call.Core.Address().Replace("http://", "ws://", StringComparison.Ordinal);
        return SlackAnswer.Yes(new JsonObject { ["url"] = $"{address}/slack/link?ticket={call.Core.Sockets.NewTicket()}&app_id={SlackIds.App}" });
    }

    public static SlackAnswer Describe(SlackCall call) => SlackAnswer.Yes(new JsonObject
    {
        ["team"] = new JsonObject { ["id"] = call.Team.Id, ["name"] = call.Team.Name, ["domain"] = call.Team.Domain, ["email_domain"] = "" },
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
