using System.Data.Common;
using System.Text.Json;
using Dapper;
using M10Bot.News.Stories;
using M10Bot.News.Wire;

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

    /// <summary>The rulings on articles go with them into another story.</summary>
    public static Task MoveAsync(DbTransaction tx, IEnumerable<long> articles, long story) => tx.Connection!.ExecuteAsync(
        "update ruling set story_id = @story where article_id = @article", articles.Select(article => new { article, story }), tx);

    /// <summary>What was ruled on the newest version of a uri; null where none is here.</summary>
    public static async Task<WireRuling?> NewestAsync(DbConnection connection, string source, string uri)
    {
        var row = await connection.QueryFirstOrDefaultAsync<(long Story, string Change, string Verdict, string Reasons)?>(
            """
            select ruling.story_id, ruling.change, ruling.verdict, ruling.reasons
            from article join ruling on ruling.article_id = article.id
            where article.source = @source and article.uri = @uri order by ruling.id desc limit 1
            """,
            new { source, uri });
        return row is { } r ? new WireRuling(r.Story, r.Change, r.Verdict, JsonSerializer.Deserialize(r.Reasons, StoriesJson.Default.IReadOnlyListString) ?? []) : null;
    }

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
