using M10Bot.News.Doors;
using Microsoft.Extensions.DependencyInjection;

namespace M10Bot.News.Feeds;

public static class FeedsRegistration
{
    /// <summary>Polls feeds. Whoever files articles registers a <see cref="FeedSink"/>, <see cref="FeedTopics"/> and <see cref="FeedTrouble"/>.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.AddOptions<FeedOptions>()
            .BindConfiguration("Feeds", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(o => o.Fastest <= o.Slowest, "Feeds:Fastest is longer than Feeds:Slowest.")
            .ValidateOnStart();
        return services
            .AddSingleton<FeedClient>()
            .AddSingleton<FeedStore>()
            .AddSingleton<FeedCategoryStore>()
            .AddSingleton<FeedHostStore>()
            .AddSingleton<FeedAlarm>()
            .AddSingleton<FeedLateness>()
            .AddSingleton<FeedEntries>()
            .AddSingleton<FeedPoll>()
            .AddSingleton<FeedDiscovery>()
            .AddSingleton<FeedImport>()
            .AddSingleton<FeedListStore>()
            .AddSingleton<FeedListDoor>()
            .AddSingleton<IHttpDoor>(provider => provider.GetRequiredService<FeedListDoor>())
            .AddSingleton<FeedHubStore>()
            .AddSingleton<FeedHubs>()
            .AddSingleton<FeedPush>()
            .AddSingleton<IHttpDoor, FeedHubDoor>()
            .AddHostedService<FeedHubWorker>()
            .AddHostedService<FeedPoller>();
    }
}
