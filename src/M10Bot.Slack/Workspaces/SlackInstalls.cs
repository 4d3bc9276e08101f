using System.Collections.Concurrent;

namespace M10Bot.Slack.Workspaces;

/// <summary>Where the app is installed, as far as this process knows; the one token of the settings, or many from the table.</summary>
internal sealed class SlackInstalls(SlackOptions options)
{
    private readonly ConcurrentDictionary<(string Enterprise, string Team), SlackInstall> _installs = new();
    private readonly ConcurrentDictionary<string, SlackInstall> _teams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _enterprises = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Enterprise, string Team), bool> _expired = new();
    private readonly Dictionary<(string Enterprise, string Team), long> _changed = [];
    private readonly Lock _gate = new();
    private long _changes;

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
        lock (_gate)
        {
            Keep(install);
            Touch(install);
        }
    }

    /// <summary>The same install with its next token; nothing where it was removed or replaced meanwhile.</summary>
    public void Renew(SlackInstall install)
    {
        lock (_gate)
        {
            if (_installs.TryGetValue((install.Enterprise, install.Team), out var known) && known.Installed == install.Installed)
            {
                Keep(install);
                Touch(install);
            }
        }
    }

    /// <summary>To be asked for before the table is read: what changes here from then on is newer than what is read.</summary>
    public long Mark()
    {
        lock (_gate)
        {
            return _changes;
        }
    }

    /// <summary>Makes these, and no others, the known ones; what was installed, renewed or removed while they were read stays as it is.</summary>
    /// <param name="installs">As the table had them.</param>
    /// <param name="mark">Of <see cref="Mark"/>, before the reading began.</param>
    public void Replace(IReadOnlyCollection<SlackInstall> installs, long mark)
    {
        lock (_gate)
        {
            bool IsOlder((string, string) place) => _changed.GetValueOrDefault(place) <= mark;
            var kept = installs.Select(i => (i.Enterprise, i.Team)).ToHashSet();
            foreach (var gone in _installs.Where(i => !kept.Contains(i.Key) && IsOlder(i.Key)))
            {
                Drop(gone.Value);
            }

            foreach (var install in installs.Where(i => IsOlder((i.Enterprise, i.Team))))
            {
                Keep(install);
            }

            IsKnown = true;
        }
    }

    public void Remove(SlackInstall install)
    {
        lock (_gate)
        {
            Drop(install);
            _changed[(install.Enterprise, install.Team)] = ++_changes;
        }
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

    private void Touch(SlackInstall install)
    {
        _changed[(install.Enterprise, install.Team)] = ++_changes;
        _expired.TryRemove((install.Enterprise, install.Team), out _);
        IsKnown = true;
    }

    private void Drop(SlackInstall install)
    {
        _installs.TryRemove((install.Enterprise, install.Team), out _);
        _teams.TryRemove(install.Team, out _);
    }

    private void Keep(SlackInstall install)
    {
        _installs[(install.Enterprise, install.Team)] = install;
        if (install.Team.Length > 0)
        {
            _teams[install.Team] = install;
        }
    }
}
