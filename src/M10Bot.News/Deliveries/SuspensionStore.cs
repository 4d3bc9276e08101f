using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Deliveries;

/// <summary>Finds the suspended destinations whose time to be tried again has come.</summary>
internal sealed class SuspensionStore(Database database, TimeProvider time)
{
    // The trial's own end sets the true time; this one holds where it never runs, as when its platform is switched off.
    private static readonly TimeSpan Meanwhile = TimeSpan.FromMinutes(10);

    private readonly string _begin = BeginText(database.Dialect);

    /// <summary>Makes one delivery of each due: an edit, which makes no sound, else the newest. If it is shown, the rest follows, without old news.</summary>
    /// <remarks>Of several replicas that ask at once, one gets each.</remarks>
    /// <returns>How many are tried.</returns>
    public async Task<int> TryAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var values = new { now = now.ToUnixTimeMilliseconds(), meanwhile = (now + Meanwhile).ToUnixTimeMilliseconds() };
        return await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(Sql.Of(AnyText, values, ct)), ct) == 0
            ? 0
            : await database.WriteAsync(
                async transaction =>
                {
                    var connection = transaction.Connection!;
                    var ids = (await connection.QueryAsync<long>(Sql.In(transaction, PutOffText, values, ct))).AsList();
                    await connection.ExecuteAsync(Sql.In(transaction, _begin, new { ids = SqlRows.Of(ids) }, ct));
                    return ids.Count;
                },
                ct);
    }

    private const string Due =
        """
        destination.standing = 'suspended' and destination.until_ms <= @now
          and exists (select 1 from delivery d where d.destination_id = destination.id and d.state = 'refused')
        """;

    private const string AnyText = $"select count(*) from (select 1 as one from destination where {Due} limit 1) as due";

    private const string PutOffText = $"update destination set until_ms = @meanwhile where {Due} returning id";

    private static string BeginText(SqlDialect dialect) =>
        $"""
        update delivery set state = 'due', not_before_ms = 0
        where id in (
            select coalesce(min(case when d.receipt_message is not null then d.id end), max(d.id)) from delivery d
            where d.state = 'refused' and d.destination_id in (select r.id from {dialect.Rows("ids", SqlColumn.Number("id"))} r)
            group by d.destination_id)
        """;
}
