using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Feeds;

/// <summary>The keys that open the list of feeds, as hashes, each for a while.</summary>
public sealed class FeedListStore(Database database, TimeProvider time)
{
    public Task OpenAsync(string keyHash, TimeSpan span, CancellationToken ct) => database.WriteAsync(
        async tx =>
        {
            var now = time.GetUtcNow();
            await tx.Connection!.ExecuteAsync(Sql.In(tx, "delete from feed_list_link where until_ms < @now", new { now = now.ToUnixTimeMilliseconds() }, ct));
            return await tx.Connection!.ExecuteAsync(Sql.In(
                tx, "insert into feed_list_link (key_hash, until_ms) values (@keyHash, @until)", new { keyHash, until = (now + span).ToUnixTimeMilliseconds() }, ct));
        },
        ct);

    public Task<bool> IsOpenAsync(string keyHash, CancellationToken ct) => database.ReadAsync(
        async connection => await connection.ExecuteScalarAsync<long>(Sql.Of(
            "select count(*) from feed_list_link where key_hash = @keyHash and until_ms >= @now", new { keyHash, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, ct)) > 0,
        ct);
}
