using Microsoft.Extensions.DependencyInjection;

namespace M10Bot.News.Reading;

public static class ReadingRegistration
{
    /// <summary>The reader and the catalogue of Topics that ships with M10Bot.</summary>
    public static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton(TopicCatalogue.Default)
        .AddSingleton<ArticleReader>();
}
