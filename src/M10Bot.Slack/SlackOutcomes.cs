using System.Collections.Concurrent;
using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;

namespace M10Bot.Slack;

/// <summary>What a call's result means for a delivery. One row of the errors' table, one outcome.</summary>
internal sealed class SlackOutcomes(TimeProvider time)
{
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutageRest = TimeSpan.FromSeconds(15);

    /// <summary>While Slack moves a workspace, or it has removed the app: soon again, then ever later, then as rarely as a dead token.</summary>
    private static readonly int[] AwaySteps = [1, 3, 10, 30, 60, 300];

    private readonly ConcurrentDictionary<string, (int Step, DateTimeOffset Until)> _away = new(StringComparer.Ordinal);

    /// <summary>The workspace cannot be served just now, and may come back at any time.</summary>
    public PostOutcome.Deferred Away(string team, string why) => new(NextLook(team, time.GetUtcNow()), why, WholeLane: true);

    /// <param name="team">Whose call it was.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="edited">The message edited, which is harmless to repeat; null for a post, which is not.</param>
    public PostOutcome Of<T>(string team, SlackResult<T> result, Receipt? edited)
    {
        var now = time.GetUtcNow();
        if (result is SlackResult<T>.Ok)
        {
            _away.TryRemove(team, out _);
        }

        return result switch
        {
            SlackResult<T>.Ok { Reply: MessageReply { Channel: { Length: > 0 } channel, Ts: { Length: > 0 } ts } } => new PostOutcome.Posted(new Receipt(channel, ts)),
            SlackResult<T>.Ok when edited is not null => new PostOutcome.Posted(edited),
            SlackResult<T>.RateLimited limited => new PostOutcome.Deferred(limited.Until, limited.Why, WholeLane: limited.IsWide) { OnlyItsKind = true },
            SlackResult<T>.NotSent broken => new PostOutcome.Deferred(now + OutageRest, broken.Why, WholeLane: true),
            SlackResult<T>.Ambiguous doubt when edited is not null => new PostOutcome.Deferred(now + ShortRest, doubt.Why),
            SlackResult<T>.Ambiguous doubt => new PostOutcome.InDoubt(doubt.Why),
            SlackResult<T>.Rejected { Error: var error } => Of(team, error, now),
            _ => new PostOutcome.InDoubt("Slack's answer named no message"),
        };
    }

    private PostOutcome Of(string team, SlackError error, DateTimeOffset now) => error.Action switch
    {
        SlackAction.Skip => new PostOutcome.Gone(),
        SlackAction.Move => Away(team, error.Why),
        SlackAction.Retry => new PostOutcome.Deferred(now + error.After, Said(error), WholeLane: error.After >= TimeSpan.FromMinutes(1)),
        SlackAction.Team => new PostOutcome.Deferred(now + error.After, Said(error), WholeLane: true),
        _ => new PostOutcome.Refused(error.Why, error.Remedy),
    };

    private static string Said(SlackError error) => error.Remedy.Length == 0 ? error.Why : $"{error.Why}. {error.Remedy}";

    // What went out together and was turned away together is one step.
    private DateTimeOffset NextLook(string team, DateTimeOffset now) =>
        _away.AddOrUpdate(
            team,
            _ => (0, now + TimeSpan.FromSeconds(AwaySteps[0])),
            (_, last) => last.Until > now ? last : (Math.Min(last.Step + 1, AwaySteps.Length - 1), now + TimeSpan.FromSeconds(AwaySteps[Math.Min(last.Step + 1, AwaySteps.Length - 1)]))).Until;
}
