using System.Collections.Concurrent;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Installing;

/// <summary>The codes that an admin's consent gives out: ten minutes, once (docs.slack.dev/authentication/installing-with-oauth).</summary>
internal sealed class GrantBook(SlackCore core)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Grant> _codes = new(StringComparer.Ordinal);

    public string New(SlackWorkspace? team, SlackOrg? org, SlackPerson installer, IReadOnlyList<string> scopes, string? redirectUri)
    {
        var code = $"{core.Time.GetUtcNow().ToUnixTimeSeconds()}.{core.NewKey()}{core.NewKey()}";
        _codes[code] = new Grant(team, org, installer, scopes, redirectUri, core.Time.GetUtcNow());
        return code;
    }

    /// <returns>The grant, or null and Slack's error.</returns>
    public (Grant? Grant, string Error) Redeem(string code, string? redirectUri)
    {
        if (!_codes.TryGetValue(code, out var grant) || core.Time.GetUtcNow() - grant.Made > Life)
        {
            return (null, "invalid_code");
        }

        if (!grant.RedirectUri.Is(redirectUri))
        {
            return (null, "bad_redirect_uri");
        }

        return Interlocked.Exchange(ref grant.Uses, 1) == 1 ? (null, "code_already_used") : (grant, "");
    }

    /// <summary>Equal to a configured address or below it, without a fragment; https, or loopback.</summary>
    public bool IsAllowed(string? redirectUri)
    {
        if (redirectUri is null)
        {
            return core.RedirectUrls.Count > 0;
        }

        return Uri.TryCreate(redirectUri, UriKind.Absolute, out var asked)
            && asked.Fragment.Length == 0
            && (asked.Scheme is "https" || (asked.Scheme is "http" && asked.IsLoopback))
            && core.RedirectUrls.Exists(known => IsBelow(redirectUri, known));
    }

    private static bool IsBelow(string asked, string known) =>
        asked.StartsWith(known, StringComparison.Ordinal) && (asked.Length == known.Length || known[^1] == '/' || asked[known.Length] is '/' or '?');
}

/// <summary>What somebody agreed to.</summary>
internal sealed class Grant(SlackWorkspace? team, SlackOrg? org, SlackPerson installer, IReadOnlyList<string> scopes, string? redirectUri, DateTimeOffset made)
{
    public int Uses;

    public SlackWorkspace? Team { get; } = team;

    public SlackOrg? Org { get; } = org;

    public SlackPerson Installer { get; } = installer;

    public IReadOnlyList<string> Scopes { get; } = scopes;

    public string? RedirectUri { get; } = redirectUri;

    public DateTimeOffset Made { get; } = made;
}
