using M10Bot.News.Doors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Wire;

public static class WireRegistration
{
    /// <summary>Watches the wire folder and takes pushes. Whoever files articles registers a <see cref="WireSink"/>.</summary>
    public static IServiceCollection AddWire(this IServiceCollection services)
    {
        services.AddOptions<WireOptions>()
            .BindConfiguration("Wire", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<WireOptions>, WireOptionsRules>()
            .AddSingleton<WireStore>()
            .AddSingleton<WireNinjs>()
            .AddSingleton<WirePush>()
            .AddSingleton<IHttpDoor, WireDoor>()
            .AddSingleton<WireScan>()
            .AddHostedService<WireFolder>();
    }
}
