using M10Bot.News.Chat;

namespace M10Bot.Slack.Requests;

/// <summary>The commands as Slack needs them: typed text in, replies out.</summary>
public sealed record CommandPort
{
    /// <summary>Reads what was typed after <c>/m10</c>; nothing typed is the help command.</summary>
    public required Func<string, CommandCall> Parse { get; init; }

    /// <summary>Checks the role, runs the command, never throws for what a person typed.</summary>
    public required Func<CommandRequest, CancellationToken, Task<CommandReply>> RunAsync { get; init; }

    /// <summary>What to offer for an option while a person types it.</summary>
    public required Func<CommandRequest, string, string, CancellationToken, Task<IReadOnlyList<Suggestion>>> SuggestAsync { get; init; }

    /// <summary>The cards of a person's own page.</summary>
    public required Func<CommandRequest, CancellationToken, Task<IReadOnlyList<Card>>> HomeAsync { get; init; }

    /// <summary>Whether a command is for editors or admins, by its name.</summary>
    public required Func<string, bool> IsRestricted { get; init; }
}

/// <param name="Name">The command's full name.</param>
/// <param name="Arguments">By option name.</param>
public sealed record CommandCall(string Name, IReadOnlyDictionary<string, string> Arguments)
{
    /// <inheritdoc cref="CommandRequest.IsRunOn"/>
    public bool IsRunOn { get; init; }
}
