using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using M10Bot.News.Chat;

namespace M10Bot.News.Deliveries;

/// <summary>Closes the difference between what is wanted at a destination and what stands there: one delivery, one request.</summary>
internal sealed class DeliveryAct(IChatPlatform platform, DeliveryJournal journal, CardShelf cards, Standings standings, TimeProvider time, DeliveryOptions options)
{
    private static readonly TimeSpan AfterUnreadable = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AfterTrial = TimeSpan.FromSeconds(30);

    // How long a delivery rests at which the program itself failed; after the last it is left to a person.
    private static readonly TimeSpan[] AfterFaults = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)];

    private readonly ConcurrentDictionary<long, int> _faults = new();
    private readonly ConditionalWeakTable<Card, ConcurrentDictionary<string, Card>> _told = [];

    /// <summary>From the attempt's record to its deadline.</summary>
    public TimeSpan ClaimLasts => platform.RequestTimeout + options.ClaimMargin;

    /// <returns>How it ended, not yet written; null where the claim was lost and nothing was done.</returns>
    public async Task<DeliveryEnd?> RunAsync(DueDelivery delivery, CancellationToken ct)
    {
        var mayStand = false;
        if (delivery.IsInDoubt)
        {
            var (settled, end) = await SettleAsync(delivery, ct);
            if (end is not null)
            {
                return end;
            }

            mayStand = settled is SettleOutcome.SafeToRepeat { MayStand: true };
        }

        if (await journal.AttemptAsync(delivery, ClaimLasts) is not { } attempt)
        {
            return null;
        }

        if (await CardOfAsync(delivery, attempt, ct) is not { } wanted)
        {
            return new DeliveryEnd(delivery, EndKind.Released) { NotBefore = time.GetUtcNow() + AfterUnreadable, Note = "its card could not be read" };
        }

        if (wanted.IsOnlyAnEdit && delivery.Receipt is null && !mayStand)
        {
            return new DeliveryEnd(delivery, EndKind.Dropped);
        }

        // A process that was frozen since the record must not send what another may have taken over. The second clock can't be set back.
        if (time.GetUtcNow() + platform.RequestTimeout > attempt.ClaimUntil || time.GetElapsedTime(attempt.Recorded) > options.ClaimMargin)
        {
            return new DeliveryEnd(delivery, EndKind.Released) { Note = "the claim ran out before the request could leave" };
        }

        SendFence.Set(time, attempt.Recorded, platform.RequestTimeout); // frozen from here on, or held up between two requests
        return Judge(delivery, attempt, await SendAsync(delivery, attempt, wanted, ct), mayStand);
    }

    /// <summary>For a request whose end nobody saw: the caller was stopped, or the adapter threw.</summary>
    public DeliveryEnd Unseen(DueDelivery delivery, string why)
    {
        var now = time.GetUtcNow();
        var rest = Rest(delivery, now, now, why);
        return new DeliveryEnd(delivery, EndKind.Doubtful) { NotBefore = rest?.Standing.Until ?? now + AfterTrial, Note = why, Standing = rest };
    }

    /// <summary>For a request in which the program itself failed, as over a card that it can't render: the delivery's trouble, not its destination's.</summary>
    public DeliveryEnd Faulted(DueDelivery delivery)
    {
        var faults = _faults.AddOrUpdate(delivery.Id, 1, (_, before) => before + 1);
        if (faults <= AfterFaults.Length)
        {
            return new DeliveryEnd(delivery, EndKind.Doubtful)
            {
                NotBefore = time.GetUtcNow() + AfterFaults[faults - 1],
                Note = "the program failed at it; its log says how",
            };
        }

        _faults.TryRemove(delivery.Id, out _);
        return new DeliveryEnd(delivery, EndKind.Unknowable) { Note = $"the program failed at it {faults} times; its log says how" };
    }

    // A fault here is known to be harmless: nothing has left yet.
    private async Task<ShownCard?> CardOfAsync(DueDelivery delivery, Attempt attempt, CancellationToken ct)
    {
        try
        {
            return await cards.GetAsync(delivery.BulletinId, attempt.WantedVersion, attempt.ShownVersion, ct);
        }
        catch (Exception e) when (e is DbException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private Task<PostOutcome> SendAsync(DueDelivery delivery, Attempt attempt, ShownCard wanted, CancellationToken ct)
    {
        var card = In(wanted.Card, delivery.Language);
        return delivery.Receipt switch
        {
            null => platform.PostAsync(delivery.Destination, New(card, delivery, attempt, wanted), delivery.Key, ct),
            var receipt when wanted.IsWithdrawn => platform.WithdrawAsync(delivery.Destination, receipt, card, delivery.Key, ct),
            var receipt => platform.EditAsync(delivery.Destination, receipt, card, delivery.Key, ct),
        };
    }

    // One and the same card for all places of a language: the chats draw a card once for as long as it is the same.
    private Card In(Card card, string language) => language is Texts.English
        ? card
        : _told.GetValue(card, static _ => new(StringComparer.Ordinal)).GetOrAdd(language, static (l, c) => CardTexts.In(c, l), card);

    // What belongs to a new message alone: whom it pings, and what its place did not get before.
    private static Card New(Card card, DueDelivery delivery, Attempt attempt, ShownCard wanted)
    {
        if (wanted.IsOnlyAnEdit || (attempt.LeftOut == 0 && string.Equals(delivery.PingRole, card.Ping, StringComparison.Ordinal)))
        {
            return card;
        }

        return card with
        {
            Ping = delivery.PingRole,
            Lines = attempt.LeftOut == 0 ? card.Lines : [.. card.Lines, CardTexts.LeftOut(attempt.LeftOut, delivery.Language)],
        };
    }

    private async Task<(SettleOutcome Outcome, DeliveryEnd? End)> SettleAsync(DueDelivery delivery, CancellationToken ct)
    {
        var outcome = await platform.SettleAsync(delivery.Destination, delivery.Key, delivery.Attempted!.Value, ct);
        return (outcome, outcome switch
        {
            SettleOutcome.Found found => Shown(delivery, delivery.AttemptedVersion, new PostOutcome.Posted(found.Receipt) { Again = found.MayLack ? time.GetUtcNow() : null }),
            SettleOutcome.Later later => new DeliveryEnd(delivery, EndKind.Doubtful) { NotBefore = later.Until, Note = later.Why },
            SettleOutcome.Unknowable unknowable => new DeliveryEnd(delivery, EndKind.Unknowable) { Note = unknowable.Why },
            _ => null,
        });
    }

    private DeliveryEnd Judge(DueDelivery delivery, Attempt attempt, PostOutcome outcome, bool mayStand)
    {
        switch (outcome)
        {
            case PostOutcome.Posted posted:
                // Where a repeat met the platform's memory of the first post, the first one's words stand there.
                return Shown(delivery, delivery.IsInDoubt ? delivery.AttemptedVersion : attempt.WantedVersion, posted);
            case PostOutcome.Deferred { WholeLane: true } deferred:
                return new DeliveryEnd(delivery, EndKind.Released) { NotBefore = deferred.Until, Note = deferred.Why, HoldsLane = true, HoldsOnlyItsKind = deferred.OnlyItsKind };
            case PostOutcome.Deferred deferred:
                var rest = Rest(delivery, time.GetUtcNow(), deferred.Until, deferred.Why);
                return new DeliveryEnd(delivery, EndKind.Released) { NotBefore = rest?.Standing.Until ?? deferred.Until, Note = deferred.Why, Standing = rest };
            case PostOutcome.Refused refused:
                return new DeliveryEnd(delivery, EndKind.Refused)
                {
                    Note = refused.Why,
                    Standing = new StandingChange(Standing.Suspended(delivery.IsTrial ? delivery.Level : 0, time.GetUtcNow()), refused.Why, refused.Remedy),
                };
            case PostOutcome.Declined declined when mayStand: // of this attempt alone: what the first one came to is looked up once it can be
                return new DeliveryEnd(delivery, EndKind.Doubtful)
                {
                    NotBefore = time.GetUtcNow() + AfterTrial,
                    Note = declined.Why,
                    Standing = delivery.IsTrial ? Served(delivery) : null,
                };
            case PostOutcome.Declined declined:
                return new DeliveryEnd(delivery, EndKind.Declined)
                {
                    Version = attempt.WantedVersion,
                    Note = declined.Why,
                    Standing = delivery.IsTrial ? Served(delivery) : null,
                };
            case PostOutcome.Gone:
                return new DeliveryEnd(delivery, EndKind.Gone) { Note = "the message was removed", Standing = delivery.IsTrial ? Served(delivery) : null };
            case PostOutcome.InDoubt doubt:
                return Unseen(delivery, doubt.Why);
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome of a request.");
        }
    }

    private DeliveryEnd Shown(DueDelivery delivery, int version, PostOutcome.Posted posted)
    {
        _faults.TryRemove(delivery.Id, out _);
        return new DeliveryEnd(delivery, posted.Again is null ? EndKind.Shown : EndKind.Lacking)
        {
            Version = version,
            NotBefore = posted.Again,
            Receipt = posted.Receipt,
            Note = posted.Still ?? posted.Flaw,
            IsStale = posted.Still is not null,
            Standing = Served(delivery, posted.Flaw),
        };
    }

    private StandingChange? Served(DueDelivery delivery, string? flaw = null) =>
        delivery.IsTrial ? new StandingChange(Standing.Good, flaw) { EndsSuspension = true }
        : standings.Succeeded(delivery, flaw) is { } better ? new StandingChange(better, flaw)
        : null;

    // A trial that has to wait says nothing of the suspension, and the others wait for it anyway.
    private StandingChange? Rest(DueDelivery delivery, DateTimeOffset now, DateTimeOffset notBefore, string why) =>
        delivery.IsTrial ? null : new StandingChange(standings.Failed(delivery, now, notBefore), why);
}
