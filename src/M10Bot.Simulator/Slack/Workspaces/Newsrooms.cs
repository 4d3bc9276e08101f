namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>The workspaces as they stand when the simulator starts.</summary>
internal static class Newsrooms
{
    public static SlackWorkspace Build(string token, SlackCore core)
    {
        var team = new SlackWorkspace("T0M10NEWS", "M10 Newsroom", "m10-newsroom", core.Time) { BotUser = "U0M10BOT", BotId = "B0M10BOT" };
        core.Installs[token] = team;
        AddBot(team);
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

    public static SlackWorkspace Empty(string id, string name, string token, SlackCore core)
    {
        var team = new SlackWorkspace(id, name, name.ToLowerInvariant().Replace(' ', '-'), core.Time) { BotUser = "U0BOT" + id, BotId = "B0BOT" + id };
        AddBot(team);
        core.Installs.Add(token, team);
        return team;
    }

    private static void AddBot(SlackWorkspace team) =>
        team.AddPerson(new SlackPerson(SlackIds.BotName, team.BotUser, SlackIds.BotName, "bot") { IsBot = true });
}
