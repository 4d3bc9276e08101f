using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.Cluster;

/// <summary>Who is a replica. A change holds the cluster's row for its length, so two that read the same state cannot both succeed.</summary>
internal sealed class MembershipStore(Database database)
{
    /// <summary>The cluster exists from here on.</summary>
    public Task BeginAsync(string cluster, CancellationToken ct) => WriteAsync(
        "insert into cluster (name, version, etag) values (@cluster, 0, 0) on conflict (name) do nothing", new { cluster }, ct);

    public Task ForgetAsync(string cluster, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(Sql.In(transaction, "delete from replica where cluster = @cluster", new { cluster }, ct));
                await transaction.Connection!.ExecuteAsync(Sql.In(transaction, "delete from cluster where name = @cluster", new { cluster }, ct));
            },
            ct);

    /// <summary>Forgets the dead of whom nothing was heard since a time.</summary>
    public Task ForgetDeadAsync(string cluster, int dead, DateTimeOffset before, CancellationToken ct) => WriteAsync(
        "delete from replica where cluster = @cluster and status = @dead and alive_ms < @before",
        new { cluster, dead, before = before.ToUnixTimeMilliseconds() },
        ct);

    /// <summary>Version and rows as of one moment: one statement sees one state.</summary>
    /// <param name="address">Null for all.</param>
    public Task<(int Version, long Etag, IReadOnlyList<MembershipRow> Rows)> ReadAsync(string cluster, string? address, CancellationToken ct) =>
        database.ReadAsync<(int, long, IReadOnlyList<MembershipRow>)>(
            async connection =>
            {
                var found = await connection.QueryAsync<Version, MembershipRow?, (Version Version, MembershipRow? Row)>(
                    Sql.Of(
                        """
                        select c.version as Number, c.etag as ClusterEtag,
                               r.cluster as Cluster, r.address as Address, r.host as Host, r.name as Name, r.status as Status,
                               r.proxy_port as ProxyPort, r.suspicions as Suspicions, r.started_ms as StartedMs, r.alive_ms as AliveMs, r.etag as Etag
                        from cluster c
                        left join replica r on r.cluster = c.name and (r.address = @address or @all = 1)
                        where c.name = @cluster
                        """,
                        new { cluster, address = address ?? "", all = address is null ? 1 : 0 },
                        ct),
                    (version, row) => (version, row),
                    splitOn: "Cluster");
                var all = found.AsList();
                var head = all.Count > 0 ? all[0].Version : new Version();
                return (head.Number, head.ClusterEtag, [.. all.Select(f => f.Row).OfType<MembershipRow>()]);
            },
            ct);

    /// <returns>False where the cluster has changed since <paramref name="etag"/>, or the replica is there already.</returns>
    public Task<bool> AddAsync(MembershipRow row, int version, long etag, CancellationToken ct) => ChangeAsync(
        row,
        version,
        etag,
        """
        insert into replica (cluster, address, host, name, status, proxy_port, suspicions, started_ms, alive_ms, etag)
        values (@Cluster, @Address, @Host, @Name, @Status, @ProxyPort, @Suspicions, @StartedMs, @AliveMs, @next)
        on conflict (cluster, address) do nothing
        """,
        ct);

    /// <returns>False where the cluster or the row has changed since they were read, or the replica is not there.</returns>
    public Task<bool> ChangeAsync(MembershipRow row, int version, long etag, CancellationToken ct) => ChangeAsync(
        row,
        version,
        etag,
        """
        update replica set host = @Host, name = @Name, status = @Status, proxy_port = @ProxyPort, suspicions = @Suspicions,
               started_ms = @StartedMs, alive_ms = @AliveMs, etag = @next
        where cluster = @Cluster and address = @Address and etag = @Etag
        """,
        ct);

    /// <summary>Changes nothing but the time: what others have read stays good.</summary>
    public Task SignOfLifeAsync(MembershipRow row, CancellationToken ct) => WriteAsync(
        "update replica set alive_ms = @AliveMs where cluster = @Cluster and address = @Address", new { row.AliveMs, row.Cluster, row.Address }, ct);

    private Task<bool> ChangeAsync(MembershipRow row, int version, long etag, string text, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var now = await connection.ExecuteScalarAsync<long?>(Sql.In(
                    transaction, $"select etag from cluster where name = @Cluster {database.Dialect.ForUpdate}", new { row.Cluster }, ct));
                var values = new DynamicParameters(row);
                values.Add("next", etag + 1);
                values.Add("version", version);
                if (now != etag || await connection.ExecuteAsync(Sql.In(transaction, text, values, ct)) != 1)
                {
                    return false;
                }

                await connection.ExecuteAsync(Sql.In(transaction, "update cluster set version = @version, etag = @next where name = @Cluster", values, ct));
                return true;
            },
            ct);

    private Task WriteAsync(string text, object values, CancellationToken ct) =>
        database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(Sql.In(transaction, text, values, ct)), ct);

    private sealed class Version
    {
        public int Number { get; init; }

        public long ClusterEtag { get; init; }
    }
}
