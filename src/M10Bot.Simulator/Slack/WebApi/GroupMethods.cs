using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>usergroups.list, usergroups.users.list and users.list.</summary>
internal static class GroupMethods
{
    private const int MostPerPage = 1_000;

    public static SlackAnswer List(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            var withUsers = call.Args.Flag("include_users");
            var withDisabled = call.Args.Flag("include_disabled");
            return SlackAnswer.Yes(new JsonObject
            {
                ["usergroups"] = new JsonArray([.. call.Team.Groups.Values.Where(g => withDisabled || !g.IsDisabled).Select(g => Describe(call.Team, g, withUsers))]),
            });
        }
    }

    public static SlackAnswer Users(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            if (!call.Team.Groups.TryGetValue(call.Args.Text("usergroup") ?? "", out var group))
            {
                return SlackAnswer.No("no_such_subteam");
            }

            return group.IsDisabled && !call.Args.Flag("include_disabled")
                ? SlackAnswer.No("subteam_disabled")
                : SlackAnswer.Yes(new JsonObject { ["users"] = new JsonArray([.. group.Users.Select(u => JsonValue.Create(u))]) });
        }
    }

    public static SlackAnswer People(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            return Paging.Cut(call, [.. call.Team.People], p => p.Id, MostPerPage, out var page, out var next) ?? SlackAnswer.Yes(new JsonObject
            {
                ["members"] = new JsonArray([.. page.Select(p => call.Team.Describe(p, call.Args.Flag("include_locale")))]),
                ["response_metadata"] = Paging.Metadata(next),
            });
        }
    }

    private static JsonObject Describe(SlackWorkspace team, SlackUserGroup group, bool withUsers)
    {
        var json = new JsonObject
        {
            ["id"] = group.Id,
            ["team_id"] = team.Id,
            ["is_usergroup"] = true,
            ["name"] = group.Name,
            ["handle"] = group.Handle,
            ["is_external"] = false,
            ["date_delete"] = group.IsDisabled ? 1 : 0,
            ["user_count"] = group.Users.Count,
        };
        if (withUsers)
        {
            json["users"] = new JsonArray([.. group.Users.Select(u => JsonValue.Create(u))]);
        }

        return json;
    }
}
