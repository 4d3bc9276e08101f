namespace M10Bot.Slack;

/// <summary>Who we are in Slack, as auth.test says.</summary>
internal sealed record SlackIdentity(string Team, string User, string Bot);

/// <summary>Holds the identity from the moment Slack has told it.</summary>
internal sealed class SlackSession
{
    private volatile SlackIdentity? _identity;

    public SlackIdentity? Identity => _identity;

    public void Begin(SlackIdentity identity) => _identity = identity;
}
