using System.Globalization;
using M10Bot.Simulator.Slack.WebApi;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack;

/// <summary>Messages that Slack keeps for later.</summary>
internal sealed class MessageSchedule(SlackCore core)
{
    private readonly Lock _lock = new();
    private readonly List<Scheduled> _all = [];
    private long _count;

    public Scheduled Add(SlackWorkspace team, SlackChannel channel, MessageContent content, string? thread, DateTimeOffset at)
    {
        Scheduled scheduled;
        lock (_lock)
        {
            scheduled = new Scheduled(string.Create(CultureInfo.InvariantCulture, $"Q0{++_count:D6}"), team, channel, content, thread, at, core.Time.GetUtcNow());
            _all.Add(scheduled);
        }

        // A documented fault of Slack's own: with metadata it never posts.
        if (content.Metadata is null)
        {
            _ = PostAsync(scheduled);
        }

        return scheduled;
    }

    public IReadOnlyList<Scheduled> Of(SlackWorkspace team)
    {
        lock (_lock)
        {
            return _all.FindAll(s => ReferenceEquals(s.Team, team));
        }
    }

    public bool Remove(SlackWorkspace team, string channel, string id)
    {
        lock (_lock)
        {
            return _all.RemoveAll(s => ReferenceEquals(s.Team, team) && s.Channel.Id.Is(channel) && s.Id.Is(id)) > 0;
        }
    }

    private async Task PostAsync(Scheduled scheduled)
    {
        try
        {
            await Task.Delay(scheduled.At - core.Time.GetUtcNow(), core.Time, core.Stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var team = scheduled.Team;
        if (!Remove(team, scheduled.Channel.Id, scheduled.Id) || scheduled.Channel.IsArchived)
        {
            return;
        }

        SlackMessage message;
        lock (team.Gate)
        {
            message = PostMethods.Compose(team, scheduled.Channel, scheduled.Content) with { ThreadTs = scheduled.Thread };
            scheduled.Channel.Add(message);
        }

        core.Tell(team, "message.create", message);
        core.Events.RaiseMessage(team, scheduled.Channel, message);
    }
}

internal sealed record Scheduled(string Id, SlackWorkspace Team, SlackChannel Channel, MessageContent Content, string? Thread, DateTimeOffset At, DateTimeOffset Made);
