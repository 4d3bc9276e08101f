using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Commands;

/// <summary>What an admin sees of one workspace. Reads only.</summary>
internal sealed class WorkspaceStore(Database database)
{
    public Task<WorkspaceStatus> ReadAsync(string platform, string workspace, int channels, CancellationToken ct) =>
        database.ReadAsync(
            async connection =>
            {
                var places = await connection.QueryAsync<ChannelRow>(new CommandDefinition(
                    """
                    select d.address as Address, d.standing as Standing, d.until_ms as UntilMs, d.reason as Reason, d.remedy as Remedy,
                           case when d.webhook is null then 0 else 1 end as Webhooks,
                           (select count(*) from subscription s where s.destination_id = d.id) as Orders,
                           (select count(*) from subscription s where s.destination_id = d.id and s.languages is not null) as Limited,
                           (select case when min(s.languages) = max(s.languages) then min(s.languages) end from subscription s where s.destination_id = d.id) as Languages,
                           (select count(*) from delivery x where x.destination_id = d.id and x.state in ('due', 'claimed', 'refused')) as Waiting,
                           shown.settled_ms as ShownMs, shown.settled_ms - shown.wanted_ms as TookMs
                    from destination d
                    left join delivery shown
                           on shown.id = (select max(x.id) from delivery x where x.destination_id = d.id and x.state = 'done')
                    where d.platform = @platform and d.workspace = @workspace and d.kind = 'channel' and d.is_open = 1
                    order by case d.standing when 'good' then 1 else 0 end, d.id limit @channels
                    """,
                    new { platform, workspace, channels },
                    cancellationToken: ct));
                var totals = await connection.QuerySingleAsync<TotalRow>(new CommandDefinition(
                    """
                    select (select count(*) from destination d where d.platform = @platform and d.workspace = @workspace
                            and d.kind = 'channel' and d.is_open = 1) as Channels,
                           (select count(*) from destination d where d.platform = @platform and d.workspace = @workspace
                            and d.kind = 'person' and d.is_open = 1) as Persons,
                           (select count(*) from delivery x join destination d on d.id = x.destination_id
                            where d.platform = @platform and d.workspace = @workspace and x.state in ('due', 'claimed')) as Waiting,
                           (select count(*) from delivery x join destination d on d.id = x.destination_id
                            where d.platform = @platform and d.workspace = @workspace and x.state = 'refused') as Refused,
                           (select count(*) from destination d where d.platform = @platform and d.workspace = @workspace
                            and d.kind = 'person' and d.is_open = 1 and d.standing = 'suspended') as Unreached,
                           (select count(*) from delivery x join destination d on d.id = x.destination_id
                            where d.platform = @platform and d.workspace = @workspace and x.state = 'doubt') as Doubt,
                           (select max(x.note) from delivery x join destination d on d.id = x.destination_id
                            where d.platform = @platform and d.workspace = @workspace and x.state = 'doubt') as DoubtNote
                    """,
                    new { platform, workspace },
                    cancellationToken: ct));
                var articles = await connection.QueryAsync<ArticleStatusRow>(new CommandDefinition(
                    "select source as Source, received_ms as ReceivedMs from article order by id desc limit 3", cancellationToken: ct));
                return new WorkspaceStatus(totals, [.. places], [.. articles]);
            },
            ct);
}

internal sealed record WorkspaceStatus(TotalRow Totals, IReadOnlyList<ChannelRow> Channels, IReadOnlyList<ArticleStatusRow> Articles);

internal sealed class TotalRow
{
    public long Channels { get; init; }

    public long Persons { get; init; }

    public long Waiting { get; init; }

    /// <summary>Wait until their place can be served again.</summary>
    public long Refused { get; init; }

    /// <summary>People who take no messages.</summary>
    public long Unreached { get; init; }

    public long Doubt { get; init; }

    public string? DoubtNote { get; init; }
}

internal sealed class ChannelRow
{
    public string Address { get; init; } = "";

    public string Standing { get; init; } = "";

    public long? UntilMs { get; init; }

    public string? Reason { get; init; }

    public string? Remedy { get; init; }

    /// <summary>1 where it is written to by a webhook.</summary>
    public long Webhooks { get; init; }

    public long Orders { get; init; }

    /// <summary>Of those, the ones for some languages only.</summary>
    public long Limited { get; init; }

    /// <summary>The languages of the limited ones where they are the same; else null.</summary>
    public string? Languages { get; init; }

    public long Waiting { get; init; }

    public long? ShownMs { get; init; }

    public long? TookMs { get; init; }
}

internal sealed class ArticleStatusRow
{
    public string Source { get; init; } = "";

    public long ReceivedMs { get; init; }
}
