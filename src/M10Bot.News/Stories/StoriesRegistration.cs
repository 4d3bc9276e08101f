using Microsoft.Extensions.DependencyInjection;

namespace M10Bot.News.Stories;

public static class StoriesRegistration
{
    public static IServiceCollection AddStories(this IServiceCollection services) =>
        services.AddSingleton<StoryMatcher>().AddSingleton<StoryQueries>().AddSingleton<TopicLessonStore>().AddHostedService<StoryWarmUp>();
}
