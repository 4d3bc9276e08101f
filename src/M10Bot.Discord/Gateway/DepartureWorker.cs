using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Gateway;

/// <summary>Tells of servers that removed the bot, or have it again; the gateway's reader does not wait for the database.</summary>
internal sealed partial class DepartureWorker : BackgroundService
{
    private const int Most = 1_000;

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
        // A start tells of every server there is: what has come together is written down together, and in the order it came.
        var here = new List<string>();
        while (await _changes.Reader.WaitToReadAsync(stoppingToken))
        {
            while (here.Count < Most && _changes.Reader.TryRead(out var change))
            {
                if (change.HasLeft)
                {
                    await ArrivedAsync(here, stoppingToken);
                    await TriedAsync(() => _port.LeftAsync(change.Guild, stoppingToken), change.Guild);
                }
                else
                {
                    here.Add(change.Guild);
                }
            }

            await ArrivedAsync(here, stoppingToken);
        }
    }

    private async Task ArrivedAsync(List<string> here, CancellationToken ct)
    {
        if (here.Count > 0)
        {
            await TriedAsync(() => _port.ArrivedAsync([.. here], ct), here[0]);
            here.Clear();
        }
    }

    private async Task TriedAsync(Func<Task> tell, string guild)
    {
        try
        {
            await tell();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(_logger, e, guild);
        }
    }

    [LoggerMessage(LogLevel.Error, "That server {Guild}, or it and others at once, left or came back could not be written down")]
    private static partial void LogFailed(ILogger logger, Exception e, string guild);
}

/// <summary>Whom it concerns that a server removed the bot, or that servers have it (again).</summary>
public sealed record DeparturePort(Func<string, CancellationToken, Task> LeftAsync, Func<IReadOnlyCollection<string>, CancellationToken, Task> ArrivedAsync);
