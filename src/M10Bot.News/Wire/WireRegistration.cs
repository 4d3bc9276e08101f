using Microsoft.Extensions.DependencyInjection;

namespace M10Bot.News.Wire;

public static class WireRegistration
{
    /// <summary>Watches the wire folder. Whoever files articles registers a <see cref="WireSink"/>.</summary>
    public static IServiceCollection AddWire(this IServiceCollection services)
    {
        services.AddOptions<WireOptions>()
            .BindConfiguration("Wire", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<WireStore>()
            .AddSingleton<WireScan>()
            .AddHostedService<WireFolder>();
    }
}
