using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class ChannelTestCommand(TestCard test, DestinationStore destinations, DeliveryStore deliveries, DeliverySignal signal) : ICommand
{
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
        var outcome = await test.PostAsync(place, ct);
        if (outcome is PostOutcome.Posted posted)
        {
            return (await PostedAsync(place, where, posted.Flaw, ct)).Naming(place, request);
        }

        var isSuspended = outcome is PostOutcome.Refused refused && await SuspendAsync(place, refused, ct);
        return Wording.Answer(
            TestCard.Failure(outcome, where),
            test.Reason(outcome) + (isSuspended ? " " + Texts.Here("Until then the channel is suspended; it is also tried again by itself.") : ""),
            Wording.Button("Test again", "channel test", (Places.Channel, place.Address))).Naming(place, request);
    }

    // What a test is refused, a story would be: “status” says so at once, and nothing is sent in vain.
    private async Task<bool> SuspendAsync(Destination place, PostOutcome.Refused refused, CancellationToken ct)
    {
        if (await destinations.FindAsync(place, ct) is not { IsOpen: true } state)
        {
            return false;
        }

        if (!state.IsSuspended)
        {
            await deliveries.SuspendAsync(place, refused.Why, refused.Remedy, isTried: true, ct);
        }

        return true;
    }

    private async Task<CommandReply> PostedAsync(Destination place, string where, string? flaw, CancellationToken ct)
    {
        if (await destinations.FindAsync(place, ct) is not { IsOpen: true } state)
        {
            return Wording.Answer(
                Texts.Say($"The test card stands in {where}"),
                "Cards can go there; no story will, until it is added.",
                Wording.Button("Add it", "channel add", (Places.Channel, place.Address)));
        }

        var waiting = await deliveries.ResumeAsync(place, ct);
        signal.Wake();
        return Wording.Answer(
            Texts.Say($"The test card stands in {where}"),
            string.Join(' ', new[] { Texts.Here("Cards arrive there."), Lifted(state, waiting.Due, waiting.LeftOut), flaw is null ? "" : TestCard.Stop(Texts.Told(flaw)) }.Where(s => s.Length > 0)),
            Wording.Button("Status", "status"));
    }

    private static string Lifted(DestinationState state, int due, int leftOut) => !state.IsSuspended ? ""
        : Texts.Say($"It was suspended and is served again. Going out now: {Wording.Count(due, "message", "messages")}.")
            + (leftOut > 0 ? " " + Texts.Say($"Left out, as older: {Wording.Count(leftOut, "message", "messages")}; “latest” shows them.") : "");
}
