using M10Bot.News.Chat;

namespace M10Bot.Slack.Requests;

/// <summary>What is done about places that change in Slack itself. Harmless to repeat; a place the bot does not know is left alone.</summary>
public sealed record PlacePort
{
    /// <summary>Nothing goes there until it is mended: place, why, remedy.</summary>
    public required Func<Destination, string, string, CancellationToken, Task> SuspendAsync { get; init; }

    /// <summary>It can be served again.</summary>
    public required Func<Destination, CancellationToken, Task> ResumeAsync { get; init; }

    /// <summary>It is gone for good.</summary>
    public required Func<Destination, CancellationToken, Task> CloseAsync { get; init; }

    /// <summary>It has another id now.</summary>
    public required Func<Destination, string, CancellationToken, Task> MoveAsync { get; init; }

    /// <summary>Everything of this workspace is erased.</summary>
    public required Func<string, CancellationToken, Task> ForgetAsync { get; init; }
}
