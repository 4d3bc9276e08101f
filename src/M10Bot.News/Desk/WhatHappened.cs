using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Desk;

/// <summary>The last articles as a person wants to follow them: story, ruling, who was owed it, what became of each delivery.</summary>
public sealed class WhatHappened(Database database)
{
    private const int MostArticles = 20;
    private const int MostDeliveries = 12;

    /// <summary>JSON: <c>latency</c> per platform in milliseconds and <c>stories</c>: one entry per article ruled on, newest first.</summary>
    /// <remarks>Each run makes a version of the story's bulletin; deliveries show the newest one, so they stand at that entry.</remarks>
    public Task<string> JsonAsync(CancellationToken ct) =>
        database.ReadAsync(
            async connection =>
            {
                var stories = new JsonArray();
                foreach (var row in await StoriesAsync(connection))
                {
                    stories.Add(await StoryAsync(connection, row));
                }

                return new JsonObject { ["latency"] = await LatencyAsync(connection), ["stories"] = stories }.ToJsonString();
            },
            ct);

    private static async Task<IEnumerable<StoryRow>> StoriesAsync(DbConnection connection) =>
        await connection.QueryAsync<StoryRow>(
            """
            select story.id as Id, case when article.headline <> coalesce(article.slug, '') then article.headline else story.headline end as Headline, ruling.at_ms as AtMs, ruling.change as Change,
                ruling.verdict as Verdict, ruling.reasons as Reasons, article.source as Source, article.uri as Uri, article.version as Version,
                article.received_ms as ReceivedMs, bulletin.id as BulletinId, bulletin_version.version as BulletinVersion,
                bulletin_version.state as BulletinState, bulletin.version as NewestVersion
            from ruling
            join story on story.id = ruling.story_id
            left join article on article.id = ruling.article_id
            left join bulletin on bulletin.story_id = story.id and ruling.verdict = 'run'
            left join bulletin_version on bulletin_version.bulletin_id = bulletin.id and bulletin_version.version =
                (select count(*) from ruling run where run.story_id = story.id and run.verdict = 'run' and run.id <= ruling.id)
            order by ruling.id desc limit @MostArticles
            """,
            new { MostArticles });

    private static async Task<JsonObject> StoryAsync(DbConnection connection, StoryRow row)
    {
        var topics = await connection.QueryAsync<string>(
            "select name from story_topic where story_id = @Id order by weight desc limit 6", row);
        var isNewest = row.BulletinVersion is not null && row.BulletinVersion == row.NewestVersion;
        var rows = !isNewest ? [] : (await connection.QueryAsync<DeliveryRow>(
            """
            select destination.platform as Platform, destination.kind as Kind, destination.address as Address, delivery.state as State,
                delivery.shown_version as ShownVersion, delivery.receipt_message as Receipt, delivery.note as Note,
                case when delivery.settled_ms >= delivery.wanted_ms then delivery.settled_ms - delivery.wanted_ms end as Ms
            from delivery join destination on destination.id = delivery.destination_id
            where delivery.bulletin_id = @BulletinId order by delivery.id limit @MostDeliveries
            """,
            new { row.BulletinId, MostDeliveries })).AsList();
        var owed = isNewest ? await connection.ExecuteScalarAsync<int>("select count(*) from delivery where bulletin_id = @BulletinId", row) : 0;
        return new JsonObject
        {
            ["id"] = row.Id,
            ["headline"] = row.Headline,
            ["at"] = Iso(row.AtMs),
            ["article"] = new JsonObject { ["source"] = row.Source, ["uri"] = row.Uri, ["version"] = row.Version, ["received"] = Iso(row.ReceivedMs) },
            ["change"] = row.Change,
            ["ruling"] = new JsonObject { ["verdict"] = row.Verdict, ["reasons"] = JsonNode.Parse(row.Reasons) },
            ["bulletin"] = row.BulletinVersion is null ? null : new JsonObject { ["version"] = row.BulletinVersion, ["state"] = row.BulletinState, ["newest"] = row.NewestVersion },
            ["topics"] = new JsonArray([.. topics.Select(t => JsonValue.Create(t))]),
            ["owed"] = owed,
            ["deliveries"] = new JsonArray([.. rows.Select(Delivery)]),
        };
    }

    private static JsonObject Delivery(DeliveryRow row) => new()
    {
        ["destination"] = $"{row.Platform} · {row.Address}",
        ["platform"] = row.Platform,
        ["kind"] = row.Kind,
        ["address"] = row.Address,
        ["state"] = row.State,
        ["version"] = row.ShownVersion,
        ["receipt"] = row.Receipt,
        ["ms"] = row.Ms,
        ["note"] = row.Note,
    };

    // What was settled before the newest version was wanted is an older one's: that one's edit is still to come.
    // From the moment the article was here to the moment the platform had the newest version of the last story that ran.
    private static async Task<JsonObject> LatencyAsync(DbConnection connection)
    {
        var rows = await connection.QueryAsync<(string Platform, long Ms)>(
            """
            select destination.platform, max(delivery.settled_ms - delivery.wanted_ms)
            from delivery join destination on destination.id = delivery.destination_id
            where delivery.settled_ms >= delivery.wanted_ms and delivery.bulletin_id = (select id from bulletin order by changed_ms desc, id desc limit 1)
            group by destination.platform
            """);
        var byPlatform = rows.ToDictionary(r => r.Platform, r => r.Ms, StringComparer.Ordinal);
        return new JsonObject
        {
            ["discord_ms"] = byPlatform.TryGetValue("discord", out var discord) ? discord : null,
            ["slack_ms"] = byPlatform.TryGetValue("slack", out var slack) ? slack : null,
        };
    }

    private static string? Iso(long? ms) => ms is { } value ? JsonSerializer.Serialize(DateTimeOffset.FromUnixTimeMilliseconds(value)).Trim('"') : null;

    private sealed class StoryRow
    {
        public long Id { get; init; }

        public string Headline { get; init; } = "";

        public long AtMs { get; init; }

        public string Change { get; init; } = "";

        public string Verdict { get; init; } = "";

        public string Reasons { get; init; } = "[]";

        public string? Source { get; init; }

        public string? Uri { get; init; }

        public int? Version { get; init; }

        public long? ReceivedMs { get; init; }

        public long? BulletinId { get; init; }

        public int? BulletinVersion { get; init; }

        public string? BulletinState { get; init; }

        public int? NewestVersion { get; init; }
    }

    private sealed class DeliveryRow
    {
        public string Platform { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Address { get; init; } = "";

        public string State { get; init; } = "";

        public int ShownVersion { get; init; }

        public string? Receipt { get; init; }

        public string? Note { get; init; }

        public long? Ms { get; init; }
    }
}
