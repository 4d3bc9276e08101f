using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Reading;
using M10Bot.News.Stories;

namespace M10Bot.News.Bulletins;

/// <summary>Makes the card of a bulletin's next version (docs/cards.md). Excerpts only: headline, points, credit, link.</summary>
public static class CardBuilder
{
    public const int HeadlineLimit = 100;
    /// <summary>Says that the points are no sentences of the article. Without it they are.</summary>
    public const string MachineNote = "summary by machine, checked";
    private const string SingleSource = "single source";
    private const string SeveralSources = "sources";

    /// <param name="before">The card that stands now; null for the first version.</param>
    /// <param name="previous">The article that spoke for the story until now; null for the first version.</param>
    public static Card Build(Story story, Article article, ArticleReading reading, Change change, Card? before, Article? previous, DateTimeOffset now)
    {
        var version = (before?.Version ?? 0) + 1;
        if (change == Change.Kill)
        {
            return Withdrawn(article, before, version, now);
        }

        var state = StateOf(story, change, before);
        var points = Points(state, reading, before);
        return new Card
        {
            Kicker = new Kicker(state, Notes(story, reading, points, before)),
            Headline = Cut(article.Headline, HeadlineLimit),
            Link = article.Link ?? before?.Link,
            Notice = change == Change.Correction ? Corrected(article, now) : before?.Notice,
            Points = points,
            Topics = [.. reading.Topics.Where(t => t.Topic.Kind is not TopicKind.Keyword).Take(10).Select(t => t.Topic.Name)],
            WhatIsNew = version > 1 && change == Change.Update ? WhatIsNew.Between(previous, article, reading, points) : null,
            Actions = Actions(story.Id, article.Link ?? before?.Link),
            Credit = Credit(article) ?? before?.Credit,
            Published = before?.Published ?? article.Published,
            Updated = version > 1 ? now : null,
            Version = version,
        };
    }

    /// <summary>Whether so many sources say something new: an edit for each one would only be noise.</summary>
    public static bool IsToldAt(int sources) => sources is 2 or 3 or 4 or 6 or 10 || sources % 20 == 0;

    /// <summary>The same card with one source more; news becomes breaking where its urgency says so.</summary>
    public static Card Counted(Card before, Story story, string source, DateTimeOffset now)
    {
        var isRaised = before.Kicker!.State == CardState.News && story.Urgency.Step != UrgencyStep.Routine;
        var notes = before.Kicker.Notes.Select(note => IsCount(note) ? Sources(story) : note).ToList();
        return before with
        {
            Kicker = new Kicker(isRaised ? CardState.Breaking : before.Kicker.State, notes),
            WhatIsNew = $"{Cut(source, 60)} reports it too",
            IsQuiet = false,
            Updated = now,
            Version = before.Version + 1,
        };
    }

    /// <summary>The same card with a machine's points, which have passed the check; nothing new to tell anybody.</summary>
    public static Card ByMachine(Card before, IReadOnlyList<string> points) => before with
    {
        Kicker = before.Kicker! with { Notes = [.. before.Kicker.Notes.Where(n => n is not MachineNote), MachineNote] },
        Points = points,
        IsQuiet = true,
        Version = before.Version + 1,
    };

    /// <summary>The same card after an editor put another story into its own or took one out: its sources are counted anew.</summary>
    /// <param name="what">What readers are told.</param>
    /// <param name="notice">A correction's words that must not be lost with the other card; null where there are none.</param>
    public static Card Rearranged(Card before, Story story, string what, Notice? notice, int version, DateTimeOffset now)
    {
        var card = Counted(before, story, what, now);
        var isCorrected = card.Kicker!.State is CardState.Corrected; // the notice stays; nothing is corrected anew
        return card with
        {
            Kicker = isCorrected ? card.Kicker with { State = CardState.Update } : card.Kicker,
            WhatIsNew = what,
            Notice = notice ?? before.Notice,
            Version = version,
        };
    }

    /// <summary>The same card with other topics.</summary>
    /// <param name="topics">The strongest first.</param>
    public static Card About(Card before, IReadOnlyList<Topic> topics) => before with
    {
        Kicker = before.Kicker! with { Notes = [.. MainTopic.Of(topics.Select(t => (t.Code, t.Name))), .. before.Kicker.Notes.SkipWhile(n => !IsCount(n))] },
        Topics = [.. topics.Take(10).Select(t => t.Name)],
        Version = before.Version + 1,
    };

    /// <summary>What stays of a message beside the one in which its story goes on. It says nothing of the story: that may be corrected or killed over there.</summary>
    public static Card Pointing(long into, int version, DateTimeOffset now) => new()
    {
        Kicker = new Kicker(CardState.Merged, []),
        Headline = "This story goes on in another message here",
        Actions = Actions(into, null),
        Updated = now,
        Version = version,
    };

    /// <summary>Cuts at a word, with an ellipsis, to at most <paramref name="limit"/> characters.</summary>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', limit - 1);
        var end = space > limit / 2 ? space : limit - 1;
        return string.Concat(text.AsSpan(0, end).TrimEnd(" ,;:–-"), "…");
    }

    private static CardState StateOf(Story story, Change change, Card? before) => change switch
    {
        Change.Correction => CardState.Corrected,
        _ when before is not null && (before.Kicker!.State != CardState.News || story.Urgency.Step == UrgencyStep.Routine) => CardState.Update,
        _ => story.Urgency.Step switch
        {
            UrgencyStep.Flash => CardState.Flash,
            UrgencyStep.Urgent => CardState.Breaking,
            _ => CardState.News,
        },
    };

    // A flash is its headline; the points follow by edit. An update of one line keeps the points that stand.
    private static IReadOnlyList<string> Points(CardState state, ArticleReading reading, Card? before) => state switch
    {
        CardState.Flash => [],
        _ when reading.Summary.Points.Count > 0 => reading.Summary.Points,
        _ => before?.Points ?? [],
    };

    private static List<string> Notes(Story story, ArticleReading reading, IReadOnlyList<string> points, Card? before)
    {
        var notes = MainTopic.Of(reading.Topics.Select(t => (t.Topic.Code, t.Topic.Name))).ToList();
        notes.Add(Sources(story));
        notes.AddRange(Languages.Note(reading.Language, points.Count > 0) is { } language ? [language] : []);
        if (points.Count > 0 && ReferenceEquals(points, before?.Points) && before.Kicker!.Notes.Contains(MachineNote, StringComparer.Ordinal))
        {
            notes.Add(MachineNote); // the points that stand are still the machine's
        }

        return notes;
    }

    private static string Sources(Story story) =>
        story.Sources <= 1 ? SingleSource : string.Create(CultureInfo.InvariantCulture, $"{story.Sources} {SeveralSources}");

    private static bool IsCount(string note) => note is SingleSource || (note.EndsWith(SeveralSources, StringComparison.Ordinal) && char.IsAsciiDigit(note[0]));

    private static Notice Corrected(Article article, DateTimeOffset now) =>
        new("Corrected", now, article.Note is { Length: > 0 } note ? $": {note}" : ": an earlier version had an error");

    private static Card Withdrawn(Article article, Card? before, int version, DateTimeOffset now) => new()
    {
        Kicker = new Kicker(CardState.Withdrawn, []),
        Headline = $"{article.Source} has withdrawn this story",
        Notice = new Notice("Withdrawn", now, article.Note is { Length: > 0 } note ? $": {note}" : ""),
        Credit = before?.Credit ?? Credit(article),
        Published = before?.Published,
        Updated = now,
        Version = version,
    };

    private static List<CardAction> Actions(long story, string? link)
    {
        var key = ("story", story.ToString(CultureInfo.InvariantCulture));
        var actions = new List<CardAction>
        {
            CardAction.ToCommand("Summary", "summary", key),
            CardAction.ToCommand("Follow", "follow", key),
            CardAction.ToCommand("Mute", "mute", key),
            CardAction.ToCommand("Why?", "why", key),
        };
        if (link is not null)
        {
            actions.Insert(1, CardAction.ToLink("Full story", link));
        }

        return actions;
    }

    private static string? Credit(Article article)
    {
        var parts = new[] { article.Credit ?? article.Source, article.Copyright }.Where(p => !string.IsNullOrWhiteSpace(p));
        return string.Join(" · ", parts!) is { Length: > 0 } credit ? credit : null;
    }
}
