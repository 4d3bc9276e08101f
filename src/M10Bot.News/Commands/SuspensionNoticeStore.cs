using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;

namespace M10Bot.News.Commands;

/// <summary>Which suspended channels have not been told to the admin who brought the bot there.</summary>
internal sealed class SuspensionNoticeStore(Database database, TimeProvider time)
{
    /// <summary>The same channel again only after so long, however often it comes and goes.</summary>
    private static readonly TimeSpan PerPlace = TimeSpan.FromDays(1);

    /// <summary>The same person again only after so long, however many channels they have.</summary>
    private static readonly TimeSpan PerPerson = TimeSpan.FromHours(1);

    private const string Untold =
        """
        d.kind = 'channel' and d.is_open = 1 and d.standing = 'suspended' and d.is_told = 0 and coalesce(d.told_ms, 0) < @placeBefore
        and not exists (select 1 from destination o where o.platform = d.platform and o.workspace = d.workspace and o.added_by = d.added_by and o.told_ms > @personBefore)
        """;

    /// <summary>Takes all that is to be told to one person now; what is taken counts as told, for a message sent twice is worse than one that is missed.</summary>
    /// <returns>Empty where there is nobody to be told.</returns>
    public async Task<IReadOnlyList<SuspensionNotice>> TakeAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var values = new
        {
            now = now.ToUnixTimeMilliseconds(),
            placeBefore = (now - PerPlace).ToUnixTimeMilliseconds(),
            personBefore = (now - PerPerson).ToUnixTimeMilliseconds(),
        };
        const string Anything = $"select (select count(*) from destination where is_told = 1 and standing <> 'suspended') + (select count(*) from destination d where {Untold})";
        return await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(Sql.Of(Anything, values, ct)), ct) == 0
            ? []
            : await database.WriteAsync<IReadOnlyList<SuspensionNotice>>(
                async transaction =>
                {
                    var connection = transaction.Connection!;
                    await connection.ExecuteAsync(Sql.In(transaction, "update destination set is_told = 0 where is_told = 1 and standing <> 'suspended'", null, ct));
                    var first = await connection.QueryFirstOrDefaultAsync<Row>(Sql.In(
                        transaction, $"select d.platform as Platform, d.workspace as Workspace, d.added_by as AddedBy from destination d where {Untold} order by d.id limit 1", values, ct));
                    if (first is null)
                    {
                        return [];
                    }

                    var rows = await connection.QueryAsync<Row>(Sql.In(
                        transaction,
                        """
                        update destination set is_told = 1, told_ms = @now
                        where platform = @Platform and workspace = @Workspace and added_by = @AddedBy
                          and kind = 'channel' and is_open = 1 and standing = 'suspended' and is_told = 0 and coalesce(told_ms, 0) < @placeBefore
                        returning platform as Platform, workspace as Workspace, address as Address, added_by as AddedBy, reason as Reason, remedy as Remedy
                        """,
                        new { values.now, values.placeBefore, first.Platform, first.Workspace, first.AddedBy },
                        ct));
                    return [.. rows.Select(r => r.ToNotice())];
                },
                ct);
    }

    private sealed class Row
    {
        public string Platform { get; init; } = "";

        public string Workspace { get; init; } = "";

        public string Address { get; init; } = "";

        public string AddedBy { get; init; } = "";

        public string? Reason { get; init; }

        public string? Remedy { get; init; }

        public SuspensionNotice ToNotice() => new(
            new Destination(Enum.Parse<Platform>(Platform, ignoreCase: true), Workspace, DestinationKind.Channel, Address), AddedBy, Reason ?? "", Remedy ?? "");
    }
}

/// <param name="Place">What is suspended.</param>
/// <param name="AddedBy">Who added it, by the platform's id.</param>
internal sealed record SuspensionNotice(Destination Place, string AddedBy, string Reason, string Remedy);
