using Microsoft.Extensions.DependencyInjection;

namespace M10Bot.News.Bulletins;

public static class BulletinsRegistration
{
    public static IServiceCollection AddBulletins(this IServiceCollection services) => services.AddSingleton<BulletinStore>();
}
