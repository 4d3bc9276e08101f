using System.Data.Common;
using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Deliveries;

/// <summary>What becomes of the messages of a story that is put into another, and that comes out again; part of the desk's transaction.</summary>
/// <remarks>
/// <para>
/// Where both stories have a message, the other's points to the survivor's. Where only the other's stands, its row goes over to
/// the survivor's bulletin, with its receipt: the same message tells the survivor from then on, and nothing is posted.
/// </para>
/// <para>
/// Both bulletins go on at one number that is higher than any before (<c>version</c>). A request that is under way meanwhile
/// carries a lower one, of either bulletin, and finds at its end that a higher one is wanted: crash or no crash, the row is not done.
/// </para>
/// </remarks>
internal sealed class DeliveryMergeStore(Database database, DeliveryStore deliveries, TimeProvider time)
{
    /// <summary>Counts what <see cref="MergeAsync"/> would do.</summary>
    public static async Task<MergedMessages> CountAsync(DbTransaction tx, long from, long into, CancellationToken ct) =>
        await tx.Connection!.QuerySingleAsync<MergedMessages>(Sql.In(tx, CountText, new { from, into }, ct));

    /// <param name="from">The bulletin of the story that ends.</param>
    /// <param name="into">The survivor's; that version of it must be there, and one of the other that points to it.</param>
    /// <param name="version">Of both, higher than any of both before.</param>
    public async Task MergeAsync(DbTransaction tx, long from, long into, int version, DeliveryRank rank, CancellationToken ct)
    {
        var values = Values(from, into, version, rank);
        await LockAsync(tx, values, ct);
        foreach (var step in new[] { ParkText, RememberText, TakeText, UnparkText, DropText, PointText })
        {
            await tx.Connection!.ExecuteAsync(Sql.In(tx, step, values, ct));
        }

        await deliveries.OweAsync(tx, into, version, rank, Reach.WhereItStands, ct);
    }

    /// <summary>Gives back what went over; what pointed to the survivor tells its own story again.</summary>
    /// <param name="from">The bulletin that stands on its own again.</param>
    /// <param name="into">The one that it was put into.</param>
    /// <param name="version">Of both, higher than any of both before.</param>
    public async Task TakeBackAsync(DbTransaction tx, long from, long into, int version, DeliveryRank rank, CancellationToken ct)
    {
        var values = Values(from, into, version, rank);
        await LockAsync(tx, values, ct);
        foreach (var step in new[] { ParkBackText, GiveText, ForgetText, UnparkBackText, PointText })
        {
            await tx.Connection!.ExecuteAsync(Sql.In(tx, step, values, ct));
        }

        await deliveries.OweAsync(tx, into, version, rank, Reach.WhereItStands, ct);
    }

    private object Values(long from, long into, int version, DeliveryRank rank) =>
        new { from, into, version, rank = (int)rank, now = time.GetUtcNow().ToUnixTimeMilliseconds() };

    // As DeliveryStore: lanes write the same rows, and all take them by id.
    private async Task LockAsync(DbTransaction tx, object values, CancellationToken ct)
    {
        if (database.Dialect.ForUpdate is { Length: > 0 } forUpdate)
        {
            await tx.Connection!.ExecuteAsync(Sql.In(
                tx, $"select id from delivery where bulletin_id = @from or bulletin_id = @into order by id {forUpdate}", values, ct));
        }
    }

    // It stands there, or may: sent and not answered yet.
    private const string Lives = "(a.state not in ('dropped', 'gone') and (a.receipt_message is not null or a.attempted_ms is not null))";

    // The survivor's row gives way: nobody sees it there, and the other's message stands.
    private const string GivesWay =
        $"""
        (s.state = 'dropped' and a.state <> 'dropped'
         or (s.state = 'gone' or (s.receipt_message is null and s.attempted_ms is null)) and {Lives})
        """;

    private const string CountText =
        $"""
        select coalesce(sum(case when {Lives} and (s.id is null or {GivesWay}) then 1 else 0 end), 0) as Taken,
            coalesce(sum(case when {Lives} and s.id is not null and not {GivesWay} then 1 else 0 end), 0) as Pointing,
            coalesce(sum(case when a.state in ('due', 'claimed', 'refused') and not {Lives} then 1 else 0 end), 0) as Unseen,
            (select count(*) from delivery k where k.bulletin_id = @into and k.state not in ('dropped', 'gone') and (k.receipt_message is not null or k.attempted_ms is not null)) as Standing
        from delivery a left join delivery s on s.bulletin_id = @into and s.destination_id = a.destination_id
        where a.bulletin_id = @from
        """;

    // One place has one row of a bulletin: the two change places by way of a number that no bulletin has.
    private const string ParkText =
        $"""
        update delivery set bulletin_id = -@from, claim_until_ms = null, settled_ms = @now,
            state = case when state = 'gone' then 'gone' else 'dropped' end, note = 'another message stands for it'
        where id in (
            select s.id from delivery s join delivery a on a.bulletin_id = @from and a.destination_id = s.destination_id
            where s.bulletin_id = @into and {GivesWay})
        """;

    private const string Goes =
        "bulletin_id = @from and state <> 'dropped' and destination_id not in (select s.destination_id from delivery s where s.bulletin_id = @into)";

    // It came from a third story before: that merge can be taken back too, once this one is.
    private const string RememberText =
        $"""
        insert into delivery_move (delivery_id, bulletin_id, moved_from)
        select id, bulletin_id, moved_from from delivery where {Goes} and moved_from is not null
        on conflict (delivery_id, bulletin_id) do update set moved_from = excluded.moved_from
        """;

    private const string TakeText = $"update delivery set bulletin_id = @into, moved_from = @from, {Raise} where {Goes}";

    private const string UnparkText = "update delivery set bulletin_id = @from where bulletin_id = -@from";

    private const string DropText =
        """
        update delivery set state = 'dropped', claim_until_ms = null, settled_ms = @now, note = 'its story is part of another'
        where bulletin_id = @from and receipt_message is null and attempted_ms is null and state in ('due', 'claimed', 'refused')
        """;

    // Also where the story is muted: a message that stands for something else is put right, as by a correction.
    private const string PointText =
        $"""
        update delivery set {Raise}
        where bulletin_id = @from and state not in ('dropped', 'gone') and wanted_version < @version
        """;

    private const string ParkBackText =
        """
        update delivery set bulletin_id = -@into
        where bulletin_id = @from and destination_id in (select m.destination_id from delivery m where m.bulletin_id = @into and m.moved_from = @from)
        """;

    private const string GiveText =
        $"""
        update delivery set bulletin_id = @from, {Raise},
            moved_from = (select v.moved_from from delivery_move v where v.delivery_id = delivery.id and v.bulletin_id = @from)
        where bulletin_id = @into and moved_from = @from
        """;

    private const string ForgetText =
        "delete from delivery_move where bulletin_id = @from and delivery_id in (select d.id from delivery d where d.bulletin_id = @from)";

    private const string UnparkBackText = "update delivery set bulletin_id = @into where bulletin_id = -@into";

    // What a moderator removed stays away, and a place that was closed keeps its message as it is.
    private const string Raise =
        $"""
            rank = case when state in ('due', 'claimed', 'refused', 'doubt') and rank < @rank then rank else @rank end,
            wanted_ms = @now,
            wanted_version = case when {Stays} then wanted_version else @version end,
            not_before_ms = case when {Stays} then not_before_ms else {OweText.RaisedNotBefore} end,
            state = case when {Stays} then state else {OweText.RaisedState} end
        """;

    private const string Stays =
        "(state = 'gone' or (state = 'done' and destination_id in (select c.id from destination c where c.is_open = 0)))";
}

/// <summary>What becomes of the messages that are out, in places.</summary>
internal sealed class MergedMessages
{
    /// <summary>Only the other's message stands there: it tells the survivor from now on.</summary>
    public int Taken { get; init; }

    /// <summary>Both stand there: the other's points to the survivor's.</summary>
    public int Pointing { get; init; }

    /// <summary>On its way and not seen yet: not sent, or sent as the survivor.</summary>
    public int Unseen { get; init; }

    /// <summary>Where the survivor's own stands.</summary>
    public int Standing { get; init; }
}
