using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;

namespace M10Bot.News.Deliveries;

/// <summary>Answers what people ask about deliveries.</summary>
public sealed class StatusStore(Database database)
{
    /// <summary>Null for a destination the bot does not know.</summary>
    public Task<DestinationStatus?> OfAsync(Destination destination, CancellationToken ct) =>
        database.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<DestinationRow>(Sql.Of(
                    $"""
                    select s.standing as Standing, s.reason as Reason, s.remedy as Remedy, s.until_ms as UntilMs,
                        sum(case when d.state in ('due', 'claimed', 'refused', 'doubt') then 1 else 0 end) as Waiting,
                        sum(case when d.state = 'refused' then 1 else 0 end) as Refused,
                        sum(case when d.state = 'doubt' then 1 else 0 end) as InDoubt,
                        sum(case when d.shown_version > 0 then 1 else 0 end) as Shown,
                        max(case when d.shown_version > 0 then d.settled_ms end) as LastShownMs
                    from destination s left join delivery d on d.destination_id = s.id
                    where {DestinationValues.Match}
                    group by s.id, s.standing, s.reason, s.remedy, s.until_ms
                    """,
                    DestinationValues.Of(destination),
                    ct));
                return row?.ToStatus();
            },
            ct);

    /// <summary>Lanes with something waiting, by name.</summary>
    public Task<IReadOnlyList<LaneStatus>> LanesAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<LaneStatus>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<(string Lane, long Waiting, long OldestMs)>(Sql.Of(
                    "select lane, count(*), min(wanted_ms) from delivery where state in ('due', 'claimed') group by lane order by lane", null, ct));
                return [.. rows.Select(r => new LaneStatus { Lane = r.Lane, Waiting = (int)r.Waiting, Oldest = At(r.OldestMs) })];
            },
            ct);

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<DoubtfulDelivery>> InDoubtAsync(int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<DoubtfulDelivery>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<(long Id, long BulletinId, string Destination, string? Note, long? AttemptedMs)>(Sql.Of(
                    """
                    select d.id, d.bulletin_id, s.platform || '/' || s.workspace || '/' || s.kind || '/' || s.address, d.note, d.attempted_ms
                    from delivery d join destination s on s.id = d.destination_id
                    where d.state = 'doubt' order by d.id limit @limit
                    """,
                    new { limit },
                    ct));
                return [.. rows.Select(r => new DoubtfulDelivery
                {
                    Id = r.Id,
                    BulletinId = r.BulletinId,
                    Destination = r.Destination,
                    Note = r.Note,
                    Attempted = At(r.AttemptedMs ?? 0),
                })];
            },
            ct);

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private sealed class DestinationRow
    {
        public string Standing { get; init; } = "";

        public string? Reason { get; init; }

        public string? Remedy { get; init; }

        public long? UntilMs { get; init; }

        public int Waiting { get; init; }

        public int Refused { get; init; }

        public int InDoubt { get; init; }

        public int Shown { get; init; }

        public long? LastShownMs { get; init; }

        public DestinationStatus ToStatus() => new()
        {
            Standing = Standing,
            Reason = Reason,
            Remedy = Remedy,
            Until = UntilMs is { } until ? At(until) : null,
            Waiting = Waiting,
            Refused = Refused,
            InDoubt = InDoubt,
            Shown = Shown,
            LastShown = LastShownMs is { } shown ? At(shown) : null,
        };
    }
}
