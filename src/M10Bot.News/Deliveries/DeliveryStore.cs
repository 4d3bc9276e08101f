using System.Data.Common;
using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;
using M10Bot.News.Subscriptions;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Deliveries;

/// <summary>Owes deliveries, set by set, within the transaction of whoever decided that a bulletin shall run.</summary>
/// <param name="options">The section's defaults where it is left out.</param>
public sealed class DeliveryStore(Database database, TimeProvider time, IOptions<DeliveryOptions>? options = null)
{
    private readonly ResumeStore _resume = new(database.Dialect, options?.Value ?? new DeliveryOptions());
    private readonly string _insertNew = OweText.InsertNew(database.Dialect);

    /// <summary>Owes a version of a bulletin to everyone who follows its story, and to all who have an earlier version.</summary>
    /// <remarks>
    /// A destination that muted the story, or was closed, gets corrections and kills of what stands in its channel and nothing else.
    /// A kill is owed only where the bulletin stands or may stand; what was never shown is dropped.
    /// Call <see cref="DeliverySignal.Wake"/> after the commit.
    /// </remarks>
    /// <returns>How many destinations it is now owed to.</returns>
    public Task<int> OweAsync(DbTransaction transaction, long bulletinId, int version, DeliveryRank rank, CancellationToken ct) =>
        OweAsync(transaction, bulletinId, version, rank, Reach.All, ct);

    /// <param name="reach">Whom it is for, where that is not everybody.</param>
    internal async Task<int> OweAsync(DbTransaction transaction, long bulletinId, int version, DeliveryRank rank, Reach reach, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        var values = await ValuesAsync(transaction, bulletinId, version, rank, reach, ct);
        if (version > 1 && database.Dialect.ForUpdate is { Length: > 0 } forUpdate)
        {
            // Lanes write the same rows at the same time; both sides take them by id, so that neither waits for the other in a ring.
            await connection.ExecuteAsync(Sql.In(
                transaction, $"select id from delivery where bulletin_id = @bulletinId order by id {forUpdate}", values, ct));
        }

        if (rank == DeliveryRank.Kill)
        {
            await connection.ExecuteAsync(Sql.In(transaction, OweText.DropUnshown, values, ct));
        }

        if (database.Dialect.Notify(DeliveryListener.Owed) is { } notify)
        {
            await connection.ExecuteAsync(Sql.In(transaction, notify, null, ct));
        }

        var owed = version > 1 ? await connection.ExecuteAsync(Sql.In(transaction, OweText.RaiseShown, values, ct)) : 0;
        return rank == DeliveryRank.Kill || reach == Reach.WhereItStands ? owed : owed + await connection.ExecuteAsync(Sql.In(transaction, _insertNew, values, ct));
    }

    /// <summary>Drops what no order asks for any more and nobody has seen.</summary>
    /// <returns>How many deliveries.</returns>
    internal async Task<int> DropUnmatchedAsync(DbTransaction transaction, long bulletinId, CancellationToken ct)
    {
        var values = await ValuesAsync(transaction, bulletinId, 0, DeliveryRank.Routine, Reach.All, ct);
        if (database.Dialect.ForUpdate is { Length: > 0 } forUpdate)
        {
            await transaction.Connection!.ExecuteAsync(Sql.In(transaction, $"select id from delivery where bulletin_id = @bulletinId order by id {forUpdate}", values, ct));
        }

        return await transaction.Connection!.ExecuteAsync(Sql.In(transaction, OweText.DropUnmatched, values, ct));
    }

    // SQLite tells the names of parameters apart by letter case.
    private async Task<object> ValuesAsync(DbTransaction transaction, long bulletinId, int version, DeliveryRank rank, Reach reach, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (urgency, spoken) = await transaction.Connection!.QuerySingleOrDefaultAsync<(int, string?)>(Sql.In(
            transaction,
            "select s.urgency, a.language from bulletin b join story s on s.id = b.story_id left join article a on a.id = s.lead_id where b.id = @bulletinId",
            new { bulletinId },
            ct));
        var language = LanguageRule.Primary(spoken);
        var fanOut = await FanOut.OfAsync(transaction, urgency, now, isQuiet: reach == Reach.Quietly);
        return new
        {
            bulletinId,
            version,
            rank = (int)rank,
            now = now.ToUnixTimeMilliseconds(),
            urgency = fanOut.Urgency,
            language,
            languageLike = $"%,{language},%",
            isFlash = fanOut.IsFlash ? 1 : 0,
            pings = fanOut.HasPings ? 1 : 0,
            since = fanOut.Since.ToUnixTimeMilliseconds(),
            quiet = SqlRows.Of(fanOut.Quiet),
            onlyStopped = reach == Reach.WhatWasStopped ? 1 : 0,
        };
    }

    /// <summary>A person mended what was wrong: what waited for it is due again, old news excepted.</summary>
    public Task<Resumed> ResumeAsync(Destination destination, CancellationToken ct) =>
        database.WriteAsync(
            async transaction => await transaction.Connection!.ExecuteScalarAsync<long?>(Sql.In(
                transaction,
                $"""
                update destination set standing = 'good', level = 0, until_ms = null, reason = null, remedy = null
                where {DestinationValues.Match} returning id
                """,
                DestinationValues.Of(destination),
                ct)) is { } id
                ? await _resume.ResumeAsync(transaction, [id], time.GetUtcNow(), ct)
                : default,
            ct);

    /// <summary>Edits once more what stands there and leaves readers something of an earlier version (<see cref="PostOutcome.Posted.Still"/>).</summary>
    /// <returns>How many.</returns>
    public async Task<int> RepeatStaleAsync(Destination destination, CancellationToken ct)
    {
        // A suspended place's deliveries wait for its mending anyway; and of most places there are none, for which nobody has to wait.
        const string Stale = $"where state = 'done' and is_stale = 1 and destination_id in (select id from destination where {DestinationValues.Match} and standing <> 'suspended')";
        var values = DestinationValues.Of(destination);
        return await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(new CommandDefinition($"select count(*) from delivery {Stale}", values, cancellationToken: ct)), ct) == 0
            ? 0
            : await database.WriteAsync(
                async transaction => await transaction.Connection!.ExecuteAsync(Sql.In(transaction, $"update delivery set state = 'due', not_before_ms = 0 {Stale}", values, ct)), ct);
    }

    /// <summary>The platform said that a destination cannot be served: what is due there waits for a person. Harmless to repeat.</summary>
    /// <param name="destination">Where.</param>
    /// <param name="reason">In plain words.</param>
    /// <param name="remedy">What an admin must do.</param>
    /// <param name="isTried">It is tried again by itself, ever more rarely: the platform may not tell when it is mended.</param>
    /// <param name="ct">Stops it.</param>
    public Task SuspendAsync(Destination destination, string reason, string remedy, bool isTried, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var id = await transaction.Connection!.ExecuteScalarAsync<long?>(Sql.In(
                    transaction, $"select id from destination where {DestinationValues.Match} and is_open = 1", DestinationValues.Of(destination), ct));
                if (id is not null)
                {
                    var tried = isTried ? Standing.Suspended(0, time.GetUtcNow()) : null;
                    await transaction.Connection!.ExecuteAsync(Sql.In(
                        transaction,
                        """
                        update destination set standing = 'suspended', level = @level, until_ms = @until, reason = @reason, remedy = @remedy where id = @id;
                        update delivery set state = 'refused', claim_until_ms = null, note = @reason
                        where destination_id = @id and (state = 'due' or (state = 'claimed' and attempted_ms is null));
                        """,
                        new { id, reason, remedy, level = tried?.Level ?? 0, until = tried?.Until?.ToUnixTimeMilliseconds() },
                        ct));
                }
            },
            ct);

    /// <summary>A person's word on a delivery that the platform could not settle.</summary>
    /// <param name="id">Of <see cref="DoubtfulDelivery"/>.</param>
    /// <param name="stands">True: it is there, leave it alone. False: it is not, post it.</param>
    /// <param name="receipt">Of the message that stands there; null where nobody named it, and then nothing can be changed there.</param>
    /// <param name="lacks">True where something that belongs to it may not have been done: it is edited once more.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>False where it was not in doubt any more.</returns>
    public Task<bool> DecideAsync(long id, bool stands, Receipt? receipt, bool lacks, CancellationToken ct) =>
        database.WriteAsync(
            async transaction => await transaction.Connection!.ExecuteAsync(Sql.In(
                transaction,
                """
                update delivery set
                    state = case
                        when @stands = 0 then 'due'
                        when @message <> '' then case when @lacks = 1 or wanted_version > coalesce(attempted_version, wanted_version) then 'due' else 'done' end
                        when receipt_message is null then 'gone'
                        else 'done' end,
                    shown_version = case when @message <> '' then coalesce(attempted_version, wanted_version) else shown_version end,
                    receipt_channel = case when @message <> '' then @channel else receipt_channel end,
                    receipt_message = case when @message <> '' then @message else receipt_message end,
                    attempts = case when @message <> '' then 0 else attempts end,
                    attempted_ms = null, attempted_version = null, not_before_ms = 0, note = null, settled_ms = @now
                where id = @id and state = 'doubt'
                """,
                new { id, stands = stands ? 1 : 0, lacks = lacks ? 1 : 0, channel = receipt?.Channel ?? "", message = receipt?.Message ?? "", now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                ct)) == 1,
            ct);
}

/// <summary>Whom a version of a bulletin is owed to.</summary>
internal enum Reach
{
    /// <summary>Where it stands or waits, and everybody whose order or choice it meets.</summary>
    All,

    /// <summary>The same, but whoever has it newly is pinged by nothing and left alone in quiet hours, however urgent the story.</summary>
    Quietly,

    /// <summary>Only where it stands or waits already.</summary>
    WhereItStands,

    /// <summary>Where it stands, and where an editor's hold stopped it; nobody else has it newly.</summary>
    WhatWasStopped,
}
