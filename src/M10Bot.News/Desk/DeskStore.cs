using System.Data.Common;
using Dapper;
using M10Bot.News.Bulletins;

namespace M10Bot.News.Desk;

/// <summary>The tables of what editors decide by hand; every write is part of the desk's transaction.</summary>
internal static class DeskStore
{
    /// <summary>Why an editor holds the story; null where none does.</summary>
    public static Task<string?> HoldAsync(DbTransaction tx, long story) =>
        tx.Connection!.QuerySingleOrDefaultAsync<string>("select reason from desk_hold where story_id = @story", new { story }, tx);

    public static Task AddHoldAsync(DbTransaction tx, long story, DeskEntry by, DateTimeOffset now) => tx.Connection!.ExecuteAsync(
        """
        insert into desk_hold (story_id, by_whom, reason, at_ms) values (@story, @By, @Words, @now)
        on conflict (story_id) do update set by_whom = excluded.by_whom, reason = excluded.reason, at_ms = excluded.at_ms
        """,
        new { story, by.By, by.Words, now = now.ToUnixTimeMilliseconds() },
        tx);

    public static Task EndHoldAsync(DbTransaction tx, long story) =>
        tx.Connection!.ExecuteAsync("delete from desk_hold where story_id = @story", new { story }, tx);

    public static Task AddAsync(DbTransaction tx, long story, string verb, DeskEntry by, int? version, DateTimeOffset now) => tx.Connection!.ExecuteAsync(
        "insert into desk_act (story_id, verb, by_whom, words, version, at_ms) values (@story, @verb, @By, @Words, @version, @now)",
        new { story, verb, by.By, by.Words, version, now = now.ToUnixTimeMilliseconds() },
        tx);

    /// <summary>The newest article that was held, by the wire or because an editor holds its story, and is under no embargo any more.</summary>
    public static Task<long?> NewestHeldAsync(DbTransaction tx, long story, DateTimeOffset now) => tx.Connection!.ExecuteScalarAsync<long?>(
        """
        select max(article.id) from article join ruling on ruling.article_id = article.id
        where article.story_id = @story and ruling.verdict = 'hold' and coalesce(article.embargo_ms, 0) <= @now
          and not exists (select 1 from ruling later where later.article_id = article.id and later.id > ruling.id)
          and article.id > (select coalesce(story.lead_id, 0) from story where story.id = @story)
        """,
        new { story, now = now.ToUnixTimeMilliseconds() },
        tx);

    /// <summary>When the story's last embargo ends, where one is still waiting.</summary>
    public static async Task<DateTimeOffset?> EmbargoAsync(DbTransaction tx, long story, DateTimeOffset now) =>
        await tx.Connection!.ExecuteScalarAsync<long?>(
            "select max(embargo_ms) from article where story_id = @story and embargo_ms > @now", new { story, now = now.ToUnixTimeMilliseconds() }, tx) is { } ms
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    /// <summary>Stops what has not set out, kills excepted: what nobody has is dropped, what stands stays as it is.</summary>
    /// <returns>How many deliveries were stopped.</returns>
    public static Task<int> StopAsync(DbTransaction tx, long bulletin) => tx.Connection!.ExecuteAsync(
        """
        update delivery set
            state = case when receipt_message is null then 'dropped' else 'done' end,
            wanted_version = case when receipt_message is null then wanted_version else shown_version end,
            claim_until_ms = null,
            note = 'held by the desk'
        where bulletin_id = @bulletin and attempted_ms is null and rank > 0
          and (state in ('due', 'claimed') or (state = 'refused' and receipt_message is null))
        """,
        new { bulletin },
        tx);

    /// <summary>After a hold: what stood in its newest version already and lacked only what belongs to it, as the title of its post, is edited once more.</summary>
    /// <returns>How many.</returns>
    public static Task<int> GoOnAsync(DbTransaction tx, Bulletin bulletin) => tx.Connection!.ExecuteAsync(
        """
        update delivery set
            state = case when destination_id in (select s.id from destination s where s.standing = 'suspended') then 'refused' else 'due' end,
            not_before_ms = 0,
            note = null
        where bulletin_id = @bulletin and state = 'done' and note = 'held by the desk' and shown_version = @version
        """,
        new { bulletin = bulletin.Id, version = bulletin.Version },
        tx);
}

/// <param name="By">Who: <c>platform/workspace/person</c>.</param>
/// <param name="Words">The reason, or the words readers see.</param>
internal sealed record DeskEntry(string By, string Words);
