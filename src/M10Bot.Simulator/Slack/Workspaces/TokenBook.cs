using System.Globalization;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>Which tokens are out, whose they are, and until when they hold (docs.slack.dev/authentication/using-token-rotation).</summary>
internal sealed class TokenBook(SlackCore core)
{
    private const int MostActive = 2;

    /// <summary>A refresh token that was used still answers for a moment, in case the answer was lost.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SlackToken> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackToken> _refresh = new(StringComparer.Ordinal);
    private long _count;

    public void AddFixed(string value, SlackWorkspace team)
    {
        lock (_lock)
        {
            _tokens.Add(value, new SlackToken(value) { Team = team });
        }
    }

    /// <summary>A new token for one workspace or one organisation.</summary>
    public SlackToken Issue(SlackWorkspace? team, SlackOrg? org)
    {
        lock (_lock)
        {
            return Add(team, org);
        }
    }

    /// <summary>Null for a token nobody was ever given.</summary>
    public SlackToken? Find(string value)
    {
        lock (_lock)
        {
            return _tokens.GetValueOrDefault(value);
        }
    }

    /// <summary>Trades a refresh token, once, for a new pair; the oldest access token beyond two dies.</summary>
    public SlackToken? Refresh(string value)
    {
        lock (_lock)
        {
            if (!_refresh.TryGetValue(value, out var old) || old.IsDead)
            {
                return null;
            }

            var now = core.Time.GetUtcNow();
            if (old.RefreshedAt is { } used)
            {
                return now - used <= Grace ? old.Next : null;
            }

            var next = Add(old.Team, old.Org);
            (old.RefreshedAt, old.Next) = (now, next);
            var active = _tokens.Values.Where(t => t.Owner.Is(next.Owner) && t.ExpiresAt is { } end && end > now && !t.IsDead).OrderBy(t => t.ExpiresAt).ThenBy(t => t.Number).ToList();
            foreach (var extra in active.SkipLast(MostActive))
            {
                extra.ExpiresAt = now;
            }

            return next;
        }
    }

    /// <summary>Turns a token that holds for ever into one that rotates.</summary>
    public SlackToken Exchange(SlackToken old)
    {
        lock (_lock)
        {
            old.IsDead = true;
            return Add(old.Team, old.Org, isRotating: true);
        }
    }

    public void Kill(SlackToken token)
    {
        lock (_lock)
        {
            token.IsDead = true;
        }
    }

    /// <summary>Every token that was issued; fixed ones follow their workspace.</summary>
    public void KillAll(SlackWorkspace team)
    {
        lock (_lock)
        {
            foreach (var token in _tokens.Values.Where(t => t.Number > 0 && ReferenceEquals(t.Team, team)))
            {
                token.IsDead = true;
            }
        }
    }

    public bool HasLiving(SlackWorkspace team)
    {
        lock (_lock)
        {
            return _tokens.Values.Any(t => !t.IsDead && ReferenceEquals(t.Team, team));
        }
    }

    private SlackToken Add(SlackWorkspace? team, SlackOrg? org, bool? isRotating = null)
    {
        var number = ++_count;
        var rotates = isRotating ?? core.IsRotating;
        var token = new SlackToken(string.Create(CultureInfo.InvariantCulture, $"{(rotates ? "xoxe.xoxb" : "xoxb")}-simulated-{number}-{core.NewKey()}"))
        {
            Team = team,
            Org = org,
            Number = number,
            ExpiresAt = rotates ? core.Time.GetUtcNow() + core.TokenLife : null,
            RefreshToken = rotates ? string.Create(CultureInfo.InvariantCulture, $"xoxe-simulated-{number}-{core.NewKey()}") : null,
        };
        _tokens.Add(token.Value, token);
        if (token.RefreshToken is { } refresh)
        {
            _refresh.Add(refresh, token);
        }

        return token;
    }
}

/// <summary>One bot token, of a workspace or of an organisation.</summary>
internal sealed class SlackToken(string value)
{
    public string Value { get; } = value;

    public SlackWorkspace? Team { get; init; }

    public SlackOrg? Org { get; init; }

    /// <summary>0 for a token of the options, which lives and dies with its workspace's install.</summary>
    public long Number { get; init; }

    public string Owner => Org?.Id ?? Team!.Id;

    public DateTimeOffset? ExpiresAt { get; set; }

    public string? RefreshToken { get; init; }

    public DateTimeOffset? RefreshedAt { get; set; }

    public SlackToken? Next { get; set; }

    public bool IsDead { get; set; }
}
