namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>The workspaces as they stand when the simulator starts.</summary>
internal static class Newsrooms
{
    public static SlackWorkspace Build(string token, SlackCore core)
    {
        var team = new SlackWorkspace("T0M10NEWS", "M10 Newsroom", "m10-newsroom", core.Time) { BotUser = "U0M10BOT", BotId = "B0M10BOT", Scopes = core.Manifest.Scopes };
        core.Newsroom = team;
        Enter(team, token, core);
        SlackPerson[] people =
        [
            new("member", "U0MEMBER", "Mia Member", "member"),
            new("editor", "U0EDITOR", "Edi Editor", "editor"),
            new("admin", "U0ADMIN", "Ada Admin", "admin"),
        ];
        foreach (var person in people)
        {
            team.AddPerson(person);
        }

        team.Groups["S0DESK"] = new SlackUserGroup("S0DESK", "desk", "News desk", ["U0EDITOR", "U0ADMIN"]);
        AddChannel("C0BREAKING", "breaking", withBot: true);
        AddChannel("C0DESK", "desk", withBot: true);
        AddChannel("C0GENERAL", "general", withBot: false);
        foreach (var person in people)
        {
            team.Direct(person);
        }

        return team;

        void AddChannel(string id, string name, bool withBot)
        {
            var channel = team.AddChannel(new SlackChannel(id, name, SlackChannelKind.Public) { Creator = "U0ADMIN" });
            channel.Members.AddRange(people.Select(p => p.Id));
            if (withBot)
            {
                channel.Members.Add(team.BotUser);
            }
        }
    }

    /// <param name="id">Slack's id, e.g. <c>T0OTHER</c>.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="token">The app's bot token there; null where the app is not installed yet.</param>
    /// <param name="core">What it becomes part of.</param>
    public static SlackWorkspace Empty(string id, string name, string? token, SlackCore core)
    {
        var team = new SlackWorkspace(id, name, name.ToLowerInvariant().Replace(' ', '-'), core.Time)
        {
            BotUser = "U0BOT" + id,
            BotId = "B0BOT" + id,
            Scopes = core.Manifest.Scopes,
            IsInstalled = token is not null,
        };
        Enter(team, token, core);
        return team;
    }

    private static void Enter(SlackWorkspace team, string? token, SlackCore core)
    {
        team.AddPerson(new SlackPerson(SlackIds.BotName, team.BotUser, SlackIds.BotName, "bot") { IsBot = true });
        if (token is not null)
        {
            core.Tokens.AddFixed(token, team);
        }

        lock (core.Teams)
        {
            core.Teams.Add(team);
        }
    }
}
