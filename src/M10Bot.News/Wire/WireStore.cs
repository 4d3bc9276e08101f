using System.Data.Common;
using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Wire;

/// <summary>Which contents were filed already.</summary>
public sealed class WireStore(Database database)
{
    public Task<bool> HasAsync(string hash, CancellationToken ct) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "select count(*) from wire_file where hash = @hash", new { hash }, cancellationToken: ct)) > 0,
            ct);

    /// <summary>Adds the hash to the transaction that files the article; false where it is there already.</summary>
    public static async Task<bool> AddAsync(DbTransaction transaction, WireItem item, DateTimeOffset now, CancellationToken ct) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into wire_file (hash, name, read_ms) values (@Hash, @FileName, @now) on conflict (hash) do nothing",
            new { item.Hash, item.FileName, now = now.ToUnixTimeMilliseconds() },
            transaction,
            cancellationToken: ct)) > 0;
}
