using System.Collections.Concurrent;

namespace M10Bot.Slack.Workspaces;

/// <summary>Where the app is installed, as far as this process knows; the one token of the settings, or many from the table.</summary>
internal sealed class SlackInstalls(SlackOptions options)
{
    private readonly ConcurrentDictionary<(string Enterprise, string Team), SlackInstall> _installs = new();
    private readonly ConcurrentDictionary<string, SlackInstall> _teams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _enterprises = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Enterprise, string Team), bool> _expired = new();

    /// <summary>One workspace, its bot token in the settings.</summary>
    public bool IsSingle => options.BotToken.Length > 0;

    /// <summary>False until Slack, or the table, has been asked once.</summary>
    public bool IsKnown { get; private set; }

    public IReadOnlyCollection<SlackInstall> All => [.. _installs.Values];

    /// <summary>The workspace's own install first, then its organisation's.</summary>
    public SlackInstall? Of(string team) =>
        _teams.TryGetValue(team, out var own) ? own
        : _enterprises.TryGetValue(team, out var enterprise) ? _installs.GetValueOrDefault((enterprise, ""))
        : null;

    /// <summary>As <see cref="Of(string)"/>, for a request that names the organisation its workspace belongs to.</summary>
    public SlackInstall? Of(string team, string? enterprise)
    {
        if (enterprise is { Length: > 0 } && team.Length > 0 && _installs.ContainsKey((enterprise, "")))
        {
            _enterprises[team] = enterprise;
        }

        return Of(team);
    }

    /// <summary>The token that speaks for a workspace; the one of the settings where there is one and no workspace is named. Null where the app is not installed.</summary>
    public string? TokenOf(string team) => Of(team)?.Token ?? (team.Length == 0 && IsSingle ? options.BotToken : null);

    /// <summary>Adds an install or replaces the older one of the same place.</summary>
    public void Put(SlackInstall install)
    {
        Keep(install);
        _expired.TryRemove((install.Enterprise, install.Team), out _);
        IsKnown = true;
    }

    /// <summary>Makes these, and no others, the known ones; what was installed while they were read stays.</summary>
    /// <param name="installs">As the table had them.</param>
    /// <param name="read">When the reading began.</param>
    public void Replace(IReadOnlyCollection<SlackInstall> installs, DateTimeOffset read)
    {
        var kept = installs.Select(i => (i.Enterprise, i.Team)).ToHashSet();
        foreach (var gone in _installs.Where(i => !kept.Contains(i.Key) && i.Value.Installed < read))
        {
            Remove(gone.Value);
        }

        foreach (var install in installs)
        {
            Keep(install);
        }

        IsKnown = true;
    }

    public void Remove(SlackInstall install)
    {
        _installs.TryRemove((install.Enterprise, install.Team), out _);
        _teams.TryRemove(install.Team, out _);
    }

    /// <summary>Slack said that the token is past its time; the refresh comes with the next round.</summary>
    public void Expired(string team)
    {
        if (Of(team) is { RefreshToken: not null } install)
        {
            _expired[(install.Enterprise, install.Team)] = true;
        }
    }

    /// <summary>Whether the token needs a successor now.</summary>
    public bool IsDue(SlackInstall install, DateTimeOffset now, TimeSpan ahead) =>
        install.RefreshToken is not null && (install.Expires - now < ahead || _expired.ContainsKey((install.Enterprise, install.Team)));

    private void Keep(SlackInstall install)
    {
        _installs[(install.Enterprise, install.Team)] = install;
        if (install.Team.Length > 0)
        {
            _teams[install.Team] = install;
        }
    }
}
