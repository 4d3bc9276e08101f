using M10Bot.News.Articles;

namespace M10Bot.News.Subscriptions;

/// <summary>In quiet hours a new story waits for their end, and shows then how it stands by then. A flash comes at once.</summary>
public static class QuietRule
{
    public static RuleVerdict Judge(Urgency story, Pace pace, DateTimeOffset now) =>
        story.Step is not UrgencyStep.Flash && pace.Quiet?.EndOf(now) is { } end ? new RuleVerdict(Runs: true, end) : RuleVerdict.Run;
}
