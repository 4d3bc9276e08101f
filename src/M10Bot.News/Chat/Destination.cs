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
/// <param name="Address">The platform's id of the channel or person.</param>
public sealed record Destination(Platform Platform, string Workspace, DestinationKind Kind, string Address)
{
    /// <summary>One line for logs and tables: <c>discord/81/channel/42</c>.</summary>
    public override string ToString() =>
        $"{Platform}/{Workspace}/{Kind}/{Address}".ToLowerInvariant();
}

/// <summary>A thread counts as a channel on both platforms.</summary>
public enum DestinationKind
{
    Channel,
    Person,
}

/// <summary>The platform's proof of a message; lets a correction edit it and a kill withdraw it.</summary>
/// <param name="Channel">The channel the platform put it in (for a person: the direct-message channel).</param>
/// <param name="Message">The message's id, unique in that channel. An opaque string on both platforms.</param>
public sealed record Receipt(string Channel, string Message);
