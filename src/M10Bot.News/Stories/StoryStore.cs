using System.Data.Common;
using System.Text.Json;
using Dapper;
using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Stories;

/// <summary>The tables of stories and their articles; every write is part of the desk's transaction.</summary>
internal static class StoryStore
{
    private const string StoryColumns = """
        story.id as Id, story.slug as Slug, story.headline as Headline, story.state as State, story.urgency as Urgency,
        story.sources as Sources, story.first_ms as FirstMs, story.changed_ms as ChangedMs, story.looks_like as LooksLike
        """;

    public const string Counted =
        "(select case when count(distinct source) = 0 then 1 else count(distinct source) end from article where story_id = @story and is_copy = 0)";

    public static async Task<Story?> FindAsync(DbTransaction tx, long id) =>
        await OneAsync(tx, $"select {StoryColumns} from story where id = @id", new { id });

    /// <summary>The story that already holds a version of this uri.</summary>
    public static async Task<Story?> ByUriAsync(DbTransaction tx, string source, string uri) =>
        await OneAsync(
            tx,
            $"select {StoryColumns} from story join article on article.story_id = story.id where article.source = @source and article.uri = @uri limit 1",
            new { source, uri });

    /// <summary>The story of the newest article that this Source sent under this slug, if it moved since <paramref name="since"/>. Another's slug is another word.</summary>
    public static async Task<Story?> BySlugAsync(DbTransaction tx, string source, string slug, DateTimeOffset since) =>
        await OneAsync(
            tx,
            $"""
            select {StoryColumns} from story join article on article.story_id = story.id
            where article.slug = @slug and article.source = @source and story.changed_ms >= @since order by article.id desc limit 1
            """,
            new { slug, source, since = since.ToUnixTimeMilliseconds() });

    public static async Task<Story?> ByLinkAsync(DbTransaction tx, string link) =>
        await OneAsync(
            tx,
            $"select {StoryColumns} from story join article on article.story_id = story.id where article.link_key = @key order by story.id desc limit 1",
            new { key = LooseLink.Of(link)?.Key });

    /// <summary>When each source first told the story in its own words, in rising order.</summary>
    public static async Task<IReadOnlyList<(string Source, long Ms)>> SourcesAsync(DbTransaction tx, long story) =>
        [.. await tx.Connection!.QueryAsync<(string, long)>(
            "select source, min(received_ms) from article where story_id = @story and is_copy = 0 group by source order by 2", new { story }, tx)];

    public static async Task<int> LastVersionAsync(DbTransaction tx, string source, string uri) =>
        await tx.Connection!.ExecuteScalarAsync<int>(
            "select coalesce(max(version), 0) from article where source = @source and uri = @uri", new { source, uri }, tx);

    public static async Task<bool> HasSameTextAsync(DbTransaction tx, long story, Article article) =>
        await tx.Connection!.ExecuteScalarAsync<int>(
            "select count(*) from article where story_id = @story and headline = @Headline and body = @Body",
            new { story, article.Headline, article.Body },
            tx) > 0;

    public static async Task<long> AddStoryAsync(DbTransaction tx, Article article, StoryState state, Urgency urgency, long? looksLike, DateTimeOffset now) =>
        await tx.Connection!.ExecuteScalarAsync<long>(
            """
            insert into story (slug, headline, state, urgency, sources, looks_like, first_ms, changed_ms)
            values (@Slug, @Headline, @state, @urgency, 1, @looksLike, @now, @now) returning id
            """,
            new { article.Slug, article.Headline, state = Word(state), urgency = urgency.Value, looksLike, now = now.ToUnixTimeMilliseconds() },
            tx);

    public static async Task<long> AddArticleAsync(
        DbTransaction tx, long story, Article article, Summary summary, Urgency urgency, bool isCopy, long? part, DateTimeOffset now) =>
        await tx.Connection!.ExecuteScalarAsync<long>(
            """
            insert into article (source, uri, version, story_id, status, headline, body, summary, topics, link, slug, byline, credit, copyright,
                note, language, urgency, published_ms, embargo_ms, received_ms, link_key, is_copy, part_id)
            values (@Source, @Uri, @Version, @story, @status, @Headline, @Body, @summary, @topics, @Link, @Slug, @Byline, @Credit, @Copyright,
                @Note, @Language, @urgency, @published, @embargo, @now, @key, @copy,
                coalesce(@part, (select a.part_id from article a where a.source = @Source and a.uri = @Uri and a.story_id = @story order by a.version desc limit 1)))
            returning id
            """,
            new
            {
                article.Source,
                article.Uri,
                article.Version,
                story,
                status = Word(article.Status),
                article.Headline,
                article.Body,
                summary = JsonSerializer.Serialize(summary.Paragraph, StoriesJson.Default.IReadOnlyListString),
                topics = JsonSerializer.Serialize(article.Topics, StoriesJson.Default.IReadOnlyListTopic),
                article.Link,
                article.Slug,
                article.Byline,
                article.Credit,
                article.Copyright,
                article.Note,
                article.Language,
                urgency = urgency.Value,
                published = article.Published.ToUnixTimeMilliseconds(),
                embargo = article.Embargo?.ToUnixTimeMilliseconds(),
                key = article.Link is null ? null : LooseLink.Of(article.Link)?.Key,
                copy = isCopy ? 1 : 0,
                part,
                now = now.ToUnixTimeMilliseconds(),
            },
            tx);

    /// <summary>Counts the story's sources anew; copies are none.</summary>
    /// <returns>How many there are now, at least 1.</returns>
    public static async Task<int> CountSourcesAsync(DbTransaction tx, long story, Urgency urgency, DateTimeOffset now) =>
        await tx.Connection!.ExecuteScalarAsync<int>(
            $"update story set sources = {Counted}, urgency = @urgency, changed_ms = @now where id = @story returning sources",
            new { story, urgency = urgency.Value, now = now.ToUnixTimeMilliseconds() },
            tx);

    /// <summary>Lets an article that runs speak for its story.</summary>
    public static async Task LeadAsync(DbTransaction tx, long story, long articleId, Article article, StoryState state, Urgency urgency, DateTimeOffset now) =>
        await tx.Connection!.ExecuteAsync(
            $"""
            update story set lead_id = @articleId, headline = @Headline, slug = coalesce(slug, @Slug), state = @state, urgency = @urgency,
                looks_like = null, sources = {Counted}, changed_ms = @now
            where id = @story
            """,
            new { story, articleId, article.Headline, article.Slug, state = Word(state), urgency = urgency.Value, now = now.ToUnixTimeMilliseconds() },
            tx);

    public static async Task SetStateAsync(DbTransaction tx, long story, StoryState state, DateTimeOffset now) =>
        await tx.Connection!.ExecuteAsync(
            "update story set state = @state, changed_ms = @now where id = @story",
            new { story, state = Word(state), now = now.ToUnixTimeMilliseconds() },
            tx);

    /// <summary>Adds what an article is about; a Topic the story already has keeps its heavier evidence, and one that an editor took away stays away.</summary>
    public static async Task AddTopicsAsync(DbTransaction tx, long story, IReadOnlyList<TopicMatch> topics) =>
        await tx.Connection!.ExecuteAsync(
            """
            insert into story_topic (story_id, topic, name, kind, words, weight)
            select @story, @code, @name, @kind, @words, @weight
            where not exists (select 1 from story_topic_ruling r where r.story_id = @story and r.topic = @code and r.is_on = 0)
            on conflict (story_id, topic) do update set words = excluded.words, weight = excluded.weight where excluded.weight > story_topic.weight
            """,
            topics.Select(t => new
            {
                story,
                code = t.Topic.Code,
                name = t.Topic.Name,
                kind = Word(t.Topic.Kind),
                words = JsonSerializer.Serialize(t.Words, StoriesJson.Default.IReadOnlyListString),
                weight = t.Weight,
            }),
            tx);

    /// <summary>The article that speaks for the story, as it was filed; null while nothing of it has run.</summary>
    public static async Task<Article?> LeadAsync(DbTransaction tx, long story) =>
        (await tx.Connection!.QuerySingleOrDefaultAsync<ArticleRow>(
            $"select {ArticleRow.Columns} from article join story on story.lead_id = article.id where story.id = @story", new { story }, tx))?.Article();

    public static Task<long?> LeadIdAsync(DbTransaction tx, long story) =>
        tx.Connection!.ExecuteScalarAsync<long?>("select lead_id from story where id = @story", new { story }, tx);

    /// <summary>The story's newest article, whatever was ruled on it.</summary>
    public static async Task<Article> NewestAsync(DbTransaction tx, long story) =>
        (await tx.Connection!.QuerySingleAsync<ArticleRow>(
            $"select {ArticleRow.Columns} from article where article.id = (select max(id) from article where story_id = @story)", new { story }, tx)).Article();

    public static async Task<Article> ArticleAsync(DbTransaction tx, long article) =>
        (await tx.Connection!.QuerySingleAsync<ArticleRow>($"select {ArticleRow.Columns} from article where article.id = @article", new { article }, tx)).Article();

    internal static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static async Task<Story?> OneAsync(DbTransaction tx, string sql, object arguments) =>
        (await tx.Connection!.QuerySingleOrDefaultAsync<StoryRow>(sql, arguments, tx))?.Story();

    private sealed class StoryRow
    {
        public long Id { get; init; }

        public string? Slug { get; init; }

        public string Headline { get; init; } = "";

        public string State { get; init; } = "";

        public int Urgency { get; init; }

        public int Sources { get; init; }

        public long FirstMs { get; init; }

        public long ChangedMs { get; init; }

        public long? LooksLike { get; init; }

        public Story Story() => new(
            Id,
            Slug,
            Headline,
            Enum.Parse<StoryState>(State, ignoreCase: true),
            new Urgency(Urgency),
            Sources,
            DateTimeOffset.FromUnixTimeMilliseconds(FirstMs),
            DateTimeOffset.FromUnixTimeMilliseconds(ChangedMs),
            LooksLike);
    }
}
