using System.Data.Common;
using Dapper;
using M10Bot.News.Storage;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Deliveries;

/// <summary>Writes what set out and how it ended: whole batches, one statement each.</summary>
/// <param name="options">The section's defaults where it is left out.</param>
internal sealed class OutcomeStore(Database database, TimeProvider time, IOptions<DeliveryOptions>? options = null)
{
    // Written so that PostgreSQL looks rows up by id: by the index of what is claimed it would walk over every claim that ever
    // was since the last vacuum, of all lanes.
    private const string Claimed = "delivery.state || '' = 'claimed'";

    private readonly string _attempt = AttemptText(database.Dialect);
    private readonly string _end = EndText(database.Dialect);
    private readonly string _standing = StandingText(database.Dialect);
    private readonly string _rest = RestText(database.Dialect);
    private readonly string _refuse = RefuseText(database.Dialect);
    private readonly ResumeStore _resume = new(database.Dialect, options?.Value ?? new DeliveryOptions());

    /// <summary>Ends first, so that what they free is seen; then the attempts. All in one commit.</summary>
    /// <returns>By delivery and claim, the attempts that may set out; one that is missing lost its claim.</returns>
    public Task<IReadOnlyDictionary<(long Id, long ClaimNo), Attempt>> WriteAsync(
        IReadOnlyCollection<(DueDelivery Delivery, TimeSpan Lasts)> attempts, IReadOnlyCollection<DeliveryEnd> ends, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                await EndAsync(transaction, ends, ct);
                return await AttemptAsync(transaction, attempts, ct);
            },
            ct);

    private async Task EndAsync(DbTransaction transaction, IReadOnlyCollection<DeliveryEnd> ends, CancellationToken ct)
    {
        if (ends.Count == 0)
        {
            return;
        }

        var connection = transaction.Connection!;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = SqlRows.Of(ends.Select(e => new object?[]
        {
            e.Delivery.Id, e.Delivery.Epoch, e.Delivery.ClaimNo, Word(e.Kind), e.Version,
            e.Receipt?.Channel, e.Receipt?.Message, e.NotBefore?.ToUnixTimeMilliseconds() ?? 0, e.Note, e.KeepsDoubt ? 1 : 0, e.IsStale ? 1 : 0,
        }));
        await connection.ExecuteAsync(Sql.In(transaction, _end, new { rows, now }, ct));

        // The last word on a destination counts; one destination has one request under way, so there is rarely a second.
        var changes = ends.Where(e => e.Standing is not null).GroupBy(e => e.Delivery.DestinationId, (id, of) => (Id: id, Change: of.Last().Standing!)).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        var standings = SqlRows.Of(changes.Select(c => new object?[]
        {
            c.Id, c.Change.Word, c.Change.Standing.Level, c.Change.Standing.Until?.ToUnixTimeMilliseconds(), c.Change.Reason, c.Change.Remedy,
        }));
        await connection.ExecuteAsync(Sql.In(transaction, _standing, new { rows = standings }, ct));
        if (changes.Exists(c => c.Change.EndsSuspension))
        {
            await _resume.ResumeAsync(transaction, [.. changes.Where(c => c.Change.EndsSuspension).Select(c => c.Id)], time.GetUtcNow(), ct);
        }

        if (changes.Exists(c => c.Change.IsSuspended))
        {
            await connection.ExecuteAsync(Sql.In(transaction, _refuse, new { rows = standings }, ct));
        }

        if (changes.Exists(c => !c.Change.IsSuspended && c.Change.Standing.Until is not null))
        {
            await connection.ExecuteAsync(Sql.In(transaction, _rest, new { rows = standings }, ct));
        }
    }

    private async Task<IReadOnlyDictionary<(long Id, long ClaimNo), Attempt>> AttemptAsync(
        DbTransaction transaction, IReadOnlyCollection<(DueDelivery Delivery, TimeSpan Lasts)> attempts, CancellationToken ct)
    {
        if (attempts.Count == 0)
        {
            return new Dictionary<(long, long), Attempt>();
        }

        var (now, recorded) = (time.GetUtcNow(), time.GetTimestamp());
        var rows = SqlRows.Of(attempts.Select(a => new object?[]
        {
            a.Delivery.Id, a.Delivery.Epoch, a.Delivery.ClaimNo, (now + a.Lasts).ToUnixTimeMilliseconds(),
        }));
        var left = (await transaction.Connection!.QueryAsync<Left>(
            Sql.In(transaction, _attempt, new { rows, now = now.ToUnixTimeMilliseconds() }, ct))).AsList();
        await TellLeftOutAsync(transaction, attempts, left, ct);
        return left.ToDictionary(
            l => (l.Id, l.ClaimNo), l => new Attempt(l.WantedVersion, DateTimeOffset.FromUnixTimeMilliseconds(l.ClaimUntilMs), recorded) { LeftOut = l.LeftOut, ShownVersion = l.ShownVersion });
    }

    // What was left out is said by the first new message of its place. It stands in the row before the request leaves, so a
    // repeat says the same and no other message does.
    private static async Task TellLeftOutAsync(
        DbTransaction transaction, IReadOnlyCollection<(DueDelivery Delivery, TimeSpan Lasts)> attempts, List<Left> left, CancellationToken ct)
    {
        var posts = attempts.Select(a => a.Delivery).Where(d => !d.IsEdit && !d.IsInDoubt).ToDictionary(d => (d.Id, d.ClaimNo));
        if (posts.Count == 0)
        {
            return;
        }

        var connection = transaction.Connection!;
        var silent = (await connection.QueryAsync<(long Destination, int LeftOut)>(Sql.In(transaction, "select id, left_out from destination where left_out > 0", null, ct)))
            .ToDictionary(r => r.Destination, r => r.LeftOut);
        foreach (var one in silent.Count == 0 ? [] : left)
        {
            if (posts.TryGetValue((one.Id, one.ClaimNo), out var post) && silent.Remove(post.DestinationId, out var count))
            {
                one.LeftOut += count;
                await connection.ExecuteAsync(Sql.In(
                    transaction,
                    """
                    update delivery set left_out = left_out + @count where id = @Id;
                    update destination set left_out = left_out - @count where id = @DestinationId;
                    """,
                    new { count, one.Id, post.DestinationId },
                    ct));
            }
        }
    }

    // The lane's epoch is the fence: once a newer owner has raised it, nothing of an older one sets out.
    private static string AttemptText(SqlDialect dialect) =>
        $"""
        update delivery set
            attempted_ms = coalesce(attempted_ms, @now),
            attempted_version = coalesce(attempted_version, wanted_version),
            attempts = attempts + 1,
            claim_until_ms = r.until
        from {dialect.Rows("rows", SqlColumn.Number("row_id"), SqlColumn.Number("held_epoch"), SqlColumn.Number("held_no"), SqlColumn.Number("until"))} r
        where delivery.id = r.row_id and {Claimed} and delivery.epoch = r.held_epoch and delivery.claim_no = r.held_no
          and delivery.epoch = (select l.epoch from lane l where l.name = delivery.lane)
        returning delivery.id as Id, delivery.claim_no as ClaimNo, delivery.wanted_version as WantedVersion, delivery.claim_until_ms as ClaimUntilMs,
            delivery.left_out as LeftOut, delivery.shown_version as ShownVersion
        """;

    // A newer version asked for meanwhile makes the row due again. What was declined and never shown is dropped, so that a
    // later version is owed anew. A removed message is put up anew only for a correction. What a version lacks holds up no newer one.
    private static string EndText(SqlDialect dialect) =>
        $"""
        update delivery set
            state = case r.kind
                when 'shown' then case when delivery.wanted_version > r.version then 'due' else 'done' end
                when 'gone' then case when delivery.rank = 1 then 'due' else 'gone' end
                when 'unknowable' then 'doubt'
                when 'refused' then 'refused'
                when 'dropped' then 'dropped'
                when 'declined' then case
                    when delivery.wanted_version > r.version then 'due'
                    when delivery.receipt_message is null then 'dropped'
                    else 'done' end
                else 'due' end,
            shown_version = case when r.kind in ('shown', 'lacking') then r.version when r.kind = 'gone' then 0 else delivery.shown_version end,
            receipt_channel = case when r.kind in ('shown', 'lacking') then r.channel when r.kind = 'gone' then null else delivery.receipt_channel end,
            receipt_message = case when r.kind in ('shown', 'lacking') then r.message when r.kind = 'gone' then null else delivery.receipt_message end,
            attempted_ms = case when r.keeps = 1 then delivery.attempted_ms else null end,
            attempted_version = case when r.keeps = 1 then delivery.attempted_version else null end,
            attempts = case when r.kind in ('shown', 'lacking') then 0 else delivery.attempts end,
            left_out = case when r.kind in ('shown', 'lacking') then 0 else delivery.left_out end,
            anew = case when r.kind = 'gone' then delivery.anew + 1 else delivery.anew end,
            settled_ms = case when r.kind in ('shown', 'lacking', 'gone', 'dropped', 'declined') then @now else delivery.settled_ms end,
            is_stale = case when r.kind in ('shown', 'lacking', 'gone') then r.stale else delivery.is_stale end,
            claim_until_ms = null,
            not_before_ms = case when r.kind = 'lacking' and delivery.wanted_version > r.version then 0 else r.not_before end,
            note = r.note
        from {dialect.Rows("rows", EndColumns)} r
        where delivery.id = r.row_id and {Claimed} and delivery.epoch = r.held_epoch and delivery.claim_no = r.held_no
        """;

    private static string StandingText(SqlDialect dialect) =>
        $"""
        update destination set standing = r.word, level = r.new_level, until_ms = r.new_until, reason = r.new_reason, remedy = r.new_remedy
        from {dialect.Rows("rows", StandingColumns)} r
        where destination.id = r.row_id
        """;

    private static string RestText(SqlDialect dialect) =>
        $"""
        update delivery set state = 'due', claim_until_ms = null, not_before_ms = r.new_until
        from {dialect.Rows("rows", StandingColumns)} r
        where delivery.destination_id = r.row_id and r.word = 'resting' and delivery.not_before_ms < r.new_until
          and (delivery.state = 'due' or (delivery.state = 'claimed' and delivery.attempted_ms is null))
        """;

    private static string RefuseText(SqlDialect dialect) =>
        $"""
        update delivery set state = 'refused', claim_until_ms = null, note = r.new_reason
        from {dialect.Rows("rows", StandingColumns)} r
        where delivery.destination_id = r.row_id and r.word = 'suspended'
          and (delivery.state = 'due' or (delivery.state = 'claimed' and delivery.attempted_ms is null))
        """;

    private static string Word(EndKind kind) => kind switch
    {
        EndKind.Shown => "shown",
        EndKind.Lacking => "lacking",
        EndKind.Doubtful => "doubtful",
        EndKind.Unknowable => "unknowable",
        EndKind.Refused => "refused",
        EndKind.Declined => "declined",
        EndKind.Gone => "gone",
        EndKind.Dropped => "dropped",
        _ => "released",
    };

    private static readonly SqlColumn[] EndColumns =
    [
        SqlColumn.Number("row_id"), SqlColumn.Number("held_epoch"), SqlColumn.Number("held_no"), SqlColumn.Text("kind"), SqlColumn.Number("version"),
        SqlColumn.Text("channel"), SqlColumn.Text("message"), SqlColumn.Number("not_before"), SqlColumn.Text("note"),
        SqlColumn.Number("keeps"), SqlColumn.Number("stale"),
    ];

    private static readonly SqlColumn[] StandingColumns =
    [
        SqlColumn.Number("row_id"), SqlColumn.Text("word"), SqlColumn.Number("new_level"), SqlColumn.Number("new_until"),
        SqlColumn.Text("new_reason"), SqlColumn.Text("new_remedy"),
    ];

    private sealed class Left
    {
        public long Id { get; init; }

        public long ClaimNo { get; init; }

        public int WantedVersion { get; init; }

        public long ClaimUntilMs { get; init; }

        public int LeftOut { get; set; }

        public int ShownVersion { get; init; }
    }
}
