namespace M10Bot.News.Subscriptions;

/// <summary>What a rule says of a story for a destination. The fan-out asks the same in one statement for all; a test compares the two.</summary>
/// <param name="Runs">False where the story does not come because of this rule.</param>
/// <param name="NotBefore">Where it comes, but later.</param>
public sealed record RuleVerdict(bool Runs, DateTimeOffset? NotBefore = null)
{
    public static readonly RuleVerdict Run = new(Runs: true);
    public static readonly RuleVerdict Spike = new(Runs: false);
}
