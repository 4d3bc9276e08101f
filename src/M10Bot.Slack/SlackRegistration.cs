using M10Bot.News.Chat;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.Requests;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.Slack;

public static class SlackRegistration
{
    /// <summary>Adds Slack where a token is set; without any, the bot runs without Slack.</summary>
    /// <remarks>Needs a <see cref="Random"/> and a <see cref="CommandPort"/> in the container.</remarks>
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(SlackOptions.Section);
        if (string.IsNullOrWhiteSpace(section[nameof(SlackOptions.BotToken)]) && string.IsNullOrWhiteSpace(section[nameof(SlackOptions.AppToken)]))
        {
            return services;
        }

        services.AddOptions<SlackOptions>().Bind(section, o => o.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackTokensValidator>();
        services.AddSingleton(s => s.GetRequiredService<IOptions<SlackOptions>>().Value);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SlackPace>();
        services.AddSingleton<SlackHttpClient>();
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<SlackWeb>(s, (HttpClient)s.GetRequiredService<SlackHttpClient>()));
        services.AddSingleton<SlackSession>();
        services.AddSingleton<SlackHistory>();
        services.AddSingleton<SlackRenderer>();
        services.AddSingleton<SlackRoles>();
        services.AddSingleton<SlackRequests>();
        services.AddSingleton<IChatPlatform, SlackPlatform>();

        services.AddHostedService<SlackSessionWorker>();
        services.AddSingleton<IHostedService>(s => new SocketModeWorker(
            s.GetRequiredService<SlackWeb>(),
            s.GetRequiredService<SlackOptions>(),
            SocketConnector.ConnectAsync,
            s.GetRequiredService<SlackRequests>().HandleAsync,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<Random>(),
            s.GetRequiredService<ILogger<SocketModeWorker>>()));
        return services;
    }
}
