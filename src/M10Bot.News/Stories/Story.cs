using M10Bot.News.Articles;

namespace M10Bot.News.Stories;

/// <summary>The event: a cluster of Articles, one of them the Lead.</summary>
/// <param name="Sources">How many Sources report it.</param>
/// <param name="First">When the first article came.</param>
/// <param name="Changed">When it last moved.</param>
/// <param name="LooksLike">The story that it may be the same as; held because of it.</param>
public sealed record Story(
    long Id, string? Slug, string Headline, StoryState State, Urgency Urgency, int Sources, DateTimeOffset First, DateTimeOffset Changed, long? LooksLike = null);

public enum StoryState
{
    /// <summary>Nothing of it may be shown yet: under embargo, or being checked.</summary>
    Held,
    Open,

    /// <summary>Withdrawn; nothing more of it runs.</summary>
    Killed,

    /// <summary>Part of another story; its number leads there.</summary>
    Merged,
}

/// <summary>What an article does to its story.</summary>
public enum Change
{
    /// <summary>Starts a story.</summary>
    New,

    /// <summary>Adds to it.</summary>
    Update,

    /// <summary>Another publisher tells the same: a source more, and no new words on the card.</summary>
    Account,

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
public sealed record Match(Story? Story, Change Change, int Version, string Because)
{
    /// <summary>For a story that would be new: the one that it may be the same as.</summary>
    public long? LooksLike { get; init; }

    /// <summary>Of a story that an editor put others into: the one that the article is like; null for the story itself.</summary>
    public long? Part { get; init; }

    /// <summary>True for a text made from another publisher's.</summary>
    public bool IsCopy { get; init; }

    /// <summary>When each independent source first told it, this article's included, in rising order; copies are none.</summary>
    public IReadOnlyList<DateTimeOffset> Sources { get; init; } = [];
}
