using System.Data.Common;
using System.Text.Json;
using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Storage;
using M10Bot.News.Stories;

namespace M10Bot.News.Desk;

/// <summary>What the desk wants to see: the queue, the proof of what became of a story, who did what. Reads only.</summary>
internal sealed class DeskQueries(Database database, IEnumerable<IChatPlatform> platforms, TimeProvider time)
{
    private const int MostStories = 6;
    private const int MostRows = 20;

    private const string InDoubt =
        """
        select delivery.id as Delivery, story.id as Story, story.headline as Headline, destination.platform as Platform,
            destination.workspace as Workspace, destination.kind as Kind, destination.address as Address, delivery.note as Note
        from delivery join bulletin on bulletin.id = delivery.bulletin_id join story on story.id = bulletin.story_id
        join destination on destination.id = delivery.destination_id
        where delivery.state = 'doubt'
        """;

    private readonly Dictionary<Platform, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Platform);

    /// <summary>What goes out now, what is held, and what only a person can settle.</summary>
    public Task<DeskQueue> QueueAsync(CancellationToken ct) => database.ReadAsync(
        async connection => new DeskQueue(
            [.. await connection.QueryAsync<GoingRow>(
                """
                select story.id as Story, story.headline as Headline, bulletin.state as State, min(moving.rank) as Rank, count(*) as Waiting
                from (select bulletin_id, rank from delivery where state = 'due' union all select bulletin_id, rank from delivery where state = 'claimed') moving
                join bulletin on bulletin.id = moving.bulletin_id join story on story.id = bulletin.story_id
                group by story.id, story.headline, bulletin.state order by min(moving.rank), story.id desc limit @MostStories
                """,
                new { MostStories })],
            [.. (await connection.QueryAsync<HeldRow>(
                """
                select story.id as Story, story.headline as Headline, story.changed_ms as SinceMs, hold.reason as Reason, hold.by_whom as ByWhom,
                    (select reasons from ruling where ruling.story_id = story.id order by ruling.id desc limit 1) as Reasons
                from story left join desk_hold hold on hold.story_id = story.id
                where story.state = 'held' order by story.changed_ms desc limit @MostStories
                """,
                new { MostStories })).Select(ToHeld)],
            [.. await connection.QueryAsync<DoubtRow>($"{InDoubt} order by delivery.id limit @MostStories", new { MostStories })],
            await connection.ExecuteScalarAsync<int>("select count(*) from delivery where state = 'doubt'")),
        ct);

    /// <summary>A delivery in doubt; null where it is not any more.</summary>
    public Task<DoubtRow?> DoubtAsync(long delivery, CancellationToken ct) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<DoubtRow>($"{InDoubt} and delivery.id = @delivery", new { delivery }), ct);

    /// <summary>The delivery in doubt that comes after this one, after the last the first again; null where no other is.</summary>
    public Task<DoubtRow?> NextDoubtAsync(long after, CancellationToken ct) => database.ReadAsync(
        connection => connection.QueryFirstOrDefaultAsync<DoubtRow>(
            $"{InDoubt} and delivery.id <> @after order by case when delivery.id > @after then 0 else 1 end, delivery.id limit 1", new { after }),
        ct);

    /// <summary>What the platform says to a link to the message of a delivery in doubt; null where it is not in doubt any more.</summary>
    public async Task<LinkOutcome?> ReceiptOfAsync(long delivery, string link, CancellationToken ct) => await AskedOfAsync(delivery, ct) switch
    {
        null => null,
        { } doubt when _platforms.TryGetValue(doubt.To.Platform, out var platform) => await platform.ReceiptOfAsync(doubt.To, doubt.Key, link, ct),
        _ => new LinkOutcome.No(LinkFault.NotNow),
    };

    /// <summary>The message of a delivery in doubt where the platform shows it by now; null where it does not, or can't be asked.</summary>
    public async Task<SettleOutcome.Found?> FoundAsync(long delivery, CancellationToken ct) =>
        await AskedOfAsync(delivery, ct) is { Attempted: { } attempted } doubt
        && _platforms.TryGetValue(doubt.To.Platform, out var platform)
            ? await platform.SettleAsync(doubt.To, doubt.Key, attempted, ct) as SettleOutcome.Found
            : null;

    private async Task<Asked?> AskedOfAsync(long delivery, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<AskedRow>(
                """
                select d.anew as Anew, d.attempted_ms as AttemptedMs, s.platform as Platform, s.workspace as Workspace, s.kind as Kind, s.address as Address,
                    s.webhook as Webhook, n.name as Installation
                from delivery d join destination s on s.id = d.destination_id cross join installation n
                where d.id = @delivery and d.state = 'doubt'
                """,
                new { delivery }),
            ct);
        return row is null ? null : new Asked(
            new Destination(Enum.Parse<Platform>(row.Platform, ignoreCase: true), row.Workspace, Enum.Parse<DestinationKind>(row.Kind, ignoreCase: true), row.Address)
            {
                Webhook = row.Webhook,
            },
            DeliveryKeys.Of(row.Installation, delivery, row.Anew),
            row.AttemptedMs is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
    }

    /// <summary>What became of a story's newest version, destination by destination; null where nothing of it was ever owed.</summary>
    public Task<Proof?> ProofAsync(long story, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            var counts = await connection.QuerySingleOrDefaultAsync<CountRow>(
                """
                select bulletin.id as Id, bulletin.version as Version, bulletin.state as State,
                    sum(case when delivery.state <> 'dropped' then 1 else 0 end) as Owed,
                    sum(case when delivery.state = 'done' and delivery.shown_version = bulletin.version and delivery.is_stale = 0 then 1
                             when delivery.state = 'gone' and bulletin.state = 'withdrawn' then 1 else 0 end) as Done,
                    sum(case when delivery.state = 'doubt' then 1 else 0 end) as InDoubt,
                    sum(case when delivery.state = 'refused' then 1 else 0 end) as Refused,
                    sum(case when delivery.state in ('due', 'claimed') then 1 else 0 end) as Waiting,
                    sum(case when delivery.state = 'done' and delivery.shown_version = bulletin.version and delivery.is_stale = 1 then 1 else 0 end) as Stale
                from bulletin left join delivery on delivery.bulletin_id = bulletin.id
                where bulletin.story_id = @story group by bulletin.id, bulletin.version, bulletin.state
                """,
                new { story });
            if (counts is null)
            {
                return null;
            }

            var rows = await connection.QueryAsync<ProofRow>(
                """
                select destination.platform as Platform, destination.workspace as Workspace, destination.kind as Kind, destination.address as Address,
                    delivery.state as State, delivery.shown_version as Version, delivery.settled_ms as SettledMs,
                    delivery.receipt_message as Receipt, delivery.is_stale as IsStale,
                    case when delivery.state = 'refused' then coalesce(delivery.note, destination.reason) else delivery.note end as Note
                from delivery join destination on destination.id = delivery.destination_id
                where delivery.bulletin_id = @Id and delivery.state <> 'dropped'
                order by case delivery.state when 'doubt' then 0 when 'refused' then 1 when 'gone' then 5 when 'done' then case delivery.is_stale when 1 then 2 else 4 end else 3 end, delivery.id
                limit @MostRows
                """,
                new { counts.Id, MostRows });
            return new Proof(counts.Version, counts.State, counts.Owed, counts.Done, counts.InDoubt, counts.Refused, counts.Waiting, [.. rows])
            {
                Stale = counts.Stale,
                Expected = counts.Waiting == 0 ? null : await ExpectedAsync(connection, counts.Id),
            };
        },
        ct);

    /// <summary>The card of a story's newest version; null where none has run.</summary>
    public Task<Card?> CardAsync(long story, CancellationToken ct) => database.ReadAsync(
        async connection => await connection.QuerySingleOrDefaultAsync<string>(
            "select v.card from bulletin b join bulletin_version v on v.bulletin_id = b.id and v.version = b.version where b.story_id = @story", new { story }) is { } json
            ? CardJson.Read(json)
            : null,
        ct);

    /// <summary>Who did what, newest first; of one story or of all.</summary>
    public Task<IReadOnlyList<AuditRow>> AuditAsync(long? story, CancellationToken ct) => database.ReadAsync<IReadOnlyList<AuditRow>>(
        async connection => [.. await connection.QueryAsync<AuditRow>(
            $"""
            select desk_act.story_id as Story, story.headline as Headline, desk_act.verb as Verb, desk_act.by_whom as ByWhom,
                desk_act.words as Words, desk_act.version as Version, desk_act.at_ms as AtMs
            from desk_act join story on story.id = desk_act.story_id
            {(story is null ? "" : "where desk_act.story_id = @story")}
            order by desk_act.id desc limit @MostRows
            """,
            new { story, MostRows })],
        ct);

    // By the pace of each lane that still has something of it; what is more important or came before goes first.
    private async Task<DateTimeOffset> ExpectedAsync(DbConnection connection, long bulletin)
    {
        var now = time.GetUtcNow();
        var expected = now;
        var lanes = await connection.QueryAsync<LaneRow>(
            """
            select delivery.lane as Lane, destination.platform as Platform, max(delivery.rank) as Rank, max(delivery.not_before_ms) as NotBeforeMs,
                case when delivery.receipt_message is null then 0 else 1 end as IsEdit
            from delivery join destination on destination.id = delivery.destination_id
            where delivery.bulletin_id = @bulletin and delivery.state in ('due', 'claimed')
            group by delivery.lane, destination.platform, case when delivery.receipt_message is null then 0 else 1 end
            """,
            new { bulletin });
        foreach (var lane in lanes.AsList())
        {
            if (!_platforms.TryGetValue(Enum.Parse<Platform>(lane.Platform, ignoreCase: true), out var platform))
            {
                continue; // switched off: nobody can say
            }

            var rate = lane.IsEdit == 1 ? platform.Pace.Edits ?? platform.Pace.Posts : platform.Pace.Posts;
            var emptied = double.IsInfinity(rate.PerSecond) ? TimeSpan.Zero : TimeSpan.FromSeconds(rate.Burst / rate.PerSecond);
            var same = lane.IsEdit == 1 ? "receipt_message is not null" : "receipt_message is null";
            var values = new { bulletin, lane.Lane, lane.Rank, since = (now - emptied).ToUnixTimeMilliseconds() };
            var ahead = await connection.ExecuteScalarAsync<int>(
                $"""
                select (select count(*) from delivery where lane = @Lane and state = 'due' and rank <= @Rank and {same})
                     + (select count(*) from delivery where lane = @Lane and state = 'claimed' and rank <= @Rank and {same})
                """,
                values);
            var used = await connection.ExecuteScalarAsync<int>(
                $"select count(*) from delivery where bulletin_id = @bulletin and lane = @Lane and settled_ms > @since and shown_version {(lane.IsEdit == 1 ? "> 1" : "= 1")}", values);
            var end = now + LaneForecast.For(rate, ahead, used);
            var rested = DateTimeOffset.FromUnixTimeMilliseconds(lane.NotBeforeMs);
            end = rested > end ? rested : end;
            expected = end > expected ? end : expected;
        }

        return expected;
    }

    private static HeldStory ToHeld(HeldRow row) => new(
        row.Story,
        row.Headline,
        row.Reason ?? (row.Reasons is null ? "" : (JsonSerializer.Deserialize(row.Reasons, StoriesJson.Default.IReadOnlyListString) ?? []).FirstOrDefault("")),
        row.ByWhom,
        DateTimeOffset.FromUnixTimeMilliseconds(row.SinceMs));

    private sealed class CountRow
    {
        public long Id { get; init; }

        public int Version { get; init; }

        public string State { get; init; } = "";

        public int Owed { get; init; }

        public int Done { get; init; }

        public int InDoubt { get; init; }

        public int Refused { get; init; }

        public int Waiting { get; init; }

        public int Stale { get; init; }
    }

    private sealed class LaneRow
    {
        public string Lane { get; init; } = "";

        public string Platform { get; init; } = "";

        public int Rank { get; init; }

        public long NotBeforeMs { get; init; }

        public int IsEdit { get; init; }
    }

    /// <param name="Attempted">When its last request left; null where none did.</param>
    private sealed record Asked(Destination To, DeliveryKey Key, DateTimeOffset? Attempted);

    private sealed class AskedRow
    {
        public int Anew { get; init; }

        public long? AttemptedMs { get; init; }

        public string Platform { get; init; } = "";

        public string Workspace { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Address { get; init; } = "";

        public string? Webhook { get; init; }

        public string Installation { get; init; } = "";
    }

    private sealed class HeldRow
    {
        public long Story { get; init; }

        public string Headline { get; init; } = "";

        public long SinceMs { get; init; }

        public string? Reason { get; init; }

        public string? ByWhom { get; init; }

        public string? Reasons { get; init; }
    }
}
