using System.Data.Common;
using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;

namespace M10Bot.News.Subscriptions;

/// <summary>The pace of destinations.</summary>
public sealed class PaceStore(Database database, DestinationStore destinations, TimeProvider time)
{
    public async Task<Pace> FindAsync(Destination destination, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            async connection => await destinations.IdAsync(connection, destination, ct) is { } id
                ? await connection.QuerySingleOrDefaultAsync<Row>(Sql.Of(
                    "select quiet_from as QuietFrom, quiet_to as QuietTo, quiet_zone as Zone, daily_most as DailyMost from destination where id = @id", new { id }, ct))
                : null,
            ct);
        return row is null ? Pace.Free : new Pace(row.Hours, row.DailyMost);
    }

    /// <summary>Sets the pace, and opens the destination if need be. What waits for quiet hours that are over by it is due at once.</summary>
    public Task SetAsync(Destination destination, Pace pace, string by, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var (id, _) = await destinations.OpenAsync(transaction, destination, by, ct);
                await transaction.Connection!.ExecuteAsync(Sql.In(
                    transaction,
                    "update destination set quiet_from = @from, quiet_to = @to, quiet_zone = @zone, daily_most = @most where id = @id",
                    new { id, from = MinutesOf(pace.Quiet?.From), to = MinutesOf(pace.Quiet?.To), zone = pace.Quiet?.Zone, most = pace.DailyMost },
                    ct));
                var end = pace.Quiet?.EndOf(time.GetUtcNow())?.ToUnixTimeMilliseconds() ?? 0;
                await transaction.Connection!.ExecuteAsync(Sql.In(
                    transaction,
                    "update delivery set not_before_ms = @end where destination_id = @id and state = 'due' and note = @note",
                    new { id, end, note = QuietNote },
                    ct));
            },
            ct);

    /// <summary>The note of a delivery that waits for the end of quiet hours.</summary>
    public const string QuietNote = "quiet hours";

    /// <summary>New stories that it got, or is owed, within the budget's window.</summary>
    public Task<long> TakenAsync(Destination destination, CancellationToken ct) =>
        database.ReadAsync(
            async connection => await destinations.IdAsync(connection, destination, ct) is { } id
                ? await connection.ExecuteScalarAsync<long>(Sql.Of(
                    "select count(*) from delivery where destination_id = @id and created_ms > @since and state <> 'dropped'",
                    new { id, since = (time.GetUtcNow() - BudgetRule.Window).ToUnixTimeMilliseconds() },
                    ct))
                : 0,
            ct);

    /// <summary>True where the story stands there, or is owed.</summary>
    public Task<bool> HasAsync(Destination destination, long storyId, CancellationToken ct) =>
        database.ReadAsync(
            async connection => await destinations.IdAsync(connection, destination, ct) is { } id
                && await connection.ExecuteScalarAsync<long>(Sql.Of(
                    "select count(*) from delivery d join bulletin b on b.id = d.bulletin_id where d.destination_id = @id and b.story_id = @storyId and d.state <> 'dropped'",
                    new { id, storyId },
                    ct)) > 0,
            ct);

    /// <summary>The hours that are quiet now, with their ends, as rows for the fan-out: from, to, zone, end.</summary>
    public static async Task<IReadOnlyList<object?[]>> QuietNowAsync(DbTransaction transaction, DateTimeOffset now)
    {
        var all = await transaction.Connection!.QueryAsync<Row>(
            "select distinct quiet_from as QuietFrom, quiet_to as QuietTo, quiet_zone as Zone from destination where quiet_from is not null", transaction: transaction);
        return [.. all.Select(r => (Row: r, End: r.Hours?.EndOf(now))).Where(r => r.End is not null)
            .Select(r => new object?[] { r.Row.QuietFrom, r.Row.QuietTo, r.Row.Zone, r.End!.Value.ToUnixTimeMilliseconds() })];
    }

    private static int? MinutesOf(TimeOnly? at) => at is { } t ? (t.Hour * 60) + t.Minute : null;

    private sealed class Row
    {
        public int? QuietFrom { get; init; }

        public int? QuietTo { get; init; }

        public string? Zone { get; init; }

        public int? DailyMost { get; init; }

        public QuietHours? Hours => QuietFrom is { } from && QuietTo is { } to && Zone is { } zone
            ? new QuietHours(TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to), zone)
            : null;
    }
}
