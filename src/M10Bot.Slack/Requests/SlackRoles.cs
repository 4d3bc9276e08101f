using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;

namespace M10Bot.Slack.Requests;

/// <param name="Caller">What they may do.</param>
/// <param name="Locale">BCP 47.</param>
/// <param name="Name">As others know them.</param>
internal sealed record SlackPerson(Caller Caller, string Locale, string Name);

/// <summary>Who may do what. Slack checks nothing for us: every member can type every command.</summary>
internal sealed class SlackRoles(SlackWeb web, SlackInstalls installs, SlackGroups groups, SlackOptions options, TimeProvider time)
{
    private const int MostCached = 5_000;
    private const int MostNames = 3;
    private static readonly TimeSpan CacheFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskWithin = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(string Team, string User), (SlackPerson Person, DateTimeOffset At)> _cache = [];
    private readonly Lock _gate = new();

    /// <summary>The lists and groups first, then Slack's own flags; the lists alone where Slack does not tell.</summary>
    /// <param name="team">The workspace.</param>
    /// <param name="user">The person.</param>
    /// <param name="isFresh">For what only a few may do: not from a memory that is older than a press of a button or two.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<SlackPerson> WhoAsync(string team, string user, bool isFresh, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_cache.TryGetValue((team, user), out var known) && known.At + (isFresh ? Fresh : CacheFor) > now)
            {
                return known.Person;
            }
        }

        var call = SlackCall.Form("users.info", ("user", user), ("include_locale", "true")) with
        {
            Pace = [new PaceKey(PaceKind.People, team)],
            Timeout = AskWithin,
        };
        var isAdmin = IsListed(options.Admins, team, user) || string.Equals(installs.Of(team)?.Installer, user, StringComparison.Ordinal)
            || await groups.HasAsync(team, options.AdminGroups, user, ct);
        var isEditor = IsListed(options.Editors, team, user) || await groups.HasAsync(team, options.EditorGroups, user, ct);
        var listed = new Caller(user, isAdmin ? Role.Admin : isEditor ? Role.Editor : Role.Member) { IsEditor = isEditor };
        if (await web.CallAsync(call, SlackJson.Default.UserReply, ct) is not SlackResult<UserReply>.Ok { Reply.User: { } told })
        {
            return new SlackPerson(listed, "en", "");
        }

        var person = new SlackPerson(
            CallerOf(told, team, listed), told.Locale is { Length: > 0 and <= 20 } locale ? locale : "en", told.RealName ?? "");
        Remember(team, user, person, now);
        return person;
    }

    /// <summary>The names of a few people of the workspace, of those who were here lately; null where there are none.</summary>
    public string? NamesOf(string team, Func<Caller, bool> which)
    {
        lock (_gate)
        {
            string[] names = [.. _cache.Where(c => c.Key.Team == team && which(c.Value.Person.Caller) && c.Value.Person.Name.Length > 0).Select(c => c.Value.Person.Name).Take(MostNames)];
            return names.Length == 0 ? null : string.Join(", ", names);
        }
    }

    /// <summary>Slack said that something about this person has changed.</summary>
    public void Forget(string team, string user)
    {
        lock (_gate)
        {
            _cache.Remove((team, user));
        }
    }

    private void Remember(string team, string user, SlackPerson person, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_cache.Count >= MostCached)
            {
                _cache.Clear();
            }

            _cache[(team, user)] = (person, now);
        }
    }

    // A bare id is of the one workspace; among many it could be anybody's.
    private bool IsListed(IList<string> list, string team, string user) =>
        list.Contains($"{team}/{user}") || (installs.IsSingle && list.Contains(user));

    private static Caller CallerOf(SlackUser told, string team, Caller listed)
    {
        var isForeign = told.IsStranger || (told.TeamId is { Length: > 0 } home && !string.Equals(home, team, StringComparison.Ordinal));
        if (told.Deleted || told.IsBot || isForeign || told.IsRestricted || told.IsUltraRestricted)
        {
            return new Caller(listed.Id, Role.Member);
        }

        return told.IsAdmin || told.IsOwner || told.IsPrimaryOwner ? new Caller(listed.Id, Role.Admin) { IsEditor = listed.IsEditor } : listed;
    }
}
