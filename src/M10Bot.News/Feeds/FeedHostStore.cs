using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Feeds;

/// <summary>Turns at the publishers' hosts, where several replicas poll: who has taken one keeps the others away for a while.</summary>
public sealed class FeedHostStore(Database database, TimeProvider time)
{
    private static readonly IReadOnlyDictionary<string, TimeSpan> AllOurs = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>Takes a turn at each of these hosts.</summary>
    /// <param name="spacing">Until the next turn.</param>
    /// <returns>The hosts at which another replica has it, each with the wait until its end.</returns>
    public async Task<IReadOnlyDictionary<string, TimeSpan>> TakeAsync(IReadOnlyCollection<string> hosts, TimeSpan spacing, CancellationToken ct)
    {
        if (hosts.Count == 0 || spacing <= TimeSpan.Zero || !database.Dialect.IsShared)
        {
            return AllOurs; // in one process HostPace sees to it
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var values = new { now, free = now + (long)spacing.TotalMilliseconds, rows = SqlRows.Of(hosts.Select(h => new object?[] { h })) };
        var table = database.Dialect.Rows("rows", SqlColumn.Text("host"));
        return await database.WriteUnforcedAsync<IReadOnlyDictionary<string, TimeSpan>>(
            async tx =>
            {
                // In one order, so that no two replicas wait for each other.
                var ours = (await tx.Connection!.QueryAsync<string>(Sql.In(
                    tx,
                    $"""
                    insert into feed_host (host, free_ms) select r.host, @free from {table} r where 1 = 1 order by r.host
                    on conflict (host) do update set free_ms = excluded.free_ms where feed_host.free_ms <= @now
                    returning host
                    """,
                    values,
                    ct))).ToHashSet(StringComparer.Ordinal);
                return ours.Count == hosts.Count
                    ? AllOurs
                    : (await tx.Connection!.QueryAsync<(string Host, long Free)>(Sql.In(tx, $"select h.host, h.free_ms from feed_host h join {table} r on r.host = h.host", values, ct)))
                        .Where(h => !ours.Contains(h.Host)).ToDictionary(h => h.Host, h => TimeSpan.FromMilliseconds(Math.Max(0, h.Free - now)), StringComparer.Ordinal);
            },
            ct);
    }

    /// <summary>Forgets hosts that nobody has asked since.</summary>
    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct) => database.WriteAsync(
        tx => tx.Connection!.ExecuteAsync(Sql.In(tx, "delete from feed_host where free_ms < @before", new { before = before.ToUnixTimeMilliseconds() }, ct)), ct);
}
