using System.Data.Common;
using System.Text.Json;
using Dapper;
using M10Bot.News.Articles;

namespace M10Bot.News.Stories;

/// <summary>What editors say a story is about; every write is part of the desk's transaction.</summary>
internal static class TopicRulingStore
{
    // Before all that is read.
    private const double Weight = 1000;

    public static async Task<IReadOnlyList<TopicRuling>> OfAsync(DbTransaction tx, long story) =>
        [.. (await tx.Connection!.QueryAsync<Row>(Text, new { story }, tx)).Select(r => r.Ruling())];

    public static async Task<IReadOnlyList<TopicRuling>> OfAsync(DbConnection connection, long story, CancellationToken ct) =>
        [.. (await connection.QueryAsync<Row>(new CommandDefinition(Text, new { story }, cancellationToken: ct))).Select(r => r.Ruling())];

    /// <summary>From here on the story is about the topic, or is not, whatever later versions say.</summary>
    public static async Task SetAsync(DbTransaction tx, long story, Topic topic, bool isOn, string by, DateTimeOffset now)
    {
        var values = new
        {
            story,
            topic.Code,
            topic.Name,
            kind = StoryStore.Word(topic.Kind),
            on = isOn ? 1 : 0,
            by,
            now = now.ToUnixTimeMilliseconds(),
            Weight,
        };
        await tx.Connection!.ExecuteAsync(
            """
            insert into story_topic_ruling (story_id, topic, name, kind, is_on, by_whom, at_ms) values (@story, @Code, @Name, @kind, @on, @by, @now)
            on conflict (story_id, topic) do update set is_on = excluded.is_on, by_whom = excluded.by_whom, at_ms = excluded.at_ms
            """,
            values,
            tx);
        await tx.Connection!.ExecuteAsync(
            isOn
                ? """
                  insert into story_topic (story_id, topic, name, kind, words, weight) values (@story, @Code, @Name, @kind, '[]', @Weight)
                  on conflict (story_id, topic) do update set weight = excluded.weight
                  """
                : "delete from story_topic where story_id = @story and topic = @Code",
            values,
            tx);
    }

    /// <summary>The story's topics, strongest first; readers' own words are not among them.</summary>
    public static async Task<IReadOnlyList<Topic>> TopicsAsync(DbTransaction tx, long story) =>
        [.. (await tx.Connection!.QueryAsync<(string Code, string Name, string Kind)>(
            "select topic, name, kind from story_topic where story_id = @story and kind <> 'keyword' order by weight desc, topic", new { story }, tx))
            .Select(r => new Topic(r.Code, r.Name, Enum.Parse<TopicKind>(r.Kind, ignoreCase: true)))];

    /// <summary>Keeps the article with the topics that were set right, to learn from; a later correction of the story takes its place.</summary>
    public static Task KeepLessonAsync(DbTransaction tx, long story, Article article, IReadOnlyList<Topic> topics, string by, DateTimeOffset now) =>
        tx.Connection!.ExecuteAsync(
            """
            insert into topic_lesson (story_id, headline, body, topics, by_whom, at_ms) values (@story, @Headline, @Body, @topics, @by, @now)
            on conflict (story_id) do update set headline = excluded.headline, body = excluded.body, topics = excluded.topics,
                by_whom = excluded.by_whom, at_ms = excluded.at_ms
            """,
            new
            {
                story,
                article.Headline,
                article.Body,
                topics = JsonSerializer.Serialize([.. topics.Select(t => t.Code)], StoriesJson.Default.IReadOnlyListString),
                by,
                now = now.ToUnixTimeMilliseconds(),
            },
            tx);

    private const string Text =
        "select topic as Code, name as Name, kind as Kind, is_on as IsOn, by_whom as ByWhom, at_ms as AtMs from story_topic_ruling where story_id = @story order by at_ms, topic";

    private sealed class Row
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";

        public int IsOn { get; init; }

        public string ByWhom { get; init; } = "";

        public long AtMs { get; init; }

        public TopicRuling Ruling() => new(
            new Topic(Code, Name, Enum.Parse<TopicKind>(Kind, ignoreCase: true)), IsOn == 1, ByWhom, DateTimeOffset.FromUnixTimeMilliseconds(AtMs));
    }
}

/// <summary>An editor's word on what a story is about; goes before what is read in it.</summary>
/// <param name="IsOn">False where the story is not about it.</param>
/// <param name="By">Who: <c>platform/workspace/person</c>.</param>
public sealed record TopicRuling(Topic Topic, bool IsOn, string By, DateTimeOffset At);
