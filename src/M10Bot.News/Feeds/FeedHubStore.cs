using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Feeds;

/// <summary>Which hub pushes which feed, and how that stands.</summary>
internal sealed class FeedHubStore(Database database, TimeProvider time)
{
    private const string Columns = "id as Id, hub as Hub, hub_topic as Topic, hub_state as State, standing as Standing";

    /// <summary>Notes the hub that a feed names; another than before is asked at once.</summary>
    public Task OfferAsync(long feed, string hub, string topic, CancellationToken ct) => ChangeAsync(
        """
        update feed set hub = @hub, hub_topic = @topic, hub_state = null, hub_until_ms = null, hub_next_ms = @now
        where id = @feed and (hub is null or hub <> @hub or hub_topic <> @topic)
        """,
        new { feed, hub, topic, now = Now() },
        ct);

    public Task WithdrawAsync(long feed, CancellationToken ct) =>
        ChangeAsync("update feed set hub = null, hub_topic = null, hub_state = null, hub_until_ms = null, hub_next_ms = null where id = @feed and hub is not null", new { feed }, ct);

    /// <summary>Takes subscriptions that are to be asked for, and puts the next try off.</summary>
    public Task<IReadOnlyList<FeedHub>> ClaimAsync(int most, TimeSpan retry, CancellationToken ct) => database.WriteUnforcedAsync<IReadOnlyList<FeedHub>>(
        async tx =>
        {
            FeedHub[] due =
            [
                .. await tx.Connection!.QueryAsync<FeedHub>(Sql.In(
                    tx,
                    $"select {Columns} from feed where hub is not null and standing = 'polled' and hub_next_ms <= @now order by hub_next_ms limit @most {database.Dialect.SkipLocked}",
                    new { now = Now(), most },
                    ct)),
            ];
            foreach (var feed in due)
            {
                await tx.Connection!.ExecuteAsync(Sql.In(
                    tx,
                    "update feed set hub_next_ms = @next, hub_state = case when hub_state = 'live' then hub_state else 'asked' end where id = @Id",
                    new { feed.Id, next = Now() + (long)retry.TotalMilliseconds },
                    ct));
            }

            return due;
        },
        ct);

    /// <summary>The hub pushes from now on; it is asked again before its promise ends.</summary>
    public Task LiveAsync(long feed, TimeSpan lease, CancellationToken ct) => ChangeAsync(
        "update feed set hub_state = 'live', hub_until_ms = @until, hub_next_ms = @next where id = @feed",
        new { feed, until = Now() + (long)lease.TotalMilliseconds, next = Now() + (long)(lease * 0.8).TotalMilliseconds },
        ct);

    /// <summary>The hub does not push; the feed is polled at its own rhythm.</summary>
    public Task RefusedAsync(long feed, TimeSpan again, CancellationToken ct) => ChangeAsync(
        "update feed set hub_state = 'refused', hub_until_ms = null, hub_next_ms = @next where id = @feed", new { feed, next = Now() + (long)again.TotalMilliseconds }, ct);

    public Task<FeedHub?> FindAsync(long feed, CancellationToken ct) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<FeedHub?>(Sql.Of($"select {Columns} from feed where id = @feed", new { feed }, ct)), ct);

    private Task ChangeAsync(string sql, object values, CancellationToken ct) => database.WriteAsync(tx => tx.Connection!.ExecuteAsync(Sql.In(tx, sql, values, ct)), ct);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>A feed as its hub sees it.</summary>
internal sealed class FeedHub
{
    public long Id { get; init; }

    public string? Hub { get; init; }

    /// <summary>The feed's address as the hub knows it.</summary>
    public string? Topic { get; init; }

    /// <summary><c>asked</c>, <c>live</c>, <c>refused</c>; null before the first request.</summary>
    public string? State { get; init; }

    public string Standing { get; init; } = "";
}
