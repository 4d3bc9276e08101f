using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Gateway;

/// <summary>Tells of servers that removed the bot, or have it again; the gateway's reader does not wait for the database.</summary>
internal sealed partial class DepartureWorker : BackgroundService
{
    private readonly Channel<(string Guild, bool HasLeft)> _changes = Channel.CreateUnbounded<(string, bool)>();
    private readonly DeparturePort _port;
    private readonly ILogger<DepartureWorker> _logger;

    public DepartureWorker(GuildBook guilds, DeparturePort port, ILogger<DepartureWorker> logger)
    {
        (_port, _logger) = (port, logger);
        guilds.Changed = (guild, hasLeft) => _changes.Writer.TryWrite((guild, hasLeft));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (guild, hasLeft) in _changes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await (hasLeft ? _port.LeftAsync(guild, stoppingToken) : _port.ArrivedAsync(guild, stoppingToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(_logger, e, guild);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "That server {Guild} left or came back could not be written down")]
    private static partial void LogFailed(ILogger logger, Exception e, string guild);
}

/// <summary>Whom it concerns that a server removed the bot, or has it again.</summary>
public sealed record DeparturePort(Func<string, CancellationToken, Task> LeftAsync, Func<string, CancellationToken, Task> ArrivedAsync);
