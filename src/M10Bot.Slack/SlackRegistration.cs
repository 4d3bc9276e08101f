using System.Net;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Doors;
using M10Bot.News.Storage;
using M10Bot.Slack.Doors;
using M10Bot.Slack.Requests;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.Slack;

public static class SlackRegistration
{
    private const long LargestAnswer = 8 * 1024 * 1024;

    /// <summary>Adds Slack where a token or a client id is set; without any, the bot runs without Slack.</summary>
    /// <remarks>Needs a <see cref="Random"/> and the commands in the container; the storage too where there are many workspaces.</remarks>
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(SlackOptions.Section);
        bool IsSet(string key) => !string.IsNullOrWhiteSpace(section[key]);
        var isMany = IsSet(nameof(SlackOptions.ClientId));
        if (!isMany && !IsSet(nameof(SlackOptions.BotToken)) && !IsSet(nameof(SlackOptions.AppToken)))
        {
            return services;
        }

        services.AddOptions<SlackOptions>().Bind(section, o => o.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackTokensValidator>();
        services.AddSingleton(s => s.GetRequiredService<IOptions<SlackOptions>>().Value);
        AddClient(services);
        AddRequests(services);
        if (isMany)
        {
            AddWorkspaces(services);
        }
        else
        {
            services.AddHostedService<SlackSessionWorker>();
        }

        if (IsSet(nameof(SlackOptions.AppToken)))
        {
            AddSockets(services);
        }

        if (IsSet(nameof(SlackOptions.SigningSecret)))
        {
            AddDoors(services);
        }

        return services;
    }

    private static void AddClient(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SlackInstalls>();
        services.AddSingleton<SlackPace>();
        services.AddKeyedSingleton<HttpMessageHandler>(SlackOptions.Section, (_, _) => Handler());
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<SlackWeb>(s, Client(s.GetRequiredKeyedService<HttpMessageHandler>(SlackOptions.Section))));
        services.AddSingleton<SlackMessages>();
        services.AddSingleton<SlackOutcomes>();
        services.AddSingleton<SlackThread>();
        services.AddSingleton<SlackHistory>();
        services.AddSingleton<SlackLinks>();
        services.AddSingleton<IChatPlatform, SlackPlatform>();
    }

    private static void AddRequests(IServiceCollection services)
    {
        services.TryAddSingleton(s => PortTo(s.GetRequiredService<CommandDispatcher>()));
        services.TryAddSingleton(s => PortTo(s.GetRequiredService<PlaceChanges>()));
        services.AddSingleton(s => new SlackUninstall(s.GetRequiredService<SlackInstalls>(), s.GetService<InstallStore>(), s.GetRequiredService<ILogger<SlackUninstall>>()));
        services.AddSingleton<SlackGroups>();
        services.AddSingleton<SlackRoles>();
        services.AddSingleton<SlackCommands>();
        services.AddSingleton<SlackReplies>();
        services.AddSingleton<SlackHome>();
        services.AddSingleton<SlackActions>();
        services.AddSingleton<SlackEvents>();
        services.AddSingleton(s => s.GetService<Database>() is { } database
            ? ActivatorUtilities.CreateInstance<SlackRequests>(s, new SeenStore(database, s.GetRequiredService<TimeProvider>()))
            : ActivatorUtilities.CreateInstance<SlackRequests>(s));
    }

    private static void AddSockets(IServiceCollection services) =>
        services.AddSingleton<IHostedService>(s => new SocketModeWorker(
            s.GetRequiredService<SlackWeb>(),
            s.GetRequiredService<SlackOptions>(),
            SocketConnector.ConnectAsync,
            s.GetRequiredService<SlackRequests>().HandleAsync,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<Random>(),
            s.GetRequiredService<ILogger<SocketModeWorker>>()));

    // The paths are those of the manifest.
    private static void AddDoors(IServiceCollection services)
    {
        services.AddSingleton<SlackSignature>();
        foreach (var (path, kind) in new[]
        {
            ("/slack/events", "events_api"), ("/slack/commands", "slash_commands"), ("/slack/interactivity", "interactive"), ("/slack/options", "interactive"),
        })
        {
            services.AddSingleton<IHttpDoor>(s => ActivatorUtilities.CreateInstance<SlackRequestDoor>(s, path, kind));
        }
    }

    private static void AddWorkspaces(IServiceCollection services)
    {
        services.AddSingleton<IDataProtectionProvider>(s => DataProtectionProvider.Create(
            Directory.CreateDirectory(s.GetRequiredService<SlackOptions>().KeyFolder), b => b.SetApplicationName("M10Bot")));
        services.AddSingleton<InstallStore>();
        services.AddSingleton<SlackOAuth>();
        services.AddSingleton(s => new InstallState(
            s.GetRequiredService<SlackOptions>(),
            s.GetRequiredService<IOptions<WebOptions>>().Value,
            s.GetRequiredService<IDataProtectionProvider>(),
            new SeenStore(s.GetRequiredService<Database>(), s.GetRequiredService<TimeProvider>()),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHttpDoor, InstallDoor>();
        services.AddSingleton<IHttpDoor, OAuthDoor>();
        services.AddHostedService<InstallWorker>();
    }

    private static CommandPort PortTo(CommandDispatcher commands)
    {
        var home = new HomePage(commands);
        var restricted = commands.Specs.Where(s => s.IsForFew).Select(s => s.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new CommandPort
        {
            Parse = typed =>
            {
                var call = CommandLine.Parse(typed, commands.Specs);
                return new CommandCall(call.Command, call.Arguments) { IsRunOn = call.IsRunOn };
            },
            RunAsync = commands.RunAsync,
            SuggestAsync = commands.SuggestAsync,
            HomeAsync = home.CardsAsync,
            IsRestricted = name => restricted.Contains(name.Trim()),
        };
    }

    private static PlacePort PortTo(PlaceChanges places) => new()
    {
        SuspendAsync = places.SuspendAsync,
        ResumeAsync = places.ResumeAsync,
        CloseAsync = places.CloseAsync,
        MoveAsync = places.MoveAsync,
        ForgetAsync = (workspace, ct) => places.ForgetAsync(Platform.Slack, workspace, ct),
    };

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false, // a redirect would carry the token elsewhere
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    /// <summary>Time-outs are per call.</summary>
    private static HttpClient Client(HttpMessageHandler handler) => new(handler, disposeHandler: false)
    {
        MaxResponseContentBufferSize = LargestAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
