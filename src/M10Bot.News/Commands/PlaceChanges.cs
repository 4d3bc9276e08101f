using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>What happens to places outside the bot, as the platforms tell: archived, left, opened again, renamed, gone.</summary>
/// <remarks>A place the bot does not know is left alone. Harmless to repeat.</remarks>
public sealed class PlaceChanges(DestinationStore destinations, DeliveryStore deliveries, DeliverySignal signal)
{
    /// <summary>Nothing goes there until it is mended; what waits is kept.</summary>
    /// <param name="place">Where.</param>
    /// <param name="why">In plain words.</param>
    /// <param name="remedy">What an admin must do.</param>
    /// <param name="ct">Stops it.</param>
    public Task SuspendAsync(Destination place, string why, string remedy, CancellationToken ct) => deliveries.SuspendAsync(place, why, remedy, ct);

    /// <summary>It can be served again; what waited goes out.</summary>
    public async Task ResumeAsync(Destination place, CancellationToken ct)
    {
        if (await destinations.FindAsync(place, ct) is { IsSuspended: true })
        {
            await deliveries.ResumeAsync(place, ct);
            signal.Wake();
        }
    }

    /// <summary>It is gone for good.</summary>
    public Task CloseAsync(Destination place, CancellationToken ct) => destinations.CloseAsync(place, ct);

    /// <summary>The platform gave it another id.</summary>
    public Task MoveAsync(Destination from, string toAddress, CancellationToken ct) => destinations.MoveAsync(from, toAddress, ct);

    /// <summary>Closes every place of a workspace and forgets what was ordered there.</summary>
    public Task ForgetAsync(Platform platform, string workspace, CancellationToken ct) => destinations.ForgetAsync(platform, workspace, ct);
}
