using M10Bot.News.Chat;

namespace M10Bot.News.Commands;

/// <summary>One command: what it is called, what it takes, what it says.</summary>
/// <remarks>
/// Returns the reply and never sends it. A wrong word from a person is an answer (what was wrong, what is right, who can
/// help), not an exception. The dispatcher has checked the role and the required options before it is called.
/// </remarks>
public interface ICommand
{
    CommandSpec Spec { get; }

    Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct);
}
