using M10Bot.News.Chat;

namespace M10Bot.Slack.Requests;

/// <summary>The commands as Slack needs them: typed text in, replies out.</summary>
/// <param name="Parse">Reads what was typed after <c>/m10</c>; nothing typed is the help command.</param>
/// <param name="RunAsync">Checks the role, runs the command, never throws for what a person typed.</param>
public sealed record CommandPort(
    Func<string, CommandCall> Parse,
    Func<CommandRequest, CancellationToken, Task<CommandReply>> RunAsync);

/// <param name="Name">The command's full name.</param>
/// <param name="Arguments">By option name.</param>
public sealed record CommandCall(string Name, IReadOnlyDictionary<string, string> Arguments);
