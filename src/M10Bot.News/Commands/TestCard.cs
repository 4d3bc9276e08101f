using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>A card that shows whether cards arrive in a channel, and what an admin must do where they don't.</summary>
internal sealed class TestCard(IEnumerable<IChatPlatform> platforms, DestinationStore destinations, TimeProvider time)
{
    private readonly Dictionary<Platform, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Platform);

    /// <param name="place">Where; by the webhook it brings, else by the one it has.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<PostOutcome> PostAsync(Destination place, CancellationToken ct)
    {
        var to = place.Webhook is null ? await destinations.ReachedAsync(place, ct) : place;
        var card = CardTexts.In(Exercise(), await destinations.LanguageAsync(place, ct));
        return await _platforms[place.Platform].PostAsync(to, card, new DeliveryKey($"test-{Guid.NewGuid():N}"[..24]), ct);
    }

    /// <summary>What came of it where it was not posted.</summary>
    public static string Failure(PostOutcome outcome, string where) => outcome switch
    {
        PostOutcome.Refused => Texts.Say($"The test card for {where} is refused"),
        PostOutcome.Deferred => Texts.Say($"The test card for {where} has to wait"),
        PostOutcome.Declined => Texts.Say($"The test card for {where} is not accepted"),
        PostOutcome.InDoubt => Texts.Say($"Nobody knows yet whether the test card reached {where}"),
        _ => Texts.Say($"The test card is gone from {where}"),
    };

    /// <summary>A place that refused the card is not added.</summary>
    public static CommandReply NotAdded(PostOutcome.Refused refused, string where, CardAction? again) => Wording.Answer(
        Failure(refused, where),
        $"{Told(refused)} {Texts.Here("The channel has not been added; when that is done, add it again.")}",
        again is null ? [] : [again]);

    /// <summary>Why, and what to do.</summary>
    public string Reason(PostOutcome outcome) => outcome switch
    {
        PostOutcome.Refused refused => $"{Told(refused)} {Texts.Here("Then test again.")}",
        PostOutcome.Deferred deferred => $"{Stop(Texts.Told(deferred.Why))} {Texts.Say($"Test again in {Wording.Span(Wait(deferred.Until))}.")}",
        PostOutcome.Declined declined => $"{Stop(Texts.Told(declined.Why))} {Texts.Here("Cards with other words may well be.")}",
        PostOutcome.InDoubt doubt => $"{Stop(Texts.Told(doubt.Why))} {Texts.Here("Look there first, then test again.")}",
        _ => "Someone has removed it, or the channel is no longer there.",
    };

    public static string Stop(string sentence) => $"{Wording.Sentence(sentence.Trim()).TrimEnd('.')}.";

    private static string Told(PostOutcome.Refused refused) => $"{Stop(Texts.Told(refused.Why))} {Stop(Texts.Told(refused.Remedy))}";

    private TimeSpan Wait(DateTimeOffset until)
    {
        var wait = until - time.GetUtcNow();
        return wait > TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)) : TimeSpan.FromSeconds(1);
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
