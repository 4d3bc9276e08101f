using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class ChannelTestCommand(
    IEnumerable<IChatPlatform> platforms, DestinationStore destinations, DeliveryStore deliveries, DeliverySignal signal, TimeProvider time) : ICommand
{
    private readonly Dictionary<Platform, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Platform);

    public CommandSpec Spec { get; } = new("channel test", "Post a test card into a channel and say what came of it", Role.Admin, Places.ChannelOption);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var channel = Places.NamedChannel(request);
        if (!channel.IsFound)
        {
            return channel.Answer;
        }

        var place = channel.Value;
        var where = Wording.Place(place, request);
        var key = new DeliveryKey($"test-{Guid.NewGuid():N}"[..24]);
        var outcome = await _platforms[request.Platform].PostAsync(place, Exercise(), key, ct);
        var again = Wording.Button("Test again", "channel test", (Places.Channel, place.Address));
        return outcome switch
        {
            PostOutcome.Posted posted => await PostedAsync(place, where, posted.Flaw, ct),
            PostOutcome.Refused refused => Wording.Answer(
                $"The test card for {where} is refused", $"{Stop(refused.Why)} {Stop(refused.Remedy)} Then test again.", again),
            PostOutcome.Deferred deferred => Wording.Answer(
                $"The test card for {where} has to wait", $"{Stop(deferred.Why)} Test again in {Wording.Span(Wait(deferred.Until))}.", again),
            PostOutcome.Declined declined => Wording.Answer(
                $"The test card for {where} is not accepted", $"{Stop(declined.Why)} Cards with other words may well be.", again),
            PostOutcome.InDoubt doubt => Wording.Answer(
                $"Nobody knows yet whether the test card reached {where}", $"{Stop(doubt.Why)} Look there first, then test again.", again),
            _ => Wording.Answer($"The test card is gone from {where}", "Someone has removed it, or the channel is no longer there.", again),
        };
    }

    private static string Stop(string sentence) => $"{Wording.Sentence(sentence.Trim()).TrimEnd('.')}.";

    private TimeSpan Wait(DateTimeOffset until)
    {
        var wait = until - time.GetUtcNow();
        return wait > TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)) : TimeSpan.FromSeconds(1);
    }

    private async Task<CommandReply> PostedAsync(Destination place, string where, string? flaw, CancellationToken ct)
    {
        if (await destinations.FindAsync(place, ct) is not { IsOpen: true } state)
        {
            return Wording.Answer(
                $"The test card stands in {where}",
                "Cards can go there; no story will, until it is added.",
                Wording.Button("Add it", "channel add", (Places.Channel, place.Address)));
        }

        var waiting = await deliveries.ResumeAsync(place, ct);
        signal.Wake();
        var lifted = state.IsSuspended ? $" It was suspended and is served again; {Wording.Count(waiting, "delivery goes", "deliveries go")} out now." : "";
        var but = flaw is null ? "" : $" {Stop(flaw)}";
        return Wording.Answer($"The test card stands in {where}", $"Cards arrive there.{lifted}{but}", Wording.Button("Status", "status"));
    }

    private Card Exercise() => new()
    {
        Kicker = new Kicker(CardState.Exercise, []),
        Headline = "This is a test card",
        Lines = ["EXERCISE: an admin tests whether cards arrive here. No story stands behind it."],
        Credit = "EXERCISE · M10Bot",
        Published = time.GetUtcNow(),
    };
}
