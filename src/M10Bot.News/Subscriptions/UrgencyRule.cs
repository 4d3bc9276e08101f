using M10Bot.News.Articles;

namespace M10Bot.News.Subscriptions;

/// <summary>A subscription may ask for the urgent alone.</summary>
public static class UrgencyRule
{
    public static RuleVerdict Judge(Urgency story, OrderRules order) => story <= order.Least ? RuleVerdict.Run : RuleVerdict.Spike;
}
