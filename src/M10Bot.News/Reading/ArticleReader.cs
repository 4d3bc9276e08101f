using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>Reads an article: what it says in three lines, and what it is about. Keeps nothing, so one serves all threads.</summary>
/// <param name="taught">Topics that the newsroom taught; null where it taught none.</param>
public sealed class ArticleReader(TopicModel? taught = null)
{
    private readonly TopicFinder _topics = new(Gazetteer.Shipped, taught);

    public ArticleReading Read(Article article)
    {
        var language = LanguageFinder.Of($"{article.Headline}\n{article.Body}", article.Language);
        var text = ArticleText.Of(article with { Language = language });
        return new ArticleReading(Summarist.Summarise(text), _topics.Find(article, text), language);
    }
}
