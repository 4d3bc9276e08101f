using M10Bot.News.Articles;

namespace M10Bot.News.Subscriptions;

/// <summary>Beyond so many new stories in 24 hours only what is followed and what is a flash still comes.</summary>
public static class BudgetRule
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <param name="taken">New stories that the destination got, or is owed, within <see cref="Window"/>.</param>
    public static RuleVerdict Judge(Urgency story, Pace pace, long taken, bool isFollowed) =>
        pace.DailyMost is not { } most || taken < most || isFollowed || story.Step is UrgencyStep.Flash ? RuleVerdict.Run : RuleVerdict.Spike;
}
