using M10Bot.News.Storage;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Deliveries;

/// <summary>The statements of <see cref="DeliveryStore"/>.</summary>
internal static class OweText
{
    /// <summary>A kill: what nobody saw is never shown. What may stand there unseen is not touched here.</summary>
    public const string DropUnshown =
        """
        update delivery set state = 'dropped', wanted_version = @version, rank = @rank, settled_ms = @now, claim_until_ms = null
        where bulletin_id = @bulletinId and receipt_message is null and attempted_ms is null and state in ('due', 'claimed', 'refused')
        """;

    /// <summary>
    /// Raises what exists. A claim that has not set out is void, so that the row is claimed anew at its new rank; one that has
    /// set out finds the higher version at its end. A card at which the program failed may succeed in its next version. A row that waits for two things keeps the more important rank.
    /// </summary>
    public const string RaiseShown =
        $"""
        update delivery set
            wanted_version = @version,
            wanted_ms = @now,
            rank = case when state in ('due', 'claimed', 'refused', 'doubt') and rank < @rank then rank else @rank end,
            state = {RaisedState},
            not_before_ms = case when state = 'due' and note = 'quiet hours' and @isFlash = 1 then 0 else {RaisedNotBefore} end
        where bulletin_id = @bulletinId and wanted_version < @version and state <> 'dropped'
          and (state <> 'gone' or @rank = 1)
          and ((@rank <= 1 and (receipt_message is not null or attempted_ms is not null))
               or (destination_id not in (select s.id from destination s where s.is_open = 0)
                   and destination_id not in (
                       select m.destination_id from story_choice m join bulletin x on x.story_id = m.story_id
                       where x.id = @bulletinId and m.choice = 'mute')))
        """;

    /// <summary>The state of a row that is to show another version.</summary>
    public const string RaisedState =
        """
        case
            when state in ('done', 'gone') then
                case when destination_id in (select s.id from destination s where s.standing = 'suspended') then 'refused' else 'due' end
            when state = 'claimed' and attempted_ms is null then 'due'
            when state = 'doubt' and (@rank = 0 or receipt_message is not null) then 'due'
            else state end
        """;

    /// <summary>What waits goes on waiting; what was done, or lacks only what belongs to the version that stands, waits where its destination rests.</summary>
    public const string RaisedNotBefore =
        """
        case
            when state not in ('done', 'gone') and not (state = 'due' and receipt_message is not null and shown_version = wanted_version) then not_before_ms
            when destination_id in (select s.id from destination s where s.standing = 'resting') then
                coalesce((select s.until_ms from destination s where s.id = destination_id), 0)
            else 0 end
        """;

    /// <summary>Everyone who follows the story and has no row yet, or one that an earlier kill dropped; by the rules of Subscriptions.</summary>
    public static string InsertNew(SqlDialect dialect) =>
        $"""
        insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, state, not_before_ms, created_ms, wanted_ms, note, ping_role)
        select b.id, s.id, s.lane, @rank, @version,
               case s.standing when 'suspended' then 'refused' else 'due' end,
               case when s.standing = 'resting' and coalesce(s.until_ms, 0) > coalesce(q.quiet_end, 0) then s.until_ms else coalesce(q.quiet_end, 0) end,
               @now, @now,
               case when q.quiet_end is not null then '{PaceStore.QuietNote}' end,
               case when @pings = 1 then (
                   select min(p.ping_role) from subscription p
                   where p.destination_id = s.id and p.ping_urgency >= @urgency and (p.topic = 'all' or p.topic in ({StoryTopics}))
                     and (p.languages is null or @language = '' or p.languages like @languageLike)) end
        from destination s
        join bulletin b on b.id = @bulletinId
        left join {dialect.Rows("quiet", SqlColumn.Number("quiet_from"), SqlColumn.Number("quiet_to"), SqlColumn.Text("quiet_zone"), SqlColumn.Number("quiet_end"))} q
               on q.quiet_from = s.quiet_from and q.quiet_to = s.quiet_to and q.quiet_zone = s.quiet_zone
        where s.is_open = 1
          and s.id in ({Wanting})
          and s.id not in (
              select m.destination_id from story_choice m join bulletin x on x.story_id = m.story_id where x.id = @bulletinId and m.choice = 'mute')
          and (s.daily_most is null or @isFlash = 1 or s.id in ({Followers})
               or s.daily_most > (select count(*) from delivery x where x.destination_id = s.id and x.created_ms > @since and x.state <> 'dropped'))
          and (@onlyStopped = 0 or s.id in (
              select d.destination_id from delivery d where d.bulletin_id = @bulletinId and d.state = 'dropped' and d.note = 'held by the desk'))
        order by s.id
        on conflict (bulletin_id, destination_id) do update set
            state = excluded.state, rank = excluded.rank, wanted_version = excluded.wanted_version, wanted_ms = excluded.wanted_ms,
            not_before_ms = excluded.not_before_ms, note = excluded.note, ping_role = excluded.ping_role
        where delivery.state = 'dropped'
        """;

    /// <summary>The editor's word on what a story is about took it out of some orders: whoever has not seen it is spared it.</summary>
    public const string DropUnmatched =
        $"""
        update delivery set state = 'dropped', settled_ms = @now, claim_until_ms = null, note = 'its topics were put right'
        where bulletin_id = @bulletinId and receipt_message is null and attempted_ms is null and state in ('due', 'claimed', 'refused')
          and destination_id not in ({Wanting})
        """;

    // Who ordered it or follows it.
    private const string Wanting =
        $"""
        select u.destination_id from subscription u
        where u.least_urgency >= @urgency and (u.topic = 'all' or u.topic in ({StoryTopics}))
          and (u.languages is null or @language = '' or u.languages like @languageLike)
        union
        {Followers}
        """;

    private const string StoryTopics =
        "select t.topic from story_topic t join bulletin x on x.story_id = t.story_id where x.id = @bulletinId";

    private const string Followers =
        "select f.destination_id from story_choice f join bulletin x on x.story_id = f.story_id where x.id = @bulletinId and f.choice = 'follow'";
}
