using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Requests;

/// <summary>Who may do what. Slack checks nothing for us: every member can type every command.</summary>
internal sealed class SlackRoles(SlackWeb web, SlackOptions options, TimeProvider time)
{
    private const int MostCached = 5_000;
    private static readonly TimeSpan CacheFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskWithin = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, (Caller Caller, string Locale, DateTimeOffset Until)> _cache = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>The lists first, then Slack's own flags; a member where Slack does not tell.</summary>
    public async Task<(Caller Caller, string Locale)> WhoAsync(string team, string user, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_cache.TryGetValue(user, out var known) && known.Until > now)
            {
                return (known.Caller, known.Locale);
            }
        }

        var call = SlackCall.Form("users.info", ("user", user), ("include_locale", "true")) with
        {
            Pace = [new PaceKey(PaceKind.People, team)],
            Timeout = AskWithin,
        };
        var listed = Listed(user);
        if (await web.CallAsync(call, SlackJson.Default.UserReply, ct) is not SlackResult<UserReply>.Ok { Reply.User: { } told })
        {
            return (new Caller(user, listed), "en"); // where Slack does not tell, the lists do
        }

        var caller = CallerOf(user, told, team, listed);
        var locale = told.Locale is { Length: > 0 and <= 20 } ? told.Locale : "en";
        Remember(user, caller, locale, now + CacheFor);
        return (caller, locale);
    }

    private void Remember(string user, Caller caller, string locale, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_cache.Count >= MostCached)
            {
                _cache.Clear();
            }

            _cache[user] = (caller, locale, until);
        }
    }

    private Role Listed(string user) =>
        options.Admins.Contains(user) ? Role.Admin
        : options.Editors.Contains(user) ? Role.Editor
        : Role.Member;

    private Caller CallerOf(string user, SlackUser told, string team, Role listed)
    {
        var isForeign = told.IsStranger || (told.TeamId is { Length: > 0 } home && !string.Equals(home, team, StringComparison.Ordinal));
        if (told.Deleted || told.IsBot || isForeign || told.IsRestricted || told.IsUltraRestricted)
        {
            return new Caller(user, Role.Member);
        }

        return new Caller(user, told.IsAdmin || told.IsOwner || told.IsPrimaryOwner ? Role.Admin : listed) { IsEditor = options.Editors.Contains(user) };
    }
}
