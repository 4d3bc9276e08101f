using System.Data.Common;
using M10Bot.News.Articles;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Desk;

/// <summary>What a story is about: what was read in its articles, and the words in them that readers follow as they stand.</summary>
internal sealed class StoryTopics(Database database)
{
    /// <summary>Adds what one of its articles is about.</summary>
    /// <returns>The reading with the topics that the story's card may name: an editor's word goes before what was read.</returns>
    public async Task<ArticleReading> AddAsync(DbTransaction tx, long story, Article article, ArticleReading reading)
    {
        var said = Keywords.In($"{article.Headline}\n{article.Body}");
        var ordered = await SubscriptionStore.OrderedAsync(tx, database.Dialect, said.Keys);
        await StoryStore.AddTopicsAsync(tx, story, [.. reading.Topics, .. ordered.Select(topic => new TopicMatch(topic, [said[topic.Code]], 1))]);
        var rulings = await TopicRulingStore.OfAsync(tx, story);
        return rulings.Count == 0 ? reading : reading with
        {
            Topics =
            [
                .. rulings.Where(r => r.IsOn).Select(r => reading.Topics.FirstOrDefault(t => Is(t, r)) ?? new TopicMatch(r.Topic, [], 0)),
                .. reading.Topics.Where(t => !rulings.Any(r => Is(t, r))),
            ],
        };
    }

    private static bool Is(TopicMatch found, TopicRuling ruling) => string.Equals(found.Topic.Code, ruling.Topic.Code, StringComparison.Ordinal);
}
