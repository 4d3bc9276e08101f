using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Stories;

namespace M10Bot.News.Desk;

/// <summary>What the desk decides about an article, always with its reasons.</summary>
/// <param name="Verdict">Run now, hold, or spike.</param>
/// <param name="Urgency">How fast it goes out if it runs.</param>
/// <param name="Reasons">In plain words, the deciding one first.</param>
public sealed record Ruling(Verdict Verdict, Urgency Urgency, IReadOnlyList<string> Reasons)
{
    /// <summary>Decides from what is known when the article is filed; no side effects.</summary>
    /// <param name="hold">Why an editor holds the story; null where none does.</param>
    /// <param name="suspicion">What is unlike the feed it came from; null where nothing is.</param>
    public static Ruling Of(
        Article article, IReadOnlyList<TopicMatch> topics, Match match, DateTimeOffset now, string? hold = null, string? suspicion = null)
    {
        var (urgency, signs) = UrgencyOf(article, topics, match, now);
        if (match.Change == Change.Repeat)
        {
            return Spike(urgency, match.Because);
        }

        if (match.Story is { State: StoryState.Killed })
        {
            return Spike(urgency, "this story was withdrawn; a new one needs a new slug", match.Because);
        }

        if (match is { Change: Change.Kill, Story: null })
        {
            return Spike(urgency, "nothing of it has run; what comes of it later will not run either");
        }

        if (hold is not null && match.Change != Change.Kill)
        {
            return new Ruling(Verdict.Hold, urgency, [$"an editor holds the story: {hold}", match.Because]);
        }

        if (article.Status == ArticleStatus.Hold)
        {
            return new Ruling(Verdict.Hold, urgency, ["the newsroom holds it while it is checked", match.Because]);
        }

        if (article.Embargo is { } until && until > now && match.Change != Change.Kill)
        {
            var time = until.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            return new Ruling(Verdict.Hold, urgency, [$"under embargo until {time} UTC", match.Because]);
        }

        if (suspicion is not null)
        {
            return new Ruling(Verdict.Hold, urgency, [$"held for an editor: {suspicion}", match.Because]);
        }

        return Doubt(article, match) is { } doubt
            ? new Ruling(Verdict.Hold, urgency, [doubt, match.Because, .. signs])
            : new Ruling(Verdict.Run, urgency, [Why(article, match, urgency), match.Because, .. signs]);
    }

    /// <summary>A feed's article that may tell a story readers have: it waits until a second source bears it out, or an editor runs it.</summary>
    private static string? Doubt(Article article, Match match) => match switch
    {
        _ when article.Origin != ArticleOrigin.Feed => null,
        { Story: null, LooksLike: { } like } => $"it may be story {like}: held back, so that nothing is pushed twice",
        { Story: { State: StoryState.Held, LooksLike: { } like } } when match.Sources.Count == 1 => $"its story may be story {like}: held back, so that nothing is pushed twice",
        { Story: { State: StoryState.Held, LooksLike: null }, Change: Change.Account } => "its story is held",
        _ => null,
    };

    // What the newsroom or a trusted feed marks is marked; for the rest the signs decide. A story never gets less urgent by an account more.
    private static (Urgency Urgency, IReadOnlyList<string> Signs) UrgencyOf(Article article, IReadOnlyList<TopicMatch> topics, Match match, DateTimeOffset now)
    {
        if (article.Origin == ArticleOrigin.Wire || article.Urgency is { Step: not UrgencyStep.Routine })
        {
            return (article.Urgency ?? match.Story?.Urgency ?? Urgency.Urgent, []);
        }

        var (isBreaking, signs) = Breaking.Judge(article, topics, match.Sources, now);
        var known = match.Story?.Urgency ?? Urgency.Routine;
        var judged = isBreaking ? Urgency.Urgent : Urgency.Routine;
        return (judged < known ? judged : known, signs);
    }

    private static Ruling Spike(Urgency urgency, params string[] reasons) => new(Verdict.Spike, urgency, reasons);

    private static string Why(Article article, Match match, Urgency urgency) => match.Change switch
    {
        Change.Kill => "the newsroom withdraws the story",
        Change.Correction => "the newsroom corrects the story",
        Change.Update when article.Origin == ArticleOrigin.Feed => $"{article.Source} adds to a story that runs",
        Change.Update => "the newsroom adds to a story that runs",
        Change.Account => match.IsCopy ? $"{article.Source} carries the same text" : $"{article.Source} tells it too",
        _ when article.Origin == ArticleOrigin.Feed => urgency.Step == UrgencyStep.Routine
            ? $"from the feed of {article.Source}: runs as {urgency.Step} ({urgency})"
            : article.Urgency is not { Step: not UrgencyStep.Routine } ? $"breaking by its signs: runs as {urgency.Step} ({urgency})"
            : $"{article.Source}, whose feed is trusted, marks it {urgency.Step} (urgency {urgency})",
        _ when article.Urgency is null => $"on the newsroom's wire without an urgency: runs as {urgency.Step} ({urgency})",
        _ => $"marked {urgency.Step} (urgency {urgency}) by the newsroom",
    };
}

public enum Verdict
{
    Run,

    /// <summary>Kept back until its embargo ends or the newsroom frees it.</summary>
    Hold,

    /// <summary>Not run.</summary>
    Spike,
}
