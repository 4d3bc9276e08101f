using System.Data.Common;
using Dapper;

namespace M10Bot.News.Stories;

/// <summary>What the index in memory is made of, and what it changes.</summary>
internal static class StoryIndexStore
{
    // Nobody has seen it there: it speaks for no story that has run, and no editor placed it; neither the newsroom nor an embargo holds it.
    private const string MayMove = """
        article.status = 'usable' and article.embargo_ms is null and article.is_placed = 0
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
            select id as Id, story_id as Story, part_id as Part, headline as Headline, body as Body, received_ms as ReceivedMs,
                case when {MayMove} then 0 else 1 end as IsFixed
            from article where id > @last and received_ms >= @since order by id limit @most
            """,
            new { last, since = since.ToUnixTimeMilliseconds(), most },
            tx)];

    /// <summary>Moves that came after this one, oldest first.</summary>
    public static async Task<IReadOnlyList<IndexedMove>> MovesAsync(DbTransaction tx, long last) =>
        [.. await tx.Connection!.QueryAsync<IndexedMove>(
            "select id as Id, article_id as Article, story_id as Story, part_id as Part, is_placed as IsPlaced from story_move where id > @last order by id",
            new { last },
            tx)];

    public static async Task<long> LastMoveAsync(DbTransaction tx) =>
        await tx.Connection!.ExecuteScalarAsync<long>("select coalesce(max(id), 0) from story_move", transaction: tx);

    /// <summary>The articles of a story that stay there.</summary>
    public static Task<IEnumerable<long>> FixedAsync(DbTransaction tx, long story) =>
        tx.Connection!.QueryAsync<long>($"select id from article where story_id = @story and not ({MayMove})", new { story }, tx);

    /// <summary>Puts an article into another story, if nobody has seen it where it is.</summary>
    /// <returns>False where it stays.</returns>
    public static async Task<bool> MoveAsync(DbTransaction tx, StoryMove move, DateTimeOffset now)
    {
        var part = move.To.Part == move.To.Story ? (long?)null : move.To.Part;
        var values = new { move.Article, From = move.From.Story, To = move.To.Story, part, now = now.ToUnixTimeMilliseconds() };
        if (await tx.Connection!.ExecuteAsync(
            $"update article set story_id = @To, part_id = @part where id = @Article and story_id = @From and {MayMove}", values, tx) == 0)
        {
            return false;
        }

        await NoteAsync(tx, [(move.Article, part)], move.To.Story, isPlaced: false, now);
        if (await tx.Connection!.ExecuteAsync(
            """
            update story set state = 'merged', merged_into = @To, looks_like = null
            where id = @From and @From <> @To and not exists (select 1 from article where story_id = @From)
            """,
            values,
            tx) > 0)
        {
            await LeadOnAsync(tx, move.From.Story, move.To.Story);
        }

        return true;
    }

    /// <summary>Numbers that led to a story lead to the one that it is part of now.</summary>
    public static Task LeadOnAsync(DbTransaction tx, long from, long to) => tx.Connection!.ExecuteAsync(
        "update story set merged_into = @to where merged_into = @from; update story set looks_like = @to where looks_like = @from and id <> @to",
        new { from, to },
        tx);

    /// <summary>Tells the indexes of all processes where articles are now.</summary>
    /// <remarks>The articles' own rows say it for good; a note is of use while an index may hold what came before it.</remarks>
    public static async Task NoteAsync(DbTransaction tx, IEnumerable<(long Article, long? Part)> articles, long story, bool isPlaced, DateTimeOffset now)
    {
        await tx.Connection!.ExecuteAsync(
            "insert into story_move (article_id, story_id, part_id, is_placed, at_ms) values (@article, @story, @part, @placed, @now)",
            articles.Select(a => new { article = a.Article, story, part = a.Part, placed = isPlaced ? 1 : 0, now = now.ToUnixTimeMilliseconds() }),
            tx);
        await tx.Connection!.ExecuteAsync(
            "delete from story_move where at_ms < @old", new { old = (now - (2 * StoryIndex.Window)).ToUnixTimeMilliseconds() }, tx);
    }
}

/// <summary>An article that is in another story now.</summary>
internal sealed class IndexedMove
{
    public long Id { get; init; }

    public long Article { get; init; }

    public long Story { get; init; }

    public long? Part { get; init; }

    public int IsPlaced { get; init; }
}

internal sealed class IndexedArticle
{
    public long Id { get; init; }

    public long Story { get; init; }

    public long? Part { get; init; }

    public string Headline { get; init; } = "";

    public string Body { get; init; } = "";

    public long ReceivedMs { get; init; }

    public long IsFixed { get; init; }
}
