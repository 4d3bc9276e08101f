using M10Bot.News.Articles;

namespace M10Bot.News.Stories;

/// <summary>The event: a cluster of Articles, one of them the Lead.</summary>
/// <param name="Sources">How many Sources report it.</param>
/// <param name="First">When the first article came.</param>
/// <param name="Changed">When it last moved.</param>
public sealed record Story(
    long Id, string? Slug, string Headline, StoryState State, Urgency Urgency, int Sources, DateTimeOffset First, DateTimeOffset Changed);

public enum StoryState
{
    /// <summary>Nothing of it may be shown yet: under embargo, or being checked.</summary>
    Held,
    Open,

    /// <summary>Withdrawn; nothing more of it runs.</summary>
    Killed,
}

/// <summary>What an article does to its story.</summary>
public enum Change
{
    /// <summary>Starts a story.</summary>
    New,

    /// <summary>Adds to it.</summary>
    Update,

    /// <summary>Puts an error right and says so to readers.</summary>
    Correction,

    /// <summary>Withdraws it.</summary>
    Kill,

    /// <summary>Says nothing that was not here already.</summary>
    Repeat,
}

/// <summary>Where an article belongs.</summary>
/// <param name="Story">The story it belongs to; null starts a new one.</param>
/// <param name="Change">What it does to it.</param>
/// <param name="Version">The version it is filed as.</param>
/// <param name="Because">How the match was made, for the ruling's reasons.</param>
public sealed record Match(Story? Story, Change Change, int Version, string Because);
