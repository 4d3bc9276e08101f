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

    /// <summary>What only a person can settle in one workspace, oldest first.</summary>
    public Task<IReadOnlyList<DoubtfulDelivery>> InDoubtAsync(Platform platform, string workspace, int limit, CancellationToken ct) =>
        DoubtsAsync("", new { platform = platform.ToString().ToLowerInvariant(), workspace, limit }, platform, workspace, ct);

    /// <summary>One of them by its number; null where it is none of the workspace's, or settled.</summary>
    public async Task<DoubtfulDelivery?> FindDoubtAsync(Platform platform, string workspace, long id, CancellationToken ct) =>
        (await DoubtsAsync("and x.id = @id", new { platform = platform.ToString().ToLowerInvariant(), workspace, id, limit = 1 }, platform, workspace, ct))
        .SingleOrDefault();

    private Task<IReadOnlyList<DoubtfulDelivery>> DoubtsAsync(string which, object values, Platform platform, string workspace, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<DoubtfulDelivery>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<(long Id, string Kind, string Address, string? Note, long? AttemptedMs, string Headline)>(Sql.Of(
                    $"""
                    select x.id, d.kind, d.address, x.note, x.attempted_ms, s.headline
                    from delivery x
                    join destination d on d.id = x.destination_id
                    join bulletin b on b.id = x.bulletin_id
                    join story s on s.id = b.story_id
                    where x.state = 'doubt' and d.platform = @platform and d.workspace = @workspace {which}
                    order by x.id limit @limit
                    """,
                    values,
                    ct));
                return [.. rows.Select(r => new DoubtfulDelivery
                {
                    Id = r.Id,
                    Headline = r.Headline,
                    Destination = new Destination(platform, workspace, Enum.Parse<DestinationKind>(r.Kind, ignoreCase: true), r.Address),
                    Note = r.Note ?? "the end of the last attempt is not known",
                    Attempted = r.AttemptedMs is { } at ? At(at) : null,
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
