using System.Net;
using System.Reflection;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Places;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Webhooks;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Doors;
using M10Bot.News.Ownership;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace M10Bot.Discord;

/// <summary>The one door of this project.</summary>
public static class DiscordRegistration
{
    /// <summary>Adds Discord where the section <c>Discord</c> has a token; needs <see cref="TimeProvider"/>, <see cref="Random"/>, Ownership and the commands.</summary>
    public static IServiceCollection AddDiscord(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Discord");
        services.AddOptions<DiscordOptions>().Bind(section, o => o.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DiscordOptions>, DiscordOptionsRanges>();
        services.AddSingleton<IValidateOptions<DiscordOptions>, DiscordOptionsRules>();
        if (string.IsNullOrWhiteSpace(section["Token"]))
        {
            return services.AddHostedService<DiscordOffNotice>();
        }

        services.AddSingleton(s => s.GetRequiredService<IOptions<DiscordOptions>>().Value);
        services.TryAddSingleton(s => PortTo(s.GetRequiredService<CommandDispatcher>()));
        services.AddSingleton<Jitter>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton(s => new ApplicationId(s.GetRequiredService<DiscordOptions>().ApplicationId));
        services.AddSingleton<DiscordHttp>();
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<DiscordRest>(s, s.GetRequiredService<DiscordHttp>().Client));
        services.AddSingleton<GuildBook>();
        services.AddSingleton<InteractionQueue>();
        services.AddSingleton<RegistrationQueue>();
        services.AddSingleton<InteractionHandler>();
        services.AddSingleton<IHttpDoor, InteractionDoor>();
        services.AddSingleton<GatewayEvents>();
        services.AddSingleton<Func<GatewaySocket>>(s => () => new ClientGatewaySocket(s.GetRequiredService<TimeProvider>()));
        AddWebhooks(services);
        services.AddSingleton<IChatPlatform, DiscordPlatform>();
        services.TryAddSingleton(s => PortTo(s.GetRequiredService<DepartureStore>()));
        services.AddHostedService<DepartureWorker>();
        services.TryAddSingleton(s => PortTo(s.GetRequiredService<ServedChannelStore>(), s.GetRequiredService<PlaceChanges>()));
        services.AddHostedService<PlaceWorker>();
        services.AddHostedService<InteractionWorker>();
        services.AddHostedService<CommandRegistrar>();
        services.AddSingleton<ShardPlan>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<GatewayDirectory>();
        services.AddSingleton<KeyWork, ShardWork>();
        services.AddHostedService<GatewayWorker>();
        return services;
    }

    private static void AddWebhooks(IServiceCollection services)
    {
        services.AddSingleton(s => new WebhookSeal(new Lazy<IDataProtectionProvider>(() => DataProtectionProvider.Create(
            Directory.CreateDirectory(s.GetRequiredService<DiscordOptions>().KeyFolder), b => b.SetApplicationName("M10Bot")))));
        services.AddSingleton<OverWebhooks>();
        services.AddSingleton<WebhookLook>();
        services.AddSingleton(s => new WebhookPort(Platform.Discord, s.GetRequiredService<WebhookLook>().LookAsync));

        // Asked for when it is needed: what keeps places is made after the platforms.
        services.TryAddSingleton(s => new WebhookAccess(
            s.GetRequiredService<WebhookSeal>(), s.GetRequiredService<OverWebhooks>(), (place, ct) => s.GetRequiredService<PlaceChanges>().EndWebhookAsync(place, ct)));
    }

    private static DeparturePort PortTo(DepartureStore departures) => new(
        (guild, ct) => departures.LeftAsync(Platform.Discord, guild, ct), (guilds, ct) => departures.ArrivedAsync(Platform.Discord, guilds, ct));

    private static PlacePort PortTo(ServedChannelStore channels, PlaceChanges places) => new(
        ct => channels.WorkspacesAsync(Platform.Discord, ct),
        (guild, channel, ct) => channels.OfAsync(Platform.Discord, guild, channel, ct),
        places.SuspendAndTryAsync,
        places.ResumeAsync,
        places.MendAsync);

    private static CommandPort PortTo(CommandDispatcher commands) => new(commands.Specs, commands.RunAsync, commands.SuggestAsync);

    /// <summary>The HTTP client, with its limits; the container disposes it.</summary>
    private sealed class DiscordHttp : IDisposable
    {
        private readonly SocketsHttpHandler _handler = new()
        {
            AllowAutoRedirect = false, // the token goes nowhere else
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            MaxConnectionsPerServer = 128,
        };

        public DiscordHttp()
        {
            Client = new HttpClient(_handler) { Timeout = Timeout.InfiniteTimeSpan }; // each request has its own
            var version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0";
            Client.DefaultRequestHeaders.UserAgent.ParseAdd($"DiscordBot (https://m10news.com, {version})");
        }

        public HttpClient Client { get; }

        public void Dispose()
        {
            Client.Dispose();
            _handler.Dispose();
        }
    }
}
