using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace M10Bot.News.Subscriptions;

public static class SubscriptionsRegistration
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.TryAddSingleton<DestinationStore>();
        services.TryAddSingleton<SubscriptionStore>();
        services.TryAddSingleton<PaceStore>();
        return services;
    }
}
