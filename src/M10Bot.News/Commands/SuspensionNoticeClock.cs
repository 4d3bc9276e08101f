using System.Security.Cryptography;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Commands;

/// <summary>Tells the admin who brought the bot into a channel, in their direct messages and once, that it is suspended and what to do.</summary>
internal sealed partial class SuspensionNoticeClock(
    SuspensionNoticeStore store, DestinationStore destinations, IEnumerable<IChatPlatform> platforms, TimeProvider time, ILogger<SuspensionNoticeClock> logger) : BackgroundService
{
    private const int MostPlaces = 10;

    /// <summary>What is mended at once, as when the bot is removed by mistake, is not worth a message.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Platform, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Platform);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(logger, e);
            }
        }
    }

    /// <summary>One round: everybody who is to be told now.</summary>
    internal async Task TellAsync(CancellationToken ct)
    {
        while (await store.TakeAsync(ct) is [var first, ..] all)
        {
            // Only an id of the platform's own can be written to: the try-out opens channels in nobody's name.
            if (!_platforms.TryGetValue(first.Place.Platform, out var platform) || !first.AddedBy.Any(char.IsAsciiDigit))
            {
                continue;
            }

            var admin = new Destination(first.Place.Platform, first.Place.Workspace, DestinationKind.Person, first.AddedBy);
            var key = new DeliveryKey($"told-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
            Texts.Current = await destinations.LanguageAsync(admin, ct);
            var card = CardTexts.In(Card(all), Texts.Current);
            if (await platform.PostAsync(admin, card, key, ct) is not PostOutcome.Posted)
            {
                LogUntold(logger, all.Count, admin);
            }
        }
    }

    private static Card Card(IReadOnlyList<SuspensionNotice> all) => new()
    {
        Headline = all.Count == 1 ? Texts.Here("A channel of yours gets no more stories") : Texts.Say($"{all.Count} channels of yours get no more stories"),
        Lines =
        [
            .. all.Take(MostPlaces).Select(n => $"{Name(n.Place)}: {Wording.Trouble(n.Reason, n.Remedy)}"),
            .. all.Count > MostPlaces ? new[] { Texts.Say($"And {all.Count - MostPlaces} more; “status” lists them.") } : [],
            Texts.Here("It goes on by itself once that is mended."),
        ],
        Channels = [.. all.Take(MostPlaces).Select(n => n.Place.Room)],
        Actions =
        [
            .. all.Count == 1 ? new[] { CardAction.ToCommand(Texts.Here("Test it"), "channel test", (Places.Channel, all[0].Place.Address)) } : [],
            CardAction.ToCommand("Status", "status"),
        ],
    };

    private static string Name(Destination place) => place.Thread is { } thread
        ? Texts.Say($"Thread {thread} in channel {place.Room}")
        : Texts.Say($"Channel {place.Address}");

    [LoggerMessage(LogLevel.Error, "Admins could not be told of suspended channels; tried again in a minute")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "That {Count} channels are suspended could not be told to {Admin}; “status” shows it")]
    private static partial void LogUntold(ILogger logger, int count, Destination admin);
}
