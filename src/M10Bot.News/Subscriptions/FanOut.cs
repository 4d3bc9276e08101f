using System.Data.Common;
using Dapper;
using M10Bot.News.Articles;

namespace M10Bot.News.Subscriptions;

/// <summary>What the rules mean for one story at one moment, in the numbers that the statement for all destinations takes.</summary>
/// <param name="Urgency">The story's.</param>
/// <param name="IsFlash">It passes quiet hours and budgets.</param>
/// <param name="HasPings">Some subscription pings at this urgency.</param>
/// <param name="Since">New stories after this count for the budget.</param>
/// <param name="Quiet">The hours that are quiet now: from, to, zone, end.</param>
public sealed record FanOut(int Urgency, bool IsFlash, bool HasPings, DateTimeOffset Since, IReadOnlyList<object?[]> Quiet)
{
    /// <param name="isQuiet">No flash and no ping, whatever the urgency.</param>
    public static async Task<FanOut> OfAsync(DbTransaction transaction, int urgency, DateTimeOffset now, bool isQuiet = false)
    {
        var story = new Urgency(Math.Clamp(urgency, 1, 9));
        var isFlash = story.Step is UrgencyStep.Flash && !isQuiet;
        var pings = await transaction.Connection!.ExecuteScalarAsync<long>(
            "select count(*) from (select 1 from subscription where ping_urgency >= @urgency limit 1) p", new { urgency = story.Value }, transaction);
        return new FanOut(story.Value, isFlash, pings > 0 && !isQuiet, now - BudgetRule.Window, isFlash ? [] : await PaceStore.QuietNowAsync(transaction, now));
    }
}
