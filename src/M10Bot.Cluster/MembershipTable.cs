using System.Globalization;
using Microsoft.Extensions.Options;

namespace M10Bot.Cluster;

/// <summary>The table through which Orleans agrees who is a replica. Its contract stands on <see cref="IMembershipTable"/>.</summary>
internal sealed class MembershipTable(MembershipStore store, IOptions<ClusterOptions> options) : IMembershipTable
{
    private readonly string _cluster = options.Value.Name;

    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        tryInitTableVersion ? store.BeginAsync(_cluster, CancellationToken.None) : Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) => store.ForgetAsync(clusterId, CancellationToken.None);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        store.ForgetDeadAsync(_cluster, (int)SiloStatus.Dead, beforeDate, CancellationToken.None);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync(key.ToParsableString());

    public Task<MembershipTableData> ReadAll() => ReadAsync(null);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        store.AddAsync(MembershipRow.Of(_cluster, entry), tableVersion.Version, Etag(tableVersion.VersionEtag), CancellationToken.None);

    public async Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        var row = MembershipRow.Of(_cluster, entry);
        row.Etag = Etag(etag);
        return await store.ChangeAsync(row, tableVersion.Version, Etag(tableVersion.VersionEtag), CancellationToken.None);
    }

    public Task UpdateIAmAlive(MembershipEntry entry) => store.SignOfLifeAsync(MembershipRow.Of(_cluster, entry), CancellationToken.None);

    private async Task<MembershipTableData> ReadAsync(string? address)
    {
        var (version, etag, rows) = await store.ReadAsync(_cluster, address, CancellationToken.None);
        return new MembershipTableData(
            [.. rows.Select(r => Tuple.Create(r.ToEntry(), Etag(r.Etag)))],
            new TableVersion(version, Etag(etag)));
    }

    private static string Etag(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    // Whatever is none of ours matches no row.
    private static long Etag(string? etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
