using System.Data.Common;
using Dapper;

namespace M10Bot.News.Stories;

/// <summary>What the index in memory is made of, and what it changes.</summary>
internal static class StoryIndexStore
{
    // Nobody has seen it there: it speaks for no story that has run, and neither the newsroom nor an embargo holds it.
    private const string MayMove = """
        article.status = 'usable' and article.embargo_ms is null
        and not exists (select 1 from story s join bulletin b on b.story_id = s.id where s.lead_id = article.id)
        """;

    /// <summary>Lets one transaction file at a time, in all processes: the next one sees what this one has filed.</summary>
    /// <param name="forUpdate">The engine's; empty where there is one writer anyway.</param>
    public static async Task LockAsync(DbTransaction tx, string forUpdate)
    {
        if (forUpdate.Length > 0)
        {
            await tx.Connection!.ExecuteAsync($"select id from installation where id = 1 {forUpdate}", transaction: tx);
        }
    }

    /// <summary>Articles that came after this one, oldest first.</summary>
    public static async Task<IReadOnlyList<IndexedArticle>> AfterAsync(DbTransaction tx, long last, DateTimeOffset since, int most) =>
        [.. await tx.Connection!.QueryAsync<IndexedArticle>(
            $"""
            select id as Id, story_id as Story, headline as Headline, body as Body, received_ms as ReceivedMs,
                case when {MayMove} then 0 else 1 end as IsFixed
            from article where id > @last and received_ms >= @since order by id limit @most
            """,
            new { last, since = since.ToUnixTimeMilliseconds(), most },
            tx)];

    /// <summary>Moves that came after this one, oldest first.</summary>
    public static async Task<IReadOnlyList<(long Id, long Article, long Story)>> MovesAsync(DbTransaction tx, long last) =>
        [.. await tx.Connection!.QueryAsync<(long, long, long)>(
            "select id, article_id, story_id from story_move where id > @last order by id", new { last }, tx)];

    public static async Task<long> LastMoveAsync(DbTransaction tx) =>
        await tx.Connection!.ExecuteScalarAsync<long>("select coalesce(max(id), 0) from story_move", transaction: tx);

    /// <summary>Puts an article into another story, if nobody has seen it where it is.</summary>
    /// <returns>False where it stays.</returns>
    public static async Task<bool> MoveAsync(DbTransaction tx, StoryMove move, DateTimeOffset now)
    {
        var values = new { move.Article, move.From, move.To, now = now.ToUnixTimeMilliseconds() };
        if (await tx.Connection!.ExecuteAsync($"update article set story_id = @To where id = @Article and story_id = @From and {MayMove}", values, tx) == 0)
        {
            return false;
        }

        await NoteAsync(tx, move.Article, move.To, now);
        await tx.Connection!.ExecuteAsync(
            """
            update story set state = 'merged', merged_into = @To, looks_like = null
            where id = @From and not exists (select 1 from article where story_id = @From)
            """,
            values,
            tx);
        return true;
    }

    public static Task NoteAsync(DbTransaction tx, long article, long story, DateTimeOffset now) =>
        tx.Connection!.ExecuteAsync(
            "insert into story_move (article_id, story_id, at_ms) values (@article, @story, @now)",
            new { article, story, now = now.ToUnixTimeMilliseconds() },
            tx);
}

internal sealed class IndexedArticle
{
    public long Id { get; init; }

    public long Story { get; init; }

    public string Headline { get; init; } = "";

    public string Body { get; init; } = "";

    public long ReceivedMs { get; init; }

    public long IsFixed { get; init; }
}
