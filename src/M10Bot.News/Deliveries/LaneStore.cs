using System.Data.Common;
using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;

namespace M10Bot.News.Deliveries;

/// <summary>What the owner of a lane asks of the tables: the lane itself, and what is due on it.</summary>
internal sealed class LaneStore(Database database, TimeProvider time)
{
    private readonly string _claim = ClaimText(database.Dialect);
    private readonly string _read = ReadText(database.Dialect);
    private readonly string _forget = ForgetText(database.Dialect);

    /// <summary>Lanes that have something due, now or later.</summary>
    /// <remarks>Jumps from lane to lane in the index, however many rows each has.</remarks>
    public Task<IReadOnlyList<string>> LanesWithWorkAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async connection => [.. await connection.QueryAsync<string>(Sql.Of(
                """
                with recursive found (lane) as (
                    select min(lane) from delivery where state = 'due'
                    union all
                    select (select min(lane) from delivery where state = 'due' and lane > found.lane) from found where found.lane is not null)
                select lane from found where lane is not null
                union
                select lane from delivery where state = 'claimed'
                """,
                null,
                ct))],
            ct);

    /// <summary>Which platform a lane belongs to; null for a lane without destinations.</summary>
    public Task<Platform?> PlatformOfAsync(string lane, CancellationToken ct) =>
        database.ReadAsync(
            async connection =>
            {
                var word = await connection.QueryFirstOrDefaultAsync<string>(
                    Sql.Of("select platform from destination where lane = @lane limit 1", new { lane }, ct));
                return word is null ? (Platform?)null : Enum.Parse<Platform>(word, ignoreCase: true);
            },
            ct);

    /// <summary>Makes the caller the lane's owner; every earlier owner's claims are void from here on.</summary>
    /// <returns>The new epoch, and the destinations where an earlier owner's request may still be under way.</returns>
    public Task<(long Epoch, IReadOnlyList<Inherited> Inherited)> TakeOverAsync(string lane, string owner, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                var epoch = await connection.ExecuteScalarAsync<long>(Sql.In(
                    transaction,
                    """
                    insert into lane (name, epoch, owner, taken_ms) values (@lane, 1, @owner, @now)
                    on conflict (name) do update set epoch = lane.epoch + 1, owner = excluded.owner, taken_ms = excluded.taken_ms
                    returning epoch
                    """,
                    new { lane, owner, now },
                    ct));
                return (epoch, await RecoverAsync(transaction, lane, epoch, now, ct));
            },
            ct);

    /// <summary>Makes due again what earlier owners left: at once what never set out, after its deadline what did.</summary>
    /// <returns>What must still be waited for.</returns>
    public Task<IReadOnlyList<Inherited>> RecoverAsync(string lane, long epoch, CancellationToken ct) =>
        database.WriteAsync(transaction => RecoverAsync(transaction, lane, epoch, time.GetUtcNow().ToUnixTimeMilliseconds(), ct), ct);

    /// <summary>Claims what is due, most important first.</summary>
    /// <remarks>Not forced to the disk: a claim that is lost with the machine is a delivery still due, and no request leaves before its attempt is on the disk.</remarks>
    /// <returns>Null where a newer owner has the lane.</returns>
    public Task<IReadOnlyList<DueDelivery>?> ClaimAsync(LaneClaim claim, CancellationToken ct) =>
        database.WriteUnforcedAsync<IReadOnlyList<DueDelivery>?>(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var values = new
                {
                    lane = claim.Lane,
                    epoch = claim.Epoch,
                    claimNo = claim.ClaimNo,
                    floor = claim.Floor,
                    ceiling = claim.Ceiling,
                    limit = claim.Limit,
                    act = (int)claim.Act,
                    look = claim.Limit * 4,
                    perDestination = claim.PerDestination,
                    busy = SqlRows.Of(claim.Busy),
                    now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    until = (time.GetUtcNow() + claim.Lasts).ToUnixTimeMilliseconds(),
                };
                var ids = (await connection.QueryAsync<long>(Sql.In(transaction, _claim, values, ct))).AsList();
                if (ids.Count == 0)
                {
                    var epoch = await connection.ExecuteScalarAsync<long?>(Sql.In(transaction, "select epoch from lane where name = @lane", values, ct));
                    return epoch == claim.Epoch ? [] : null;
                }

                var rows = await connection.QueryAsync<Row>(Sql.In(transaction, _read, new { ids = SqlRows.Of(ids) }, ct));
                return [.. rows.Select(r => r.ToDue(claim))];
            },
            ct);

    /// <summary>At stop: what this owner holds and did not send is due again at once.</summary>
    public Task GiveBackAsync(string lane, long epoch, CancellationToken ct) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(Sql.In(
                transaction,
                "update delivery set state = 'due', claim_until_ms = null where lane = @lane and epoch = @epoch and state = 'claimed'",
                new { lane, epoch },
                ct)),
            ct);

    /// <summary>Claims whose answer never came, as when the connection broke at the commit: whatever they took is due again.</summary>
    public Task ForgetAsync(string lane, long epoch, IReadOnlyCollection<long> claims, CancellationToken ct) =>
        database.WriteUnforcedAsync(
            transaction => transaction.Connection!.ExecuteAsync(Sql.In(transaction, _forget, new { lane, epoch, claims = SqlRows.Of(claims) }, ct)), ct);

    /// <summary>A version of a bulletin.</summary>
    public Task<ShownCard> CardAsync(long bulletinId, int version, CancellationToken ct) =>
        database.ReadAsync(
            async connection =>
            {
                var (card, state) = await connection.QuerySingleAsync<(string Card, string State)>(Sql.Of(
                    "select card, state from bulletin_version where bulletin_id = @bulletinId and version = @version",
                    new { bulletinId, version },
                    ct));
                var wanted = CardJson.Read(card);
                var isRetitled = version > 1 && await IsRetitledAsync(connection, bulletinId, version, wanted.Headline, ct);
                return new ShownCard(wanted with { IsRetitled = isRetitled }, string.Equals(state, "withdrawn", StringComparison.Ordinal));
            },
            ct);

    // A message that came from another bulletin showed that one's headline.
    private static async Task<bool> IsRetitledAsync(DbConnection connection, long bulletinId, int version, string headline, CancellationToken ct)
    {
        var before = await connection.QueryAsync<string>(Sql.Of(
            "select card from bulletin_version where bulletin_id = @bulletinId and version < @version", new { bulletinId, version }, ct));
        return before.Any(card => !string.Equals(CardJson.Read(card).Headline, headline, StringComparison.Ordinal))
            || await connection.ExecuteScalarAsync<int>(Sql.Of(
                "select count(*) from (select 1 as one from delivery where bulletin_id = @bulletinId and moved_from is not null limit 1) as moved", new { bulletinId }, ct)) > 0;
    }

    /// <summary>The newest version between two that was to be said and not only shown; null where there is none.</summary>
    public Task<int?> OvertakenAsync(long bulletinId, int shown, int wanted, CancellationToken ct) =>
        database.ReadAsync(
            async connection =>
            {
                var cards = await connection.QueryAsync<string>(Sql.Of(
                    "select card from bulletin_version where bulletin_id = @bulletinId and version > @shown and version < @wanted order by version desc",
                    new { bulletinId, shown, wanted },
                    ct));
                return cards.Select(CardJson.Read).FirstOrDefault(card => !card.IsQuiet)?.Version;
            },
            ct);

    private static async Task<IReadOnlyList<Inherited>> RecoverAsync(DbTransaction transaction, string lane, long epoch, long now, CancellationToken ct)
    {
        var values = new { lane, epoch, now };
        await transaction.Connection!.ExecuteAsync(Sql.In(
            transaction,
            """
            update delivery set state = 'due', claim_until_ms = null
            where lane = @lane and state = 'claimed' and epoch < @epoch and (attempted_ms is null or claim_until_ms <= @now)
            """,
            values,
            ct));
        var rows = await transaction.Connection!.QueryAsync<(long DestinationId, long UntilMs)>(Sql.In(
            transaction,
            "select destination_id, claim_until_ms from delivery where lane = @lane and state = 'claimed' and epoch < @epoch",
            values,
            ct));
        return [.. rows.Select(r => new Inherited(r.DestinationId, DateTimeOffset.FromUnixTimeMilliseconds(r.UntilMs)))];
    }

    // Rank first, then oldest; at most a few of one destination, and none of those that hold enough already.
    private static string ClaimText(SqlDialect dialect) =>
        $"""
        with looked as materialized (
            select id, destination_id, rank from delivery
            where lane = @lane and state = 'due' and rank >= @floor and rank <= @ceiling and not_before_ms <= @now
              and (@act = 0 or (receipt_message is null) = (@act = 1))
              and @epoch = (select epoch from lane where name = @lane)
              and destination_id not in (select b.id from {dialect.Rows("busy", SqlColumn.Number("id"))} b)
            order by rank, id limit @look {dialect.SkipLocked}),
        placed as (
            select id, rank, row_number() over (partition by destination_id order by rank, id) as place from looked),
        taken as materialized (
            select id from placed where place <= @perDestination order by rank, id limit @limit)
        update delivery set state = 'claimed', epoch = @epoch, claim_no = @claimNo, claim_until_ms = @until
        from taken where delivery.id = taken.id
        returning delivery.id
        """;

    private static string ReadText(SqlDialect dialect) =>
        $"""
        select d.id as Id, d.bulletin_id as BulletinId, d.destination_id as DestinationId, d.rank as Rank, d.anew as Anew, d.ping_role as PingRole,
               d.receipt_channel as ReceiptChannel, d.receipt_message as ReceiptMessage,
               d.attempted_ms as AttemptedMs, d.attempted_version as AttemptedVersion,
               s.platform as Platform, s.workspace as Workspace, s.kind as Kind, s.address as Address, s.webhook as Webhook, s.language as Language, s.level as Level, s.standing as Standing,
               n.name as Installation
        from {dialect.Rows("ids", SqlColumn.Number("id"))} w
        join delivery d on d.id = w.id
        join destination s on s.id = d.destination_id
        cross join installation n
        """;

    private static string ForgetText(SqlDialect dialect) =>
        $"""
        update delivery set state = 'due', claim_until_ms = null
        where lane = @lane and epoch = @epoch and state = 'claimed'
          and claim_no in (select c.no from {dialect.Rows("claims", SqlColumn.Number("no"))} c)
        """;

    private sealed class Row
    {
        public long Id { get; init; }

        public long BulletinId { get; init; }

        public long DestinationId { get; init; }

        public int Rank { get; init; }

        public int Anew { get; init; }

        public string? PingRole { get; init; }

        public string? Language { get; init; }

        public string? ReceiptChannel { get; init; }

        public string? ReceiptMessage { get; init; }

        public long? AttemptedMs { get; init; }

        public int? AttemptedVersion { get; init; }

        public string Platform { get; init; } = "";

        public string Workspace { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Address { get; init; } = "";

        public string? Webhook { get; init; }

        public int Level { get; init; }

        public string Standing { get; init; } = "";

        public string Installation { get; init; } = "";

        public DueDelivery ToDue(LaneClaim claim) => new()
        {
            Id = Id,
            BulletinId = BulletinId,
            DestinationId = DestinationId,
            Destination = new Destination(Enum.Parse<Platform>(Platform, ignoreCase: true), Workspace, Enum.Parse<DestinationKind>(Kind, ignoreCase: true), Address)
            {
                Webhook = Webhook,
            },
            Lane = claim.Lane,
            Rank = Rank,
            Epoch = claim.Epoch,
            ClaimNo = claim.ClaimNo,
            Key = DeliveryKeys.Of(Installation, Id, Anew),
            Receipt = ReceiptMessage is null ? null : new Receipt(ReceiptChannel ?? "", ReceiptMessage),
            Attempted = AttemptedMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null,
            AttemptedVersion = AttemptedVersion ?? 0,
            Level = Level,
            PingRole = Anew == 0 ? PingRole : null,
            Language = Language ?? Texts.English,
            IsTrial = string.Equals(Standing, "suspended", StringComparison.Ordinal),
        };
    }
}

/// <param name="Lane">Whose deliveries.</param>
/// <param name="Epoch">The caller's.</param>
/// <param name="ClaimNo">Higher with each claim of this epoch.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="PerDestination">Of those, at most so many for one destination.</param>
/// <param name="Busy">Destinations to leave alone.</param>
/// <param name="Lasts">How long the claim holds.</param>
internal sealed record LaneClaim(string Lane, long Epoch, long ClaimNo, int Limit, int PerDestination, IReadOnlyCollection<long> Busy, TimeSpan Lasts)
{
    /// <summary>The most important rank wanted.</summary>
    public int Floor { get; init; }

    /// <summary>The least important rank wanted.</summary>
    public int Ceiling { get; init; } = int.MaxValue;

    public LaneAct Act { get; init; }
}

/// <summary>A destination where an earlier owner's request may be under way until a time.</summary>
internal sealed record Inherited(long DestinationId, DateTimeOffset Until);
