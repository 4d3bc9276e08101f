using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Deliveries;

/// <summary>Makes due what waited for places that can be served again: what stands there is put right in any case, of what nobody saw only the newest goes out.</summary>
internal sealed class ResumeStore(SqlDialect dialect, DeliveryOptions options)
{
    private readonly string _count = CountText(dialect);
    private readonly string _leaveOut = LeaveOutText(dialect);
    private readonly string _resume = ResumeText(dialect);
    private readonly string _going = GoingText(dialect);

    public async Task<Resumed> ResumeAsync(DbTransaction transaction, IReadOnlyCollection<long> destinations, DateTimeOffset now, CancellationToken ct)
    {
        var values = new
        {
            served = SqlRows.Of(destinations),
            now = now.ToUnixTimeMilliseconds(),
            since = (now - options.OldestAfterSilence).ToUnixTimeMilliseconds(),
            most = options.MostAfterSilence,
        };
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(Sql.In(transaction, _count, values, ct));
        var leftOut = await connection.ExecuteAsync(Sql.In(transaction, _leaveOut, values, ct));
        await connection.ExecuteAsync(Sql.In(transaction, _resume, values, ct));
        return new Resumed(await connection.ExecuteScalarAsync<int>(Sql.In(transaction, _going, values, ct)), leftOut);
    }

    // By when their stories last moved, not by when they were first owed: what still moves is news.
    private static string Old(SqlDialect dialect) =>
        $"""
        select r.id, r.destination_id from (
            select d.id, d.destination_id, d.wanted_ms, row_number() over (partition by d.destination_id order by d.wanted_ms desc, d.id desc) as place
            from delivery d
            where d.state = 'refused' and d.receipt_message is null and d.attempted_ms is null
              and d.destination_id in ({Served(dialect)})) r
        where r.place > @most or r.wanted_ms < @since
        """;

    private static string Served(SqlDialect dialect) => $"select s.row_id from {dialect.Rows("served", SqlColumn.Number("row_id"))} s";

    private static string CountText(SqlDialect dialect) =>
        $"""
        update destination set left_out = left_out + (select count(*) from ({Old(dialect)}) o where o.destination_id = destination.id)
        where id in ({Served(dialect)})
        """;

    private static string LeaveOutText(SqlDialect dialect) =>
        $"""
        update delivery set state = 'dropped', settled_ms = @now, note = 'older news, left out when its place could be served again'
        where id in (select o.id from ({Old(dialect)}) o)
        """;

    // What readers still see of an earlier version, too: the person who mended the place may have mended that.
    private static string ResumeText(SqlDialect dialect) =>
        $"""
        update delivery set state = 'due', not_before_ms = 0, note = case when state = 'refused' then null else note end
        where (state = 'refused' or (state = 'done' and is_stale = 1)) and destination_id in ({Served(dialect)})
        """;

    // What came while the place was suspended waited without an attempt of its own.
    private static string GoingText(SqlDialect dialect) =>
        $"select count(*) from delivery where state = 'due' and not_before_ms <= @now and destination_id in ({Served(dialect)})";
}

/// <summary>What a place gets that can be served again.</summary>
/// <param name="Due">Deliveries that go out.</param>
/// <param name="LeftOut">Older ones that do not.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Resumed(int Due, int LeftOut);
