using System.Net;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
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
    private const long LargestAnswer = 8 * 1024 * 1024;

    /// <summary>Adds Slack where a token is set; without any, the bot runs without Slack.</summary>
    /// <remarks>Needs a <see cref="Random"/> and the commands in the container.</remarks>
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
        services.TryAddSingleton(s => PortTo(s.GetRequiredService<CommandDispatcher>()));
        services.AddSingleton<SlackPace>();
        services.AddKeyedSingleton<HttpMessageHandler>(SlackOptions.Section, (_, _) => Handler());
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<SlackWeb>(s, Client(s.GetRequiredKeyedService<HttpMessageHandler>(SlackOptions.Section))));
        services.AddSingleton<SlackSession>();
        services.AddSingleton<SlackMessages>();
        services.AddSingleton<SlackOutcomes>();
        services.AddSingleton<SlackThread>();
        services.AddSingleton<SlackHistory>();
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

    private static CommandPort PortTo(CommandDispatcher commands) => new(
        typed =>
        {
            var call = CommandLine.Parse(typed, commands.Specs);
            return new CommandCall(call.Command, call.Arguments);
        },
        commands.RunAsync);

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
