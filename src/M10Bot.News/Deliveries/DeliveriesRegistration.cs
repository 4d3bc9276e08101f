using M10Bot.News.Ownership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace M10Bot.News.Deliveries;

public static class DeliveriesRegistration
{
    /// <summary>Adds the stores, the signal and the worker that keeps what was promised. Needs Storage, Ownership and the chat platforms.</summary>
    public static IServiceCollection AddDeliveries(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>()
            .BindConfiguration("Deliveries", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<DeliveryMergeStore>();
        services.AddSingleton<StatusStore>();
        services.AddSingleton<LaneStore>();
        services.AddSingleton<OutcomeStore>();
        services.AddSingleton<DeliveryJournal>();
        services.AddSingleton<SuspensionStore>();
        services.AddSingleton<CardShelf>();
        services.AddSingleton<LaneRunners>();
        services.AddSingleton<KeyWork, LaneWork>();
        services.AddHostedService<DeliveryListener>();
        services.AddHostedService<DeliveryWorker>();
        services.AddHostedService<SuspensionClock>();
        return services;
    }
}
