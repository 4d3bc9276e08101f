using System.Data.Common;
using System.Text.Json;
using Dapper;
using M10Bot.News.Stories;

namespace M10Bot.News.Desk;

internal static class RulingStore
{
    // The newest ruling on an article under embargo is the hold until it is released; what an editor holds waits for the editor.
    private const string Waiting = """
        from article join ruling on ruling.article_id = article.id
        where article.embargo_ms is not null and article.status <> 'hold' and ruling.verdict = 'hold'
          and not exists (select 1 from ruling later where later.article_id = article.id and later.id > ruling.id)
          and not exists (select 1 from desk_hold where desk_hold.story_id = article.story_id)
        """;

    public static async Task AddAsync(DbTransaction tx, long story, long? article, Change change, Ruling ruling, DateTimeOffset now) =>
        await tx.Connection!.ExecuteAsync(
            """
            insert into ruling (story_id, article_id, change, verdict, reasons, at_ms)
            values (@story, @article, @change, @verdict, @reasons, @now)
            """,
            new
            {
                story,
                article,
                change = StoryStore.Word(change),
                verdict = StoryStore.Word(ruling.Verdict),
                reasons = JsonSerializer.Serialize(ruling.Reasons, StoriesJson.Default.IReadOnlyListString),
                now = now.ToUnixTimeMilliseconds(),
            },
            tx);

    /// <summary>When the next embargo ends; null where none is waiting.</summary>
    public static async Task<DateTimeOffset?> NextReleaseAsync(DbConnection connection) =>
        await connection.ExecuteScalarAsync<long?>($"select min(article.embargo_ms) {Waiting}") is { } ms
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    /// <summary>The articles whose embargo has ended, with their stories, oldest first.</summary>
    public static async Task<IReadOnlyList<(long Article, long Story)>> ReleasedAsync(DbTransaction tx, DateTimeOffset now) =>
        [.. await tx.Connection!.QueryAsync<(long, long)>(
            $"select article.id, article.story_id {Waiting} and article.embargo_ms <= @now order by article.id",
            new { now = now.ToUnixTimeMilliseconds() },
            tx)];
}
