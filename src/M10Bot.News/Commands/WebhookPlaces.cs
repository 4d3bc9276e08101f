using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>Places that are written to by a webhook: which one a request means, and what is kept of it.</summary>
internal sealed class WebhookPlaces(IEnumerable<WebhookPort> ports, DestinationStore destinations, DeliveryStore deliveries, DeliverySignal signal)
{
    public static readonly CommandOption Option = new(
        WebhookPort.Argument, "Discord: a webhook's URL, to write where the bot itself may not", OptionKind.Text)
    {
        IsOnlyNamed = true,
        Only = Platform.Discord,
    };

    public bool Takes(Platform platform) => ports.Any(p => p.Platform == platform);

    /// <summary>The webhook's own channel, or the thread of it that was named.</summary>
    public async Task<Lookup<Destination>> FindAsync(CommandRequest request, CancellationToken ct)
    {
        if (ports.FirstOrDefault(p => p.Platform == request.Platform) is not { } port)
        {
            return Wording.Answer(Texts.Here("The bot needs no webhook here"), Texts.Here("Add the channel without one."));
        }

        switch (await port.LookAsync(request.Workspace, request.Arguments[WebhookPort.Argument], ct))
        {
            case WebhookSight.Refused refused:
                return Wording.Answer(Texts.Told(refused.Why), Texts.Told(refused.Remedy));
            case WebhookSight.Usable usable when !Fits(request, usable.Channel):
                return Wording.Answer(
                    Texts.Here("The webhook writes in another channel"),
                    Texts.Say($"It is of the channel {usable.Channel}. Pick that one or a thread of it, or none: then it is that one.")).Naming([usable.Channel]);
            case WebhookSight.Usable usable:
                return new Destination(request.Platform, request.Workspace, DestinationKind.Channel, Named(request) ?? usable.Channel) { Webhook = usable.Webhook };
            default:
                throw new InvalidOperationException("WebhookSight is closed.");
        }
    }

    /// <summary>From now on the place, which is open, is written to by its webhook; what waited for it goes out.</summary>
    public async Task KeepAsync(Destination place, CancellationToken ct)
    {
        await destinations.SetWebhookAsync(place, ct);
        await deliveries.ResumeAsync(place, ct);
        signal.Wake();
    }

    private static bool Fits(CommandRequest request, string channel) =>
        Named(request) is not { } named || string.Equals(named, channel, StringComparison.Ordinal)
        || (request.Channels.TryGetValue(named, out var sight) && string.Equals(sight.Parent, channel, StringComparison.Ordinal));

    private static string? Named(CommandRequest request) => request.Arguments.GetValueOrDefault(Places.Channel) switch
    {
        Places.Here => request.Channel,
        var named => named,
    };
}
