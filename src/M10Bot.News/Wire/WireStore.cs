using System.Data.Common;
using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Wire;

/// <summary>What was filed already: files by their content, items by uri and version.</summary>
public sealed class WireStore(Database database)
{
    public Task<bool> HasAsync(string hash, CancellationToken ct) =>
        database.ReadAsync(
            async connection => await connection.ExecuteScalarAsync<long>(Sql.Of("select count(*) from wire_file where hash = @hash", new { hash }, ct)) > 0,
            ct);

    /// <summary>Adds the mark to the transaction that files the article; false where it, or a later version, is there already.</summary>
    public static async Task<bool> AddAsync(DbTransaction transaction, WireItem item, DateTimeOffset now, CancellationToken ct) =>
        await transaction.Connection!.ExecuteAsync(item.Mark switch
        {
            WireMark.File(var name, var hash) => Sql.In(
                transaction,
                "insert into wire_file (hash, name, read_ms) values (@hash, @name, @now) on conflict (hash) do nothing",
                new { hash, name, now = now.ToUnixTimeMilliseconds() },
                ct),
            WireMark.Item(var version, var made) => Sql.In(
                transaction,
                """
                insert into wire_item (source, uri, version, made_ms, filed_ms)
                select @Source, @Uri, @version, @made, @now
                where not exists (select 1 from wire_item later where later.source = @Source and later.uri = @Uri and later.made_ms > @made)
                on conflict (source, uri, version) do nothing
                """,
                new { item.Article.Source, item.Article.Uri, version, made = made?.ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() },
                ct),
            _ => throw new InvalidOperationException("A mark is of a file or of an item."),
        }) > 0;
}
