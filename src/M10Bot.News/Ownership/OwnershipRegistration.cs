using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace M10Bot.News.Ownership;

public static class OwnershipRegistration
{
    /// <summary>Adds the keys of this process, and as their owner this process alone; replicas put another owner in its place.</summary>
    public static IServiceCollection AddOwnership(this IServiceCollection services)
    {
        services.AddSingleton<OwnedKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<OwnedKeys>());
        services.TryAddSingleton<IKeyOwner, LocalOwner>();
        services.TryAddSingleton<LocalTurns>();
        services.TryAddSingleton<ITurns>(provider => provider.GetRequiredService<LocalTurns>());
        return services;
    }
}
