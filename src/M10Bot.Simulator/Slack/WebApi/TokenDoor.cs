using System.Text.RegularExpressions;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>Whose token it is, whether it still holds, and for which workspace the call is.</summary>
internal sealed partial class TokenDoor(SlackCore core)
{
    private const int Patience = 1_000;

    /// <summary>True for what Slack itself would have given out: such a token must never come to a simulator.</summary>
    public static bool LooksReal(string token) => Real().IsMatch(token);

    /// <summary>A refusal, or null with the workspace and, for a bot's call, the token.</summary>
    public SlackAnswer? Enter(string authorization, SlackMethod method, CallArguments args, out SlackWorkspace team, out SlackToken? token)
    {
        (team, token) = (core.Newsroom, null);
        if (method.Takes == TokenKind.None)
        {
            return null;
        }

        var value = authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization[7..] : method.Takes == TokenKind.App ? null : args.FormToken;
        if (string.IsNullOrEmpty(value))
        {
            return SlackAnswer.No("not_authed");
        }

        if (LooksReal(value))
        {
            core.Complain("a token that looks real was sent to the simulator");
            return SlackAnswer.No("invalid_auth");
        }

        var isAppToken = value.Is(core.Options.SlackAppToken);
        if (isAppToken || method.Takes == TokenKind.App)
        {
            return isAppToken && method.Takes == TokenKind.App ? null
                : isAppToken || core.Tokens.Find(value) is not null ? SlackAnswer.No("not_allowed_token_type")
                : SlackAnswer.No("invalid_auth");
        }

        token = core.Tokens.Find(value);
        return token is null ? SlackAnswer.No("invalid_auth") : Check(token, method, args, out team);
    }

    private SlackAnswer? Check(SlackToken token, SlackMethod method, CallArguments args, out SlackWorkspace team)
    {
        team = token.Team ?? core.Newsroom;
        if (token.IsDead || (token.Number == 0 && !team.IsInstalled))
        {
            core.Complain($"{method.Name} was called with a token that is dead");
            return SlackAnswer.No("account_inactive");
        }

        if (token.ExpiresAt <= core.Time.GetUtcNow())
        {
            return SlackAnswer.No("token_expired");
        }

        return token.Org is { } org ? FindTeam(org, method, args, out team) : null;
    }

    /// <summary>An organisation's token works in the workspaces the app was added to; the call says which, or what it names does.</summary>
    private SlackAnswer? FindTeam(SlackOrg org, SlackMethod method, CallArguments args, out SlackWorkspace team)
    {
        team = core.Newsroom;
        var added = org.Snapshot();
        SlackWorkspace? found;
        if (args.Text("team_id") is { } id)
        {
            found = added.FirstOrDefault(t => t.Id.Is(id));
        }
        else if (method.WantsTeam)
        {
            return SlackAnswer.No("missing_argument", ["missing required field: team_id"]);
        }
        else
        {
            found = core.Triggers.TeamOf(args.Text("trigger_id")) ?? core.Views.TeamOf(args.Text("view_id"))
                ?? added.FirstOrDefault(t => Holds(t, args.Text("channel") ?? args.Text("user_id") ?? args.Text("user"))) ?? (added is [var first, ..] ? first : null);
        }

        if (found is null || !added.Contains(found))
        {
            return SlackAnswer.No("team_access_not_granted");
        }

        team = found;
        return null;
    }

    private static bool Holds(SlackWorkspace team, string? id)
    {
        lock (team.Gate)
        {
            return id is not null && (team.Channel(id) is not null || team.Person(id) is not null);
        }
    }

    [GeneratedRegex(@"^(?:xox[abeprs](?:\.xox[bp])?-(?:\d+-)?\d{9,}-|xapp-\d-A[A-Z0-9]{8,}-\d{9,}-)", RegexOptions.None, Patience)]
    private static partial Regex Real();
}
