using System.Collections.Frozen;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>Which token a method takes.</summary>
internal enum TokenKind
{
    Bot,
    App,
    None,
}

/// <param name="Name">As in the address.</param>
/// <param name="PerMinute">Calls a workspace may make in a minute; 0 where posts' own rule holds.</param>
/// <param name="Scope">Needed by every call; null where it depends on the channel, or none is needed.</param>
/// <param name="ReadsJson">False for methods that read forms only.</param>
/// <param name="Arguments">What it knows, parted by spaces.</param>
/// <param name="Run">The method itself.</param>
internal sealed record SlackMethod(string Name, int PerMinute, string? Scope, bool ReadsJson, string Arguments, Func<SlackCall, SlackAnswer> Run)
{
    private FrozenSet<string>? _known;

    public TokenKind Takes { get; init; }

    /// <summary>True where an organisation's token has to name the workspace.</summary>
    public bool WantsTeam { get; init; }

    /// <summary>With what every method takes; Slack's own libraries send <c>team_id</c> along everywhere, for organisations' tokens.</summary>
    public FrozenSet<string> Known => _known ??= Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append("token").Append("team_id").ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>One call that has passed the door.</summary>
/// <param name="Core">The simulated Slack.</param>
/// <param name="Team">The workspace the token is for.</param>
/// <param name="Args">What the client sent.</param>
/// <param name="Token">The bot token; null where the method takes another or none.</param>
/// <param name="Authorization">The header as it came.</param>
internal sealed record SlackCall(SlackCore Core, SlackWorkspace Team, CallArguments Args, SlackToken? Token, string Authorization)
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
