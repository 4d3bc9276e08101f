using System.Data.Common;
using Dapper;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Storage;
using M10Bot.News.Stories;

namespace M10Bot.News.Subscriptions;

/// <summary>Who ordered what, and what they said of single stories.</summary>
public sealed class SubscriptionStore(Database database, DestinationStore destinations, TimeProvider time)
{
    private const string Columns =
        """
        s.topic as Topic, s.name as Name, s.created_by as CreatedBy, s.created_ms as CreatedMs,
        s.least_urgency as LeastUrgency, s.ping_role as PingRole, s.ping_urgency as PingUrgency,
        s.languages as Languages
        """;

    /// <summary>Orders the topics for a destination and opens it if need be. Harmless to repeat.</summary>
    /// <returns>The topics that were not ordered before.</returns>
    public Task<IReadOnlyList<Topic>> AddAsync(Destination destination, IReadOnlyList<Topic> topics, string by, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var (id, _) = await destinations.OpenAsync(transaction, destination, by, ct);
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                var added = new List<Topic>();
                foreach (var topic in topics)
                {
                    var rows = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                        """
                        insert into subscription (destination_id, topic, name, created_by, created_ms)
                        values (@id, @Code, @Name, @by, @now) on conflict (destination_id, topic) do nothing
                        """,
                        new { id, topic.Code, topic.Name, by, now },
                        transaction,
                        cancellationToken: ct));
                    if (rows > 0)
                    {
                        added.Add(topic);
                    }
                }

                return (IReadOnlyList<Topic>)added;
            },
            ct);

    /// <summary>Orders are again as they were, with their rules and whose they are, and so is what was said of single stories; opens the destination if need be.</summary>
    public Task RestoreAsync(
        Destination destination, IReadOnlyList<Subscription> orders, IReadOnlyList<(long Story, StoryChoice Choice)> choices, string by, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var (id, _) = await destinations.OpenAsync(transaction, destination, by, ct);
                foreach (var order in orders)
                {
                    await transaction.Connection!.ExecuteAsync(Sql.In(
                        transaction,
                        """
                        insert into subscription (destination_id, topic, name, created_by, created_ms, least_urgency, ping_role, ping_urgency, languages)
                        values (@id, @Topic, @Name, @CreatedBy, @created, @least, @role, @from, @languages)
                        on conflict (destination_id, topic) do update set
                            least_urgency = excluded.least_urgency, ping_role = excluded.ping_role, ping_urgency = excluded.ping_urgency, languages = excluded.languages
                        """,
                        new
                        {
                            id,
                            order.Topic,
                            order.Name,
                            order.CreatedBy,
                            created = order.Created.ToUnixTimeMilliseconds(),
                            least = order.Rules.Least.Value,
                            role = order.Rules.Ping?.Role,
                            from = order.Rules.Ping?.From.Value ?? 0,
                            languages = LanguageRule.Write(order.Rules.Languages),
                        },
                        ct));
                }

                foreach (var (story, choice) in choices)
                {
                    await ChooseAsync(transaction, id, story, choice, ct);
                }
            },
            ct);

    /// <summary>Sets the lowest urgency that these orders let through.</summary>
    public Task SetLeastAsync(Destination destination, IReadOnlyList<string> topics, Urgency least, CancellationToken ct) =>
        SetAsync(destination, topics, "least_urgency = @least", new { least = least.Value }, ct);

    /// <summary>Sets the languages that these orders let through; none for every language.</summary>
    public Task SetLanguagesAsync(Destination destination, IReadOnlyList<string> topics, IReadOnlyList<string> languages, CancellationToken ct) =>
        SetAsync(destination, topics, "languages = @languages", new { languages = LanguageRule.Write(languages) }, ct);

    /// <summary>Sets whom these orders ping; null for nobody.</summary>
    public Task SetPingAsync(Destination destination, IReadOnlyList<string> topics, Ping? ping, CancellationToken ct) =>
        SetAsync(destination, topics, "ping_role = @role, ping_urgency = @from", new { role = ping?.Role, from = ping?.From.Value ?? 0 }, ct);

    /// <returns>False where there was no such order.</returns>
    public Task<bool> RemoveAsync(Destination destination, string topic, CancellationToken ct) =>
        database.WriteAsync(
            async transaction => await destinations.IdAsync(transaction, destination, ct) is { } id
                && await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    "delete from subscription where destination_id = @id and topic = @topic", new { id, topic }, transaction, cancellationToken: ct)) > 0,
            ct);

    /// <summary>Everything first, then by name; nothing for a closed destination.</summary>
    public Task<IReadOnlyList<Subscription>> ListAsync(Destination destination, CancellationToken ct) =>
        QueryAsync(
            destination,
            $"""
            select {Columns} from subscription s join destination d on d.id = s.destination_id
            where d.id = @id and d.is_open = 1
            order by case s.topic when 'all' then 0 else 1 end, lower(s.name)
            """,
            storyId: 0,
            ct);

    /// <summary>The orders that bring this story to this destination.</summary>
    public Task<IReadOnlyList<Subscription>> MatchingAsync(Destination destination, long storyId, CancellationToken ct) =>
        QueryAsync(
            destination,
            $"""
            select {Columns} from subscription s
            join destination d on d.id = s.destination_id
            left join story_topic t on t.story_id = @storyId and t.topic = s.topic
            where d.id = @id and d.is_open = 1 and (s.topic = 'all' or t.topic is not null)
            order by t.weight desc
            """,
            storyId,
            ct);

    /// <summary>Those of these keywords that somebody ordered.</summary>
    public static async Task<IReadOnlyList<Topic>> OrderedAsync(DbTransaction tx, SqlDialect dialect, IEnumerable<string> codes)
    {
        var rows = await tx.Connection!.QueryAsync<(string Code, string Name)>(
            $"select distinct s.topic, s.name from {dialect.Rows("codes", SqlColumn.Text("code"))} c join subscription s on s.topic = c.code",
            new { codes = SqlRows.Of(codes.Select(c => new object?[] { c })) },
            tx);
        return [.. rows.Select(r => new Topic(r.Code, r.Name, TopicKind.Keyword))];
    }

    /// <summary>Follows or mutes one story for a destination; the last word counts.</summary>
    public Task ChooseAsync(Destination destination, long storyId, StoryChoice choice, string by, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var (id, _) = await destinations.OpenAsync(transaction, destination, by, ct);
                await ChooseAsync(transaction, id, storyId, choice, ct);
            },
            ct);

    /// <summary>Who follows or mutes one story does the same with another; who has spoken on that one stays with it.</summary>
    internal static Task CopyChoicesAsync(DbTransaction tx, long from, long to) => tx.Connection!.ExecuteAsync(
        """
        insert into story_choice (destination_id, story_id, choice)
        select c.destination_id, @to, c.choice from story_choice c where c.story_id = @from
        on conflict (destination_id, story_id) do nothing
        """,
        new { from, to },
        tx);

    /// <summary>What the destination said of single stories, the newest first.</summary>
    public Task<IReadOnlyList<(long Story, StoryChoice Choice)>> ChoicesOfAsync(Destination destination, int most, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<(long, StoryChoice)>>(
            async connection =>
            {
                if (await destinations.IdAsync(connection, destination, ct) is not { } id)
                {
                    return [];
                }

                var rows = await connection.QueryAsync<(long Story, string Choice)>(Sql.Of(
                    "select story_id, choice from story_choice where destination_id = @id order by story_id desc limit @most", new { id, most }, ct));
                return [.. rows.Select(r => (r.Story, Enum.Parse<StoryChoice>(r.Choice, ignoreCase: true)))];
            },
            ct);

    /// <summary>The stories that the destination follows or mutes and readers may see, the last changed first.</summary>
    public Task<IReadOnlyList<ChosenStory>> ChoicesAsync(Destination destination, int count, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<ChosenStory>>(
            async connection => await destinations.IdAsync(connection, destination, ct) is { } id
                ? [.. await connection.QueryAsync<ChosenStory>(new CommandDefinition(
                    $"""
                    select s.headline as Headline, case c.choice when 'follow' then 1 else 0 end as IsFollowed
                    from story_choice c
                    join story s on s.id = c.story_id
                    left join bulletin b on b.story_id = s.id
                    left join article a on a.id = s.lead_id
                    where c.destination_id = @id and {StoryQueries.Readable}
                    order by s.changed_ms desc, s.id desc limit @count
                    """,
                    new { id, count, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                    cancellationToken: ct))]
                : [],
            ct);

    /// <summary>Null where the destination has not spoken on the story.</summary>
    public async Task<StoryChoice?> ChoiceAsync(Destination destination, long storyId, CancellationToken ct)
    {
        var choice = await database.ReadAsync(
            async connection => await destinations.IdAsync(connection, destination, ct) is { } id
                ? await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                    "select choice from story_choice where destination_id = @id and story_id = @storyId", new { id, storyId }, cancellationToken: ct))
                : null,
            ct);
        return choice is null ? null : Enum.Parse<StoryChoice>(choice, ignoreCase: true);
    }

    private static Task<int> ChooseAsync(DbTransaction transaction, long id, long storyId, StoryChoice choice, CancellationToken ct) =>
        transaction.Connection!.ExecuteAsync(Sql.In(
            transaction,
            """
            insert into story_choice (destination_id, story_id, choice) values (@id, @storyId, @choice)
            on conflict (destination_id, story_id) do update set choice = excluded.choice
            """,
            new { id, storyId, choice = choice.ToString().ToLowerInvariant() },
            ct));

    private Task SetAsync(Destination destination, IReadOnlyList<string> topics, string change, object values, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                if (await destinations.IdAsync(transaction, destination, ct) is not { } id)
                {
                    return;
                }

                foreach (var topic in topics)
                {
                    var all = new DynamicParameters(values);
                    all.AddDynamicParams(new { id, topic });
                    await transaction.Connection!.ExecuteAsync(Sql.In(
                        transaction, $"update subscription set {change} where destination_id = @id and topic = @topic", all, ct));
                }
            },
            ct);

    private Task<IReadOnlyList<Subscription>> QueryAsync(Destination destination, string sql, long storyId, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Subscription>>(
            async connection =>
            {
                if (await destinations.IdAsync(connection, destination, ct) is not { } id)
                {
                    return [];
                }

                var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, new { id, storyId }, cancellationToken: ct));
                return [.. rows.Select(r => r.ToSubscription())];
            },
            ct);

    private sealed class Row
    {
        public string Topic { get; init; } = "";

        public string Name { get; init; } = "";

        public string CreatedBy { get; init; } = "";

        public long CreatedMs { get; init; }

        public int LeastUrgency { get; init; }

        public string? PingRole { get; init; }

        public int PingUrgency { get; init; }

        public string? Languages { get; init; }

        public Subscription ToSubscription() => new(Topic, Name, CreatedBy, DateTimeOffset.FromUnixTimeMilliseconds(CreatedMs))
        {
            Rules = new OrderRules(new Urgency(LeastUrgency), PingRole is null ? null : new Ping(PingRole, new Urgency(PingUrgency))) { Languages = LanguageRule.Read(Languages) },
        };
    }
}

/// <summary>A story that a destination follows or mutes.</summary>
public sealed class ChosenStory
{
    public string Headline { get; init; } = "";

    /// <summary>0 for one that is muted.</summary>
    public int IsFollowed { get; init; }
}
