namespace M10Bot.News.Chat;

/// <summary>The chat services the bot speaks to.</summary>
public enum Platform
{
    Discord,
    Slack,
}

/// <summary>Where a bulletin is shown: a channel, or a person's direct messages, in one workspace.</summary>
/// <param name="Platform">Discord or Slack.</param>
/// <param name="Workspace">Slack's workspace id or Discord's guild id; empty for a Discord person outside any guild.</param>
/// <param name="Kind">Channel or person.</param>
/// <param name="Address">The platform's id of the channel or person; <c>channel/thread</c> for a thread that has no id of its own.</param>
public sealed record Destination(Platform Platform, string Workspace, DestinationKind Kind, string Address)
{
    /// <summary>
    /// The webhook that the platform writes there by, in place of the bot's own rights: encrypted by the platform, and read by it alone.
    /// Null where there is none, empty where it ended. How a place is reached is no part of which place it is.
    /// </summary>
    public string? Webhook { get; init; }

    /// <summary>Stands between a channel and the thread in it; no platform's id has it.</summary>
    public const char ThreadMark = '/';

    /// <summary>The channel, of a thread too.</summary>
    public string Room => Address.IndexOf(ThreadMark, StringComparison.Ordinal) is >= 0 and var mark ? Address[..mark] : Address;

    /// <summary>Which thread of the channel; null where it is the channel itself, a person, or a thread with an id of its own.</summary>
    public string? Thread => Address.IndexOf(ThreadMark, StringComparison.Ordinal) is >= 0 and var mark ? Address[(mark + 1)..] : null;

    public bool Equals(Destination? other) =>
        other is not null && (Platform, Workspace, Kind, Address) == (other.Platform, other.Workspace, other.Kind, other.Address);

    public override int GetHashCode() => HashCode.Combine(Platform, Workspace, Kind, Address);

    /// <summary>One line for logs and tables: <c>discord/81/channel/42</c>.</summary>
    public override string ToString() =>
        $"{Platform}/{Workspace}/{Kind}/{Address}".ToLowerInvariant();
}

/// <summary>A thread counts as a channel on both platforms: Discord gives it an id, in Slack it is a message of its channel.</summary>
public enum DestinationKind
{
    Channel,
    Person,
}

/// <summary>The platform's proof of a message; lets a correction edit it and a kill withdraw it.</summary>
/// <param name="Channel">The channel the platform put it in (for a person: the direct-message channel).</param>
/// <param name="Message">The message's id, unique in that channel. An opaque string on both platforms.</param>
public sealed record Receipt(string Channel, string Message);
