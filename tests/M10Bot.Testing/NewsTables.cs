using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Storage;

namespace M10Bot.Testing;

/// <summary>Fills the tables that deliveries lean on, without the features that own them.</summary>
public sealed class NewsTables(Database database)
{
    public Task<long> DestinationAsync(Destination destination, string lane = "scripted", params string[] topics) =>
        database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var id = await connection.ExecuteScalarAsync<long>(
                    """
                    insert into destination (platform, workspace, kind, address, lane, added_by, added_ms)
                    values (@platform, @workspace, @kind, @address, @lane, 'test', 0) returning id
                    """,
                    new
                    {
                        platform = destination.Platform.ToString().ToLowerInvariant(),
                        workspace = destination.Workspace,
                        kind = destination.Kind.ToString().ToLowerInvariant(),
                        address = destination.Address,
                        lane,
                    },
                    transaction);
                foreach (var topic in topics)
                {
                    await connection.ExecuteAsync(
                        "insert into subscription (destination_id, topic, name, created_by, created_ms) values (@id, @topic, @topic, 'test', 0)",
                        new { id, topic },
                        transaction);
                }

                return id;
            },
            CancellationToken.None);

    /// <returns>The story's id; its bulletin has none yet.</returns>
    public Task<long> StoryAsync(params string[] topics) =>
        database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var id = await connection.ExecuteScalarAsync<long>(
                    "insert into story (headline, state, urgency, sources, first_ms, changed_ms) values ('a story', 'open', 3, 1, 0, 0) returning id",
                    transaction: transaction);
                foreach (var topic in topics)
                {
                    await connection.ExecuteAsync(
                        "insert into story_topic (story_id, topic, name, kind, words, weight) values (@id, @topic, @topic, 'Place', '[]', 1)",
                        new { id, topic },
                        transaction);
                }

                return id;
            },
            CancellationToken.None);

    public Task ChooseAsync(long destinationId, long storyId, string choice) =>
        ExecuteAsync("insert into story_choice (destination_id, story_id, choice) values (@destinationId, @storyId, @choice)", new { destinationId, storyId, choice });

    /// <summary>Writes the story's next bulletin version and owes it, in one transaction.</summary>
    public Task<(long BulletinId, int Owed)> RunAsync(DeliveryStore deliveries, long storyId, DeliveryRank rank, Card card) =>
        database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var state = card.Kicker!.State.ToString().ToLowerInvariant();
                var values = new { storyId, state, card = CardJson.Write(card) };
                var (id, version) = await connection.QuerySingleAsync<(long, long)>(
                    """
                    insert into bulletin (story_id, version, state, created_ms, changed_ms) values (@storyId, 1, @state, 0, 0)
                    on conflict (story_id) do update set version = bulletin.version + 1, state = excluded.state
                    returning id, cast(version as bigint)
                    """,
                    values,
                    transaction);
                await connection.ExecuteAsync(
                    "insert into bulletin_version (bulletin_id, version, state, card, created_ms) values (@id, @version, @state, @card, 0)",
                    new { id, version, values.state, values.card },
                    transaction);
                return (id, await deliveries.OweAsync(transaction, id, (int)version, rank, CancellationToken.None));
            },
            CancellationToken.None);

    public Task<int> ExecuteAsync(string text, object? values = null) =>
        database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(text, values, transaction), CancellationToken.None);

    public Task<T> ScalarAsync<T>(string text, object? values = null) =>
        database.ReadAsync(async connection => (await connection.ExecuteScalarAsync<T>(text, values))!, CancellationToken.None);

    /// <summary>How many deliveries stand in each state.</summary>
    public async Task<IReadOnlyDictionary<string, long>> StatesAsync() =>
        (await database.ReadAsync(
            connection => connection.QueryAsync<(string State, long Count)>("select state, count(*) from delivery group by state"), CancellationToken.None))
        .ToDictionary(r => r.State, r => r.Count, StringComparer.Ordinal);
}
