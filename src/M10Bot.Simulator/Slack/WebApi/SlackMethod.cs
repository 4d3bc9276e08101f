using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <param name="Name">As in the address.</param>
/// <param name="PerMinute">Calls a workspace may make in a minute; 0 where posts' own rule holds.</param>
/// <param name="Scope">Needed by every call; null where it depends on the channel, or none is needed.</param>
/// <param name="ReadsJson">False for methods that read forms only.</param>
/// <param name="Run">The method itself.</param>
internal sealed record SlackMethod(string Name, int PerMinute, string? Scope, bool ReadsJson, Func<SlackCall, SlackAnswer> Run)
{
    /// <summary>True for the one that takes the app-level token.</summary>
    public bool WantsAppToken { get; init; }
}

/// <summary>One call that has passed the door.</summary>
internal sealed record SlackCall(SlackCore Core, SlackWorkspace Team, CallArguments Args)
{
    /// <summary>A refusal if the install lacks the scope, else null.</summary>
    public SlackAnswer? Lacks(string scope) => Team.Scopes.Contains(scope) ? null : SlackAnswer.MissingScope(scope, Team.Scopes);

    public SlackAnswer? LacksRead(SlackChannel channel, string verb) => Lacks(channel.Kind switch
    {
        SlackChannelKind.Public => "channels:" + verb,
        SlackChannelKind.Private => "groups:" + verb,
        _ => "im:" + verb,
    });

    /// <summary>The channel the arguments name, or a refusal. Call it inside the gate.</summary>
    public SlackAnswer? FindChannel(out SlackChannel channel)
    {
        channel = null!;
        if (Args.Text("channel") is not { Length: > 0 } id)
        {
            return SlackAnswer.No(Args.Has("channel") ? "invalid_arguments" : "channel_not_found");
        }

        if (Team.Channel(id) is not { } found || !Team.BotSees(found))
        {
            return SlackAnswer.No("channel_not_found");
        }

        channel = found;
        return null;
    }

    /// <summary>A refusal if an id argument is no string, as when it went through a double.</summary>
    public SlackAnswer? NotText(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Args.IsNotText(name))
            {
                return SlackAnswer.No("invalid_arguments", [$"must be a string [json-pointer:/{name}]"]);
            }
        }

        return null;
    }
}
