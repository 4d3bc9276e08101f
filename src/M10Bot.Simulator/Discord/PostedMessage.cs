namespace M10Bot.Simulator.Discord;

/// <summary>A message as it stands in a channel now, for tests.</summary>
/// <param name="Json">Discord's own object, with <c>ephemeral_for</c>, <c>interaction</c>, <c>loading</c> and <c>would_ping</c>.</param>
/// <param name="Edits">How often it was edited.</param>
/// <param name="Replays">How often a repeated nonce was answered with it.</param>
/// <param name="WouldPing"><c>user:1</c>, <c>role:2</c>, <c>everyone</c>.</param>
/// <param name="EphemeralFor">The id of the only person who sees it.</param>
public sealed record PostedMessage(
    string Id,
    string ChannelId,
    string Content,
    string Json,
    string? Nonce,
    int Edits,
    int Replays,
    bool IsDeleted,
    bool IsLoading,
    string? EphemeralFor,
    IReadOnlyList<string> WouldPing,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt);

/// <param name="Value">As the bot gave it, in text.</param>
public sealed record DiscordChoice(string Name, string Value);
