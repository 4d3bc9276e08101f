using System.Data.Common;
using M10Bot.News.Articles;
using M10Bot.News.Bulletins;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Storage;
using M10Bot.News.Stories;

namespace M10Bot.News.Desk;

/// <summary>What an editor does by hand to a story: hold, release, correct, kill. Each is one transaction, with who did it and why.</summary>
internal sealed class EditorsDesk(Database database, NewsDesk desk, DeliveryStore deliveries, DeliverySignal signal, TimeProvider time)
{
    /// <summary>Keeps the story back until it is released: nothing more of it goes out, nothing that stands is touched.</summary>
    public Task<DeskOutcome> HoldAsync(long story, DeskEntry by, CancellationToken ct) => ActAsync(
        story,
        async (tx, known, now) =>
        {
            await StoryStore.SetStateAsync(tx, story, StoryState.Held, now);
            await DeskStore.AddHoldAsync(tx, story, by, now);
            var stopped = await BulletinStore.OfStoryAsync(tx, story) is { } bulletin ? await DeskStore.StopAsync(tx, bulletin.Id) : 0;
            await DeskStore.AddAsync(tx, story, "hold", by, null, now);
            return new DeskOutcome.Held(stopped);
        },
        ct);

    /// <summary>Ends the hold of an editor or of the wire; what came meanwhile runs, and what was stopped is owed again, and to nobody else.</summary>
    public Task<DeskOutcome> ReleaseAsync(long story, DeskEntry by, CancellationToken ct) => ActAsync(
        story,
        async (tx, known, now) =>
        {
            if (known.State != StoryState.Held)
            {
                return new DeskOutcome.NotPossible("it is not held");
            }

            await DeskStore.EndHoldAsync(tx, story);
            var bulletin = await BulletinStore.OfStoryAsync(tx, story);
            int? owed = null;
            if (await DeskStore.NewestHeldAsync(tx, story, now) is { } held)
            {
                bulletin = (await desk.RunHeldAsync(tx, held, story, now, ct)).Bulletin ?? bulletin;
            }
            else if (bulletin is not null)
            {
                await StoryStore.SetStateAsync(tx, story, StoryState.Open, now);
                owed = await deliveries.OweAsync(tx, bulletin.Id, bulletin.Version, NewsDesk.Rank(Change.Update, known.Urgency), Reach.WhatWasStopped, ct)
                    + await DeskStore.GoOnAsync(tx, bulletin);
            }
            else
            {
                return await DeskStore.EmbargoAsync(tx, story, now) is { } until
                    ? new DeskOutcome.NotPossible($"it is under embargo until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; only the newsroom lifts an embargo, with a new version that has none")
                    : new DeskOutcome.NotPossible("nothing of it can run");
            }

            await DeskStore.AddAsync(tx, story, "release", by, bulletin?.Version, now);
            return owed == 0 ? new DeskOutcome.Held(0) : new DeskOutcome.Sent(bulletin!);
        },
        ct);

    /// <summary>Puts an error right where the story stands; the words are shown to readers. Ends a hold.</summary>
    /// <param name="headline">Null leaves it as it is.</param>
    public Task<DeskOutcome> CorrectAsync(long story, DeskEntry by, string? headline, CancellationToken ct) => ActAsync(
        story,
        async (tx, known, now) =>
        {
            if (await StoryStore.LeadAsync(tx, story) is not { } lead || await BulletinStore.OfStoryAsync(tx, story) is null)
            {
                return new DeskOutcome.NotPossible("nothing of it has run, so there is nothing to correct; kill it, or release it");
            }

            await DeskStore.EndHoldAsync(tx, story);
            var corrected = lead with { Status = ArticleStatus.Correction, Note = by.Words, Headline = headline ?? lead.Headline, Embargo = null };
            var filed = await desk.FileByHandAsync(tx, story, corrected, Change.Correction, "an editor corrects the story", now, ct);
            await DeskStore.AddAsync(tx, story, "correct", by, filed.Bulletin!.Version, now);
            return new DeskOutcome.Sent(filed.Bulletin);
        },
        ct);

    /// <summary>Withdraws the story everywhere, for good. What has not been shown yet never is.</summary>
    public Task<DeskOutcome> KillAsync(long story, DeskEntry by, CancellationToken ct) => ActAsync(
        story,
        async (tx, known, now) =>
        {
            await DeskStore.EndHoldAsync(tx, story);
            var lead = await StoryStore.LeadAsync(tx, story) ?? await StoryStore.NewestAsync(tx, story);
            var killed = lead with { Status = ArticleStatus.Kill, Note = by.Words, Body = "", Embargo = null };
            var filed = await desk.FileByHandAsync(tx, story, killed, Change.Kill, "an editor withdraws the story", now, ct);
            await DeskStore.AddAsync(tx, story, "kill", by, filed.Bulletin?.Version, now);
            return filed.Bulletin is { } bulletin ? new DeskOutcome.Sent(bulletin) : new DeskOutcome.Held(0);
        },
        ct);

    /// <summary>A person's word on a delivery that the platform cannot settle.</summary>
    /// <param name="delivery">Of <see cref="DoubtfulDelivery"/>.</param>
    /// <param name="stands">True: it is there. False: it is not, post it.</param>
    /// <param name="receipt">Of the message that stands there, where its link was given: corrections and kills then reach it.</param>
    /// <param name="lacks">True where something that belongs to it may not have been done (<see cref="SettleOutcome.Found"/>).</param>
    /// <returns>False where it was not in doubt any more.</returns>
    public async Task<bool> SettleAsync(long delivery, long story, bool stands, Receipt? receipt, bool lacks, string by, CancellationToken ct)
    {
        if (!await deliveries.DecideAsync(delivery, stands, receipt, lacks, ct))
        {
            return false;
        }

        var words = stands ? receipt is null ? $"delivery {delivery} stands" : $"delivery {delivery} stands as {receipt.Channel} {receipt.Message}" : $"delivery {delivery} is sent again";
        await database.WriteAsync(tx => DeskStore.AddAsync(tx, story, "settle", new DeskEntry(by, words), null, time.GetUtcNow()), ct);
        signal.Wake();
        return true;
    }

    private async Task<DeskOutcome> ActAsync(long story, Func<DbTransaction, Story, DateTimeOffset, Task<DeskOutcome>> act, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var outcome = await database.WriteAsync(
            async tx =>
            {
                // As filing and merging: a story must not end in another while it is decided upon.
                await StoryIndexStore.LockAsync(tx, database.Dialect.ForUpdate);
                return await StoryStore.FindAsync(tx, story) switch
                {
                    null => new DeskOutcome.NotPossible("there is no such story"),
                    { State: StoryState.Killed } => new DeskOutcome.NotPossible("it is withdrawn, and stays so"),
                    { State: StoryState.Merged } => new DeskOutcome.NotPossible("it is part of another story by now; give the number of that one"),
                    var known => await act(tx, known, now),
                };
            },
            ct);
        signal.Wake();
        return outcome;
    }
}

/// <summary>What came of an editor's act. Closed: these cases and no others.</summary>
internal abstract record DeskOutcome
{
    private DeskOutcome()
    {
    }

    /// <summary>This version of the bulletin is on its way.</summary>
    internal sealed record Sent(Bulletin Bulletin) : DeskOutcome;

    /// <summary>Nothing goes out.</summary>
    /// <param name="Stopped">How many deliveries were on their way and are not any more.</param>
    internal sealed record Held(int Stopped) : DeskOutcome;

    /// <summary>A new story was made.</summary>
    /// <param name="Bulletin">Null where nothing of it may run yet.</param>
    internal sealed record Split(long Story, Bulletin? Bulletin) : DeskOutcome;

    internal sealed record NotPossible(string Why) : DeskOutcome;

    /// <summary>What the editor agreed to is no longer how things stand; nothing was done.</summary>
    internal sealed record Stale : DeskOutcome;
}
