namespace M10Bot.News.Chat;

/// <summary>A slash command or a pressed button, as it came in, without any platform's words.</summary>
public sealed record CommandRequest
{
    public required Platform Platform { get; init; }

    /// <summary>Slack's workspace id or Discord's guild id; empty in a Discord direct message.</summary>
    public required string Workspace { get; init; }

    /// <summary>The channel it was typed in.</summary>
    public required string Channel { get; init; }

    /// <summary>True where <see cref="Channel"/> is the person's own direct messages.</summary>
    public bool IsDirect { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>The command's full name: <c>latest</c>, <c>channel add</c>.</summary>
    public required string Command { get; init; }

    /// <summary>By option name; an option nobody filled is absent. Values are outside text.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>True where a story and what is said of it were typed in one line, and nothing tells where the one ends: the first word stands for the story.</summary>
    public bool IsRunOn { get; init; }

    /// <summary>The names of some admins, as people know them; null where nobody is known.</summary>
    public string? Admins { get; init; }

    /// <summary>The same of editors.</summary>
    public string? Editors { get; init; }

    /// <summary>BCP 47 tag of the caller's client; <c>en</c> where unknown.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>Null for what was typed or pressed; else how far the form is whose answers these are. The dispatcher sets it.</summary>
    public FormStep? Step { get; init; }

    /// <summary>By id, what the platform told of the channels that the arguments name; empty where it told nothing.</summary>
    public IReadOnlyDictionary<string, ChannelSight> Channels { get; init; } = new Dictionary<string, ChannelSight>(StringComparer.Ordinal);

    /// <summary>The channel this was asked in, as a place bulletins can go.</summary>
    public Destination Here => IsDirect
        ? Me
        : new Destination(Platform, Workspace, DestinationKind.Channel, Channel);

    /// <summary>The caller's direct messages.</summary>
    public Destination Me => new(Platform, Workspace, DestinationKind.Person, Caller.Id);
}

/// <param name="Id">The platform's id of the person.</param>
/// <param name="Role">What the platform, or the allow-list, says this person may do; decided anew on each request.</param>
public sealed record Caller(string Id, Role Role)
{
    /// <summary>May decide about stories, everywhere. Its own list: who administers a workspace is not thereby an editor.</summary>
    public bool IsEditor { get; init; } = Role is Role.Editor;
}

/// <summary>What a person may do where the command was typed; each may do there all that the one before may.</summary>
public enum Role
{
    Member,
    Editor,
    Admin,
}

/// <summary>What a command says: a card, private to the caller unless it says otherwise.</summary>
/// <param name="Card">The answer.</param>
/// <param name="IsPublic">True shows it to the whole channel.</param>
public sealed record CommandReply(Card Card, bool IsPublic = false)
{
    /// <summary>What the reply asks for, drawn with the card; null where it only says.</summary>
    public Form? Form { get; init; }

    /// <summary>What the button behind which it came says from now on, where that is not the answer itself.</summary>
    public Card? Ended { get; init; }

    /// <summary>A short private answer.</summary>
    public static CommandReply Say(string headline, params string[] lines) =>
        new(new Card { Headline = headline, Lines = lines });
}

/// <summary>One word offered while a person types an option.</summary>
/// <param name="Name">What the person sees, at most 100 characters.</param>
/// <param name="Value">What the option gets, at most 100 characters.</param>
public sealed record Suggestion(string Name, string Value);
