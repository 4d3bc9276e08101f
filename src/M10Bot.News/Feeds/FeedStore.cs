using System.Data.Common;
using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Feeds;

/// <summary>The feeds, their standing, and the entries that were seen.</summary>
public sealed class FeedStore(Database database, TimeProvider time)
{
    private const string Columns =
        """
        id as Id, url as Url, source as Source, standing as Standing, is_trusted as IsTrusted, etag as Etag, modified as Modified,
        body_hash as BodyHash, read_ms as ReadMs, checked_ms as CheckedMs, changed_ms as ChangedMs, next_ms as NextMs, interval_ms as IntervalMs,
        level as Level, failures as Failures, is_told as IsTold, reason as Reason, remedy as Remedy, hub_until_ms as HubUntilMs
        """;

    private const string SaveText =
        """
        update feed set next_ms = @next, checked_ms = @checkedAt, read_ms = @read, changed_ms = @changed, etag = @Etag, modified = @Modified, body_hash = @BodyHash,
            interval_ms = @interval, level = @Level, failures = @Failures, reason = @Reason, remedy = @Remedy,
            is_told = case when @Level = 0 then 0 else is_told end,
            standing = case when standing = 'polled' then @Standing else standing end
        where id = @Id
        """;

    /// <summary>Notes a feed that was looked at; the same address again is the same feed.</summary>
    public Task<Feed> OfferAsync(string url, string source, string? home, string by, TimeSpan interval, CancellationToken ct) =>
        database.WriteAsync(
            async tx =>
            {
                await tx.Connection!.ExecuteAsync(
                    """
                    insert into feed (url, source, home, standing, added_by, added_ms, next_ms, interval_ms) values (@url, @source, @home, 'offered', @by, @now, @now, @interval)
                    on conflict (url) do nothing
                    """,
                    new { url, source, home, by, now = Now(), interval = (long)interval.TotalMilliseconds },
                    tx);
                return (await tx.Connection!.QuerySingleAsync<Row>($"select {Columns} from feed where url = @url", new { url }, tx)).Feed();
            },
            ct);

    /// <summary>Begins to poll feeds of a list, one after the other; those that are here already stay as they are.</summary>
    /// <returns>How many are new.</returns>
    public Task<int> ImportAsync(IReadOnlyList<OpmlFeed> feeds, string by, TimeSpan interval, TimeSpan between, CancellationToken ct) => database.WriteAsync(
        tx => tx.Connection!.ExecuteAsync(Sql.In(
            tx,
            $"""
            insert into feed (url, source, home, standing, added_by, added_ms, next_ms, interval_ms)
            select r.url, r.source, r.home, 'polled', @by, @now, @now + r.wait, @interval
            from {database.Dialect.Rows("rows", SqlColumn.Text("url"), SqlColumn.Text("source"), SqlColumn.Text("home"), SqlColumn.Number("wait"))} r where 1 = 1
            on conflict (url) do nothing
            """,
            new
            {
                by,
                now = Now(),
                interval = (long)interval.TotalMilliseconds,
                rows = SqlRows.Of(feeds.Select((f, i) => new object?[] { f.Url, f.Source, f.Home, (long)(between * i).TotalMilliseconds })),
            },
            ct)),
        ct);

    /// <summary>All that are polled, as a list for other feed readers.</summary>
    public Task<IReadOnlyList<OpmlFeed>> ExportAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<OpmlFeed>>(
        async connection =>
        [
            .. await connection.QueryAsync<OpmlFeed>(Sql.Of(
                "select url as Url, source as Source, home as Home from feed where standing = 'polled' order by lower(source), id", null, ct)),
        ],
        ct);

    /// <summary>Begins to poll it, or begins again: at once, with what stands in it then taken silently.</summary>
    /// <returns>False where there is no such feed.</returns>
    public Task<bool> StartAsync(long feed, bool isTrusted, FeedHome home, CancellationToken ct) =>
        ChangeAsync(
            """
            update feed set standing = 'polled', next_ms = @now, level = 0, failures = 0, is_told = 0, reason = null, remedy = null, is_trusted = @trusted,
                read_ms = case when standing = 'polled' then read_ms else null end, etag = null, modified = null, body_hash = null,
                told_platform = @Platform, told_workspace = @Workspace, told_channel = @Channel
            where id = @feed
            """,
            new { feed, now = Now(), trusted = isTrusted ? 1 : 0, home.Platform, home.Workspace, home.Channel },
            ct);

    /// <returns>False where it is not polled.</returns>
    public Task<bool> StopAsync(long feed, CancellationToken ct) =>
        ChangeAsync("update feed set standing = 'off', reason = 'an admin stopped it', remedy = null where id = @feed and standing = 'polled'", new { feed }, ct);

    public Task<Feed?> FindAsync(long feed, CancellationToken ct) => database.ReadAsync(
        async connection => (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"select {Columns} from feed where id = @feed", new { feed }, cancellationToken: ct)))?.Feed(),
        ct);

    /// <summary>Those in trouble first; none that was only looked at.</summary>
    public Task<IReadOnlyList<Feed>> ListAsync(int most, CancellationToken ct) => database.ReadAsync<IReadOnlyList<Feed>>(
        async connection =>
        [
            .. (await connection.QueryAsync<Row>(new CommandDefinition(
                $"select {Columns} from feed where standing <> 'offered' order by case when level > 0 or standing = 'off' then 0 else 1 end, lower(source), id limit @most",
                new { most },
                cancellationToken: ct))).Select(r => r.Feed()),
        ],
        ct);

    /// <summary>How many are polled, and how many of them are in trouble.</summary>
    public Task<(long Polled, long Troubled)> CountAsync(CancellationToken ct) => database.ReadAsync(
        connection => connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
            "select count(*), coalesce(sum(case when level > 0 then 1 else 0 end), 0) from feed where standing = 'polled'", cancellationToken: ct)),
        ct);

    /// <summary>Takes feeds that are due, and puts each off for a while: who dies meanwhile leaves them to the next.</summary>
    public Task<IReadOnlyList<Feed>> ClaimAsync(int most, TimeSpan lease, CancellationToken ct) => database.WriteUnforcedAsync<IReadOnlyList<Feed>>(
        async tx =>
        {
            Row[] rows =
            [
                .. await tx.Connection!.QueryAsync<Row>(
                    $"select {Columns} from feed where standing = 'polled' and next_ms <= @now order by next_ms limit @most {database.Dialect.SkipLocked}", new { now = Now(), most }, tx),
            ];
            if (rows.Length > 0)
            {
                await tx.Connection!.ExecuteAsync(
                    $"update feed set next_ms = @until where id in (select w.id from {database.Dialect.Rows("ids", SqlColumn.Number("id"))} w)",
                    new { until = Now() + (long)lease.TotalMilliseconds, ids = SqlRows.Of(rows.Select(r => r.Id)) },
                    tx);
            }

            return [.. rows.Select(r => r.Feed())];
        },
        ct);

    /// <summary>Gives claimed feeds back, each to be due after its wait.</summary>
    public Task PutOffAsync(IReadOnlyList<(long Feed, TimeSpan Wait)> feeds, CancellationToken ct) => database.WriteUnforcedAsync(
        tx => tx.Connection!.ExecuteAsync(Sql.In(
            tx,
            $"""
            update feed set next_ms = w.next_ms
            from (select * from {database.Dialect.Rows("rows", SqlColumn.Number("id"), SqlColumn.Number("next_ms"))} r) w where feed.id = w.id and feed.standing = 'polled'
            """,
            new { rows = SqlRows.Of(feeds.Select(f => new object?[] { f.Feed, Now() + (long)f.Wait.TotalMilliseconds })) },
            ct)),
        ct);

    /// <summary>Lets a feed be looked at now.</summary>
    public Task DueAsync(long feed, CancellationToken ct) => ChangeAsync("update feed set next_ms = @now where id = @feed and standing = 'polled'", new { feed, now = Now() }, ct);

    /// <summary>When the next feed is due; null where none is polled.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) => database.ReadAsync(
        async connection => await connection.ExecuteScalarAsync<long?>(new CommandDefinition("select min(next_ms) from feed where standing = 'polled'", cancellationToken: ct)) is { } due
            ? DateTimeOffset.FromUnixTimeMilliseconds(due)
            : (DateTimeOffset?)null,
        ct);

    /// <summary>Writes down how a poll ended.</summary>
    /// <param name="isForced">False where losing it to a failing machine costs one more fetch and no more.</param>
    public Task SaveAsync(Feed feed, bool isForced, CancellationToken ct)
    {
        Func<DbTransaction, Task<int>> save = tx => tx.Connection!.ExecuteAsync(Sql.In(tx, SaveText, Values(feed), ct));
        return isForced ? database.WriteAsync(save, ct) : database.WriteUnforcedAsync(save, ct);
    }

    /// <summary>Stores a permanent move.</summary>
    /// <returns>The feed that is polled there already, and then nothing is changed; null after the move. One that is not polled gives its address up.</returns>
    public Task<long?> MoveAsync(long feed, string url, CancellationToken ct) => database.WriteAsync(
        async tx =>
        {
            var there = await tx.Connection!.QuerySingleOrDefaultAsync<(long Id, string Standing)?>(
                Sql.In(tx, "select id, standing from feed where url = @url and id <> @feed", new { url, feed }, ct));
            if (there is { Standing: "polled" } other)
            {
                return (long?)other.Id;
            }

            var old = await tx.Connection!.ExecuteScalarAsync<string>(Sql.In(tx, "select url from feed where id = @feed", new { feed }, ct));
            if (there is { } idle)
            {
                await tx.Connection!.ExecuteAsync(Sql.In(tx, "update feed set url = 'moving:' || url where id = @Id", new { idle.Id }, ct));
            }

            await tx.Connection!.ExecuteAsync(Sql.In(tx, "update feed set url = @url where id = @feed", new { feed, url }, ct));
            if (there is { } left)
            {
                await tx.Connection!.ExecuteAsync(Sql.In(tx, "update feed set url = @old where id = @Id", new { left.Id, old }, ct));
            }

            return null;
        },
        ct);

    /// <summary>Where its trouble is to be told; null where it was told before, or nobody said where.</summary>
    /// <remarks>Marks it told: at most once, whatever becomes of the message.</remarks>
    public Task<FeedHome?> TellAsync(long feed, CancellationToken ct) => database.WriteAsync(
        async tx => await tx.Connection!.ExecuteAsync("update feed set is_told = 1 where id = @feed and is_told = 0", new { feed }, tx) == 0
            ? null
            : await tx.Connection!.QuerySingleOrDefaultAsync<FeedHome>(
                "select told_platform as Platform, told_workspace as Workspace, told_channel as Channel from feed where id = @feed and told_channel is not null", new { feed }, tx),
        ct);

    /// <summary>Where the end of its trouble is to be told; null where nobody said where.</summary>
    public Task<FeedHome?> HomeAsync(long feed, CancellationToken ct) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<FeedHome?>(Sql.Of(
            "select told_platform as Platform, told_workspace as Workspace, told_channel as Channel from feed where id = @feed and told_channel is not null", new { feed }, ct)),
        ct);

    /// <summary>The feed of an article that is not as its feed's are, and where that is to be told; null where it was told within a day, or nobody said where.</summary>
    /// <remarks>Marks it told: at most once a day, by whichever replica.</remarks>
    public Task<(Feed Feed, FeedHome Home)?> SuspectAsync(long feed, CancellationToken ct) => database.WriteAsync<(Feed, FeedHome)?>(
        async tx =>
        {
            var marked = await tx.Connection!.ExecuteAsync(
                "update feed set suspect_ms = @now where id = @feed and told_channel is not null and coalesce(suspect_ms, 0) <= @before",
                new { feed, now = Now(), before = Now() - (long)TimeSpan.FromDays(1).TotalMilliseconds },
                tx);
            return marked == 0 ? null : (
                (await tx.Connection!.QuerySingleAsync<Row>($"select {Columns} from feed where id = @feed", new { feed }, tx)).Feed(),
                await tx.Connection!.QuerySingleAsync<FeedHome>(
                    "select told_platform as Platform, told_workspace as Workspace, told_channel as Channel from feed where id = @feed", new { feed }, tx));
        },
        ct);

    /// <summary>Which of these keys were seen in the feed, with what is known of them.</summary>
    public Task<IReadOnlyDictionary<string, KnownEntry>> SeenAsync(long feed, IEnumerable<string> keys, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyDictionary<string, KnownEntry>>(
            async connection => (await connection.QueryAsync<(string Key, string Uri, string Hash, long IsFiled)>(new CommandDefinition(
                $"select e.key, e.uri, e.text_hash, cast(e.is_filed as bigint) from {database.Dialect.Rows("keys", SqlColumn.Text("key"))} k join feed_entry e on e.feed_id = @feed and e.key = k.key",
                new { feed, keys = SqlRows.Of(keys.Select(k => new object?[] { k })) },
                cancellationToken: ct))).ToDictionary(r => r.Key, r => new KnownEntry(r.Uri, r.Hash, r.IsFiled == 1), StringComparer.Ordinal),
            ct);

    /// <summary>Writes down, in the transaction that files its article, that an entry was seen; false where another did so meanwhile.</summary>
    public async Task<bool> SeeNewsAsync(DbTransaction tx, long feed, SeenEntry entry)
    {
        // A push of the hub and a poll may bring one entry at once: the feed's row lets one after the other in.
        await tx.Connection!.ExecuteScalarAsync<long>($"select id from feed where id = @feed {database.Dialect.ForUpdate}", new { feed }, tx);
        if (await tx.Connection!.ExecuteScalarAsync<long>(
            "select count(*) from feed_entry where feed_id = @feed and key = @key and text_hash = @TextHash and is_filed = 1", new { feed, key = entry.Keys[0], entry.TextHash }, tx) > 0)
        {
            return false;
        }

        await SeeAsync(tx, feed, [entry], isFiled: true);
        return true;
    }

    /// <summary>Writes down what was taken silently.</summary>
    public Task SeeAsync(long feed, IReadOnlyList<SeenEntry> entries, CancellationToken ct) => entries.Count == 0 ? Task.CompletedTask : database.WriteAsync(
        async tx =>
        {
            await SeeAsync(tx, feed, entries, isFiled: false);
            return true;
        },
        ct);

    /// <summary>Forgets what no feed has shown since.</summary>
    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct) => database.WriteAsync(
        tx => tx.Connection!.ExecuteAsync("delete from feed_entry where seen_ms < @before", new { before = before.ToUnixTimeMilliseconds() }, tx), ct);

    private async Task SeeAsync(DbTransaction tx, long feed, IEnumerable<SeenEntry> entries, bool isFiled) => await tx.Connection!.ExecuteAsync(
        $"""
        insert into feed_entry (feed_id, key, uri, text_hash, seen_ms, is_filed)
        select @feed, r.key, r.uri, r.hash, @now, @filed from {database.Dialect.Rows("rows", SqlColumn.Text("key"), SqlColumn.Text("uri"), SqlColumn.Text("hash"))} r where 1 = 1
        on conflict (feed_id, key) do update set text_hash = excluded.text_hash, seen_ms = excluded.seen_ms,
            is_filed = case when excluded.is_filed = 1 then 1 else feed_entry.is_filed end
        """,
        new
        {
            feed,
            now = Now(),
            filed = isFiled ? 1 : 0,
            rows = SqlRows.Of(entries.SelectMany(e => e.Keys.Select(key => (Key: key, e.Uri, e.TextHash))).DistinctBy(e => e.Key, StringComparer.Ordinal)
                .Select(e => new object?[] { e.Key, e.Uri, e.TextHash })),
        },
        tx);

    private static object Values(Feed feed) => new
    {
        feed.Id,
        feed.Etag,
        feed.Modified,
        feed.BodyHash,
        feed.Level,
        feed.Failures,
        feed.Reason,
        feed.Remedy,
        feed.Standing,
        next = feed.Next.ToUnixTimeMilliseconds(),
        checkedAt = feed.Checked?.ToUnixTimeMilliseconds(),
        read = feed.Read?.ToUnixTimeMilliseconds(),
        changed = feed.Changed?.ToUnixTimeMilliseconds(),
        interval = (long)feed.Interval.TotalMilliseconds,
    };

    private Task<bool> ChangeAsync(string sql, object values, CancellationToken ct) =>
        database.WriteAsync(async tx => await tx.Connection!.ExecuteAsync(new CommandDefinition(sql, values, tx, cancellationToken: ct)) > 0, ct);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }

        public string Url { get; init; } = "";

        public string Source { get; init; } = "";

        public string Standing { get; init; } = "";

        public long IsTrusted { get; init; }

        public string? Etag { get; init; }

        public string? Modified { get; init; }

        public string? BodyHash { get; init; }

        public long? ReadMs { get; init; }

        public long? CheckedMs { get; init; }

        public long? ChangedMs { get; init; }

        public long NextMs { get; init; }

        public long IntervalMs { get; init; }

        public long Level { get; init; }

        public long Failures { get; init; }

        public long IsTold { get; init; }

        public string? Reason { get; init; }

        public string? Remedy { get; init; }

        public long? HubUntilMs { get; init; }

        public Feed Feed() => new()
        {
            Id = Id,
            Url = Url,
            Source = Source,
            Standing = Standing,
            IsTrusted = IsTrusted == 1,
            Etag = Etag,
            Modified = Modified,
            BodyHash = BodyHash,
            Read = At(ReadMs),
            Checked = At(CheckedMs),
            Changed = At(ChangedMs),
            Next = DateTimeOffset.FromUnixTimeMilliseconds(NextMs),
            Interval = TimeSpan.FromMilliseconds(IntervalMs),
            Level = (int)Level,
            Failures = (int)Failures,
            IsTold = IsTold == 1,
            Reason = Reason,
            Remedy = Remedy,
            PushedUntil = At(HubUntilMs),
        };

        private static DateTimeOffset? At(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}

/// <param name="Keys">All by which it is known again.</param>
/// <param name="Uri">Its article's.</param>
/// <param name="TextHash">Changes when its words do.</param>
public sealed record SeenEntry(IReadOnlyList<string> Keys, string Uri, string TextHash);

/// <summary>What an earlier reading left.</summary>
/// <param name="IsFiled">False where it was taken silently: nobody was sent it.</param>
public sealed record KnownEntry(string Uri, string TextHash, bool IsFiled);
