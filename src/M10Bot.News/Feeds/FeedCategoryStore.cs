using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Feeds;

/// <summary>The categories that stand in a feed, and the map an admin made of them.</summary>
public sealed class FeedCategoryStore(Database database, TimeProvider time)
{
    private const int MostKept = 200; // of one feed: some make a category of every word
    private const int Longest = 100;

    /// <summary>By folded name; empty for a feed whose categories are all taken by name.</summary>
    public async Task<IReadOnlyList<FeedCategory>> OfAsync(long feed, CancellationToken ct) => await database.ReadAsync(
        async connection => (IReadOnlyList<FeedCategory>)[.. await connection.QueryAsync<FeedCategory>(new CommandDefinition(
            "select category as Category, folded as Folded, topic as Topic from feed_category where feed_id = @feed order by case when topic is null then 1 else 0 end, seen_ms desc, folded",
            new { feed },
            cancellationToken: ct))],
        ct);

    /// <summary>Notes categories that were not seen before, for the admin's list.</summary>
    public async Task SeeAsync(long feed, IReadOnlyList<FeedCategory> known, IEnumerable<string> categories, CancellationToken ct)
    {
        var kept = known.Select(c => c.Folded).ToHashSet(StringComparer.Ordinal);
        var fresh = categories.Where(c => c.Length is > 0 and <= Longest && !kept.Contains(Fold(c))).DistinctBy(Fold, StringComparer.Ordinal).Take(MostKept - known.Count).ToList();
        if (fresh.Count > 0)
        {
            await database.WriteUnforcedAsync(
                async tx => await tx.Connection!.ExecuteAsync(
                    "insert into feed_category (feed_id, category, folded, seen_ms) values (@feed, @category, @folded, @now) on conflict (feed_id, folded) do nothing",
                    fresh.Select(category => new { feed, category, folded = Fold(category), now = Now() }),
                    tx),
                ct);
        }
    }

    /// <param name="topic">A topic's code; empty for nothing; null to go by its name again.</param>
    public Task MapAsync(long feed, string category, string? topic, CancellationToken ct) => database.WriteAsync(
        tx => tx.Connection!.ExecuteAsync(
            """
            insert into feed_category (feed_id, category, folded, topic, seen_ms) values (@feed, @category, @folded, @topic, @now)
            on conflict (feed_id, folded) do update set topic = excluded.topic
            """,
            new { feed, category, folded = Fold(category), topic, now = Now() },
            tx),
        ct);

    internal static string Fold(string category) => category.Trim().ToLowerInvariant();

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>A category of a feed.</summary>
public sealed class FeedCategory
{
    public string Category { get; init; } = "";

    public string Folded { get; init; } = "";

    /// <summary>What an admin says it means: a topic's code, or nothing where it is empty. Null: by its name.</summary>
    public string? Topic { get; init; }
}
