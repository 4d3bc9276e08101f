using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.Discord;

/// <summary>What Discord needs of the commands, whoever runs them.</summary>
/// <param name="Specs">Every command, as it is registered.</param>
/// <param name="RunAsync">Runs one.</param>
/// <param name="SuggestAsync">What to offer for an option, given the request so far, the option's name and what is typed.</param>
public sealed record CommandPort(
    IReadOnlyList<CommandSpec> Specs,
    Func<CommandRequest, CancellationToken, Task<CommandReply>> RunAsync,
    Func<CommandRequest, string, string, CancellationToken, Task<IReadOnlyList<Suggestion>>> SuggestAsync);
