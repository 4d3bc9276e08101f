using System.Data.Common;
using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;

namespace M10Bot.News.Subscriptions;

/// <summary>The channels and persons that bulletins can go to.</summary>
/// <remarks>
/// A person is one destination per lane, whichever workspace the order came from: one direct-message channel stands behind
/// all of them, and a story must not come twice.
/// </remarks>
public sealed class DestinationStore(Database database, IEnumerable<IChatPlatform> platforms, TimeProvider time)
{
    private const string Same =
        """
        platform = @Platform and kind = @Kind and address = @Address
        and (workspace = @Workspace or (kind = 'person' and lane = @Lane))
        """;

    private readonly Dictionary<Platform, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Platform);

    /// <summary>Null where the destination has never been added.</summary>
    public async Task<DestinationState?> FindAsync(Destination destination, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            connection => connection.QueryFirstOrDefaultAsync<StateRow>(new CommandDefinition(
                $"select is_open as IsOpen, standing as Standing, reason as Reason, remedy as Remedy, webhook as Webhook from destination where {Same} order by id",
                KeyOf(destination),
                cancellationToken: ct)),
            ct);
        return row is null ? null : new DestinationState(row.IsOpen != 0, row.Standing is "suspended", row.Reason, row.Remedy, row.Webhook is not null);
    }

    public async Task<bool> IsOpenAsync(Destination destination, CancellationToken ct) =>
        await FindAsync(destination, ct) is { IsOpen: true };

    /// <summary>The place as it is reached, by its webhook where it has one.</summary>
    public async Task<Destination> ReachedAsync(Destination place, CancellationToken ct) => place with
    {
        Webhook = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(Sql.Of($"select webhook from destination where {Same} order by id limit 1", KeyOf(place), ct)), ct),
    };

    /// <summary>From now on it is written to by its <see cref="Destination.Webhook"/>.</summary>
    public Task SetWebhookAsync(Destination place, CancellationToken ct) => database.WriteAsync(
        async transaction => await IdAsync(transaction, place, ct) is { } id
            ? await transaction.Connection!.ExecuteAsync(Sql.In(transaction, "update destination set webhook = @Webhook where id = @id", new { id, place.Webhook }, ct))
            : 0,
        ct);

    /// <summary>The platform knows its webhook no more: the secret is wiped, unless there is a newer one.</summary>
    public Task EndWebhookAsync(Destination place, CancellationToken ct) => database.WriteAsync(
        async transaction => await IdAsync(transaction, place, ct) is { } id
            ? await transaction.Connection!.ExecuteAsync(Sql.In(
                transaction, "update destination set webhook = '' where id = @id and webhook = @Webhook", new { id, place.Webhook }, ct))
            : 0,
        ct);

    /// <summary>The addresses of the threads in a channel that are destinations, or were.</summary>
    public Task<IReadOnlyList<string>> ThreadsInAsync(Destination channel, CancellationToken ct)
    {
        var key = KeyOf(channel);
        return database.ReadAsync<IReadOnlyList<string>>(
            async connection => (await connection.QueryAsync<string>(Sql.Of(
                """
                select address from destination
                where platform = @Platform and workspace = @Workspace and kind = @Kind and substr(address, 1, @length) = @prefix order by id
                """,
                new { key.Platform, key.Workspace, key.Kind, prefix = channel.Address + Destination.ThreadMark, length = channel.Address.Length + 1 },
                ct))).AsList(),
            ct);
    }

    /// <summary>Makes it a place bulletins can go. Harmless to repeat.</summary>
    /// <returns>True where it was not open before.</returns>
    public Task<bool> OpenAsync(Destination destination, string by, CancellationToken ct) =>
        database.WriteAsync(async transaction => (await OpenAsync(transaction, destination, by, ct)).IsNew, ct);

    /// <summary>Of the cards there; English where nobody chose one.</summary>
    public async Task<string> LanguageAsync(Destination destination, CancellationToken ct) =>
        Texts.LanguageOf(await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<string?>(Sql.Of($"select language from destination where {Same} order by id limit 1", KeyOf(destination), ct)), ct));

    /// <summary>Sets the language of the cards there, and opens the destination if need be.</summary>
    public Task SetLanguageAsync(Destination destination, string language, string by, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var (id, _) = await OpenAsync(transaction, destination, by, ct);
                await transaction.Connection!.ExecuteAsync(Sql.In(transaction, "update destination set language = @language where id = @id", new { id, language }, ct));
            },
            ct);

    /// <summary>A person's own language, where they did not choose one.</summary>
    public Task SuggestLanguageAsync(Destination person, string language, CancellationToken ct) =>
        database.WriteAsync(
            async transaction => await IdAsync(transaction, person, ct) is { } id
                ? await transaction.Connection!.ExecuteAsync(Sql.In(
                    transaction, "update destination set language = @language where id = @id and language is null", new { id, language }, ct))
                : 0,
            ct);

    /// <summary>Ends all its orders; what was never shown is dropped, what stands there stays.</summary>
    /// <returns>False where it was not open.</returns>
    public Task<bool> CloseAsync(Destination destination, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                if (await IdAsync(transaction, destination, ct) is not { } id)
                {
                    return false;
                }

                var closed = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    "update destination set is_open = 0, webhook = null where id = @id and is_open = 1", new { id }, transaction, cancellationToken: ct));
                await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    """
                    delete from subscription where destination_id = @id;
                    delete from story_choice where destination_id = @id;
                    update delivery set state = 'dropped', note = 'the destination was removed'
                    where destination_id = @id and state in ('due', 'refused') and shown_version = 0;
                    """,
                    new { id },
                    transaction,
                    cancellationToken: ct));
                return closed > 0;
            },
            ct);

    /// <summary>The platform gave it another address; where that is known already, the old one is left as it is.</summary>
    public Task MoveAsync(Destination from, string toAddress, CancellationToken ct)
    {
        var key = KeyOf(from);
        return database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(
                """
                update destination set address = @toAddress
                where platform = @Platform and workspace = @Workspace and kind = @Kind and address = @Address
                  and not exists (select 1 from destination other where other.platform = @Platform and other.workspace = @Workspace
                                  and other.kind = @Kind and other.address = @toAddress)
                """,
                new { key.Platform, key.Workspace, key.Kind, key.Address, toAddress },
                transaction,
                cancellationToken: ct)),
            ct);
    }

    /// <summary>Closes every destination of a workspace and erases what was ordered there; what stands there is no longer ours to change.</summary>
    public Task ForgetAsync(Platform platform, string workspace, CancellationToken ct) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update destination set is_open = 0, webhook = null where platform = @name and workspace = @workspace;
            delete from subscription where destination_id in (select id from destination where platform = @name and workspace = @workspace);
            delete from story_choice where destination_id in (select id from destination where platform = @name and workspace = @workspace);
            update delivery set state = 'dropped', claim_until_ms = null, note = 'the workspace removed the bot'
            where state in ('due', 'refused', 'doubt') and destination_id in (select id from destination where platform = @name and workspace = @workspace);
            """,
            new { name = platform.ToString().ToLowerInvariant(), workspace },
            transaction,
            cancellationToken: ct)),
        ct);

    internal async Task<(long Id, bool IsNew)> OpenAsync(DbTransaction transaction, Destination destination, string by, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        if (await IdAsync(transaction, destination, ct) is { } known)
        {
            var opened = await connection.ExecuteAsync(new CommandDefinition(
                "update destination set is_open = 1 where id = @known and is_open = 0", new { known }, transaction, cancellationToken: ct));
            return (known, opened > 0);
        }

        var key = KeyOf(destination);
        var id = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            insert into destination (platform, workspace, kind, address, lane, added_by, added_ms)
            values (@Platform, @Workspace, @Kind, @Address, @Lane, @By, @Now)
            on conflict (platform, workspace, kind, address) do update set is_open = 1
            returning id
            """,
            new { key.Platform, key.Workspace, key.Kind, key.Address, key.Lane, By = by, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction,
            cancellationToken: ct));
        return (id, true);
    }

    internal Task<long?> IdAsync(DbTransaction transaction, Destination destination, CancellationToken ct) =>
        transaction.Connection!.ExecuteScalarAsync<long?>(new CommandDefinition(
            $"select id from destination where {Same} order by id limit 1", KeyOf(destination), transaction, cancellationToken: ct));

    internal Task<long?> IdAsync(DbConnection connection, Destination destination, CancellationToken ct) =>
        connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            $"select id from destination where {Same} order by id limit 1", KeyOf(destination), cancellationToken: ct));

    private Key KeyOf(Destination destination) => new(
        destination.Platform.ToString().ToLowerInvariant(),
        destination.Workspace,
        destination.Kind.ToString().ToLowerInvariant(),
        destination.Address,
        _platforms.TryGetValue(destination.Platform, out var platform)
            ? platform.LaneOf(destination)
            : throw new InvalidOperationException($"{destination.Platform} is not switched on."));

    private sealed record Key(string Platform, string Workspace, string Kind, string Address, string Lane);

    private sealed class StateRow
    {
        public int IsOpen { get; init; }

        public string Standing { get; init; } = "";

        public string? Reason { get; init; }

        public string? Remedy { get; init; }

        public string? Webhook { get; init; }
    }
}
