namespace M10Bot.News.Chat;

/// <summary>What became of a link to a message. Closed: these cases and no others.</summary>
public abstract record LinkOutcome
{
    private LinkOutcome()
    {
    }

    /// <summary>It is the message; where the platform lets the bot read it, it was looked at.</summary>
    public sealed record Ours(Receipt Receipt) : LinkOutcome;

    /// <summary>It is not, or that could not be found out.</summary>
    public sealed record No(LinkFault Fault) : LinkOutcome;
}

/// <summary>Why a link is no receipt.</summary>
public enum LinkFault
{
    /// <summary>No link to a message of this platform.</summary>
    NoLink,

    /// <summary>To a message in another place.</summary>
    Elsewhere,

    /// <summary>The platform knows no such message.</summary>
    NotThere,

    /// <summary>Somebody else's message, or the bot's of another story.</summary>
    NotOurs,

    /// <summary>The platform can't be asked now.</summary>
    NotNow,
}
