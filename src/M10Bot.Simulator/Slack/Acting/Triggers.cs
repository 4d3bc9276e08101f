using System.Collections.Concurrent;
using System.Globalization;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>Trigger ids: three seconds, once, and for the person who acted.</summary>
internal sealed class Triggers(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Trigger> _known = new(StringComparer.Ordinal);
    private long _count;

    public string New(SlackWorkspace team, SlackPerson person, string key)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _count)}.{time.GetUtcNow().ToUnixTimeSeconds()}.{key}");
        _known[id] = new Trigger(team, person, time.GetUtcNow());
        return id;
    }

    public SlackWorkspace? TeamOf(string? id) => id is not null && _known.TryGetValue(id, out var trigger) ? trigger.Team : null;

    /// <returns>The person, or null and Slack's error.</returns>
    public (SlackPerson? Person, string Error) Exchange(string id, SlackWorkspace team)
    {
        if (!_known.TryGetValue(id, out var trigger) || !ReferenceEquals(trigger.Team, team))
        {
            return (null, "invalid_trigger_id");
        }

        if (Interlocked.Exchange(ref trigger.Used, 1) == 1)
        {
            return (null, "exchanged_trigger_id");
        }

        return time.GetUtcNow() - trigger.Made > Life ? (null, "expired_trigger_id") : (trigger.Person, "");
    }

    private sealed class Trigger(SlackWorkspace team, SlackPerson person, DateTimeOffset made)
    {
        public int Used;

        public SlackWorkspace Team { get; } = team;

        public SlackPerson Person { get; } = person;

        public DateTimeOffset Made { get; } = made;
    }
}
