using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Requests;

/// <summary>Who is in the user groups of the settings. Read with usergroups.users.list, remembered for five minutes.</summary>
internal sealed class SlackGroups(SlackWeb web, TimeProvider time)
{
    private static readonly TimeSpan CacheFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskWithin = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Team, string Group), (HashSet<string> Users, DateTimeOffset At)> _cache = [];
    private readonly Lock _gate = new();

    /// <summary>False where Slack does not tell: nobody gains a right by a fault.</summary>
    /// <param name="team">The workspace.</param>
    /// <param name="groups">Group ids; <c>T1/S1</c> names the workspace too.</param>
    /// <param name="user">The person.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<bool> HasAsync(string team, IList<string> groups, string user, CancellationToken ct)
    {
        foreach (var group in groups)
        {
            var (home, id) = group.Split('/') is [var of, var named] ? (of, named) : (team, group);
            if (string.Equals(home, team, StringComparison.Ordinal) && (await UsersAsync(team, id, ct)).Contains(user))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<HashSet<string>> UsersAsync(string team, string group, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_cache.TryGetValue((team, group), out var known) && known.At + CacheFor > now)
            {
                return known.Users;
            }
        }

        var call = SlackCall.Form("usergroups.users.list", ("usergroup", group), ("team_id", team)) with
        {
            Pace = [new PaceKey(PaceKind.Rooms, team)],
            Timeout = AskWithin,
        };
        HashSet<string> users = await web.CallAsync(call, SlackJson.Default.GroupReply, ct) is SlackResult<GroupReply>.Ok { Reply.Users: { } found }
            ? new(found, StringComparer.Ordinal)
            : [];
        lock (_gate)
        {
            _cache[(team, group)] = (users, now);
        }

        return users;
    }
}
