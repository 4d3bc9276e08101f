namespace M10Bot.News.Articles;

/// <summary>One Source's account of an event, normalised.</summary>
/// <remarks>Identity is <see cref="Source"/> + <see cref="Uri"/>; a higher <see cref="Version"/> of the same uri replaces the lower one (IPTC ninjs).</remarks>
public sealed record Article
{
    /// <summary>The publisher's name, e.g. <c>M10News</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Stable id within the Source; never shown to readers.</summary>
    public required string Uri { get; init; }

    /// <summary>1 and up. The first version of a uri wins over a repeat of the same number.</summary>
    public int Version { get; init; } = 1;

    /// <summary>One line, plain text, never empty.</summary>
    public required string Headline { get; init; }

    /// <summary>The whole text, paragraphs divided by newlines. Kept for reading, never sent: bulletins carry excerpts only.</summary>
    public string Body { get; init; } = "";

    /// <summary>Absolute http(s) address of the full story; null where the wire gives none.</summary>
    public string? Link { get; init; }

    /// <summary>Agreed key of a running story, repeated exactly on each later version; null where there is none.</summary>
    public string? Slug { get; init; }

    public string? Byline { get; init; }

    /// <summary>Who is to be credited, e.g. <c>M10News International Desk</c>.</summary>
    public string? Credit { get; init; }

    /// <summary>Short copyright notice, e.g. <c>© 2026 M10News</c>.</summary>
    public string? Copyright { get; init; }

    public required DateTimeOffset Published { get; init; }

    /// <summary>BCP 47 language of the text; <c>und</c> where unknown.</summary>
    public string Language { get; init; } = "en";

    /// <summary>As the publisher set it; null leaves it to the ruling.</summary>
    public Urgency? Urgency { get; init; }

    public ArticleStatus Status { get; init; } = ArticleStatus.Usable;

    /// <summary>Not to be used before this time.</summary>
    public DateTimeOffset? Embargo { get; init; }

    /// <summary>For a correction or a kill: the desk's words to readers about what was wrong. Never an internal note to editors.</summary>
    public string? Note { get; init; }

    /// <summary>How it came to the bot.</summary>
    public ArticleOrigin Origin { get; init; }

    /// <summary>The publisher's own codes; they win over what reading finds.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];
}

/// <summary>The newsroom's own wire, or a feed that is polled.</summary>
public enum ArticleOrigin
{
    Wire,
    Feed,
}

/// <summary>What the publisher says of a version (IPTC <c>pubStatus</c> and signals).</summary>
public enum ArticleStatus
{
    /// <summary>Free to use.</summary>
    Usable,

    /// <summary>Puts an error of an earlier version right and says so to readers.</summary>
    Correction,

    /// <summary>Stop using while it is checked.</summary>
    Hold,

    /// <summary>Withdrawn altogether.</summary>
    Kill,
}
