namespace M10Bot.News.Stories;

/// <summary>One story in a list.</summary>
public sealed record StoryLine
{
    /// <summary>The number readers type.</summary>
    public required long Id { get; init; }

    public required string Headline { get; init; }

    /// <summary><c>open</c>, <c>held</c> or <c>killed</c>.</summary>
    public required string State { get; init; }

    public required int Urgency { get; init; }

    /// <summary>How many publishers carry it.</summary>
    public required int Sources { get; init; }

    public required DateTimeOffset First { get; init; }

    public required DateTimeOffset Changed { get; init; }

    /// <summary>The bulletin's state in lower case; null where the story has not run.</summary>
    public string? Bulletin { get; init; }

    /// <summary>The bulletin's version; 0 where the story has not run.</summary>
    public int Version { get; init; }

    /// <summary>The lead's publisher.</summary>
    public required string Source { get; init; }

    public string? Link { get; init; }

    public string? Credit { get; init; }

    public string? Copyright { get; init; }

    /// <summary>False for what is held, killed, under embargo or was never run.</summary>
    public required bool IsReadable { get; init; }
}

/// <param name="Sentences">The lead's stored summary.</param>
/// <param name="Published">When the first account of it was published, as its cards say.</param>
/// <param name="Language">The lead's, BCP 47.</param>
/// <param name="Topics">Strongest first.</param>
/// <param name="Rulings">Oldest first.</param>
/// <param name="Accounts">Every article of the story that readers may know of, oldest first.</param>
public sealed record StoryDetail(
    IReadOnlyList<string> Sentences,
    DateTimeOffset Published,
    string Language,
    IReadOnlyList<StoryTopic> Topics,
    IReadOnlyList<StoryRuling> Rulings,
    IReadOnlyList<StoryAccount> Accounts,
    SummaryOrigin Origin)
{
    /// <summary>What editors say it is about, oldest first.</summary>
    public IReadOnlyList<TopicRuling> TopicRulings { get; init; } = [];
}

/// <summary>Whose the sentences of a summary are.</summary>
/// <param name="IsMachine">Written by a model and checked; else they are the article's own.</param>
/// <param name="Note">Why a model's were not used; null where none was asked, or they were used.</param>
public sealed record SummaryOrigin(bool IsMachine, string? Note)
{
    public static SummaryOrigin Own { get; } = new(IsMachine: false, Note: null);
}

/// <param name="Words">The words of the articles that caused it.</param>
/// <param name="IsGiven">Set by the publisher of the article that speaks for the story.</param>
public sealed record StoryTopic(string Code, string Name, IReadOnlyList<string> Words, bool IsGiven = false);

/// <param name="Change"><c>new</c>, <c>update</c>, <c>correction</c>, <c>kill</c> or <c>repeat</c>.</param>
/// <param name="Verdict"><c>run</c>, <c>hold</c> or <c>spike</c>.</param>
public sealed record StoryRuling(string Change, string Verdict, IReadOnlyList<string> Reasons, DateTimeOffset At);

/// <summary>One publisher's article in a story.</summary>
/// <param name="Note">For a correction or a kill: the desk's words to readers.</param>
public sealed record StoryAccount(string Source, string Status, string? Link, string? Note, DateTimeOffset Received);
