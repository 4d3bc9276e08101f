using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>What happens to places outside the bot, as the platforms tell: archived, left, opened again, renamed, gone.</summary>
/// <remarks>A place the bot does not know is left alone. Harmless to repeat. What befalls a channel befalls the threads in it.</remarks>
public sealed class PlaceChanges(DestinationStore destinations, DeliveryStore deliveries, DeliverySignal signal)
{
    /// <summary>Nothing goes there until it is mended; what waits is kept.</summary>
    /// <param name="place">Where.</param>
    /// <param name="why">In plain words.</param>
    /// <param name="remedy">What an admin must do.</param>
    /// <param name="ct">Stops it.</param>
    public Task SuspendAsync(Destination place, string why, string remedy, CancellationToken ct) => SuspendAsync(place, why, remedy, isTried: false, ct);

    /// <summary>The same where the platform may not tell when it is mended: it is tried again by itself, ever more rarely.</summary>
    public Task SuspendAndTryAsync(Destination place, string why, string remedy, CancellationToken ct) => SuspendAsync(place, why, remedy, isTried: true, ct);

    /// <summary>It can be served again; what waited goes out.</summary>
    public async Task ResumeAsync(Destination place, CancellationToken ct)
    {
        foreach (var each in await WithThreadsAsync(place, ct))
        {
            if (await destinations.FindAsync(each, ct) is { IsSuspended: true })
            {
                await deliveries.ResumeAsync(each, ct);
                signal.Wake();
            }
        }
    }

    /// <summary>What the bot may do there has changed: what readers still see of earlier versions is tried again.</summary>
    public async Task MendAsync(Destination place, CancellationToken ct)
    {
        if (await deliveries.RepeatStaleAsync(place, ct) > 0)
        {
            signal.Wake();
        }
    }

    /// <summary>The platform knows the webhook no more that this very place is written to by: the secret is wiped.</summary>
    public Task EndWebhookAsync(Destination place, CancellationToken ct) => destinations.EndWebhookAsync(place, ct);

    /// <summary>It is gone for good.</summary>
    public async Task CloseAsync(Destination place, CancellationToken ct)
    {
        foreach (var each in await WithThreadsAsync(place, ct))
        {
            await destinations.CloseAsync(each, ct);
        }
    }

    /// <summary>The platform gave it another id.</summary>
    public async Task MoveAsync(Destination from, string toAddress, CancellationToken ct)
    {
        foreach (var each in await WithThreadsAsync(from, ct))
        {
            await destinations.MoveAsync(each, toAddress + each.Address[from.Address.Length..], ct);
        }
    }

    /// <summary>Closes every place of a workspace and forgets what was ordered there.</summary>
    public Task ForgetAsync(Platform platform, string workspace, CancellationToken ct) => destinations.ForgetAsync(platform, workspace, ct);

    private async Task SuspendAsync(Destination place, string why, string remedy, bool isTried, CancellationToken ct)
    {
        foreach (var each in await WithThreadsAsync(place, ct))
        {
            await deliveries.SuspendAsync(each, why, remedy, isTried, ct);
        }
    }

    private async Task<IReadOnlyList<Destination>> WithThreadsAsync(Destination place, CancellationToken ct) =>
        [place, .. (await destinations.ThreadsInAsync(place, ct)).Select(address => place with { Address = address })];
}
