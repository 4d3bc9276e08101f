using M10Bot.News.Desk;
using M10Bot.News.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace M10Bot.TryOut;

internal static class TryOutRegistration
{
    /// <summary>Adds what a trial needs beside the bot itself; nothing where the bot speaks to the real chats.</summary>
    public static IServiceCollection AddTryOut(this IServiceCollection services, SimulatedChats? chats)
    {
        services.AddOptions<TryOutOptions>()
            .BindConfiguration("TryOut", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        if (chats is null)
        {
            return services;
        }

        return services
            .AddSingleton(chats.Lock)
            .AddHostedService(provider => new OpenedChannels(chats, provider.GetRequiredService<SubscriptionStore>(), provider.GetRequiredService<WhatHappened>()))
            .AddHostedService(provider => new SampleWire(chats.Wire, provider.GetRequiredService<IOptions<TryOutOptions>>(), provider.GetRequiredService<TimeProvider>()));
    }
}
