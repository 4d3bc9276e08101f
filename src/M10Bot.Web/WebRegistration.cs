using M10Bot.News.Doors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace M10Bot.Web;

/// <summary>The one door of this project.</summary>
public static class WebRegistration
{
    /// <summary>Opens every registered <see cref="IHttpDoor"/> where <c>Web:Address</c> is set; without it no web server is loaded.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Web");
        services.AddOptions<WebOptions>().Bind(section, o => o.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebOptions>, WebOptionsRules>();
        services.AddSingleton<IHttpDoor, HealthDoor>();
        return string.IsNullOrWhiteSpace(section["Address"]) ? services : services.AddHostedService<WebServer>();
    }
}
