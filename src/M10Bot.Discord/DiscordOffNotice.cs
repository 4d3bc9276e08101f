using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord;

/// <summary>Says once that Discord is off.</summary>
internal sealed partial class DiscordOffNotice(ILogger<DiscordOffNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogOff(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Discord is off: no Discord:Token is set")]
    private static partial void LogOff(ILogger logger);
}
