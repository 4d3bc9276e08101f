using System.Threading.Channels;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Places;

/// <summary>
/// Acts on what becomes of the channels that are served, before a post runs into it: a deleted one is suspended, so is one that the bot
/// may no longer write in, and one that it may write in again is served again. Servers that removed the bot while it was off are noticed.
/// </summary>
internal sealed partial class PlaceWorker : BackgroundService
{
    private readonly Channel<PlaceNews> _news = Channel.CreateUnbounded<PlaceNews>();
    private readonly HashSet<PlaceNews> _waiting = [];
    private readonly GuildBook _guilds;
    private readonly PlacePort _port;
    private readonly DiscordRest _rest;
    private readonly ApplicationId _application;
    private readonly MissingPermissions _missing;
    private readonly ILogger<PlaceWorker> _logger;

    public PlaceWorker(GuildBook guilds, PlacePort port, DiscordRest rest, ApplicationId application, ILogger<PlaceWorker> logger)
    {
        (_guilds, _port, _rest, _application, _missing, _logger) = (guilds, port, rest, application, new MissingPermissions(rest), logger);
        guilds.Heard = Hear;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in _news.Reader.ReadAllAsync(stoppingToken))
        {
            lock (_waiting)
            {
                _waiting.Remove(news); // what comes from here on is newer than what is looked at now
            }

            try
            {
                await TakeAsync(news, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(_logger, e, news.GetType().Name);
            }
        }
    }

    // A server whose channels are dragged about tells of each a dozen times; one look is enough.
    private void Hear(PlaceNews news)
    {
        lock (_waiting)
        {
            if (_waiting.Add(news))
            {
                _news.Writer.TryWrite(news);
            }
        }
    }

    private Task TakeAsync(PlaceNews news, CancellationToken ct) => news switch
    {
        PlaceNews.Gone gone => EachAsync(gone.Guild, gone.Channel, SuspendGoneAsync, ct),
        PlaceNews.Changed changed => EachAsync(changed.Guild, changed.Channel, LookAsync, ct),
        PlaceNews.RolesChanged roles => EachAsync(roles.Guild, null, LookAsync, ct),
        PlaceNews.SignedIn signedIn => CompareAsync(signedIn, ct),
        _ => throw new InvalidOperationException("PlaceNews is closed."),
    };

    private async Task EachAsync(string guild, string? channel, Func<ServedChannel, CancellationToken, Task> act, CancellationToken ct)
    {
        foreach (var place in await _port.ServedAsync(guild, channel, ct))
        {
            await act(place, ct);
        }
    }

    private Task SuspendGoneAsync(ServedChannel place, CancellationToken ct)
    {
        var ruling = DiscordErrors.For(new DiscordError(404, DiscordErrors.UnknownChannel, []));
        return SuspendAsync(place, new PostOutcome.Refused(ruling.Why, ruling.Remedy), ct);
    }

    private async Task LookAsync(ServedChannel place, CancellationToken ct)
    {
        if (place.Destination.Webhook is not null)
        {
            await _port.MendAsync(place.Destination, ct); // else what the bot itself may do there does not matter
            return;
        }

        var missing = await _missing.InAsync(place.Destination.Workspace, place.Destination.Address, ct);
        if ((missing & Permissions.ToPost) != Permission.None)
        {
            await SuspendAsync(place, MissingPermissions.Refusal(missing), ct);
        }
        else if (place.IsSuspended)
        {
            LogResumed(_logger, place.Destination);
            await _port.ResumeAsync(place.Destination, ct);
        }
        else
        {
            await _port.MendAsync(place.Destination, ct);
        }
    }

    private Task SuspendAsync(ServedChannel place, PostOutcome.Refused why, CancellationToken ct)
    {
        if (place.IsSuspended)
        {
            return Task.CompletedTask;
        }

        LogSuspended(_logger, place.Destination, why.Why);
        return _port.SuspendAsync(place.Destination, why.Why, why.Remedy, ct);
    }

    private async Task CompareAsync(PlaceNews.SignedIn signedIn, CancellationToken ct)
    {
        foreach (var guild in await _port.GuildsAsync(ct))
        {
            if (Snowflake.TryParse(guild, out var id) && signedIn.Shard.Holds(id) && !signedIn.Guilds.Contains(guild) && !await IsWithoutBotAsync(guild, ct))
            {
                LogLeftMeanwhile(_logger, guild);
                _guilds.Left(guild);
            }
        }
    }

    // A server can have the commands and no bot, and be written to by webhooks alone; one that removed the bot has removed the commands too.
    private async Task<bool> IsWithoutBotAsync(string guild, CancellationToken ct) =>
        (await _port.ServedAsync(guild, null, ct)).Any(p => p.Destination.Webhook is not null)
        && _application.Value is { } application
        && await _rest.SendAsync(RestCall.GetCommands(application, guild), ct) is RestReply.Done;

    [LoggerMessage(LogLevel.Warning, "{Destination} is suspended: {Why}")]
    private static partial void LogSuspended(ILogger logger, Destination destination, string why);

    [LoggerMessage(LogLevel.Information, "{Destination} was changed and is served again")]
    private static partial void LogResumed(ILogger logger, Destination destination);

    [LoggerMessage(LogLevel.Warning, "Server {Guild} removed the bot while it was off; nothing more is sent there")]
    private static partial void LogLeftMeanwhile(ILogger logger, string guild);

    [LoggerMessage(LogLevel.Error, "What the gateway told ({News}) could not be acted on; the next post there will tell")]
    private static partial void LogFailed(ILogger logger, Exception e, string news);
}

/// <summary>The channels that are served, and what may be done about them.</summary>
/// <param name="GuildsAsync">The servers with such channels.</param>
/// <param name="ServedAsync">Those of a server, or the one with that id.</param>
/// <param name="SuspendAsync">Nothing goes there until it is mended: why, and what to do. It is tried again by itself: not all that may mend it is told.</param>
/// <param name="ResumeAsync">All that waited for it is due.</param>
/// <param name="MendAsync">What readers still see of earlier versions there is tried again: the bot may have got the right to it.</param>
public sealed record PlacePort(
    Func<CancellationToken, Task<IReadOnlyList<string>>> GuildsAsync,
    Func<string, string?, CancellationToken, Task<IReadOnlyList<ServedChannel>>> ServedAsync,
    Func<Destination, string, string, CancellationToken, Task> SuspendAsync,
    Func<Destination, CancellationToken, Task> ResumeAsync,
    Func<Destination, CancellationToken, Task> MendAsync);
