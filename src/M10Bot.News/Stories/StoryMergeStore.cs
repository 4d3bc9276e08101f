using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace M10Bot.News.Stories;

/// <summary>Which articles are a story's, put right by hand; every write is part of the desk's transaction, under the lock of filing.</summary>
internal static class StoryMergeStore
{
    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<PlacedArticle>> ArticlesAsync(DbTransaction tx, long story) =>
        [.. await tx.Connection!.QueryAsync<PlacedArticle>(
            """
            select a.id as Id, a.source as Source, a.uri as Uri, a.headline as Headline, a.status as Status, a.slug as Slug, a.urgency as Urgency,
                a.part_id as Part, a.received_ms as ReceivedMs, a.is_copy as IsCopy,
                coalesce((select r.verdict from ruling r where r.article_id = a.id order by r.id desc limit 1), '') as Verdict
            from article a where a.story_id = @story order by a.id
            """,
            new { story },
            tx)];

    /// <summary>Puts articles into a story, or leaves them there, for good: matching does not move them any more.</summary>
    public static async Task PlaceAsync(DbTransaction tx, IReadOnlyCollection<(long Article, long? Part)> articles, long story, DateTimeOffset now)
    {
        await tx.Connection!.ExecuteAsync(
            "update article set story_id = @story, part_id = @part, is_placed = 1 where id = @article",
            articles.Select(a => new { article = a.Article, story, part = a.Part }),
            tx);
        await StoryIndexStore.NoteAsync(tx, articles, story, isPlaced: true, now);
    }

    /// <summary>Ends a story in another; its topics become the other's too.</summary>
    public static async Task EndAsync(DbTransaction tx, long from, long into, DateTimeOffset now)
    {
        var values = new { from, into, now = now.ToUnixTimeMilliseconds() };
        await tx.Connection!.ExecuteAsync(
            """
            insert into story_topic (story_id, topic, name, kind, words, weight)
            select @into, t.topic, t.name, t.kind, t.words, t.weight from story_topic t where t.story_id = @from
                and not exists (select 1 from story_topic_ruling r where r.story_id = @into and r.topic = t.topic and r.is_on = 0)
            on conflict (story_id, topic) do nothing;
            update story set state = 'merged', merged_into = @into, looks_like = null, changed_ms = @now where id = @from;
            """,
            values,
            tx);
        await StoryIndexStore.LeadOnAsync(tx, from, into);
        await tx.Connection!.ExecuteAsync("update story set looks_like = null where id = @into and looks_like = @from", values, tx);
    }

    /// <summary>A story that is to be told by other articles than before: who speaks for it, its headline, its slug, its sources.</summary>
    public static Task RetellAsync(DbTransaction tx, long story, StoryState state, PlacedArticle? lead, IReadOnlyList<PlacedArticle> articles, int urgency, DateTimeOffset now) =>
        tx.Connection!.ExecuteAsync(
            $"""
            update story set state = @state, merged_into = null, lead_id = @lead, headline = @headline, slug = @slug, urgency = @urgency,
                sources = {StoryStore.Counted}, first_ms = @first, changed_ms = @now
            where id = @story
            """,
            new
            {
                story,
                state = StoryStore.Word(state),
                lead = lead?.Id,
                headline = (lead ?? articles[^1]).Headline,
                slug = articles.Select(a => a.Slug).FirstOrDefault(s => s is not null),
                urgency,
                first = articles.Min(a => a.ReceivedMs),
                now = now.ToUnixTimeMilliseconds(),
            },
            tx);

    /// <summary>All but what an editor set.</summary>
    public static Task ForgetTopicsAsync(DbTransaction tx, long story) => tx.Connection!.ExecuteAsync(
        """
        delete from story_topic where story_id = @story
          and topic not in (select r.topic from story_topic_ruling r where r.story_id = @story and r.is_on = 1)
        """,
        new { story },
        tx);

    public static Task AddMergeAsync(DbTransaction tx, StoryMerge merge, string by, DateTimeOffset now) => tx.Connection!.ExecuteAsync(
        "insert into story_merge (story_id, into_id, state, articles, led, by_whom, at_ms) values (@Story, @Into, @State, @Articles, @Led, @by, @now)",
        new
        {
            merge.Story,
            merge.Into,
            merge.State,
            Articles = Write(merge.Articles),
            Led = JsonSerializer.Serialize([.. merge.Led], StoriesJson.Default.Int64Array),
            by,
            now = now.ToUnixTimeMilliseconds(),
        },
        tx);

    /// <summary>The newest merge, not taken back, of which this story is the one or the other; null where there is none.</summary>
    public static async Task<StoryMerge?> MergeAsync(DbTransaction tx, long story)
    {
        var row = await tx.Connection!.QueryFirstOrDefaultAsync<(long Id, long Story, long Into, string State, string Articles, string Led)?>(
            """
            select id, story_id, into_id, state, articles, led from story_merge
            where undone_ms is null and (story_id = @story or into_id = @story) order by case when story_id = @story then 0 else 1 end, id desc limit 1
            """,
            new { story },
            tx);
        return row is { } r ? new StoryMerge(r.Story, r.Into, r.State, Read(r.Articles)) { Id = r.Id, Led = JsonSerializer.Deserialize(r.Led, StoriesJson.Default.Int64Array) ?? [] } : null;
    }

    /// <summary>The stories whose numbers lead to this one.</summary>
    public static async Task<IReadOnlyList<long>> LedAsync(DbTransaction tx, long story) =>
        [.. await tx.Connection!.QueryAsync<long>("select id from story where state = 'merged' and merged_into = @story order by id", new { story }, tx)];

    /// <summary>Notes that a merge was taken back; numbers that led to the story then lead to it again.</summary>
    public static async Task UndoAsync(DbTransaction tx, StoryMerge merge, DateTimeOffset now)
    {
        await tx.Connection!.ExecuteAsync("update story_merge set undone_ms = @now where id = @Id", new { merge.Id, now = now.ToUnixTimeMilliseconds() }, tx);
        await tx.Connection!.ExecuteAsync(
            "update story set merged_into = @Story where id = @led and state = 'merged' and merged_into = @Into", merge.Led.Select(led => new { merge.Story, merge.Into, led }), tx);
    }

    /// <summary>Where a merged story is part of now; null for one that stands on its own.</summary>
    public static Task<long?> MergedIntoAsync(DbTransaction tx, long story) =>
        tx.Connection!.ExecuteScalarAsync<long?>("select merged_into from story where id = @story and state = 'merged'", new { story }, tx);

    private static string Write(IReadOnlyList<(long Article, long? Part)> articles) =>
        JsonSerializer.Serialize([.. articles.Select(a => new[] { a.Article, a.Part ?? 0 })], StoriesJson.Default.Int64ArrayArray);

    private static IReadOnlyList<(long Article, long? Part)> Read(string json) =>
        [.. (JsonSerializer.Deserialize(json, StoriesJson.Default.Int64ArrayArray) ?? []).Select(a => (a[0], a[1] == 0 ? (long?)null : a[1]))];
}

/// <summary>An article as an editor sorts it.</summary>
internal sealed class PlacedArticle
{
    public long Id { get; init; }

    public string Source { get; init; } = "";

    public string Uri { get; init; } = "";

    public string Headline { get; init; } = "";

    public string Status { get; init; } = "";

    public string? Slug { get; init; }

    public int Urgency { get; init; }

    public long? Part { get; init; }

    public long ReceivedMs { get; init; }

    public int IsCopy { get; init; }

    /// <summary>Of the newest ruling on it.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Readers may have it, so it can speak for a story.</summary>
    public bool MayLead => Verdict is "run" && Status is ("usable" or "correction");

    /// <summary>What all versions of an item share.</summary>
    public (string, string) Item => (Source, Uri);
}

/// <summary>What is needed to take a merge back.</summary>
/// <param name="Story">The one that went into the other.</param>
/// <param name="State">Its state before, as the table has it.</param>
/// <param name="Articles">What went over, and of which part each was.</param>
internal sealed record StoryMerge(long Story, long Into, string State, IReadOnlyList<(long Article, long? Part)> Articles)
{
    public long Id { get; init; }

    /// <summary>The stories whose numbers led to the one that went.</summary>
    public IReadOnlyList<long> Led { get; init; } = [];
}
