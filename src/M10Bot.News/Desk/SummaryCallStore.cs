using System.Data.Common;
using System.Text.Json;
using Dapper;
using M10Bot.News.Reading;
using M10Bot.News.Stories;

namespace M10Bot.News.Desk;

/// <summary>The table of what the model was asked: the claim on an article, the budget and the record in one.</summary>
internal static class SummaryCallStore
{
    private const int ShortestBody = 400; // of less there is nothing to sum up
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Articles that speak for a story and that nobody has asked about; what ran last comes first, flashes before all.</summary>
    /// <param name="since">An older story has been read as it is.</param>
    public static async Task<IReadOnlyList<(long Article, long Story)>> WaitingAsync(DbConnection connection, DateTimeOffset since, int most) =>
        [.. await connection.QueryAsync<(long, long)>(
            $"""
            select a.id, s.id from story s join article a on a.id = s.lead_id
            where s.changed_ms >= @since and s.state = 'open' and a.language like 'en%' and length(a.body) >= {ShortestBody}
              and exists (select 1 from bulletin b where b.story_id = s.id)
              and not exists (select 1 from summary_call c where c.article_id = a.id)
            order by s.urgency, s.changed_ms desc limit @most
            """,
            new { since = since.ToUnixTimeMilliseconds(), most })];

    /// <summary>Takes the article and sets aside what asking may cost.</summary>
    /// <returns>False where another replica has it, or the budget is spent.</returns>
    public static async Task<bool> ClaimAsync(DbTransaction tx, long article, long story, int tokens, SummaryBudget budget, DateTimeOffset now)
    {
        var spent = await SpentAsync(tx.Connection!, tx, now);
        if (!spent.Allows(budget, tokens))
        {
            return false;
        }

        await tx.Connection!.ExecuteAsync("delete from summary_call where at_ms < @old", new { old = (now - Kept).ToUnixTimeMilliseconds() }, tx);
        return await tx.Connection!.ExecuteAsync(
            """
            insert into summary_call (article_id, story_id, at_ms, tokens, outcome) values (@article, @story, @now, @tokens, 'asked')
            on conflict (article_id) do nothing
            """,
            new { article, story, now = now.ToUnixTimeMilliseconds(), tokens },
            tx) == 1;
    }

    public static async Task<SummarySpent> SpentAsync(DbConnection connection, DbTransaction? tx, DateTimeOffset now)
    {
        var (hourly, hourlyTokens, daily, dailyTokens) = await connection.QuerySingleAsync<(long, long, long, long)>(
            """
            select coalesce(sum(case when at_ms > @hour then 1 else 0 end), 0), coalesce(sum(case when at_ms > @hour then tokens else 0 end), 0),
                count(*), coalesce(sum(tokens), 0)
            from summary_call where at_ms > @day
            """,
            new { hour = (now - Hour).ToUnixTimeMilliseconds(), day = (now - Day).ToUnixTimeMilliseconds() },
            tx);
        return new SummarySpent(hourly, daily, hourlyTokens, dailyTokens);
    }

    /// <param name="tokens">What it cost; null where that is not known, so that what was set aside counts.</param>
    public static async Task EndAsync(DbTransaction tx, long article, string outcome, string? reason, int? tokens)
    {
        await tx.Connection!.ExecuteAsync(
            "update summary_call set outcome = @outcome, reason = @reason, tokens = coalesce(@tokens, tokens) where article_id = @article",
            new { article, outcome, reason, tokens },
            tx);
        await tx.Connection!.ExecuteAsync(
            "update article set summary_note = @reason where id = @article", new { article, reason }, tx);
    }

    /// <summary>Lets the machine's sentences stand where the article's own stood.</summary>
    public static Task UseAsync(DbTransaction tx, long article, IReadOnlyList<string> sentences) => tx.Connection!.ExecuteAsync(
        "update article set summary = @summary, summary_by = 'machine' where id = @article",
        new { article, summary = JsonSerializer.Serialize(sentences, StoriesJson.Default.IReadOnlyListString) },
        tx);

    /// <summary>Whether the article still speaks for its story, and the story may be shown.</summary>
    public static async Task<bool> SpeaksAsync(DbTransaction tx, long article, long story) =>
        await tx.Connection!.ExecuteScalarAsync<long?>(
            "select id from story where id = @story and lead_id = @article and state = 'open' and not exists (select 1 from desk_hold h where h.story_id = @story)",
            new { article, story },
            tx) is not null;

    /// <summary>How the last 24 hours went: outcome, reason, how often.</summary>
    public static async Task<IReadOnlyList<(string Outcome, string? Reason, long Count)>> TallyAsync(DbConnection connection, DateTimeOffset now) =>
        [.. await connection.QueryAsync<(string, string?, long)>(
            "select outcome, reason, count(*) from summary_call where at_ms > @day group by outcome, reason order by count(*) desc, reason",
            new { day = (now - Day).ToUnixTimeMilliseconds() })];
}

/// <summary>What was asked in the last hour and the last 24.</summary>
internal sealed record SummarySpent(long RequestsInHour, long RequestsInDay, long TokensInHour, long TokensInDay)
{
    public bool Allows(SummaryBudget budget, int tokens) =>
        RequestsInHour < budget.RequestsPerHour && RequestsInDay < budget.RequestsPerDay
        && TokensInHour + tokens <= budget.TokensPerHour && TokensInDay + tokens <= budget.TokensPerDay;
}
